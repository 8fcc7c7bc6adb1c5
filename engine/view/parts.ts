/** The parts of a view: the numbered subtrees `depth` levels down the trie. Two members that compare the digests of their parts send only those that differ. */

import { assert } from "../words/assert.ts";
import type { Digest } from "./digest.ts";
import { branchOf, collapsed, emptyView, firstSlot, SLOTS, slotOf, type Branch, type Child, type View } from "./trie.ts";

/** How many parts there are: 32 one level down, 1,024 two. */
export const partsAt = (depth: number): number => SLOTS ** depth;

const nobody: Digest = { high: 0, low: 0 };

/**
 * A cache for the view that was asked for last, because in a simulation the next member that compares mostly holds the same view. It affects time only, and keeps
 * no view in memory.
 */
let last = new WeakMap<View, { readonly depth: number; readonly digests: readonly Digest[] }>();

/** The digest of each part, by number. */
export function digestsOf(view: View, depth: number): readonly Digest[] {
  const known = last.get(view);
  if (known?.depth === depth) return known.digests;
  const digests = Array.from({ length: partsAt(depth) }, () => nobody);
  note(digests, view, 1, depth, 0);
  last = new WeakMap([[view, { depth, digests }]]);
  return digests;
}

/** Writes the digests of this branch's children, `level` levels down, into `digests`. `above` is the number of the branch itself. */
function note(digests: Digest[], { filled, children }: Branch, level: number, depth: number, above: number): void {
  let slots = filled;
  for (const child of children) {
    const part = above * SLOTS + firstSlot(slots);
    slots &= slots - 1;
    if (level < depth && child.kind === "branch") note(digests, child, level + 1, depth, part);
    else digests[level < depth ? partOf(child, depth) : part] = { high: child.high, low: child.low };
  }
}

/** A view of these parts only. It shares their subtrees with the whole view. */
export function partsOf(view: View, depth: number, parts: readonly number[]): View {
  assert(parts.every((part) => part >= 0 && part < partsAt(depth)), "parts that there are");
  if (parts.length === 0) return emptyView;
  return pruned(view, 1, depth, 0, new Set(parts));
}

/** The branch without what lies outside these parts. */
function pruned({ filled, children }: Branch, level: number, depth: number, above: number, parts: ReadonlySet<number>): Branch {
  const kept: Child[] = [];
  let slotsKept = 0;
  let slots = filled;
  for (const child of children) {
    const slot = firstSlot(slots);
    slots &= slots - 1;
    const rest = keptOf(child, level, depth, above * SLOTS + slot, parts);
    if (rest === undefined) continue;
    kept.push(rest);
    slotsKept |= 1 << slot;
  }
  return branchOf(slotsKept, kept);
}

function keptOf(child: Child, level: number, depth: number, part: number, parts: ReadonlySet<number>): Child | undefined {
  if (level === depth || child.kind !== "branch") return parts.has(level === depth ? part : partOf(child, depth)) ? child : undefined;
  const rest = pruned(child, level + 1, depth, part, parts);
  if (rest.size === child.size) return child;
  return rest.size === 0 ? undefined : collapsed(rest);
}

/** The part of a leaf or bucket that hangs higher up in the trie, because it is alone there. (All leaves of a bucket have one hash.) */
function partOf(child: Child, depth: number): number {
  assert(child.kind !== "branch", "a branch hangs in several parts");
  const hash = child.kind === "leaf" ? child.hash : (child.leaves[0]?.hash ?? 0);
  let part = 0;
  for (let level = 0; level < depth; level++) part = part * SLOTS + slotOf(hash, level);
  return part;
}
