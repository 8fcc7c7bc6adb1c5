/** Faults of every shape: who is parted from whom in truth is what became of their messages, and each is drawn for what it is. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { blocking } from "../../trace/index.ts";
import { faultText } from "../../viz/model/fault.ts";
import { groupScene } from "../../viz/scene/group.ts";
import type { Scene } from "../../viz/scene/mark.ts";
import type { FaultFact } from "../../viz/model/run.ts";
import { drawn, looksIn, textsIn, uiAt } from "./drawing.ts";
import { type Opened, playing } from "./library.ts";

const size = { width: 460, height: 440 };

/** How many marks of a look there are; samples in the legend have no title. */
const titled = (scene: Scene, look: string): number => scene.filter((mark) => mark.look === look && mark.title !== undefined).length;

/** A short run with one fault, from 5 s on. */
const oneFault = (members: string, fault: string): Promise<Opened> => playing(`name: faults\nduration: 12s\nmembers: ${members}\ntimeline:\n  - { at: 5s, ${fault} }\n`);
const racks = "[{ count: 5, name: a, tags: { rack: a } }, { count: 4, name: b, tags: { rack: b } }, { count: 3, name: c, tags: { rack: c } }, { count: 1, name: d }]";

async function sceneOf(run: Opened, seconds: number, given: Parameters<typeof uiAt>[2] = {}): Promise<Scene> {
  const group = await run.ask("group", { run: 1, at: instant(seconds * 1e6), observer: null });
  return groupScene({ group, traffic: null }, size, uiAt(run.facts, seconds, given));
}

/** Datagrams sent while the fault lasted (a stream needs both directions), and what became of them: those that the fault stops are lost, and no others. */
async function fatesOf(run: Opened, fault: FaultFact): Promise<{ readonly blockedArrived: number; readonly freeLost: number; readonly blocked: number; readonly free: number }> {
  const blocks = blocking(fault.kind === "jam" ? "partition" : fault.kind, fault.sides, fault.bothWays);
  const traffic = await run.ask("traffic", { run: 1, from: instant(5.2e6), to: instant(10e6), filter: "kind:ping,ack,ping-req,nack,gossip", most: 1e6 });
  const fates = { blockedArrived: 0, freeLost: 0, blocked: 0, free: 0 };
  for (let n = 0; n < traffic.count; n++) {
    if (traffic.sentAt[n]! < 5.2e6 || traffic.sentAt[n]! > 10e6) continue;
    const [isBlocked, isLost] = [blocks(traffic.source[n]!, traffic.target[n]!), Number.isNaN(traffic.arrivesAt[n])];
    fates[isBlocked ? "blocked" : "free"]++;
    if (isBlocked && !isLost) fates.blockedArrived++;
    if (!isBlocked && isLost) fates.freeLost++;
  }
  return fates;
}

const parting = [
  ["ring", "13", "partition: { ring: yes }", "ring", "ring: each of 13 reaches 7"],
  ["one-way", "12", "partition: { sides: [4, rest], direction: out }", "cut", "cut: 4 → 8"],
  ["one-way-in", "12", "partition: { sides: [4, rest], direction: in }", "cut", "cut: 8 → 4"],
  ["one-way-of-three", racks, "partition: { by: rack, direction: out }", "one-way", "one-way partition: 5 → 4 → 3"],
  ["by-tag", racks, "partition: { by: rack }", "partition", "partition: 5 | 4 | 3"],
  ["bridge", "13", "partition: { bridge: 1 }", "partition", "partition: 6 | 6"],
] as const;

test.each(parting)("%s: what the fault stops is lost, and nothing else; the wall says what it is", async (name, members, fault, kind, words) => {
  const run = await oneFault(members, fault);
  const [fact] = run.facts.faults;
  if (fact === undefined) throw new Error("no fault");
  expect({ kind: fact.kind, text: faultText(fact) }).toEqual({ kind, text: words });
  const fates = await fatesOf(run, fact);
  expect(fates).toMatchObject({ blockedArrived: 0, freeLost: 0 });
  expect(Math.min(fates.blocked, fates.free)).toBeGreaterThan(20);
  const scene = await sceneOf(run, 8);
  expect(textsIn(scene)).toContain(words);
  expect(looksIn(scene)).toContain(`wall ${kind}`);
  await expect(drawn(scene, size)).toMatchFileSnapshot(`../golden/scenes/fault-${name}.svg`);
});

test.each([
  ["slow", "partition: { sides: [6, rest], mode: slow, delay: 200ms }", "slow", "slow partition: 6 | 6"],
  ["jam", "partition: { sides: [6, rest], mode: jam }", "jam", "jammed partition: 6 | 6"],
  ["clog", "clog: { from: 4, to: rest }", "clog", "clog: 4 → 8"],
] as const)("%s: nothing is lost, and the wall says so", async (name, fault, kind, words) => {
  const scene = await sceneOf(await oneFault("12", fault), 8);
  expect(textsIn(scene)).toContain(words);
  expect(looksIn(scene)).toContain(`wall ${kind}`);
  expect(looksIn(scene)).not.toContain("impaired");
  await expect(drawn(scene, size)).toMatchFileSnapshot(`../golden/scenes/fault-${name}.svg`);
});

test("a ring: all are on one side, and of the selected it is shown whom it reaches", async () => {
  const run = await oneFault("13", "partition: { ring: yes }");
  const group = await run.ask("group", { run: 1, at: instant(8e6), observer: null });
  expect(new Set(group.side).size).toBe(1);
  const scene = await sceneOf(run, 8, { selected: { member: 3, message: null } });
  expect(titled(scene, "out-of-reach")).toBe(6);
  expect(titled(scene, "reach")).toBe(1);
  await expect(drawn(scene, size)).toMatchFileSnapshot("../golden/scenes/fault-ring-selected.svg");
});

test("a bridge: the halves hang together over it, as the simulator's own truth has it", async () => {
  const run = await oneFault("13", "partition: { bridge: 1 }");
  const group = await run.ask("group", { run: 1, at: instant(8e6), observer: null });
  expect(new Set(group.side).size).toBe(1);
  expect(looksIn(await sceneOf(run, 8))).toContain("bridge");
});


test("in a crowd the count and the faults in force stand below one another, and of many faults it is said how many are not named", async () => {
  const cuts = [10, 20, 30, 40, 50].map((from) => `  - { at: 1s, cut: { from: ${from}, to: rest } }\n`).join("");
  const run = await playing(`name: crowd\nduration: 3s\nmembers: 301\ntimeline:\n${cuts}`);
  const texts = (await sceneOf(run, 2)).flatMap((mark) => (mark.kind === "text" ? [mark] : []));
  expect(texts.filter(({ look }) => look === "count" || look === "wall-name").map(({ text }) => text))
    .toEqual([expect.stringMatching(/^301 members, 301 running, /), "cut: 10 → 291", "cut: 20 → 281", "cut: 30 → 271", "cut: 40 → 261, and 1 more"]);
  expect(new Set(texts.map(({ x, y }) => `${x} ${y}`)).size).toBe(texts.length);
});
