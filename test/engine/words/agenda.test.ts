/** The agenda against the plainest thing that does the same: a Map, sorted anew for each question. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  count, enter, first, firstName, firstRank, inOrder, lookUp, nothing, strike, strikeFirst, type Agenda,
} from "../../../engine/words/agenda.ts";
import { hashOf } from "../../../engine/words/mix.ts";

type Task = { readonly name: string; readonly rank: number; readonly tie: number };
type Model = ReadonlyMap<string, Task>;

const byRank = (one: Task, other: Task): number => one.rank - other.rank || one.tie - other.tie;
const sorted = (model: Model): readonly Task[] => [...model.values()].toSorted(byRank);

const aName = fc.constantFrom(..."abcdefghijklmnop", "", "Grace", "Ada", "😀");
const aRank = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const aMove = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("enter"), name: aName, rank: aRank }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("strike"), name: aName }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("strikeFirst") }) },
);
type Move = typeof aMove extends fc.Arbitrary<infer T> ? T : never;

/** The same move in the agenda and in the model. The move's number is the tie, so that the order is never in doubt. */
function play(agenda: Agenda<Task>, model: Model, move: Move, turn: number): readonly [Agenda<Task>, Model] {
  const next = new Map(model);
  switch (move.kind) {
    case "enter": {
      // Among equal ranks the later goes first, for a change.
      const task = { name: move.name, rank: move.rank, tie: -turn };
      return [enter(agenda, task.name, task.rank, task, task.tie), next.set(task.name, task)];
    }
    case "strike":
      next.delete(move.name);
      return [strike(agenda, move.name), next];
    default:
      next.delete(sorted(model)[0]?.name ?? "nobody");
      return [strikeFirst(agenda), next];
  }
}

describe("an agenda", () => {
  test("answers as a sorted map would, after any moves, and old ones stay as they were", () => {
    let longest = 0;
    fc.assert(fc.property(fc.array(aMove, { maxLength: 80, size: "max" }), (moves) => {
      let now: readonly [Agenda<Task>, Model] = [nothing, new Map()];
      const past = [now];
      moves.forEach((move, turn) => past.push((now = play(...now, move, turn))));
      for (const [agenda, model] of past) {
        const tasks = sorted(model);
        expect(inOrder(agenda)).toEqual(tasks);
        const [least] = tasks;
        expect([count(agenda), first(agenda), firstName(agenda)]).toEqual([tasks.length, least, least?.name]);
        expect(firstRank(agenda, -99)).toBe(least?.rank ?? -99);
        for (const name of ["a", "p", "", "😀", "nobody"]) expect(lookUp(agenda, name)).toBe(model.get(name));
        longest = Math.max(longest, tasks.length);
      }
    }), { seed: 7, numRuns: 120 });
    expect(longest).toBeGreaterThan(15);
  });

  test("without ties, orders equal ranks somehow, but always the same way", () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string(), fc.nat({ max: 3 })), { maxLength: 40 }), (entries) => {
      const once = new Map(entries);
      const built = (names: readonly string[]): Agenda<string> =>
        names.reduce<Agenda<string>>((agenda, name) => enter(agenda, name, once.get(name) ?? 0, name), nothing);
      const names = [...once.keys()];
      const order = inOrder(built(names));
      expect(inOrder(built(names.toReversed()))).toEqual(order);
      expect(order.map((name) => once.get(name))).toEqual([...once.values()].toSorted((one, other) => one - other));
    }), { seed: 8, numRuns: 500 });
  });

  test("tells apart names whose hashes are the same", () => {
    const [one, other] = namesThatCollide();
    expect([hashOf(one), one]).not.toEqual([hashOf(other), other]);
    for (const [a, b] of [[one, other], [other, one]] as const) {
      for (const [rankA, rankB] of [[1, 2], [2, 1]] as const) {
        const both = enter(enter(nothing, a, rankA, a), b, rankB, b);
        expect([count(both), lookUp(both, a), lookUp(both, b)]).toEqual([2, a, b]);
        expect([count(strike(both, a)), lookUp(strike(both, a), a), lookUp(strike(both, a), b)]).toEqual([1, undefined, b]);
      }
    }
  });

  test("that does not hold a name is handed back by strike as it is", () => {
    const agenda = [..."abcdefghijklm"].reduce<Agenda<string>>((rest, name, rank) => enter(rest, name, rank, name), nothing);
    for (const name of "nopqrstuvwxyz") expect(strike(agenda, name)).toBe(agenda);
    expect(strike(nothing, "c")).toBe(nothing);
    expect(strikeFirst(nothing)).toBe(nothing);
  });
});

/** Two names with one hash, found by looking: among 200,000 there are about five pairs. */
function namesThatCollide(): readonly [string, string] {
  const seen = new Map<number, string>();
  for (let k = 0; k < 1_000_000; k++) {
    const name = `member-${k}`;
    const earlier = seen.get(hashOf(name));
    if (earlier !== undefined) return [earlier, name];
    seen.set(hashOf(name), name);
  }
  throw new Error("a million names without a collision: that is no 32-bit hash");
}

describe("an agenda of ten thousand", () => {
  const SIZE = 10_000;
  const of = (rank: (k: number) => number): Agenda<number> =>
    Array.from({ length: SIZE }).reduce<Agenda<number>>((agenda, _, k) => enter(agenda, `member-${k}`, rank(k), k), nothing);

  const depth = (agenda: Agenda<number>): number => (agenda === null ? 0 : 1 + Math.max(depth(agenda.left), depth(agenda.right)));
  const entries = (agenda: Agenda<number>): readonly object[] => (agenda === null ? [] : [agenda, ...entries(agenda.left), ...entries(agenda.right)]);

  test.for([
    ["of equal rank", () => 0],
    ["of rising rank", (k: number) => k],
    ["of falling rank", (k: number) => -k],
    ["of seven ranks", (k: number) => k % 7],
  ] as const)("%s is shallow, and changing one shares nearly all", ([, rank]) => {
    const agenda = of(rank);
    expect(depth(agenda)).toBeLessThan(30);
    const held = new Set(entries(agenda));
    const fresh = (next: Agenda<number>): number => entries(next).filter((entry) => !held.has(entry)).length;
    for (const k of [0, 1, 4_999, 9_999]) {
      expect(fresh(enter(agenda, `newcomer-${k}`, rank(k), k))).toBeLessThan(60);
      expect(fresh(enter(agenda, `member-${k}`, rank(SIZE - 1 - k), k))).toBeLessThan(120);
      expect(fresh(strike(agenda, `member-${k}`))).toBeLessThan(60);
    }
    expect(fresh(strikeFirst(agenda))).toBeLessThan(60);
  });

  test("is as shallow for names that a stranger chose: in order of their hashes, each of a later rank", () => {
    const names = Array.from({ length: SIZE }, (_, k) => `member-${k}`).toSorted((one, other) => hashOf(one) - hashOf(other));
    const agenda = names.reduce<Agenda<number>>((rest, name, k) => enter(rest, name, k, k), nothing);
    expect([depth(agenda) < 30, count(agenda), first(agenda)]).toEqual([true, SIZE, 0]);
    const struck = names.slice(0, SIZE - 100).reduce<Agenda<number>>((rest, name) => strike(rest, name), agenda);
    expect([depth(struck) < 15, count(struck), first(struck)]).toEqual([true, 100, SIZE - 100]);
  });
});
