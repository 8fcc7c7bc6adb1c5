/**
 * A persistent set whose order means nothing. Membership is found in a few steps, however many items there are, and even if an attacker chose them.
 * A set with one more item shares all but a few parts with the one before.
 */

/** A few items in the order in which they came; or many, divided by the bits of their hashes. */
export type Crowd<T> = Few<T> | Many<T>;
type Few<T> = readonly T[];
type Many<T> = { readonly parts: readonly Crowd<T>[] };

/** How items are compared. Equal ones have equal hashes, of 32 bits. */
export type CrowdRules<T> = { readonly hashOf: (one: T) => number; readonly isSame: (one: T, other: T) => boolean };

export const nobody: Few<never> = [];

/** The most items of a list, which is searched one by one. */
const FEW = 16;
/** How many bits of the hash each level uses; after all 32 a list cannot be divided further. */
const BITS = 4;
const DEEPEST = 32 / BITS;

/**
 * The set with one more item; `known` if it is there already; `crowded` if there is no room, because 16 others have the same hash, which only an
 * attacker brings about.
 */
export const joinedBy = <T>(crowd: Crowd<T>, one: T, rules: CrowdRules<T>): Crowd<T> | "known" | "crowded" => put(crowd, one, rules.hashOf(one), 0, rules);

function put<T>(crowd: Crowd<T>, one: T, hash: number, depth: number, rules: CrowdRules<T>): Crowd<T> | "known" | "crowded" {
  if ("parts" in crowd) {
    const at = placeOf(hash, depth);
    const part = put(crowd.parts[at] ?? nobody, one, hash, depth + 1, rules);
    return part === "known" || part === "crowded" ? part : { parts: crowd.parts.with(at, part) };
  }
  if (crowd.some((other) => rules.isSame(one, other))) return "known";
  if (crowd.length < FEW) return [...crowd, one];
  return depth === DEEPEST ? "crowded" : put(parted(crowd, depth, rules), one, hash, depth, rules);
}

function parted<T>(few: Few<T>, depth: number, { hashOf }: CrowdRules<T>): Many<T> {
  const parts: Few<T>[] = Array.from({ length: 1 << BITS }, () => nobody);
  for (const each of few) {
    const at = placeOf(hashOf(each), depth);
    parts[at] = [...(parts[at] ?? nobody), each];
  }
  return { parts };
}

const placeOf = (hash: number, depth: number): number => (hash >>> (BITS * depth)) & ((1 << BITS) - 1);

/** All items: a few in the order in which they came, many in the order of their hashes. */
export const allOf = <T>(crowd: Crowd<T>): readonly T[] => ("parts" in crowd ? crowd.parts.flatMap(allOf) : crowd);
