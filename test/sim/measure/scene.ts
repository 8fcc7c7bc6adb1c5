/** A hand-made scene to measure: everybody runs and knows everybody, and nothing happens but what a test says. */

import { memberId, type MemberId, viewOf, type View } from "../../../engine/index.ts";
import type { Scene } from "../../../sim/measure/observer.ts";
import { type Fault, Network, type Sides } from "../../../sim/world/network.ts";
import { type Existence, Truth } from "../../../sim/world/truth.ts";
import { aRecord, aScenario } from "../../builders.ts";

export type HandMade = Scene & {
  /** The number of the member of this name. */
  readonly who: (name: string) => number;
  /** What each member holds: a test may put another view in its place. */
  readonly held: (View | null)[];
  readonly become: (name: string, existence: Existence) => void;
  readonly begin: (fault: Fault) => void;
  readonly heal: () => void;
};

/** Members of these names, all of them running. It lasts two minutes: of the 120 parts of the curve of agreement, each is a second. */
export function aScene(...names: readonly string[]): HandMade {
  const ids = names.map((name) => memberId(name));
  const numberOf: ReadonlyMap<MemberId, number> = new Map(ids.map((id, member) => [id, member]));
  const who = (name: string): number => numberOf.get(memberId(name)) ?? NaN;
  const network = new Network(aScenario({ members: names, lasts: 120 }), 1);
  const truth = new Truth(ids, network);
  const held: (View | null)[] = names.map(() => viewOf(names.map((name) => aRecord(name))));
  for (const name of names) truth.become(who(name), "running");
  truth.settle();
  return {
    ids, numberOf, truth, network, duration: 120_000_000, who, held,
    views: (member) => held[member] ?? null,
    become: (name, existence) => { truth.become(who(name), existence); truth.settle(); },
    begin: (fault) => { network.begin(fault); truth.settle(); },
    heal: () => { network.end(null); truth.settle(); },
  };
}

/** Who is on which side, by number: `parted(1, 1, 2)` keeps the third from the others, 0 is on no side. */
export const parted = (...sides: readonly number[]): Fault => ({ kind: "partition", of: 0, sides: Uint8Array.from(sides) });
/** Nothing passes from those who are marked to those who are. */
export const cut = (from: readonly number[], to: readonly number[]): Fault => ({ kind: "cut", of: 0, from: marks(from), to: marks(to), bothWays: false });
/** Half of what passes from everybody to everybody is lost. */
export const impaired = (members: number): Fault => ({
  kind: "impair", of: 0, from: marks(Array(members).fill(1)), to: marks(Array(members).fill(1)), bothWays: false, loss: 0.5, duplicate: 0, delay: null,
});

const marks = (members: readonly number[]): Sides => Uint8Array.from(members);
