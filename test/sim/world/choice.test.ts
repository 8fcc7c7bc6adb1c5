/** Whom a disruption strikes. */

import { describe, expect, test } from "vitest";
import { bytes } from "../../../engine/index.ts";
import type { Filter, Place, Selector } from "../../../sim/scenario/model.ts";
import { stream } from "../../../sim/world/chance.ts";
import { type Ballot, choose, chooseSides } from "../../../sim/world/choice.ts";
import { named } from "../../builders.ts";

/** m0 to m9; those with an even number stand in the east. */
const places = Array.from({ length: 10 }, (_, number): Place =>
  ({ name: `m${number}`, tags: { zone: number % 2 === 0 ? "east" : "west" }, meta: bytes(""), present: true, seed: false }));

const ballot = (changes: Partial<Ballot> = {}, seed = "1"): Ballot =>
  ({ places, candidates: places.map((_, number) => number), chosen: new Map(), dice: stream(seed, "a test"), taken: new Set(), ...changes });

const all: Filter = { kind: "all" };
const east: Filter = { kind: "tag", tag: "zone", value: "east" };
const count = (number: number, among: Filter = all): Selector => ({ kind: "count", count: number, among });
const fraction = (share: number, among: Filter = all): Selector => ({ kind: "fraction", fraction: share, among });
const seeds = Array.from({ length: 2_000 }, (_, seed) => String(seed));

describe("those who are meant without dice", () => {
  test.for([
    ["all", all, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["names, in the order of their numbers", named("m7", "m2"), [2, 7]],
    ["a name that nobody has", named("nobody"), []],
    ["a tag", east, [0, 2, 4, 6, 8]],
    ["a tag that nobody carries", { kind: "tag", tag: "rack", value: "east" }, []],
    ["the rest, when nobody is taken", { kind: "rest" }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ] as const)("%s", ([, selector, expected]) => {
    expect(choose(selector, ballot())).toEqual(expected);
  });

  test("only candidates are chosen, and nobody who is taken", () => {
    expect(choose(east, ballot({ candidates: [0, 1, 2, 3, 4], taken: new Set([2]) }))).toEqual([0, 4]);
    expect(choose({ kind: "rest" }, ballot({ candidates: [0, 1, 2, 3], taken: new Set([0, 1]) }))).toEqual([2, 3]);
  });

  test("the same as an earlier disruption chose, as far as they are candidates still", () => {
    const chosen = new Map([[3, [[1, 8], [5]]]]);
    const same = (as: number, end: number | null = null): Selector => ({ kind: "same", as, end });
    expect(choose(same(3), ballot({ chosen })), "at all of its ends").toEqual([1, 5, 8]);
    expect([0, 1, 2].map((end) => choose(same(3, end), ballot({ chosen }))), "at one of them").toEqual([[1, 8], [5], []]);
    expect(choose(same(3), ballot({ chosen, candidates: [5, 6] }))).toEqual([5]);
    expect(choose(same(4), ballot({ chosen }))).toEqual([]);
  });
});

describe("those whom the dice choose", () => {
  test("are as many as were asked for, in the order of their numbers, each once", () => {
    for (const seed of seeds.slice(0, 50)) {
      const drawn = choose(count(4), ballot({}, seed));
      expect(drawn).toHaveLength(4);
      expect(drawn).toEqual([...new Set(drawn)].toSorted((one, other) => one - other));
    }
  });

  test("are no more than there are", () => {
    expect(choose(count(99, east), ballot())).toEqual([0, 2, 4, 6, 8]);
    expect(choose(count(0), ballot())).toEqual([]);
  });

  test("are among those whom the selector names", () => {
    for (const seed of seeds.slice(0, 50)) for (const member of choose(count(2, east), ballot({}, seed))) expect(member % 2).toBe(0);
  });

  test.for([
    [0.5, 5], [0.24, 2], [0.26, 3], [0.04, 1], [0.001, 1], [0.96, 10], [1, 10],
  ] as const)("a share of %f of ten is %i: rounded, and never nobody", ([share, expected]) => {
    expect(choose(fraction(share), ballot())).toHaveLength(expected);
  });

  test("a share is of those among whom it is drawn", () => {
    expect(choose(fraction(0.4, east), ballot())).toHaveLength(2);
    expect(choose(fraction(0.5), ballot({ candidates: [] }))).toEqual([]);
  });

  test("are the same with the same dice, and others with others", () => {
    expect(choose(count(5), ballot())).toEqual(choose(count(5), ballot()));
    expect(new Set(seeds.slice(0, 20).map((seed) => choose(count(5), ballot({}, seed)).join(" "))).size).toBeGreaterThan(15);
  });

  test("are each as likely as the others, and each pair as the other pairs", () => {
    const single = new Map<number, number>();
    const pairs = new Map<string, number>();
    for (const seed of seeds) {
      const drawn = choose(count(2, named("m0", "m1", "m2", "m3", "m4")), ballot({}, seed));
      for (const member of drawn) single.set(member, (single.get(member) ?? 0) + 1);
      pairs.set(drawn.join(" "), (pairs.get(drawn.join(" ")) ?? 0) + 1);
    }
    // 2,000 draws: 800 ± 22 each, 200 ± 13.4 a pair; five deviations are allowed.
    expect([single.size, pairs.size]).toEqual([5, 10]);
    for (const times of single.values()) expect(Math.abs(times - 800)).toBeLessThan(110);
    for (const times of pairs.values()) expect(Math.abs(times - 200)).toBeLessThan(67);
  });
});

describe("sides", () => {
  test("have nobody in common, and the rest is what is left", () => {
    for (const seed of seeds.slice(0, 50)) {
      const sides = chooseSides([count(3), fraction(0.4), { kind: "rest" }], ballot({}, seed));
      expect(sides.map((side) => side.length)).toEqual([3, 4, 3]);
      expect(sides.flat().toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });

  test("take a share of everybody, not of those whom the earlier ones left", () => {
    const sides = chooseSides([fraction(0.5), fraction(0.5)], ballot());
    expect(sides.map((side) => side.length)).toEqual([5, 5]);
  });

  test("leave to the earlier one whom two of them name", () => {
    expect(chooseSides([named("m0", "m1"), named("m1", "m2")], ballot())).toEqual([[0, 1], [2]]);
  });
});
