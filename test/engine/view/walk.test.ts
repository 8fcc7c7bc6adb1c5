/** Passes over the living: everyone once, whatever happens on the way, at any rank as likely as at any other. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyView, find, livingIn, membersOf, mix, nextLiving, remove, sizeOf, startWalk, viewOf,
  type Member, type MemberId, type View, type Walk,
} from "../../../engine/index.ts";
import { aChangeOf, aGroup, aHistoryOf, aMember, changed, COLLIDING, lives, NAMES, NEARLY_COLLIDING, played, type Change } from "./builders.ts";

const aKey = fc.integer({ min: 0, max: 0xffffffff });

/** Whom a pass visits, in order. One without end fails: it would visit more than there are. */
function pass(view: View, key: number): readonly MemberId[] {
  const visited: MemberId[] = [];
  for (let [member, walk] = nextLiving(view, startWalk(key)); member !== undefined; [member, walk] = nextLiving(view, walk)) {
    visited.push(member.id);
    if (visited.length > sizeOf(view)) throw new Error(`more visits than members: ${visited.join()}`);
  }
  return visited;
}

const livingOf = (view: View): readonly MemberId[] => membersOf(view).filter(lives).map((member) => member.id);

const sorted = (ids: Iterable<MemberId>): readonly MemberId[] => [...ids].toSorted();

test("a pass visits each of the living once and nobody else", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aKey, (history, key) => {
    const view = played(history);
    expect(sorted(pass(view, key))).toEqual(sorted(livingOf(view)));
  }), { seed: 31, numRuns: 500 });
  expect(sorted(pass(viewOf(aGroup(10_000)), 7))).toEqual(sorted(livingOf(viewOf(aGroup(10_000)))));
});

test("when a pass is over it stays over", () => {
  const view = viewOf(aGroup(3));
  let walk = startWalk(1);
  for (let i = 0; i < 3; i++) walk = nextLiving(view, walk)[1];
  expect(nextLiving(view, walk)).toEqual([undefined, walk]);
  expect(nextLiving(emptyView, startWalk(1))).toEqual([undefined, startWalk(1)]);
  expect(nextLiving(viewOf([aMember("a", { status: "dead" }), aMember("b", { status: "left" })]), startWalk(1))[0]).toBeUndefined();
});

test("the same key is the same pass, also when its place was written down and read again", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aKey, (history, key) => {
    const view = played(history);
    const readAgain: MemberId[] = [];
    for (let [member, walk] = nextLiving(view, startWalk(key)); member !== undefined;) {
      readAgain.push(member.id);
      expect(readAgain.length).toBeLessThanOrEqual(sizeOf(view));
      const copy: Walk = JSON.parse(JSON.stringify(walk));
      [member, walk] = nextLiving(view, copy);
    }
    expect(readAgain).toEqual(pass(view, key));
  }), { seed: 32 });
});

