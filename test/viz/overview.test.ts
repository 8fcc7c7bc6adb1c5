/** The overview of a very large group: cells by zones, each as the worst of its members is. */

import { expect, test } from "vitest";
import { instant, memberId } from "../../engine/index.ts";
import type { GroupPicture } from "../../viz/model/picture.ts";
import type { RunFacts } from "../../viz/model/run.ts";
import { codeIn, existences, statuses } from "../../viz/model/words.ts";
import { groupScene } from "../../viz/scene/group.ts";
import { OVERVIEW, overviewMarks } from "../../viz/scene/overview.ts";
import { drawn, looksIn, textsIn, uiAt } from "./drawing.ts";

const [running, crashed] = [codeIn(existences, "running"), codeIn(existences, "crashed")];
const alive = codeIn(statuses, "alive");

/** So many members in three zones: everybody runs and is held alive, but for what is given. */
function large(count: number, given: { readonly down?: readonly number[]; readonly suspected?: readonly number[]; readonly buried?: readonly number[] } = {}): { readonly group: GroupPicture; readonly facts: RunFacts } {
  const nothing = new Float64Array(count);
  const column = (code: number, who: readonly number[] = [], to = 1): Uint32Array => { const cells = new Uint32Array(count).fill(code); for (const one of who) cells[one] = to; return cells; };
  const group: GroupPicture = {
    at: instant(1), lines: 1, observer: null, count, existence: Uint8Array.from(column(running, given.down, crashed)), status: new Uint8Array(count).fill(alive), suspectedBy: column(0, given.suspected),
    buriedBy: column(0, given.buried), incarnation: nothing, health: new Uint8Array(count), wrong: new Uint32Array(count), suspectedSince: nothing, suspectedUntil: nothing, side: new Uint16Array(count),
    faults: [], running: count, agreeing: count, isSketch: false,
  };
  const members = Array.from({ length: count }, (_, who) => ({ id: memberId(`m${who}`), zone: ["eu", "us", "ap"][who % 3] ?? null }));
  return { group, facts: { members, begins: instant(0), ends: instant(2) } as unknown as RunFacts };
}

test("each zone says how many do not run, are suspected, are held dead and run; cells show the worst", async () => {
  const { group, facts } = large(3_000, { down: [0, 3, 6, 300], suspected: [1, 4], buried: [2] });
  const size = { width: 240, height: 200 };
  const scene = overviewMarks(group, facts.members, size, uiAt(facts, 0, { selected: { member: 1_500, message: null } }));
  expect(textsIn(scene).filter((text) => text.includes("per cell"))).toEqual(["ap: 1,000 members, 4 per cell; 1 running but held dead by some", "eu: 1,000 members, 4 per cell; 4 do not run", "us: 1,000 members, 4 per cell; 2 suspected by some"]);
  expect(looksIn(scene)).toEqual(expect.arrayContaining(["overview all-well some-suspected some-down some-wronged", "chosen"]));
  await expect(drawn(scene, size)).toMatchFileSnapshot("../golden/scenes/overview.svg");
});

test("a group of a hundred thousand is an overview, and a frame of it is soon made", () => {
  const { group, facts } = large(100_000, { down: [77] });
  expect(group.count).toBeGreaterThan(OVERVIEW);
  const scene = groupScene({ group, traffic: null }, { width: 600, height: 600 }, uiAt(facts, 0));
  expect(textsIn(scene)).toEqual(expect.arrayContaining(["all run and are held alive", "some do not run"]));
  const cells = scene.reduce((sum, mark) => sum + (mark.kind === "cells" ? mark.cells.length : 0), 0);
  expect(cells).toBeLessThan(15_000);
});
