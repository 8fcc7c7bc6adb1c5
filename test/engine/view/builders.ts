/** What the tests of the view are made of: members, names that collide, histories and how to play them. */

import fc from "fast-check";
import {
  address, bytes, emptyView, hashOf, incarnation, isLiving, memberId, put, remove,
  type Member, type MemberId, type Status, type View,
} from "../../../engine/index.ts";

export function aMember(name: string, about: Partial<Omit<Member, "id">> = {}): Member {
  return {
    id: memberId(name),
    address: address("10.0.0.1:7946"),
    meta: bytes(""),
    versions: [1, 5, 2, 2, 5, 5],
    incarnation: incarnation(0),
    status: "alive",
    ...about,
  };
}

/** `m0`, `m1`, … */
export const aGroup = (size: number): readonly Member[] => Array.from({ length: size }, (_, i) => aMember(`m${i}`));

/** Names of one hash each, found by search. Members of a group share every branch and meet in a bucket. */
export const COLLIDING = [
  ["m79818", "m4539855", "m9383686"],
  ["m54586", "m1349780"],
  ["m19916", "m1304710"],
] as const;

/** Names whose hashes differ in their last two bits alone: the longest paths without a bucket. */
export const NEARLY_COLLIDING = [["m123000", "m72216"], ["m159766", "m93101"]] as const;

/** Few enough that a random history meets the same name again; the empty name and one beyond ASCII among them. */
export const NAMES: readonly string[] = [
  ...COLLIDING.flat(), ...NEARLY_COLLIDING.flat(), "", "é𝄞", ...Array.from({ length: 14 }, (_, i) => `m${i}`),
];

const aStatus = fc.constantFrom<Status[]>("alive", "suspect", "dead", "left");

/** A record of one of these names, from so few possibilities that equal records turn up. */
export const aRecordOf = (names: readonly string[]): fc.Arbitrary<Member> =>
  fc.record({
    id: fc.constantFrom(...names).map(memberId),
    address: fc.constantFrom("10.0.0.1:7946", "[fd00::1]:80").map(address),
    meta: fc.constantFrom("", "web", "x".repeat(40)).map(bytes),
    versions: fc.constantFrom<Member["versions"][]>([1, 5, 2, 2, 5, 5], [1, 5, 2, 0, 0, 0]),
    incarnation: fc.constantFrom(0, 1, 300).map(incarnation),
    status: aStatus,
  });

export type Change = { readonly kind: "put"; readonly member: Member } | { readonly kind: "remove"; readonly id: MemberId };

export const aChangeOf = (names: readonly string[]): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 3, arbitrary: aRecordOf(names).map((member): Change => ({ kind: "put", member })) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map((name): Change => ({ kind: "remove", id: memberId(name) })) },
  );

export const aHistoryOf = (names: readonly string[], maxLength = 60): fc.Arbitrary<readonly Change[]> =>
  fc.array(aChangeOf(names), { maxLength });

export const changed = (view: View, change: Change): View => (change.kind === "put" ? put(view, change.member) : remove(view, change.id));

export const played = (history: readonly Change[], from: View = emptyView): View => history.reduce(changed, from);

/** What a history comes to, told by a plain Map. */
export function model(history: readonly Change[]): ReadonlyMap<MemberId, Member> {
  const members = new Map<MemberId, Member>();
  for (const change of history) {
    if (change.kind === "put") members.set(change.member.id, change.member);
    else members.delete(change.id);
  }
  return members;
}

/** By unsigned hash, then by id: the order that a view promises. */
export const inTrieOrder = (members: Iterable<Member>): readonly Member[] =>
  [...members].toSorted((one, other) => (hashOf(one.id) >>> 0) - (hashOf(other.id) >>> 0) || (one.id < other.id ? -1 : 1));

export const lives = (member: Member): boolean => isLiving(member.status);

export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
