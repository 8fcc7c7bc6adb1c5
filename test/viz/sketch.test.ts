/** The sketch of a large group, held to the exact picture; and long traces shown while they are read. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";
import { opening, playing } from "./library.ts";

const text = "name: sketch\nduration: 40s\nmembers: 12\ntimeline:\n  - { at: 3s, crash: 2 }\n  - { at: 15s, partition: [50%, rest] }\n  - { at: 30s, heal: all }\n";

test("what is sketched from announcements is what members hold", async () => {
  const { ask } = await playing(text);
  const instants = [2, 5, 8, 14, 18, 24, 29, 36].map((at) => instant(at * 1e6));
  for (const at of [...instants, ...instants.toReversed()]) {
    const [sketch, exact] = [await ask("group", { run: 1, at, observer: null, isSketch: true }), await ask("group", { run: 1, at, observer: null })];
    expect({ isSketch: sketch.isSketch, lines: sketch.lines, existence: sketch.existence, side: sketch.side, running: sketch.running })
      .toEqual({ isSketch: true, lines: exact.lines, existence: exact.existence, side: exact.side, running: exact.running });
    // Of members that run no more, nobody counts what they held: the sketch does not know when they stopped holding it.
    const far = [...exact.buriedBy].map((count, who) => Math.abs(count - sketch.buriedBy[who]!));
    expect(Math.max(...far)).toBeLessThanOrEqual(exact.count - exact.running);
  }
});

test("a trace of many pieces is shown whole in the end, and its facts come in steps", async () => {
  const bytes = recorded(eventful(8, 30), { lines: 200, linesPerMember: 0 });
  const whole = await opening(bytes);
  expect({ isComplete: whole.facts.isComplete, missing: whole.facts.missing, lines: whole.facts.lines > 400 }).toEqual({ isComplete: true, missing: null, lines: true });
  const cut = await opening(bytes.slice(0, Math.floor(bytes.length / 2)));
  expect({ isComplete: cut.facts.isComplete, isShorter: cut.facts.lines < whole.facts.lines }).toEqual({ isComplete: true, isShorter: true });
  expect(cut.facts.missing).toContain("everything up to");
});

test("the matrix in bins holds the worst belief of each bin, and counts what is wrong", async () => {
  const { ask, facts } = await playing(text);
  const at = instant(24e6);
  const wish = { firstRow: 0, firstColumn: 0, members: facts.members.length };
  const [single, binned] = [await ask("matrix", { run: 1, at, wish: { ...wish, most: 64 } }), await ask("matrix", { run: 1, at, wish: { ...wish, most: 4 } })];
  const badness = [0, 1, 3, 4, 2];
  expect({ rows: binned.rows, binned: binned.binned }).toEqual({ rows: 4, binned: 3 });
  for (let cell = 0; cell < 16; cell++) {
    const inside = Array.from({ length: 9 }, (_, n) => single.cells[(3 * Math.floor(cell / 4) + Math.floor(n / 3)) * 12 + 3 * (cell % 4) + (n % 3)]!).filter((code) => code !== 255);
    const worst = inside.reduce((one, other) => (badness[other]! > badness[one]! ? other : one), inside[0] ?? 255);
    expect(binned.cells[cell]).toBe(worst);
  }
});
