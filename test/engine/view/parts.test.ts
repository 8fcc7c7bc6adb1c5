/** The parts of a view: together they are the view, and where two views differ, so do the parts that hold the difference, and no others. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BrokenPromise, differences, digestOf, digestsOf, emptyView, hashOf, memberId, membersOf, partsAt, partsOf, put, sameDigest, viewOf,
  type MemberId, type View,
} from "../../../engine/index.ts";
import { aGroup, aHistoryOf, aMember, COLLIDING, NAMES, played } from "./builders.ts";

const depths = [1, 2] as const;
/** The part that a member belongs to: the first bits of its hash, five for each level. */
const partOf = (id: MemberId, depth: number): number => hashOf(id) >>> (32 - 5 * depth);
const everyPart = (depth: number): readonly number[] => Array.from({ length: partsAt(depth) }, (_, part) => part);
/** The parts whose digests differ: what two members find when they compare. */
const differing = (mine: View, theirs: View, depth: number): readonly number[] => {
  const [ours, others] = [digestsOf(mine, depth), digestsOf(theirs, depth)];
  return everyPart(depth).filter((part) => !sameDigest(ours[part] ?? { high: 0, low: 0 }, others[part] ?? { high: 0, low: 0 }));
};

test("there are 32 parts one level down, and 1,024 two levels down", () => {
  expect(depths.map(partsAt)).toEqual([32, 1024]);
  expect(depths.map((depth) => digestsOf(emptyView, depth).length)).toEqual([32, 1024]);
});

describe.for(depths)("%i levels down", (depth) => {
  test("the digests of the parts add up to the view's", () => {
    fc.assert(fc.property(aHistoryOf(NAMES), (history) => {
      const view = played(history);
      const sum = digestsOf(view, depth).reduce((total, { high, low }) => ({ high: (total.high + high) | 0, low: (total.low + low) | 0 }));
      expect(sum).toEqual(digestOf(view));
    }), { seed: 31, numRuns: 50 });
  });

  test("a part is a view of those whose hashes lead there, and its digest is that of this view", () => {
    fc.assert(fc.property(aHistoryOf(NAMES), fc.nat({ max: partsAt(depth) - 1 }), (history, elsewhere) => {
      const view = played(history);
      const digests = digestsOf(view, depth);
      for (const part of new Set([elsewhere, ...membersOf(view).map(({ id }) => partOf(id, depth))])) {
        const inside = membersOf(view).filter(({ id }) => partOf(id, depth) === part);
        expect(partsOf(view, depth, [part])).toEqual(viewOf(inside));
        expect(digests[part]).toEqual(digestOf(viewOf(inside)));
      }
    }), { seed: 32, numRuns: 50 });
  });

  test("all parts together are the view, and none of them nothing", () => {
    for (const view of [emptyView, viewOf([aMember("a")]), viewOf(aGroup(3)), viewOf([...aGroup(500), ...COLLIDING.flat().map((name) => aMember(name))])]) {
      expect(partsOf(view, depth, everyPart(depth))).toEqual(view);
      expect(partsOf(view, depth, [])).toEqual(emptyView);
    }
  });

  test("the parts that differ hold exactly the members that differ", () => {
    fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES, 6), fc.boolean(), (one, more, apart) => {
      const mine = played(one);
      const theirs = apart ? played(more) : played(more, mine);
      const parts = differing(mine, theirs, depth);
      const found = differences(partsOf(mine, depth, parts), partsOf(theirs, depth, parts));
      expect(found).toEqual(differences(mine, theirs));
      expect(new Set(found.map((both) => partOf((both.mine ?? both.theirs)?.id ?? memberId("nobody"), depth)))).toEqual(new Set(parts));
    }), { seed: 33, numRuns: 100 });
  });

  test("handing over the parts that differ, and what differs in them back, makes both know all that either knew", () => {
    fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES), (one, other) => {
      const [mine, theirs] = [played(one), played(other)];
      const parts = differing(mine, theirs, depth);
      const patch = partsOf(theirs, depth, parts);
      const back = viewOf(differences(partsOf(mine, depth, parts), patch).flatMap((both) => (both.mine === undefined ? [] : [both.mine])));
      // Of two records of one member, the later of this list wins: so it is put into both in one order.
      const learnt = (view: View, news: View): View => membersOf(news).reduce((known, member) => put(known, member), view);
      const union = learnt(mine, theirs);
      expect(learnt(mine, patch)).toEqual(union);
      expect(new Set(membersOf(learnt(theirs, back)).map(({ id }) => id))).toEqual(new Set(membersOf(union).map(({ id }) => id)));
      expect(learnt(theirs, back)).toEqual(learnt(theirs, mine));
    }), { seed: 34, numRuns: 100 });
  });

  test("of a thousand members of whom one differs, the part of that one is all that is handed over", () => {
    const mine = viewOf(aGroup(1_000));
    const theirs = put(mine, aMember("m7", { status: "suspect" }));
    expect(differing(mine, theirs, depth)).toEqual([partOf(memberId("m7"), depth)]);
    expect(membersOf(partsOf(theirs, depth, differing(mine, theirs, depth))).length).toBeLessThan(depth === 1 ? 60 : 10);
  });

  test("a part that there is not is our own bug", () => {
    for (const part of [-1, partsAt(depth)]) expect(() => partsOf(emptyView, depth, [part])).toThrow(BrokenPromise);
  });
});
