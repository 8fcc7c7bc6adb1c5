/** The structure of a view: a persistent trie over the hashes of the members' ids, in which each branch keeps totals. */

import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import { silence, together, type Speech } from "./speech.ts";

/** Bits of the hash that each branch uses, high bits first, so that the trie is in order of the hashes. Why five: see README. */
const BITS = 5;

/** How many slots a branch has. */
export const SLOTS = 1 << BITS;

/** The greatest depth: here the hash is used up, and members that still share a path go into a bucket. */
export const LEVELS = Math.ceil(32 / BITS);

/**
 * 64 bits, in two signed halves. Each record is hashed into 64 bits, and the digest is their sum, each half modulo 2³²: so the order does not
 * matter, and a record can be subtracted again. Two different views have equal digests once in 2⁶⁴, unless an attacker constructs such a pair.
 */
export type Digest = { readonly high: number; readonly low: number };

/** The totals of a subtree, updated with each change, so that reading them is O(1). */
type Totals = {
  readonly size: number;
  /** Alive and suspect. */
  readonly living: number;
  readonly dead: number;
  /** The digest: the sum of the records' hashes, in each half modulo 2³². */
  readonly high: number;
  readonly low: number;
  /** The same for the ids of the living. */
  readonly rosterHigh: number;
  readonly rosterLow: number;
  /** The length of the records, encoded for a push-pull. */
  readonly bytes: number;
  /** The versions that its members understand and speak. */
  readonly speech: Speech;
};

/** One member's record. */
export type Leaf = Totals & {
  readonly kind: "leaf";
  /** Two hashes of the member's id; then the digest of what seldom changes in its record. */
  readonly hash: number;
  readonly lowOfId: number;
  readonly base: Digest;
  readonly member: Member;
};

/** Holds two members or more; only the root may hold fewer. So the shape depends on the contents alone, not on history. */
export type Branch = Totals & {
  readonly kind: "branch";
  /** Bit k is set if slot k is filled. */
  readonly filled: number;
  /** The children in the filled slots, in order. */
  readonly children: readonly Child[];
};

/** Two members or more whose hashes are equal, in order of their ids. Rare, unless an attacker chooses names that collide. */
export type Bucket = Totals & { readonly kind: "bucket"; readonly leaves: readonly Leaf[] };

export type Child = Branch | Bucket | Leaf;

/** The group as one member sees it: plain data, shared by members that agree. Use it only through this folder's functions. */
export type View = Branch;

/** The empty view. */
export const emptyView: View = {
  kind: "branch", filled: 0, children: [], size: 0, living: 0, dead: 0, high: 0, low: 0, rosterHigh: 0, rosterLow: 0, bytes: 0, speech: silence,
};

/** The slot of a hash, in a branch below `depth` others. */
export const slotOf = (hash: number, depth: number): number => (hash << (BITS * depth)) >>> (32 - BITS);

/** How many slots before this one are filled: the index of its child in `children`. */
export function indexOf(filled: number, slot: number): number {
  // Counts bits: in pairs, in fours, in eights, then all four eights at once by a multiplication.
  let x = filled & ~(-1 << slot);
  x = (x - ((x >>> 1) & 0x55555555)) | 0;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

/** The first filled slot; `filled` is not 0. */
export const firstSlot = (filled: number): number => 31 - Math.clz32(filled & -filled);

/** The child in a slot, if it is filled. */
export const childIn = (branch: Branch, slot: number): Child | undefined =>
  (branch.filled & (1 << slot)) === 0 ? undefined : branch.children[indexOf(branch.filled, slot)];

/** The leaves of a bucket, or the leaf itself. */
export const leavesOf = (child: Bucket | Leaf): readonly Leaf[] => (child.kind === "bucket" ? child.leaves : [child]);

/** A branch of these children. */
export function branchOf(filled: number, children: readonly Child[]): Branch {
  let size = 0, living = 0, dead = 0, high = 0, low = 0, rosterHigh = 0, rosterLow = 0, bytes = 0;
  let speech = silence;
  for (const child of children) {
    size += child.size;
    living += child.living;
    dead += child.dead;
    high = (high + child.high) | 0;
    low = (low + child.low) | 0;
    rosterHigh = (rosterHigh + child.rosterHigh) | 0;
    rosterLow = (rosterLow + child.rosterLow) | 0;
    bytes += child.bytes;
    speech = together(speech, child.speech);
  }
  return { kind: "branch", filled, children, size, living, dead, high, low, rosterHigh, rosterLow, bytes, speech };
}

/** A bucket of these leaves, which have one hash and are in order. */
export function bucketOf(leaves: readonly Leaf[]): Bucket {
  const { size, living, dead, high, low, rosterHigh, rosterLow, bytes, speech } = branchOf(0, leaves);
  return { kind: "bucket", leaves, size, living, dead, high, low, rosterHigh, rosterLow, bytes, speech };
}

/** The branch with one more child. */
export const withChild = (branch: Branch, filled: number, index: number, child: Child): Branch =>
  changed(branch, filled, branch.children.toSpliced(index, 0, child), emptyView, child);

/** The branch with another child in place of `old`. */
export function withOther(branch: Branch, index: number, old: Child, child: Child): Branch {
  const children = branch.children.slice();
  children[index] = child;
  return changed(branch, branch.filled, children, old, child);
}

/** The branch without the child `old`. */
export const withoutChild = (branch: Branch, filled: number, index: number, old: Child): Branch =>
  changed(branch, filled, branch.children.toSpliced(index, 1), old, emptyView);

/** Subtracts `out` from the totals and adds `into`, so that the other children need not be read. */
function changed(branch: Branch, filled: number, children: readonly Child[], out: Totals, into: Totals): Branch {
  return {
    kind: "branch",
    filled,
    children,
    size: branch.size - out.size + into.size,
    living: branch.living - out.living + into.living,
    dead: branch.dead - out.dead + into.dead,
    high: (branch.high - out.high + into.high) | 0,
    low: (branch.low - out.low + into.low) | 0,
    rosterHigh: (branch.rosterHigh - out.rosterHigh + into.rosterHigh) | 0,
    rosterLow: (branch.rosterLow - out.rosterLow + into.rosterLow) | 0,
    bytes: branch.bytes - out.bytes + into.bytes,
    speech: speechAfter(branch, children, into),
  };
}

/** Bounds cannot be subtracted, so they are computed anew, unless the new child has the same ones, as it mostly does. */
function speechAfter(branch: Branch, children: readonly Child[], into: Totals): Speech {
  if (into.speech === branch.speech) return branch.speech;
  return children.reduce((sum, child) => together(sum, child.speech), silence);
}

/** If only one member is left, its leaf replaces the branch or bucket. */
export function collapsed(rest: Branch | Bucket): Child {
  if (rest.size > 1) return rest;
  const [only] = rest.kind === "branch" ? rest.children : rest.leaves;
  assert(only !== undefined, "two members or more in what is not the root");
  return only;
}
