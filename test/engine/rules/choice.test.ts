/** Random members: each as likely as the others, nobody twice, and only those who suit. */

import { describe, expect, test } from "vitest";
import { memberId, rngFrom, viewOf, type Member, type MemberId, type Rng, type Status, type View } from "../../../engine/index.ts";
import { pick, type Pool } from "../../../engine/rules/choice.ts";
import { aRecord, idsOf } from "../../builders.ts";

const DRAWS = 4_000;
const group = (size: number, statusOf: (k: number) => Status = () => "alive"): View =>
  viewOf(Array.from({ length: size }, (_, k) => aRecord(`m${k}`, { status: statusOf(k) })));
const m = (k: number): MemberId => memberId(`m${k}`);
const anybody = (): boolean => true;
const isAlive = ({ status }: Member): boolean => status === "alive";
const but = (...names: readonly MemberId[]) => ({ id, status }: Member): boolean => status === "alive" && !names.includes(id);

/** How often each is picked in many draws of `wanted`. */
function tally(view: View, pool: Pool, wanted: number, suits: (member: Member) => boolean): ReadonlyMap<MemberId, number> {
  const counts = new Map<MemberId, number>();
  let rng: Rng = rngFrom(3);
  for (let draw = 0; draw < DRAWS; draw++) {
    let picked: readonly Member[];
    [picked, rng] = pick(view, pool, wanted, suits, rng);
    expect(new Set(idsOf(picked)).size).toBe(picked.length);
    for (const { id } of picked) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** How far counts are from what is expected of equals, in standard deviations: chi-square has mean ν and variance 2ν. */
function oddnessOf(counts: readonly number[], expected: number): number {
  const chiSquare = counts.map((count) => (count - expected) ** 2 / expected).reduce((sum, x) => sum + x);
  return (chiSquare - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

describe("picking some of the living", () => {
  // Few are listed and drawn without putting back, of many some are drawn: the border is at eight for each one wanted.
  test.for([[8, 3], [20, 3], [24, 3], [25, 3], [60, 3], [200, 1]] as const)("of %i members, %i: each as likely as the others, and never those left out", ([size, wanted]) => {
    const counts = tally(group(size), "living", wanted, but(m(0), m(1)));
    expect([counts.has(m(0)), counts.has(m(1))]).toEqual([false, false]);
    const others = Array.from({ length: size - 2 }, (_, k) => counts.get(m(k + 2)) ?? 0);
    expect(oddnessOf(others, (DRAWS * wanted) / (size - 2))).toBeLessThan(5);
  });

  test.for([6, 100])("of %i, none that does not suit: a suspect may be what makes a relay useless", (size) => {
    const counts = tally(group(size, (k) => (k % 2 === 0 ? "alive" : "suspect")), "living", 2, isAlive);
    expect([...counts.keys()].every((id) => Number(id.slice(1)) % 2 === 0)).toBe(true);
    expect(counts.size).toBe(size / 2);
  });

  test("is picking of the alive and of suspects, never of the dead or departed", () => {
    const statuses = ["alive", "suspect", "dead", "left"] as const;
    for (const size of [12, 120]) {
      const counts = tally(group(size, (k) => statuses[k % 4] ?? "alive"), "living", 2, anybody);
      expect(new Set([...counts.keys()].map((id) => Number(id.slice(1)) % 4))).toEqual(new Set([0, 1]));
      expect(counts.size).toBe(size / 2);
    }
  });

  test("gives all there are, if fewer are there than wanted; and none, without a throw, if none is wanted or there", () => {
    expect(new Set(idsOf(pick(group(3), "living", 5, but(m(1)), rngFrom(1))[0]))).toEqual(new Set([m(0), m(2)]));
    const rng = rngFrom(1);
    expect(pick(group(3), "living", 0, anybody, rng)).toEqual([[], rng]);
    expect(pick(group(3), "living", -1, anybody, rng)).toEqual([[], rng]);
    expect(pick(group(3, () => "dead"), "living", 2, anybody, rng)).toEqual([[], rng]);
  });

  test("in a crowd of which nearly all do not suit, gives up rather than search for ever", () => {
    const view = group(400, (k) => (k === 0 ? "alive" : "suspect"));
    expect(pick(view, "living", 3, isAlive, rngFrom(1))[0].length).toBeLessThanOrEqual(1);
  });

  test("in a crowd of which one in eight suits, finds as many as are wanted", () => {
    const view = group(400, (k) => (k % 8 === 0 ? "alive" : "suspect"));
    const found = Array.from({ length: 300 }, (_, seed) => pick(view, "living", 3, isAlive, rngFrom(seed))[0].length);
    expect(found.filter((count) => count === 3).length).toBeGreaterThan(295);
  });
});

describe("picking some of the living and the dead", () => {
  test.for([[12, 3], [200, 3]] as const)("of %i, %i: each as likely, whether it lives or not; the departed never", ([size, wanted]) => {
    const statuses = ["alive", "dead", "left", "suspect"] as const;
    const counts = tally(group(size, (k) => statuses[k % 4] ?? "alive"), "living-or-dead", wanted, anybody);
    const present = Array.from({ length: size }, (_, k) => k).filter((k) => k % 4 !== 2);
    expect(counts.size).toBe(present.length);
    expect(oddnessOf(present.map((k) => counts.get(m(k)) ?? 0), (DRAWS * wanted) / present.length)).toBeLessThan(5);
  });

  test("can be picking of the dead alone", () => {
    expect(idsOf(pick(group(2, (k) => (k === 0 ? "alive" : "dead")), "living-or-dead", 2, ({ status }) => status === "dead", rngFrom(1))[0])).toEqual([m(1)]);
    expect(idsOf(pick(group(1, () => "dead"), "living-or-dead", 1, anybody, rngFrom(1))[0])).toEqual([m(0)]);
  });
});

describe("among many of the dead who do not suit", () => {
  test.for([[3, 400], [30, 4_000]] as const)("%i living are found as surely as if there were no dead, beside %i", ([living, dead]) => {
    const view = group(living + dead, (k) => (k < living ? "alive" : "dead"));
    const counts = tally(view, "living-or-dead", 3, isAlive);
    const found = Array.from({ length: living }, (_, k) => counts.get(m(k)) ?? 0);
    expect(found.reduce((sum, count) => sum + count)).toBe(3 * DRAWS);
    if (living > 3) expect(oddnessOf(found, (3 * DRAWS) / living)).toBeLessThan(5);
  });

  test("the few who do are not shut out", () => {
    const view = group(300, (k) => (k < 20 ? "alive" : "dead"));
    expect(tally(view, "living-or-dead", 3, (member) => member.status === "alive" || member.id === m(299)).get(m(299))).toBeGreaterThan(DRAWS / 20);
  });

  test("none is drawn for, if nobody lives", () => expect(pick(group(300, () => "dead"), "living-or-dead", 3, isAlive, rngFrom(1))[0]).toEqual([]));
});

test("the same dice pick the same members", () => {
  for (const size of [10, 300]) expect(pick(group(size), "living", 3, anybody, rngFrom(9))).toEqual(pick(group(size), "living", 3, anybody, rngFrom(9)));
});
