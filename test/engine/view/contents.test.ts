/** A view holds what was put into it: compared with a plain Map over random histories, colliding names among them. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BrokenPromise, bytesOf, deadAt, deadIn, emptyView, find, hashOf, livingAt, livingIn, memberId, membersOf, put, remove, sizeOf, viewOf,
  type Member,
} from "../../../engine/index.ts";
import {
  aGroup, aHistoryOf, aMember, aRecordOf, COLLIDING, deepFreeze, inTrieOrder, lives, model, NAMES, NEARLY_COLLIDING, played,
} from "./builders.ts";

const ranks = (count: number): readonly number[] => Array.from({ length: count }, (_, rank) => rank);

test("the names that should collide do, and the others nearly", () => {
  for (const names of COLLIDING) expect(new Set(names.map(hashOf)).size).toBe(1);
  for (const [one, other] of NEARLY_COLLIDING) expect([1, 2, 3]).toContain(hashOf(one) ^ hashOf(other));
});

test("after any history a view holds what a Map holds, and counts it right", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), (history) => {
    const view = played(history);
    const members = model(history);
    const living = [...members.values()].filter(lives);
    const dead = [...members.values()].filter((member) => member.status === "dead");

    for (const name of NAMES) expect(find(view, memberId(name))).toEqual(members.get(memberId(name)));
    expect([sizeOf(view), livingIn(view), deadIn(view)]).toEqual([members.size, living.length, dead.length]);
    expect(membersOf(view)).toEqual(inTrieOrder(members.values()));
    expect(ranks(living.length).map((rank) => livingAt(view, rank))).toEqual(inTrieOrder(living));
    expect(ranks(dead.length).map((rank) => deadAt(view, rank))).toEqual(inTrieOrder(dead));
    expect(bytesOf(view)).toBe([...members.values()].reduce((sum, member) => sum + bytesOf(viewOf([member])), 0));
  }), { seed: 1, numRuns: 400 });
});

test("the shape depends on the contents alone: by any history, by puts in any order, by viewOf", () => {
  const some = fc.uniqueArray(aRecordOf(NAMES), { selector: (member) => member.id, maxLength: 25 });
  const orders = some.chain((members) =>
    fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length }), aHistoryOf(NAMES)));
  fc.assert(fc.property(orders, ([members, reordered, detour]) => {
    const bulk = viewOf(members);
    expect(reordered.reduce(put, emptyView)).toEqual(bulk);

    // Anything may have happened before, and be taken back.
    const kept = new Set(members.map((member) => member.id));
    const strangers = NAMES.map(memberId).filter((id) => !kept.has(id));
    expect(strangers.reduce(remove, reordered.reduce(put, played(detour)))).toEqual(bulk);
  }), { seed: 2, numRuns: 300 });
});

test("of two records under one id, viewOf keeps the later, as puts do", () => {
  fc.assert(fc.property(fc.array(aRecordOf(NAMES)), (records) => {
    expect(viewOf(records)).toEqual(records.reduce(put, emptyView));
  }), { seed: 3 });
});

test.for([63, 64, 65, 1_000, 5_000])("of %i members and some whose names collide, in any order, viewOf makes what puts do", (size) => {
  const members = [...aGroup(size - 10), ...[...COLLIDING.flat(), ...NEARLY_COLLIDING.flat()].slice(0, 10).map((name) => aMember(name))];
  const view = members.reduce(put, emptyView);
  const half = Math.floor(members.length / 2);
  for (const order of [members, members.toReversed(), [...members.slice(half), ...members.slice(0, half)], [...members, ...members]]) expect(viewOf(order)).toEqual(view);
});

test("what is emptied is the empty view again", () => {
  const names = [...COLLIDING.flat(), ...NEARLY_COLLIDING.flat(), "m1"];
  const full = names.reduce((view, name) => put(view, aMember(name)), emptyView);
  expect(names.reduce((view, name) => remove(view, memberId(name)), full)).toEqual(emptyView);
  expect(viewOf([])).toEqual(emptyView);
});

test("nothing new, nothing changed: the same view comes back", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), (history) => {
    const view = played(history);
    for (const member of membersOf(view)) expect(put(view, structuredClone(member))).toBe(view);
    for (const name of NAMES) if (find(view, memberId(name)) === undefined) expect(remove(view, memberId(name))).toBe(view);
  }), { seed: 4 });
});

test("views are values: frozen ones work, and a change leaves the old one as it was", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES), (before, after) => {
    const view = deepFreeze(played(before));
    const asItWas = structuredClone(view);
    expect(membersOf(played(deepFreeze(after), view))).toEqual(inTrieOrder(model([...before, ...after]).values()));
    expect(view).toEqual(asItWas);
  }), { seed: 5 });
});

test("views are plain data: one that went through JSON is as good", () => {
  fc.assert(fc.property(aHistoryOf(NAMES), aHistoryOf(NAMES), (before, after) => {
    const parsed: ReturnType<typeof played> = JSON.parse(JSON.stringify(played(before)));
    expect(played(after, parsed)).toEqual(played([...before, ...after]));
  }), { seed: 6 });
});

test("a thousand names are found among a thousand, and no other", () => {
  const view = viewOf(aGroup(1_000));
  expect(aGroup(1_000).map((member) => find(view, member.id))).toEqual(aGroup(1_000));
  expect(aGroup(2_000).slice(1_000).map((member) => find(view, member.id))).toEqual(Array.from({ length: 1_000 }, () => undefined));
});

describe("a rank that nobody has is our own bug", () => {
  const view = viewOf([aMember("a"), aMember("b", { status: "suspect" }), aMember("c", { status: "dead" }), aMember("d", { status: "left" })]);
  const asked: readonly (readonly [string, () => Member, expected: string])[] = [
    ["the living", () => livingAt(view, 2), "the number of one of the living"],
    ["the dead", () => deadAt(view, 1), "the number of one of the dead"],
    ["before the first", () => livingAt(view, -1), "the number of one of the living"],
    ["between two", () => livingAt(view, 0.5), "the number of one of the living"],
    ["of nobody", () => livingAt(emptyView, 0), "the number of one of the living"],
  ];
  test.for(asked)("%s", ([, ask, expected]) => {
    expect(ask).toThrow(BrokenPromise);
    expect(ask).toThrow(expected);
  });
});
