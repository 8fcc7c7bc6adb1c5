/**
 * Things to do, each under a name: found by name in O(log n), and the one due first at hand in O(1).
 *
 * A persistent treap: in order of the names' hashes from left to right, and of rank from the top down. A hash knows nothing
 * of the rank, so the tree has the shape of a random one and its expected depth is O(log n), without a dice box. Suspicions,
 * tombstones, errands and flaps all live in agendas; changing one shares all but O(log n) of the old one.
 */

import { hashOf, mix } from "./mix.ts";

export type Agenda<T> = Entry<T> | null;

type Entry<T> = {
  readonly name: string;
  readonly hash: number;
  /** Least first: a deadline. */
  readonly rank: number;
  /** Decides between equal ranks, least first. */
  readonly tie: number;
  readonly item: T;
  readonly left: Agenda<T>;
  readonly right: Agenda<T>;
  readonly size: number;
};

/** An agenda with nothing on it. */
export const nothing = null;

/** How many things are on it. */
export const count = <T>(agenda: Agenda<T>): number => (agenda === null ? 0 : agenda.size);

/** The thing of least rank, or undefined if there is nothing. */
export const first = <T>(agenda: Agenda<T>): T | undefined => (agenda === null ? undefined : agenda.item);

/** The least rank, or `otherwise` if there is nothing. */
export const firstRank = <T, R extends number>(agenda: Agenda<T>, otherwise: R): R => (agenda === null ? otherwise : (agenda.rank as R));

/** The name of the thing of least rank. */
export const firstName = <T>(agenda: Agenda<T>): string | undefined => (agenda === null ? undefined : agenda.name);

/** What stands under this name, or undefined. */
export const lookUp = <T>(agenda: Agenda<T>, name: string): T | undefined => entryOf(agenda, name)?.item;

function entryOf<T>(agenda: Agenda<T>, name: string): Entry<T> | undefined {
  if (agenda === null) return undefined;
  const hash = hashOf(name);
  let at: Agenda<T> = agenda;
  while (at !== null) {
    if (at.hash === hash && at.name === name) return at;
    at = isBefore(hash, name, at) ? at.left : at.right;
  }
  return undefined;
}

/** The rank of what stands under this name, or undefined. */
export function rankOf<T>(agenda: Agenda<T>, name: string): number | undefined {
  return entryOf(agenda, name)?.rank;
}

/** Puts a thing under a name, in place of what stood there. Equal ranks go by `tie`, by default in an order that only looks random. */
export function enter<T>(agenda: Agenda<T>, name: string, rank: number, item: T, tie?: number): Agenda<T> {
  const hash = hashOf(name);
  return insert(without(agenda, hash, name), { name, hash, rank, tie: tie ?? mix(hash ^ 0x5bd1e995), item, left: null, right: null, size: 1 });
}

/** Strikes out what stands under this name. If there is nothing, hands back the same agenda. */
export const strike = <T>(agenda: Agenda<T>, name: string): Agenda<T> => (agenda === null ? null : without(agenda, hashOf(name), name));

/** Strikes out the thing of least rank. */
export const strikeFirst = <T>(agenda: Agenda<T>): Agenda<T> => (agenda === null ? null : join(agenda.left, agenda.right));

/** Everything on it, in order of rank. O(n log n): for people, tests and farewells. */
export function inOrder<T>(agenda: Agenda<T>): readonly T[] {
  const items: T[] = [];
  for (let rest = agenda; rest !== null; rest = strikeFirst(rest)) items.push(rest.item);
  return items;
}

const isBefore = <T>(hash: number, name: string, entry: Entry<T>): boolean => hash < entry.hash || (hash === entry.hash && name < entry.name);

const outranks = <T>(one: Entry<T>, other: Entry<T>): boolean => one.rank < other.rank || (one.rank === other.rank && one.tie < other.tie);

function withChildren<T>(entry: Entry<T>, left: Agenda<T>, right: Agenda<T>): Entry<T> {
  const { name, hash, rank, tie, item } = entry;
  return { name, hash, rank, tie, item, left, right, size: 1 + count(left) + count(right) };
}

function insert<T>(agenda: Agenda<T>, entry: Entry<T>): Entry<T> {
  if (agenda === null) return entry;
  if (outranks(entry, agenda)) return withChildren(entry, ...split(agenda, entry.hash, entry.name));
  return isBefore(entry.hash, entry.name, agenda)
    ? withChildren(agenda, insert(agenda.left, entry), agenda.right)
    : withChildren(agenda, agenda.left, insert(agenda.right, entry));
}

/** What lies to the left of a place, and to its right. */
function split<T>(agenda: Agenda<T>, hash: number, name: string): readonly [left: Agenda<T>, right: Agenda<T>] {
  if (agenda === null) return [null, null];
  if (isBefore(hash, name, agenda)) {
    const [left, right] = split(agenda.left, hash, name);
    return [left, withChildren(agenda, right, agenda.right)];
  }
  const [left, right] = split(agenda.right, hash, name);
  return [withChildren(agenda, agenda.left, left), right];
}

/** One agenda of two, where everything in the first lies left of everything in the second. */
function join<T>(left: Agenda<T>, right: Agenda<T>): Agenda<T> {
  if (left === null) return right;
  if (right === null) return left;
  return outranks(left, right)
    ? withChildren(left, left.left, join(left.right, right))
    : withChildren(right, join(left, right.left), right.right);
}

function without<T>(agenda: Agenda<T>, hash: number, name: string): Agenda<T> {
  if (agenda === null) return null;
  if (agenda.hash === hash && agenda.name === name) return join(agenda.left, agenda.right);
  if (isBefore(hash, name, agenda)) {
    const left = without(agenda.left, hash, name);
    return left === agenda.left ? agenda : withChildren(agenda, left, agenda.right);
  }
  const right = without(agenda.right, hash, name);
  return right === agenda.right ? agenda : withChildren(agenda, agenda.left, right);
}