describe("under churn", () => {
  /** What happens in one pass if before each visit some of these changes happen. */
  type Account = {
    readonly visited: readonly MemberId[];
    readonly throughout: ReadonlySet<MemberId>;
    readonly ever: ReadonlySet<MemberId>;
    readonly view: View;
  };

  function passUnder(churn: readonly (readonly Change[])[], from: View, key: number): Account {
    const visited: MemberId[] = [];
    const ever = new Set(livingOf(from));
    const throughout = new Set(livingOf(from));
    let view = from;
    let walk = startWalk(key);
    for (let visit = 0; ; visit++) {
      for (const change of churn[visit] ?? []) {
        view = changed(view, change);
        const living = new Set(livingOf(view));
        for (const id of living) ever.add(id);
        for (const id of throughout) if (!living.has(id)) throughout.delete(id);
      }
      const [member, next] = nextLiving(view, walk);
      if (member === undefined) return { visited, throughout, ever, view };
      expect(lives(member) && find(view, member.id) === member).toBe(true);
      visited.push(member.id);
      expect(visited.length).toBeLessThanOrEqual(NAMES.length);
      walk = next;
    }
  }

  const someChurn = fc.array(fc.array(aChangeOf(NAMES), { maxLength: 3 }), { maxLength: 40 });
  const someMembers = aHistoryOf(NAMES);

  test("nobody is visited twice in a pass, and whoever lives throughout it is visited", () => {
    fc.assert(fc.property(someMembers, someChurn, aKey, (members, churn, key) => {
      const { visited, throughout } = passUnder(churn, played(members), key);
      expect(new Set(visited).size).toBe(visited.length);
      for (const id of throughout) expect(visited).toContain(id);
    }), { seed: 33, numRuns: 1_000 });
  });

  test("SWIM §4.3: two visits of one member in consecutive passes are at most 2n − 1 apart", () => {
    fc.assert(fc.property(someMembers, someChurn, someChurn, aKey, aKey, (members, churn, moreChurn, key, anotherKey) => {
      const first = passUnder(churn, played(members), key);
      const second = passUnder(moreChurn, first.view, anotherKey);
      const n = new Set([...first.ever, ...second.ever]).size;
      const visits = [...first.visited, ...second.visited];
      for (const id of first.visited) {
        if (second.visited.includes(id)) expect(visits.lastIndexOf(id) - visits.indexOf(id)).toBeLessThanOrEqual(2 * n - 1);
        // And whoever lives throughout both is visited in both.
        else expect(first.throughout.has(id) && second.throughout.has(id)).toBe(false);
      }
    }), { seed: 34, numRuns: 1_000 });
  });

  test("a pass that forgets whom it visited, though the trie collapses around its place, is the pass it would have been", () => {
    for (const names of COLLIDING) {
      const everybody = viewOf([...names, ...NEARLY_COLLIDING.flat(), "m1", "m2"].map((name) => aMember(name)));
      for (let key = 0; key < 200; key++) {
        let view = everybody;
        const visited: MemberId[] = [];
        for (let [member, walk] = nextLiving(view, startWalk(mix(key))); member !== undefined; [member, walk] = nextLiving(view, walk)) {
          visited.push(member.id);
          view = remove(view, member.id);
        }
        expect(visited).toEqual(pass(everybody, mix(key)));
        expect(livingIn(view)).toBe(0);
      }
    }
  });
});

test("of four members, two visits in consecutive passes are 1 to 7 apart, and both ends occur", () => {
  const view = viewOf(aGroup(4));
  const gaps = new Set<number>();
  for (let key = 0; key < 300; key++) {
    const visits = [...pass(view, mix(key)), ...pass(view, mix(key + 1_000))];
    for (const member of aGroup(4)) gaps.add(visits.lastIndexOf(member.id) - visits.indexOf(member.id));
  }
  expect([...gaps].toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

describe("chance", () => {
  const KEYS = 20_000;

  /** How far counts are from all alike: Pearson's χ², in standard deviations from its mean. */
  function unevenness(counts: readonly number[]): number {
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    const freedom = counts.length - 1;
    return (chiSquare - freedom) / Math.sqrt(2 * freedom);
  }

  test.for<readonly [string, readonly Member[]]>([
    ["two", aGroup(2)],
    ["seven", aGroup(7)],
    ["fifty", aGroup(50)],
    ["some that collide with others", [...COLLIDING.flat(), ...NEARLY_COLLIDING.flat(), "m1"].map((name) => aMember(name))],
  ])("each of %s is as likely at any rank of a pass as at any other", ([, members]) => {
    const ranksOf = new Map(members.map((member) => [member.id, Array.from(members, () => 0)]));
    const view = viewOf(members);
    for (let key = 0; key < KEYS; key++) {
      for (const [rank, id] of pass(view, mix(key)).entries()) {
        const ranks = ranksOf.get(id) ?? [];
        ranks[rank] = (ranks[rank] ?? 0) + 1;
      }
    }
    for (const ranks of ranksOf.values()) expect(unevenness(ranks)).toBeLessThan(5);
  });

  test("members in different slots come in every order, each as often as the others", () => {
    const view = viewOf(aGroup(4));
    expect(view.children.length).toBe(4);
    const counts = new Map<string, number>();
    for (let key = 0; key < KEYS; key++) {
      const order = pass(view, mix(key)).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(unevenness([...counts.values()])).toBeLessThan(5);
  });

  test("so do neighbours at the lowest level, and in a bucket", () => {
    const far = aMember("m1");
    for (const [one, other] of [...NEARLY_COLLIDING, ["m54586", "m1349780"]] as const) {
      const view = viewOf([aMember(one), aMember(other), far]);
      // A pass that began between the two would hide their order; one that began with the third shows it.
      const begunFar = Array.from({ length: 3_000 }, (_, key) => pass(view, mix(key))).filter(([first]) => first === far.id);
      const share = begunFar.filter(([, second]) => second === one).length / begunFar.length;
      expect(share).toBeGreaterThan(0.45);
      expect(share).toBeLessThan(0.55);
    }
  });
});
