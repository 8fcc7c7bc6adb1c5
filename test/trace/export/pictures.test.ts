/** Runs as pictures: the space-time diagram as well-formed XML, the graph of suspicions as DOT that a parser of DOT reads. */

import parse from "dotparser";
import { DOMParser } from "linkedom";
import { expect, test } from "vitest";
import { GraphRecorder, SpaceTime, spaceTimeSvg, type Window } from "../../../trace/index.ts";
import { all, between, lossy, play } from "./told.ts";

function drawn(window: Window): { readonly seen: SpaceTime; readonly svg: string } {
  const seen = new SpaceTime(window);
  play(seen.witness);
  seen.end();
  return { seen, svg: spaceTimeSvg(seen, "a <run> & \"more\"") };
}

/** Are the elements closed in the order in which they were opened? */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, close, name = "", rest = ""] of xml.matchAll(/<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*\s*\/?)>/g)) {
    if (close === "/" && open.pop() !== name) return false;
    if (close === "" && !rest.endsWith("/")) open.push(name);
  }
  const between = xml.replaceAll(/<\/?[A-Za-z]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, "");
  return open.length === 0 && !between.includes("<") && !/&(?!#\d+;)/.test(between);
}

test("a space-time picture is well-formed, has a lane for each member, an arrow for each message, and a cross for each that never came in", () => {
  const { seen, svg } = drawn(between(2.5, 5));
  expect(isWellFormed(svg)).toBe(true);
  const { documentElement: root } = new DOMParser().parseFromString(svg, "image/svg+xml");
  const count = (selector: string): number => root.querySelectorAll(selector).length;
  expect(count(".lane")).toBe(6);
  expect(seen.messages.length).toBeGreaterThan(30);
  // Besides: six lines and a cross of the legend.
  expect(count("line.message")).toBe(seen.messages.length + 6);
  const lost = seen.messages.filter(({ arrivedAt }) => arrivedAt === null).length;
  expect(lost).toBeGreaterThan(5);
  expect(count("path.lost")).toBe(lost + 1);
  expect(count(".absent.crashed")).toBe(1);
  expect(count(".probe.failed")).toBeGreaterThan(0);
  expect(count(".saying.suspected")).toBeGreaterThan(0);
  expect(root.getAttribute("aria-label")).toContain(`6 members, ${seen.messages.length} messages, ${lost} of them never came in.`);
});

test("arrows go from where a message was sent to where it came in, later and lower or higher", () => {
  const { seen, svg } = drawn(between(2.5, 3, "m00", "m01"));
  const { documentElement: root } = new DOMParser().parseFromString(svg, "image/svg+xml");
  const arrived = seen.messages.filter(({ arrivedAt }) => arrivedAt !== null);
  expect(arrived.length).toBeGreaterThan(0);
  const arrows = [...root.querySelectorAll("line.message[marker-end]")];
  expect(arrows.length).toBe(arrived.length);
  for (const arrow of arrows) {
    const [x1, x2, y1, y2] = ["x1", "x2", "y1", "y2"].map((name) => Number(arrow.getAttribute(name)));
    expect(x2).toBeGreaterThan(x1 ?? Infinity);
    expect(Math.abs((y2 ?? 0) - (y1 ?? 0))).toBe(38);
  }
});

test("the graph says who suspected whom how often, and whether it was true", () => {
  const graph = new GraphRecorder(all);
  play(graph.witness);
  const text = graph.text('run "0"');
  const [parsed] = parse(text);
  expect(parsed?.type).toBe("digraph");
  const edges = parsed?.children.filter((child) => child.type === "edge_stmt") ?? [];
  const told = edges.map(({ edge_list: [from, to], attr_list }) => ({
    from: String(from?.id), to: String(to?.id), ...Object.fromEntries(attr_list.map(({ id, eq }) => [String(id), String(eq)])) as Record<"label" | "style", string>,
  }));
  const rightly = told.filter(({ label }) => label.endsWith("truly gone"));
  expect(rightly.length).toBeGreaterThan(0);
  expect(rightly.every(({ to, style }) => to === "m05" && style === "solid")).toBe(true);
  const wrongly = told.filter(({ label }) => label.endsWith("ran"));
  expect(wrongly.length).toBeGreaterThan(0);
  expect(wrongly.every(({ style }) => style === "dashed")).toBe(true);
  expect(own(told.map(({ label }) => label))).toBe(suspicions());
  expect(text).toContain('"m05" [label="m05\\ncrashed"');
});

/** Over all edges. */
const own = (labels: readonly string[]): number => labels.reduce((sum, label) => sum + Number(/^\d+/.exec(label)?.[0]), 0);

/** Suspicions that began with a probe of the member's own, in the run itself. */
function suspicions(): number {
  let count = 0;
  play({ stepped: (_at, _who, _event, effects) => { for (const effect of effects) if (effect.kind === "announce" && effect.change.kind === "suspected" && effect.change.cause.kind === "probe") count++; } });
  return count;
}

test("names that mean something in DOT or in XML do not break out of their place", () => {
  const names = ['m"0', "m<1", "m&2\\", "m]3", "m\n4", "m\u00005"];
  const scenario = { ...lossy, members: lossy.members.map((place, n) => ({ ...place, name: names[n] ?? "" })), timeline: [] };
  const graph = new GraphRecorder(all);
  play(graph.witness, scenario);
  expect(() => parse(graph.text("a \\ b"))).not.toThrow();
  const seen = new SpaceTime(between(0, 2));
  play(seen.witness, scenario);
  seen.end();
  expect(isWellFormed(spaceTimeSvg(seen, "names"))).toBe(true);
});
