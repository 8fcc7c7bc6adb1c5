/** Equal digests mean equal contents, and nothing but the contents. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  address, bytes, digestOf, digestText, emptyView, incarnation, memberId, membersOf, put, rosterOf, rosterOfIds, sameDigest, viewOf,
  type Member,
} from "../../../engine/index.ts";
import { aGroup, aHistoryOf, aMember, aRecordOf, COLLIDING, lives, NAMES, played } from "./builders.ts";

test("two views have the same digest if and only if they say the same, whatever their histories", () => {
  let alike = 0;
  const few = ["m79818", "m4539855"];
  fc.assert(fc.property(aHistoryOf(few, 6), aHistoryOf(few, 6), fc.boolean(), (one, other, sameEnd) => {
    // Half of the time the two histories end alike, by different ways.
    const end = sameEnd ? few.map((name) => ({ kind: "put" as const, member: aMember(name) })) : [];
    const [mine, theirs] = [played([...one, ...end]), played([...other, ...end.toReversed()])];
    const isAlike = JSON.stringify(membersOf(mine)) === JSON.stringify(membersOf(theirs));
    if (isAlike) alike++;
    expect(sameDigest(digestOf(mine), digestOf(theirs))).toBe(isAlike);
    expect(digestText(digestOf(mine)) === digestText(digestOf(theirs))).toBe(isAlike);
  }), { seed: 11, numRuns: 1_000 });
  expect(alike).toBeGreaterThan(400);
  expect(alike).toBeLessThan(900);
});

describe("each field of a record counts", () => {
  const record = aMember("a", { meta: bytes("web"), incarnation: incarnation(7) });
  const others: readonly (readonly [string, Member])[] = [
    ["id", { ...record, id: memberId("b") }],
    ["address", { ...record, address: address("10.0.0.1:7947") }],
    ["meta", { ...record, meta: bytes("wec") }],
    ["version 0", { ...record, versions: [0, 5, 2, 2, 5, 5] }],
    ["version 1", { ...record, versions: [1, 4, 2, 2, 5, 5] }],
    ["version 2", { ...record, versions: [1, 5, 3, 2, 5, 5] }],
    ["version 3", { ...record, versions: [1, 5, 2, 0, 5, 5] }],
    ["version 4", { ...record, versions: [1, 5, 2, 2, 6, 5] }],
    ["version 5", { ...record, versions: [1, 5, 2, 2, 5, 4] }],
    ["incarnation", { ...record, incarnation: incarnation(8) }],
    ["a great incarnation", { ...record, incarnation: incarnation(7 + 2 ** 32) }],
    ["suspect", { ...record, status: "suspect" }],
    ["dead", { ...record, status: "dead" }],
    ["left", { ...record, status: "left" }],
    ["where the address ends and the meta begins", { ...record, address: address("10.0.0.1:7946w"), meta: bytes("eb") }],
  ];
  test.for(others)("%s", ([, other]) => {
    expect(digestOf(viewOf([other]))).not.toEqual(digestOf(viewOf([record])));
    // In both halves: each is scrambled from all that a claim says.
    expect(digestOf(viewOf([other])).high).not.toBe(digestOf(viewOf([record])).high);
    expect(digestOf(viewOf([other])).low).not.toBe(digestOf(viewOf([record])).low);
  });
});

test("no two of 100,000 claims are alike in one half more often than chance has it", () => {
  const digests = aGroup(100_000).map((member) => digestOf(viewOf([member])));
  // By the birthday paradox 1.2 pairs are expected among 100,000 numbers of 32 bits.
  for (const half of ["high", "low"] as const) expect(new Set(digests.map((digest) => digest[half])).size).toBeGreaterThan(99_992);
});

test("names that collide in the trie do not in the digest, nor in the roster", () => {
  for (const names of COLLIDING) {
    const views = names.map((name) => viewOf([aMember(name)]));
    expect(new Set(views.map((view) => digestText(digestOf(view)))).size).toBe(names.length);
    expect(new Set(views.map((view) => digestText(rosterOf(view)))).size).toBe(names.length);
  }
});

test("the roster knows who is living, and nothing else", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), (history) => {
    const view = played(history);
    const living = membersOf(view).filter(lives).map((member) => member.id);
    expect(rosterOf(view)).toEqual(rosterOfIds(living));
    expect(rosterOf(view)).toEqual(rosterOfIds(living.toReversed()));
  }), { seed: 12 });
});

test("two rosters are the same if and only if the same members are living", () => {
  const few = ["m54586", "m1349780", "m1"];
  fc.assert(fc.property(fc.array(aRecordOf(few), { maxLength: 4 }), fc.array(aRecordOf(few), { maxLength: 4 }), (one, other) => {
    const livingOf = (records: readonly Member[]): string => membersOf(viewOf(records)).filter(lives).map((member) => member.id).join();
    expect(sameDigest(rosterOf(viewOf(one)), rosterOf(viewOf(other)))).toBe(livingOf(one) === livingOf(other));
  }), { seed: 13, numRuns: 500 });
});

test("both halves of a digest count", () => {
  expect(sameDigest({ high: 1, low: 2 }, { high: 1, low: 2 })).toBe(true);
  expect(sameDigest({ high: 1, low: 2 }, { high: 3, low: 2 })).toBe(false);
  expect(sameDigest({ high: 1, low: 2 }, { high: 1, low: 3 })).toBe(false);
});

test("a digest reads as 16 hexadecimal digits; that of nobody is all zeros", () => {
  expect(digestText({ high: -1, low: 10 })).toBe("ffffffff0000000a");
  expect(digestText(digestOf(emptyView))).toBe("0000000000000000");
});

// These may change only on purpose: whatever is made of digests, the hashes of traces too, changes with them.
test("digests stay what they were", () => {
  const view = put(viewOf(aGroup(3)), aMember("m1", { status: "dead", meta: bytes("web"), incarnation: incarnation(2) }));
  expect(digestText(digestOf(view))).toBe("c5eb24c9bf5a8182");
  expect(digestText(rosterOf(view))).toBe("03a50f9f12098531");
});
