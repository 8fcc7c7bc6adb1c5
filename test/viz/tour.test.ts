/** The tour: every step's scenario plays, and its telling moments are found by what happens there. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import type { LineRow } from "../../viz/model/detail.ts";
import { momentsIn } from "../../viz/model/tour-moments.ts";
import { tourPlaceFrom, tourPlaceText, type TourStep, tourSteps } from "../../viz/model/tour.ts";
import { type Opened, playing } from "./library.ts";

/** Plays a step, and finds its moments as the page does. */
async function walked(step: TourStep): Promise<{ readonly run: Opened; readonly rows: readonly LineRow[] }> {
  const run = await playing(readFileSync(`viz/tour/${step.file}.yaml`, "utf8"));
  const found = await momentsIn(step, {
    find: async (from, direction, filter) => (await run.ask("search", { run: 1, from, direction, most: 1, filter })).lines[0] ?? null,
    row: async (line) => (await run.ask("rows", { run: 1, lines: [line] }))[0] ?? null,
    lines: run.facts.lines,
  });
  const missing = step.moments.filter((_, n) => found[n] === null).map(({ filter }) => filter);
  expect(missing, "moments that do not happen").toEqual([]);
  return { run, rows: found.flatMap((row) => row ?? []) };
}

const stepOf = (file: string): TourStep => tourSteps.find((step) => step.file === file) ?? tourSteps[0]!;
const name = (run: Opened, who: number): string => run.facts.members[who]?.id ?? "";

test("there are seven steps, each with a scenario of its own and two sentences", () => {
  expect(tourSteps.map(({ file }) => `${file}.yaml`).toSorted()).toEqual(readdirSync("viz/tour").filter((file) => file.endsWith(".yaml")).toSorted());
  expect(tourSteps.length).toBe(7);
  for (const { sentences } of tourSteps) for (const sentence of sentences) expect(sentence.split(". ").length, sentence).toBe(1);
});

test("a place in the tour is written and read", () => {
  for (const place of [{ step: 0, moment: -1 }, { step: 6, moment: 3 }]) expect(tourPlaceFrom(tourPlaceText(place))).toEqual(place);
  for (const nonsense of ["", "0.1", "8", "1.9", "x"]) expect(tourPlaceFrom(nonsense)).toBeNull();
});

describe("what each step shows", () => {
  test("ping and ack: the very ping that was sent arrives, and its ack comes back", async () => {
    const { rows: [sent, arrived, back] } = await walked(stepOf("ping"));
    expect(arrived?.received?.id).toBe(sent?.sent[0]?.id);
    expect(back?.received?.id).toBe(arrived?.sent.find(({ kind }) => kind === "ack")?.id);
  });

  test("indirect probe: the ping is lost, a relay asks, the ack comes through it, and nobody is suspected", async () => {
    const { run, rows: [lost, asks, relay, back] } = await walked(stepOf("indirect"));
    expect([lost?.sent[0]?.isLost, asks?.sent.filter(({ kind }) => kind === "ping-req").length]).toEqual([true, 2]);
    expect(relay?.received?.kind).toBe("ping-req");
    expect(["m3", "m4"]).toContain(name(run, back?.received?.other ?? -1));
    expect(back!.at - asks!.at).toBeLessThan(500_000);
    expect(await run.ask("search", { run: 1, from: 0, direction: 1, most: 1, filter: "kind:suspected t<5s" })).toMatchObject({ lines: new Uint32Array() });
  });

  test("suspicion: a crash, a ping in vain, a suspicion that is confirmed, a death, rightly", async () => {
    const { run, rows } = await walked(stepOf("suspicion"));
    const [crash, ping, suspects, confirms, fails] = rows;
    expect(crash?.what).toBe("crash m2");
    expect([ping!.at > crash!.at, suspects!.at > ping!.at, confirms!.at >= suspects!.at, fails!.at > suspects!.at]).toEqual([true, true, true, true]);
    const detail = await run.ask("member", { run: 1, at: suspects!.at, who: suspects!.who, search: "" });
    expect(detail?.held?.suspicions.map(({ about }) => name(run, about))).toEqual(["m2"]);
  });

  test("refutation: what stood still speaks up with a higher incarnation, and is held alive again by all", async () => {
    const { run, rows } = await walked(stepOf("refutation"));
    const [, , resumed, refutes] = rows;
    expect(resumed?.what).toBe("resume m2");
    const [before, after] = await Promise.all([resumed!.at - 1, refutes!.at].map((at) => run.ask("member", { run: 1, at: instant(at), who: refutes!.who, search: "" })));
    expect(after!.held!.incarnation).toBeGreaterThan(before!.held!.incarnation);
    expect(run.facts.announcements.verdict.every((verdict) => verdict === 0)).toBe(true);
  });

  test("gossip: all fifteen others hear of the farewell, the last of them within seconds", async () => {
    const { run, rows } = await walked(stepOf("gossip"));
    const heard = await run.ask("search", { run: 1, from: 0, direction: 1, most: 99, filter: "announced left about:m02 -at:m02" });
    expect(heard.lines.length).toBe(15);
    expect(heard.lines.at(-1)).toBe(rows.at(-1)?.line);
    expect(rows.at(-1)!.at - rows[0]!.at).toBeLessThan(3e6);
  });

  test("local health: it gets worse, the next probe lasts longer before it makes a suspect, and nobody dies for it", async () => {
    const { run, rows } = await walked(stepOf("health"));
    const [, asks, suspects, again] = rows;
    const at = async (row: LineRow | undefined): Promise<number> => (await run.ask("member", { run: 1, at: row!.at, who: 0, search: "" }))!.held!.health;
    expect(await at(asks)).toBe(0);
    expect(await at(suspects)).toBeGreaterThan(0);
    const waited = async (row: LineRow | undefined): Promise<number> => {
      const { lines } = await run.ask("search", { run: 1, from: row!.line, direction: -1, most: 1, filter: `at:m1 kind:ping from:m1 line<${row!.line}` });
      const [ping] = await run.ask("rows", { run: 1, lines: [...lines] });
      return row!.at - ping!.at;
    };
    expect(await waited(again)).toBeGreaterThan(await waited(suspects));
    expect([...run.facts.announcements.verdict].every((verdict) => verdict === 0)).toBe(true);
  });

  test("push-pull: the newcomer asks, is answered, and knows the group; views are compared later", async () => {
    const { run, rows: [asked, arrived, answered, compares] } = await walked(stepOf("push-pull"));
    expect(arrived?.received?.kind).toBe("push-pull");
    expect(arrived!.at).toBeGreaterThan(asked!.at);
    expect(answered?.announces.some(({ kind }) => kind === "joined")).toBe(true);
    expect(compares?.sent[0]?.kind).toBe("compare");
    expect(run.facts.members.length).toBe(5);
  });
});
