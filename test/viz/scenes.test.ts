/** Scenes that a person can read: test/golden/scenes/*.svg, each with what it must show. */

import { beforeAll, describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import type { LanesPicture } from "../../viz/model/picture-lanes.ts";
import { groupScene } from "../../viz/scene/group.ts";
import { lanesScene } from "../../viz/scene/lanes.ts";
import { titleAt } from "../../viz/scene/hit.ts";
import { shortName } from "../../viz/scene/label.ts";
import { legendMarks, legendOf } from "../../viz/scene/legend.ts";
import type { Mark, Scene } from "../../viz/scene/mark.ts";
import { matrixScene } from "../../viz/scene/matrix.ts";
import { timelineScene } from "../../viz/scene/timeline.ts";
import { drawn, looksIn, textsIn, uiAt } from "./drawing.ts";
import { type Opened, playing } from "./library.ts";

const size = { width: 460, height: 440 };
const wide = { width: 720, height: 150 };
const golden = (name: string): string => `../golden/scenes/${name}.svg`;
const glyphsIn = (scene: Scene, look: string): readonly Mark[] => scene.filter((mark) => mark.kind === "glyph" && mark.look === look);

test.each<readonly [why: string, names: readonly string[], short: readonly string[]]>([
  ["what fits", ["a1", "a22"], ["a1", "a22"]],
  ["a domain that all share", ["ip-10-0-1-7.eu.internal", "ip-10-0-1-81.eu.internal"], ["…-0-1-7", "…0-1-81"]],
  ["two domains", ["web.east.example", "web.west.example"], ["web.east", "web.west"]],
  ["the domain itself is somebody", ["web.example", ".example"], ["…xample", ".example"]],
  ["addresses", ["10.0.1.7:7946", "10.0.2.7:7946"], ["10.0.1.7", "10.0.2.7"]],
  ["one alone", ["web.example"], ["…xample"]],
])("short names where there is no room: %s", (_, names, short) => {
  const members = names.map((id) => ({ id }) as never);
  expect(members.map((__, who) => shortName(members, who, 8))).toEqual(short);
});

/** Three racks; one member crashes, then a partition parts a rack from the others, and heals. */
const text = `
name: scenes
duration: 60s
members:
  - { count: 4, name: a, tags: { rack: a } }
  - { count: 4, name: b, tags: { rack: b } }
  - { count: 2, name: c, tags: { rack: c } }
network: { loss: 2% }
timeline:
  - { at: 5s, crash: [a3] }
  - { at: 20s, partition: [{ tag: rack=b }, [a1, a2, a3, a4, c1, c2]] }
  - { at: 45s, heal: all }
`;

describe("scenes", () => {
  let run: Opened;
  beforeAll(async () => { run = await playing(text); });

  const groupAt = async (seconds: number, given: Parameters<typeof uiAt>[2] = {}): Promise<Scene> => {
    const at = instant(seconds * 1e6);
    const group = await run.ask("group", { run: 1, at, observer: given.observer ?? null });
    const traffic = await run.ask("traffic", { run: 1, from: at, to: instant(at + 1e6), filter: "", most: 100 });
    return groupScene({ group, traffic }, size, uiAt(run.facts, seconds, { linger: 200_000, ...given }));
  };
  const lanes = (from: number, to: number, wish: Partial<Parameters<typeof laneWish>[0]> = {}): Promise<LanesPicture> =>
    run.ask("lanes", { run: 1, from: instant(from * 1e6), to: instant(to * 1e6), wish: laneWish(wish) });

  test("a suspicion: some suspect who crashed, and the ring around it gets shorter", async () => {
    const [first] = suspectedAbout(run, "a3");
    const scene = await groupAt(first + 0.5);
    expect(looksIn(scene)).toEqual(expect.arrayContaining(["member crashed", "belief suspect", "suspicion-left"]));
    expect(textsIn(scene)).toEqual(expect.arrayContaining(["crashed", "time until the suspicion runs out"]));
    const ringOf = (marks: Scene): number => marks.reduce((turn, mark) => (mark.kind === "arc" && mark.look === "suspicion-left" ? Math.max(turn, mark.to) : turn), 0);
    expect(ringOf(await groupAt(first + 0.9))).toBeLessThan(ringOf(scene));
    await expect(drawn(scene, size)).toMatchFileSnapshot(golden("group-suspicion"));
  });

  test("a partition: a wall between the zones, and one observer's belief", async () => {
    const scene = await groupAt(44, { layout: "zones", observer: 0, selected: { member: 0, message: null } });
    expect(looksIn(scene)).toEqual(expect.arrayContaining(["wall partition", "member dead", "member alive selected observer"]));
    expect(textsIn(scene)).toEqual(expect.arrayContaining(["partition: 4 | 6", "a", "b", "c", "held dead"]));
    expect(glyphsIn(scene, "member-glyph dead").length).toBeGreaterThanOrEqual(5);
    await expect(drawn(scene, size)).toMatchFileSnapshot(golden("group-partition"));
  });

  test("health and incarnation stand inside of the circle, where they cover no other member", async () => {
    const looks = new Set<string>();
    for (const seconds of [22, 24, 26, 50]) {
      const scene = await groupAt(seconds);
      const members = scene.flatMap((mark) => (mark.kind === "circle" && mark.hit !== undefined ? [mark] : []));
      const middle = { x: members.reduce((sum, { x }) => sum + x, 0) / members.length, y: members.reduce((sum, { y }) => sum + y, 0) / members.length };
      const rim = Math.min(...members.map(({ x, y, r }) => Math.hypot(x - middle.x, y - middle.y) - r));
      for (const mark of scene) {
        if (mark.kind !== "text" || !["health", "incarnation"].includes(mark.look) || mark.y > 380) continue;
        looks.add(mark.look);
        expect(Math.hypot(mark.x - middle.x, mark.y - 4 - middle.y), mark.text).toBeLessThan(rim - 5);
      }
    }
    expect(looks).toEqual(new Set(["health", "incarnation"]));
  });

  test("what is not on the screen is not in the legend", async () => {
    const texts = textsIn(await groupAt(4.9));
    expect(texts).toContain("running");
    expect(texts).not.toContain("crashed");
    expect(texts).not.toContain("partition: nothing passes");
  });

  test("where nobody recorded the truth, the legend does not claim it", () => {
    const scene = [{ kind: "circle", look: "member running", x: 0, y: 0, r: 5 }, { kind: "circle", look: "message probe lost", x: 0, y: 0, r: 5 }] as const;
    const room = { x: 0, y: 0, width: 900, rows: 2 };
    expect(textsIn(legendMarks(scene, room))).toEqual(expect.arrayContaining(["running", "lost"]));
    expect(textsIn(legendMarks(scene, { ...room, hasTruth: false }))).toEqual(expect.arrayContaining(["assumed running", "arrival not recorded"]));
  });

  test("what finds no room in the legend is counted at its end, and named there; of the time line the curves come first", () => {
    const scene = timelineScene(run.facts, wide, uiAt(run.facts, 30));
    const legend = (width: number): Scene => legendMarks(scene, { x: 0, y: 0, width, rows: 1 });
    const [all, some] = [textsIn(legend(5_000)), textsIn(legend(460))];
    expect(all).toEqual(legendOf(scene).map(({ text }) => text));
    expect(all.slice(0, 2)).toEqual(["share whose view is true", "messages sent"]);
    const named = some.slice(0, -1);
    expect(named).toEqual(all.slice(0, named.length));
    expect(named.length).toBeGreaterThanOrEqual(2);
    expect(some.at(-1)).toBe(`… and ${all.length - named.length} more`);
    const last = legend(460).at(-1);
    if (last?.kind !== "text") throw new Error("no words at the end");
    expect(titleAt(legend(460), last.x + 5, last.y - 3)).toBe(all.slice(named.length).join("; "));
    expect(titleAt(legend(460), 5, last.y - 3)).toBe(null);
    for (let width = 40; width < 1_500; width += 20) {
      const texts = textsIn(legend(width));
      const left = /^… and (\d+) more$/.exec(texts.at(-1) ?? "")?.[1];
      expect(texts.length - (left === undefined ? 0 : 1) + Number(left ?? 0), String(width)).toBe(all.length);
    }
  });

  test("space and time: the probe of a member that crashed, lost, and the suspicion that follows", async () => {
    const [first] = suspectedAbout(run, "a3");
    const picture = await lanes(first - 1.2, first + 0.4, { subject: 2 });
    const window = { from: picture.from, to: picture.to };
    const scene = lanesScene(picture, size, uiAt(run.facts, first, { window, selected: { member: 2, message: null } }));
    expect(scene.some(({ kind, look }) => kind === "glyph" && look.startsWith("message probe") && look.endsWith("lost"))).toBe(true);
    expect(glyphsIn(scene, "announced suspected").length).toBeGreaterThan(0);
    expect(looksIn(scene)).toEqual(expect.arrayContaining(["lane-outage crashed", "lane-belief suspect"]));
    await expect(drawn(scene, size)).toMatchFileSnapshot(golden("lanes-suspicion"));
  });

  test("too many messages become a density that counts them all; partners alone are few", async () => {
    const whole = await lanes(0, 60, { mostMessages: 100, columns: 30 });
    const counted = whole.density?.counts.reduce((sum, count) => sum + count, 0);
    expect({ counted, drawn: whole.messages.count }).toEqual({ counted: whole.fitting, drawn: 0 });
    const scene = lanesScene(whole, size, uiAt(run.facts, 30));
    expect(textsIn(scene)).toContain("messages sent: darker is more");
    await expect(drawn(scene, size)).toMatchFileSnapshot(golden("lanes-density"));
    const near = await lanes(10, 12, { focus: 4, mostLanes: 4 });
    expect({ lanes: near.lanes.length, focus: near.lanes.includes(4) }).toEqual({ lanes: 4, focus: true });
  });

  test("lanes and the group take the same filter", async () => {
    const lost = await lanes(0, 60, { filter: "is:lost", mostMessages: 10_000 });
    expect(lost.messages.count).toBeGreaterThan(0);
    expect([...lost.messages.arrivesAt].every((at) => Number.isNaN(at))).toBe(true);
    const traffic = await run.ask("traffic", { run: 1, from: instant(0), to: instant(60e6), filter: "is:lost", most: 10_000 });
    expect([...traffic.id].toSorted()).toEqual([...lost.messages.id].toSorted());
  });

  test("the time line: faults, disruptions, deaths across the fault; zoomed, with all of the run below", async () => {
    const scene = timelineScene(run.facts, wide, uiAt(run.facts, 30));
    expect(looksIn(scene)).toEqual(expect.arrayContaining(["fault-band partition", "disruption crash", "announced failed right", "announced failed parted", "agreement-curve", "load-curve"]));
    await expect(drawn(scene, wide)).toMatchFileSnapshot(golden("timeline"));
    const zoomed = timelineScene(run.facts, wide, uiAt(run.facts, 30, { span: { from: instant(19e6), to: instant(35e6) } }));
    expect(looksIn(zoomed)).toContain("overview-window");
    expect(looksIn(zoomed)).not.toContain("disruption crash");
    await expect(drawn(zoomed, wide)).toMatchFileSnapshot(golden("timeline-zoomed"));
  });

  test("the matrix: who crashed is held dead by all who run, and the truth above says why", async () => {
    const matrix = await run.ask("matrix", { run: 1, at: instant(44e6), wish: { firstRow: 0, firstColumn: 0, members: 10, most: 64 } });
    const scene = matrixScene(matrix, { width: 360, height: 380 }, uiAt(run.facts, 44));
    expect(looksIn(scene)).toContain("truth crashed");
    await expect(drawn(scene, { width: 360, height: 380 })).toMatchFileSnapshot(golden("matrix-partition"));
  });
});

const laneWish = (given: Partial<{ focus: number | null; subject: number | null; filter: string; mostLanes: number; mostMessages: number; columns: number }>) =>
  ({ focus: null, subject: null, filter: "", mostLanes: 100, mostMessages: 2_000, columns: 60, ...given });

/** When members announced that they suspect somebody, in seconds. */
function suspectedAbout({ facts }: Opened, name: string): readonly [number, ...number[]] {
  const { announcements, members } = facts;
  const about = members.findIndex(({ id }) => id === name);
  const [first, ...others] = Array.from({ length: announcements.count }, (_, n) => n).filter((n) => announcements.about[n] === about && announcements.kind[n] === 2).map((n) => announcements.at[n]! / 1e6);
  if (first === undefined) throw new Error(`nobody suspected ${name}`);
  return [first, ...others];
}
