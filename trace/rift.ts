/** What faults between members do, by the words for them in lines: between which members nothing passes, and in which direction. */

/**
 * - `partition`: nothing passes between different sides. `one-way`: nothing from an earlier side to a later one. `ring`: each side is one place of a ring, and reaches those up to
 *   `reachInRing` places away. A member on no side reaches all others.
 * - `cut`: nothing passes from the first side to the second.
 * - `slow`, `clog`, `impair`: messages pass, but late, after a wait, or impaired otherwise.
 */
export type RiftKind = "partition" | "one-way" | "ring" | "cut" | "slow" | "clog" | "impair";

const kinds: Readonly<Record<string, RiftKind>> = { partition: "partition", "one-way partition": "one-way", "ring partition": "ring", "slow partition": "slow", cut: "cut", clog: "clog" };

/** The kind of a fault, by the action in its line. */
export const riftKindOf = (action: string): RiftKind => kinds[action] ?? "impair";

/** How many places away, in either direction, a place in a ring of this many still reaches: together with itself a majority. */
export const reachInRing = (places: number): number => Math.ceil(Math.floor(places / 2) / 2);

/** Does nothing pass from `source` to `target`? A function, so that the recorded sides are indexed only once. */
export type Blocks<Who> = (source: Who, target: Who) => boolean;

/** Between which members a fault of this kind lets nothing pass. */
export function blocking<Who>(kind: RiftKind, sides: readonly (readonly Who[])[], bothWays: boolean): Blocks<Who> {
  if (kind === "slow" || kind === "clog" || kind === "impair") return () => false;
  if (kind === "cut") {
    const [from, to] = [new Set(sides[0] ?? []), new Set(sides[1] ?? [])];
    return (source, target) => (from.has(source) && to.has(target)) || (bothWays && from.has(target) && to.has(source));
  }
  const placeOf = new Map(sides.flatMap((side, place) => side.map((who): [Who, number] => [who, place])));
  const reach = kind === "ring" ? reachInRing(sides.length) : 0;
  return (source, target) => {
    const [here, there] = [placeOf.get(source), placeOf.get(target)];
    if (here === undefined || there === undefined || here === there) return false;
    if (kind === "one-way") return here < there;
    const apart = Math.abs(here - there);
    return kind === "partition" || Math.min(apart, sides.length - apart) > reach;
  };
}
