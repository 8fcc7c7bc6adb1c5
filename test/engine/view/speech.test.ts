/** What the members of a view speak, all together: as if computed from everybody, whatever happened before. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areCompatible, emptyView, memberId, membersOf, put, remove, viewOf, type Member, type Status, type Versions, type View } from "../../../engine/index.ts";
import { isUnderstood, silence, speechOf, together, type Speech } from "../../../engine/view/speech.ts";
import { aMember, NAMES } from "./builders.ts";

/** memberlist's own check, written down as it is read: each speaks what all the alive understand, in both protocols. */
function isOneGroup(members: readonly Member[], whose: "all" | "living"): boolean {
  const living = members.filter(({ status }) => status === "alive");
  const [from, to] = [Math.max(...living.map(({ versions }) => versions[0]), 0), Math.min(...living.map(({ versions }) => versions[1]), 255)];
  const [appFrom, appTo] = [Math.max(...living.map(({ versions }) => versions[3]), 0), Math.min(...living.map(({ versions }) => versions[4]), 255)];
  const speakers = whose === "all" ? members : members.filter(({ status }) => status === "alive" || status === "suspect");
  return speakers.every(({ versions }) => versions[2] >= from && versions[2] <= to && versions[5] >= appFrom && versions[5] <= appTo);
}

function speechByAsking(members: readonly Member[]): Speech {
  return members.map((member) => speechOf([...member.versions], member.status)).reduce(together, silence);
}

const few: readonly Versions[] = [[1, 5, 2, 0, 0, 0], [1, 5, 2, 2, 5, 5], [2, 3, 2, 0, 0, 0], [1, 2, 1, 0, 3, 1], [4, 5, 5, 0, 0, 0], [1, 5, 2, 4, 9, 7], [0, 0, 0, 0, 0, 0]];
const aRecord = fc.record({
  id: fc.constantFrom(...NAMES).map(memberId),
  // Shared by many, as in one process, or made anew, as if read from the wire.
  versions: fc.oneof(fc.constantFrom(...few), fc.constantFrom(...few).map(([...versions]): Versions => versions)),
  status: fc.constantFrom<Status[]>("alive", "suspect", "dead", "left"),
}).map(({ id, versions, status }): Member => ({ ...aMember(id), versions, status }));
const aChange = fc.oneof({ weight: 3, arbitrary: aRecord }, { weight: 1, arbitrary: fc.constantFrom(...NAMES).map(memberId) });
const played = (history: readonly (Member | Member["id"])[]): View =>
  history.reduce<View>((view, change) => (typeof change === "string" ? remove(view, change) : put(view, change)), emptyView);
const aView = fc.array(aChange, { maxLength: 40 }).map(played);

test("after any puts and removes it is what asking everybody gives", () => {
  fc.assert(fc.property(fc.array(aChange, { maxLength: 40, size: "max" }), (history) => {
    const view = played(history);
    expect(view.speech).toEqual(speechByAsking(membersOf(view)));
    expect(viewOf(membersOf(view)).speech).toEqual(view.speech);
  }), { seed: 51, numRuns: 150 });
});

test("two views can be one group exactly if everybody in both, or everybody living, speaks what all the alive of both understand", () => {
  const seen = { yes: 0, no: 0 };
  const agreeable = fc.array(aRecord.map((member): Member => ({ ...member, versions: few[Number(member.status === "dead")] ?? member.versions })), { maxLength: 5 }).map(viewOf);
  fc.assert(fc.property(fc.oneof(aView, agreeable), agreeable, (mine, theirs) => {
    for (const whose of ["all", "living"] as const) {
      const isOne = isOneGroup([...membersOf(mine), ...membersOf(theirs)], whose);
      expect(areCompatible(mine, theirs, whose)).toBe(isOne);
      expect(areCompatible(theirs, mine, whose)).toBe(isOne);
      if (whose === "living") continue;
      if (isOne) seen.yes++;
      else seen.no++;
    }
  }), { seed: 52, numRuns: 300 });
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(50);
});

describe("who speaks what", () => {
  const group = (...members: readonly (readonly [Versions, Status])[]): View => viewOf(members.map(([versions, status], k) => aMember(`m${k}`, { versions, status })));
  const plain: readonly [Versions, Status] = [[1, 5, 2, 0, 0, 0], "alive"];

  test.for<readonly [string, readonly [Versions, Status], boolean]>([
    ["the same",                                                 [[1, 5, 2, 0, 0, 0], "alive"], true],
    ["less, but what we speak",                                  [[2, 3, 3, 0, 0, 0], "alive"], true],
    ["what we do not understand",                                [[1, 9, 9, 0, 0, 0], "alive"], false],
    ["what we understand, but not what we speak",                [[3, 5, 4, 0, 0, 0], "alive"], false],
    ["nothing of ours, but it is dead, and sets no bounds",      [[3, 5, 4, 0, 0, 0], "dead"],  true],
    ["what we do not understand, and it is dead, but remembered", [[3, 9, 9, 0, 0, 0], "dead"], false],
    ["another protocol of the application's",                    [[1, 5, 2, 1, 3, 2], "alive"], false],
    ["nothing at all",                                           [[0, 0, 0, 0, 0, 0], "alive"], false],
  ])("%s", ([, other, expected]) => {
    expect(areCompatible(group(plain), group(other), "all")).toBe(expected);
    expect(areCompatible(group(plain), group(other), "living"), "of the living").toBe(expected || other[1] === "dead");
  });

  test("nobody is at odds with nobody, nor with anybody", () => {
    expect(areCompatible(emptyView, emptyView, "all")).toBe(true);
    expect(areCompatible(emptyView, group(plain), "all")).toBe(true);
    expect(isUnderstood(silence)).toBe(true);
  });
});

test("equal speech is one object, so that keeping it up costs a comparison of pointers", () => {
  const versions: Versions = [1, 5, 2, 0, 0, 0];
  expect(speechOf(versions, "alive")).toBe(speechOf(versions, "alive"));
  const [one, other] = [speechOf(versions, "alive"), speechOf([1, 5, 2, 0, 0, 0], "alive")];
  expect(together(one, other)).toBe(one);
  expect(together(silence, one)).toBe(one);
  expect(together(one, silence)).toBe(one);
  const view = viewOf(Array.from({ length: 100 }, (_, k) => aMember(`m${k}`, { versions })));
  expect(view.speech).toBe(one);
});
