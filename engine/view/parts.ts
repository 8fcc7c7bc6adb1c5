/** The parts of a view: what lies `depth` levels down the trie, by number. Two members that compare the digests of theirs need only send the parts that differ. */

import { assert } from "../words/assert.ts";
import type { Member } from "../words/member.ts";
import { list, viewOf } from "./build.ts";
import type { Digest } from "./digest.ts";
import { childIn, SLOTS, slotOf, type Child, type View } from "./trie.ts";

/** How many parts there are: 32 one level down, 1,024 two. */
export const partsAt = (depth: number): number => SLOTS ** depth;

const nobody: Digest = { high: 0, low: 0 };

/** The digest of each part, by number. */
export function digestsOf(view: View, depth: number): readonly Digest[] {
  return Array.from({ length: partsAt(depth) }, (_, part) => totalOf(contentsOf(view, depth, part)));
}

/** A view of nothing but these parts. */
export function partsOf(view: View, depth: number, parts: readonly number[]): View {
  const members: Member[] = [];
  for (const part of parts) for (const child of contentsOf(view, depth, part)) list(child, members);
  return viewOf(members);
}

/** What hangs in a part: a branch, a bucket or a leaf, if anything; or what hangs above it because it is alone there. */
function contentsOf(view: View, depth: number, part: number): readonly Child[] {
  assert(part >= 0 && part < partsAt(depth), "a part that there is");
  let child: Child | undefined = view;
  for (let level = 0; level < depth; level++) {
    if (child === undefined) return [];
    if (child.kind !== "branch") return slotsMatch(child, level, depth, part) ? [child] : [];
    child = childIn(child, digitOf(part, level, depth));
  }
  return child === undefined ? [] : [child];
}

/** A leaf hangs as high as it is alone: does its hash lead into this part, from `level` on down? (All of a bucket's leaves have one hash.) */
function slotsMatch(child: Exclude<Child, { kind: "branch" }>, level: number, depth: number, part: number): boolean {
  const hash = child.kind === "leaf" ? child.hash : (child.leaves[0]?.hash ?? 0);
  for (let below = level; below < depth; below++) if (slotOf(hash, below) !== digitOf(part, below, depth)) return false;
  return true;
}

/** The slot at a level on the way to a part: its digit, to the base of the slots. */
const digitOf = (part: number, level: number, depth: number): number => Math.floor(part / SLOTS ** (depth - 1 - level)) % SLOTS;

function totalOf(children: readonly Child[]): Digest {
  const [child] = children;
  return child === undefined ? nobody : { high: child.high, low: child.low };
}
