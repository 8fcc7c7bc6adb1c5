/**
 * Items that wait, each under a name and with a rank: found by name in O(log n); the least rank is known in O(1).
 *
 * A persistent search tree in order of the names' hashes, in which each branch knows the least rank below it. It is balanced by weight, so that its depth
 * is O(log n) whatever names a stranger invents, and in whatever order they come (in a treap, which is ordered by rank as well, a stranger could choose the
 * depth). Agendas hold suspicions, tombstones, errands and flaps; a changed agenda shares all but O(log n) with the one before.
 */

import { assert } from "./assert.ts";
import { hashOf, mix } from "./mix.ts";

/** Items by name and by rank; null if there are none. */
export type Agenda<T> = Entry<T> | null;

type Entry<T> = {
  readonly name: string;
  readonly hash: number;
  /** The least comes first: a deadline. */
  readonly rank: number;
  /** Decides between equal ranks, least first. */
  readonly tie: number;
  readonly item: T;
  readonly left: Agenda<T>;
  readonly right: Agenda<T>;
  /** Of this entry and all below it: their number, and the least rank with its tie. */
  readonly size: number;
  readonly leastRank: number;
  readonly leastTie: number;
};

/** The empty agenda. */
export const nothing = null;

/** The number of items. */
export const count = <T>(agenda: Agenda<T>): number => (agenda === null ? 0 : agenda.size);

/** The item of least rank, or undefined if the agenda is empty. */
export const first = <T>(agenda: Agenda<T>): T | undefined => (agenda === null ? undefined : leastOf(agenda).item);

/** The least rank, or `otherwise` if the agenda is empty. */
export const firstRank = <T, R extends number>(agenda: Agenda<T>, otherwise: R): R => (agenda === null ? otherwise : (agenda.leastRank as R));

/** The name of the item of least rank. */
export const firstName = <T>(agenda: Agenda<T>): string | undefined => (agenda === null ? undefined : leastOf(agenda).name);

function leastOf<T>(agenda: Entry<T>): Entry<T> {
  const { leastRank, leastTie } = agenda;
  let at = agenda;
  while (at.rank !== leastRank || at.tie !== leastTie) {
    const { left, right } = at;
    const next = left !== null && left.leastRank === leastRank && left.leastTie === leastTie ? left : right;
    assert(next !== null, "the least of a branch is in it");
    at = next;
  }
  return at;
}

/** The item under this name, or undefined. */
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

/** The rank of the item under this name, or undefined. */
export function rankOf<T>(agenda: Agenda<T>, name: string): number | undefined {
  return entryOf(agenda, name)?.rank;
}

/** Enters an item under a name, and replaces the one that was there. `tie` orders equal ranks; by default their order is pseudo-random. */
export function enter<T>(agenda: Agenda<T>, name: string, rank: number, item: T, tie?: number): Agenda<T> {
  const hash = hashOf(name);
  const least = tie ?? mix(hash ^ 0x5bd1e995);
  return insert(agenda, { name, hash, rank, tie: least, item, left: null, right: null, size: 1, leastRank: rank, leastTie: least });
}

/** Removes the item under this name. Returns the same agenda if there is none. */
export const strike = <T>(agenda: Agenda<T>, name: string): Agenda<T> => (agenda === null ? null : without(agenda, hashOf(name), name));

/** Removes the item of least rank. */
export const strikeFirst = <T>(agenda: Agenda<T>): Agenda<T> => {
  if (agenda === null) return null;
  const { hash, name } = leastOf(agenda);
  return without(agenda, hash, name);
};

/** All items, in order of rank. O(n log n): for display, tests and farewells. */
export function inOrder<T>(agenda: Agenda<T>): readonly T[] {
  const items: T[] = [];
  for (let rest = agenda; rest !== null; rest = strikeFirst(rest)) items.push(leastOf(rest).item);
  return items;
}

const isBefore = <T>(hash: number, name: string, entry: Entry<T>): boolean => hash < entry.hash || (hash === entry.hash && name < entry.name);

/** The same entry with other branches: its least rank is the least of the three. */
function withBranches<T>(entry: Entry<T>, left: Agenda<T>, right: Agenda<T>): Entry<T> {
  const { name, hash, rank, tie, item } = entry;
  let [leastRank, leastTie] = [rank, tie];
  if (left !== null && (left.leastRank < leastRank || (left.leastRank === leastRank && left.leastTie < leastTie))) ({ leastRank, leastTie } = left);
  if (right !== null && (right.leastRank < leastRank || (right.leastRank === leastRank && right.leastTie < leastTie))) ({ leastRank, leastTie } = right);
  return { name, hash, rank, tie, item, left, right, size: 1 + count(left) + count(right), leastRank, leastTie };
}

/** Inserts an entry; it replaces one of the same name. */
function insert<T>(agenda: Agenda<T>, entry: Entry<T>): Entry<T> {
  if (agenda === null) return entry;
  if (agenda.hash === entry.hash && agenda.name === entry.name) return withBranches(entry, agenda.left, agenda.right);
  return isBefore(entry.hash, entry.name, agenda)
    ? balanced(agenda, insert(agenda.left, entry), agenda.right)
    : balanced(agenda, agenda.left, insert(agenda.right, entry));
}

function without<T>(agenda: Agenda<T>, hash: number, name: string): Agenda<T> {
  if (agenda === null) return null;
  if (agenda.hash === hash && agenda.name === name) return joined(agenda.left, agenda.right);
  if (isBefore(hash, name, agenda)) {
    const left = without(agenda.left, hash, name);
    return left === agenda.left ? agenda : balanced(agenda, left, agenda.right);
  }
  const right = without(agenda.right, hash, name);
  return right === agenda.right ? agenda : balanced(agenda, agenda.left, right);
}

/** Joins two neighbouring subtrees: the new root comes from the larger one. */
function joined<T>(left: Agenda<T>, right: Agenda<T>): Agenda<T> {
  if (left === null) return right;
  if (right === null) return left;
  if (left.size > right.size) {
    const last = outermost(left, "right");
    return balanced(last, without(left, last.hash, last.name), right);
  }
  const next = outermost(right, "left");
  return balanced(next, left, without(right, next.hash, next.name));
}

function outermost<T>(agenda: Entry<T>, side: "left" | "right"): Entry<T> {
  let at = agenda;
  for (let next = at[side]; next !== null; next = at[side]) at = next;
  return at;
}

/** How many times heavier than its sibling a branch may be, and its inner branch than its outer one (Hirai and Yamamoto, Balancing weight-balanced trees, 2011). */
const HEAVY = 3;
const INNER = 2;

const weight = <T>(agenda: Agenda<T>): number => 1 + count(agenda);

/** The same entry with other branches, one of which gained or lost one entry: rotated if it is out of balance. */
function balanced<T>(entry: Entry<T>, left: Agenda<T>, right: Agenda<T>): Entry<T> {
  if (right !== null && weight(right) > HEAVY * weight(left)) {
    const inner = right.left;
    return inner === null || weight(inner) < INNER * weight(right.right)
      ? withBranches(right, withBranches(entry, left, inner), right.right)
      : withBranches(inner, withBranches(entry, left, inner.left), withBranches(right, inner.right, right.right));
  }
  if (left !== null && weight(left) > HEAVY * weight(right)) {
    const inner = left.right;
    return inner === null || weight(inner) < INNER * weight(left.left)
      ? withBranches(left, left.left, withBranches(entry, inner, right))
      : withBranches(inner, withBranches(left, left.left, inner.left), withBranches(entry, inner.right, right));
  }
  return withBranches(entry, left, right);
}
