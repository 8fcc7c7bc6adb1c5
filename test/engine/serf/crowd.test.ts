/** What tells apart the things of one moment: right whatever comes, and no slower for whatever a peer chose. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mix } from "../../../engine/words/mix.ts";
import { allOf, joinedBy, nobody, type Crowd, type CrowdRules } from "../../../engine/serf/crowd.ts";

const numbers: CrowdRules<number> = { hashOf: mix, isSame: (one, other) => one === other };
/** These few hashes only, so that there is no room before long. */
const fewHashes: CrowdRules<number> = { ...numbers, hashOf: (one) => one % 3 };

function crowdOf(things: readonly number[], rules = numbers): Crowd<number> {
  return things.reduce<Crowd<number>>((crowd, one) => {
    const next = joinedBy(crowd, one, rules);
    return typeof next === "string" ? crowd : next;
  }, nobody);
}

describe("a crowd", () => {
  test.for([["well spread", numbers], ["of few hashes", fewHashes]] as const)("is what a list is, as long as there is room for all: %s", ([, rules]) => {
    const said: Record<string, number> = { known: 0, crowded: 0, joined: 0 };
    fc.assert(fc.property(fc.array(fc.nat({ max: 150 }), { maxLength: 400, size: "max" }), (things) => {
      let crowd: Crowd<number> = nobody;
      let list: readonly number[] = [];
      const before: (readonly [Crowd<number>, number])[] = [];
      for (const one of things) {
        const isFull = rules === fewHashes && list.filter((other) => other % 3 === one % 3).length === 16;
        const expected = list.includes(one) ? "known" : isFull ? "crowded" : "joined";
        const next: Crowd<number> | string = joinedBy(crowd, one, rules);
        expect(typeof next === "string" ? next : "joined").toBe(expected);
        said[expected]!++;
        if (typeof next === "string") continue;
        before.push([crowd, list.length]);
        [crowd, list] = [next, [...list, one]];
      }
      expect(before.every(([old, length]) => allOf(old).length === length), "the old ones are as they were").toBe(true);
      expect(allOf(crowd).toSorted((one, other) => one - other)).toEqual(list.toSorted((one, other) => one - other));
    }), { seed: 16, numRuns: 60 });
    expect([said.known! > 1_000, said.joined! > 1_000, said.crowded! > 1_000]).toEqual([true, true, rules === fewHashes]);
  });

  test("of a few is in the order in which they came", () => {
    expect(allOf(crowdOf([5, 3, 9, 3, 1]))).toEqual([5, 3, 9, 1]);
    expect(allOf(crowdOf([9, 5, 3, 1].flatMap((one) => [one, one + 20])))).toEqual([9, 29, 5, 25, 3, 23, 1, 21]);
  });

  test("looks at no more for one more, however many there are, and wherever they stand", () => {
    let [compared, hashed] = [0, 0];
    let [mostCompared, mostHashed] = [0, 0];
    const crafted = Array.from({ length: 16 }, (_, high) => Array.from({ length: 16 }, (_, low) => (high << 28) | (low << 24))).flat();
    for (const [hashOf, things] of [[mix, Array.from({ length: 65_536 }, (_, nth) => nth)], [(one: number) => one, crafted]] as const) {
      const counting: CrowdRules<number> = {
        hashOf: (one) => { hashed++; return hashOf(one); },
        isSame: (one, other) => { compared++; return one === other; },
      };
      let crowd: Crowd<number> = nobody;
      for (const one of things) {
        [compared, hashed] = [0, 0];
        const next: Crowd<number> | string = joinedBy(crowd, one, counting);
        [mostCompared, mostHashed] = [Math.max(mostCompared, compared), Math.max(mostHashed, hashed)];
        if (typeof next !== "string") crowd = next;
      }
      expect(mostCompared).toBeLessThanOrEqual(8 * 16);
      expect(mostHashed).toBeLessThanOrEqual(1 + 8 * 16);
      expect(allOf(crowd).length).toBe(things.length);
      expect(widest(crowd), "no list is longer that is copied for one more").toBe(16);
    }
  });
});

const widest = (crowd: Crowd<number>): number => ("parts" in crowd ? Math.max(crowd.parts.length, ...crowd.parts.map(widest)) : crowd.length);
