/** The truth: who is on whose side, who runs, and whom each side should hold alive. */

import { describe, expect, test } from "vitest";
import { digestText, memberId, rosterOfIds } from "../../../engine/index.ts";
import { type Fault, Network, type Sides } from "../../../sim/world/network.ts";
import { type Existence, Truth } from "../../../sim/world/truth.ts";
import { aScenario } from "../../builders.ts";

/** `"112"`: the first two on side 1, the third on side 2. */
const marks = (sides: string): Sides => Uint8Array.from(sides, Number);
const parted = (sides: string): Fault => ({ kind: "partition", of: 0, sides: marks(sides) });
const cut = (from: string, to: string, bothWays = false): Fault => ({ kind: "cut", of: 1, from: marks(from), to: marks(to), bothWays });

type Facts = { readonly faults: readonly Fault[]; readonly not?: Readonly<Record<string, Existence>> };

/** Members a, b, c, … of whom all run, but those of whom something else is said. */
function truthOf(names: string, { faults, not = {} }: Facts): Truth {
  const ids = [...names].map(memberId);
  const network = new Network(aScenario({ members: ids, lasts: 1 }), 1);
  const truth = new Truth(ids, network);
  ids.forEach((id, member) => truth.become(member, not[id] ?? "running"));
  for (const fault of faults) network.begin(fault);
  truth.settle();
  return truth;
}

/** The members by their sides: `"ab cd"`. */
function sidesOf(names: string, facts: Facts): string {
  const truth = truthOf(names, facts);
  const sides = new Map<number, string>();
  [...names].forEach((name, member) => sides.set(truth.sideOf(member), (sides.get(truth.sideOf(member)) ?? "") + name));
  return [...sides.values()].join(" ");
}

describe("sides", () => {
  test.for([
    // members, faults, sides, because
    ["abcd",  [],                                  "abcd",   "nothing is wrong"],
    ["abcd",  [parted("1122")],                    "ab cd",  "two halves"],
    ["abcdef", [parted("112233")],                 "ab cd ef", "three groups"],
    ["abcd",  [parted("1120")],                    "abcd",   "d is on no side, and passes on what it hears"],
    ["abcd",  [parted("1122"), parted("1212")],    "a b c d", "two partitions leave nobody together"],
    ["abcd",  [cut("1000", "0100")],               "abcd",   "a does not reach b, but c and d relay"],
    ["ab",    [cut("10", "01")],                   "a b",    "one direction is gone, and nobody relays"],
    ["ab",    [cut("10", "01", true)],             "a b",    "both directions are gone"],
    ["abc",   [cut("100", "011")],                 "a bc",   "a is heard by nobody"],
    ["abc",   [cut("011", "100")],                 "a bc",   "a hears nobody"],
    ["abcd",  [cut("1100", "0011")],               "ab cd",  "half a cut is a cut for questions with answers"],
  ] as const)("%s: %#. %o", ([names, faults, expected, because]) => {
    expect(sidesOf(names, { faults }), because).toBe(expected);
  });

  test("an impairment parts nobody", () => {
    const impair: Fault = { kind: "impair", of: 0, from: marks("1000"), to: marks("1111"), bothWays: true, loss: 1, duplicate: 0, delay: null };
    expect(sidesOf("abcd", { faults: [impair] })).toBe("abcd");
  });

  test.for(["crashed", "departed", "paused", "blocked", "absent"] as const)("a bridge that is %s connects nobody, wherever it stands in the list", (existence) => {
    expect(truthOf("abc", { faults: [parted("120")], not: { c: existence } }).sideOf(0), "last").not.toBe(
      truthOf("abc", { faults: [parted("120")], not: { c: existence } }).sideOf(1));
    const first = truthOf("abc", { faults: [parted("012")], not: { a: existence } });
    expect(first.sideOf(1), "first").not.toBe(first.sideOf(2));
  });

  test("whoever does not run is on the side of those who would reach it", () => {
    expect(sidesOf("abcd", { faults: [parted("1122")], not: { a: "crashed", d: "paused" } })).toBe("ab cd");
    expect(sidesOf("abc", { faults: [parted("012")], not: { a: "crashed" } }), "of the first of them").toBe("ab c");
  });
});

describe("rosters", () => {
  const roster = (...names: readonly string[]): string => digestText(rosterOfIds(names.map(memberId)));

  test("each side should hold alive exactly those who run on it", () => {
    const truth = truthOf("abcde", { faults: [parted("11222")], not: { b: "crashed", d: "leaving" } });
    expect([0, 1, 2, 3, 4].map((member) => digestText(truth.rosterFor(member)))).toEqual(
      [roster("a"), roster("a"), roster("c", "e"), roster("c", "e"), roster("c", "e")]);
  });

  test("without faults, everybody all who run", () => {
    const truth = truthOf("abc", { faults: [], not: { b: "paused" } });
    expect([0, 1, 2].map((member) => digestText(truth.rosterFor(member)))).toEqual([roster("a", "c"), roster("a", "c"), roster("a", "c")]);
  });

  test("when the fault is over, all are on one side again", () => {
    const network = new Network(aScenario({ members: ["a", "b"], lasts: 1 }), 1);
    const truth = new Truth(["a", "b"].map(memberId), network);
    truth.become(0, "running");
    truth.become(1, "running");
    network.begin(parted("12"));
    truth.settle();
    expect(digestText(truth.rosterFor(0))).toBe(roster("a"));
    network.end(0);
    truth.settle();
    expect(digestText(truth.rosterFor(0))).toBe(roster("a", "b"));
  });
});

test("those who run are counted through all that becomes of them", () => {
  const truth = truthOf("abc", { faults: [], not: { a: "absent", b: "absent", c: "absent" } });
  const counted = (["running", "running", "paused", "running", "blocked", "running", "leaving", "departed", "running", "crashed", "running"] as const).map((existence) => {
    truth.become(1, existence);
    return [truth.running, truth.isRunning(1), truth.isPresent(1)];
  });
  const [runs, stands, gone] = [[1, true, true], [0, false, true], [0, false, false]];
  expect(counted).toEqual([runs, runs, stands, runs, stands, runs, stands, gone, runs, gone, runs]);
});
