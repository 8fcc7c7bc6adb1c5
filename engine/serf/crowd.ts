/**
 * Things of one kind, each once, in an order that means nothing. Whether one is among them is found in a few steps, however many they are, and whoever
 * chose them. A value: with one more, all but a few parts are the old one's.
 */

/** A few in the order in which they came; or many, parted by the bits of their hashes. */
export type Crowd<T> = Few<T> | Many<T>;
type Few<T> = readonly T[];
type Many<T> = { readonly parts: readonly Crowd<T>[] };

/** What tells its things apart. Those that are the same have the same hash, of 32 bits. */
export type CrowdRules<T> = { readonly hashOf: (one: T) => number; readonly isSame: (one: T, other: T) => boolean };

export const nobody: Few<never> = [];

/** How many are a few: as many are looked at one by one. */
const FEW = 16;
/** So many bits of the hash part many; after all 32 there is nothing left to part them by. */
const BITS = 4;
const DEEPEST = 32 / BITS;

/**
 * The crowd with one more; `known` if it is there, and `crowded` if there is no room: 16 others have its very hash, which does not come about unless somebody
 * looked for them.
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

/** All of them: a few in the order in which they came, many in that of their hashes. */
export const allOf = <T>(crowd: Crowd<T>): readonly T[] => ("parts" in crowd ? crowd.parts.flatMap(allOf) : crowd);
