/** Exploration: every situation that a small world can come to, the nearest first, so that what is found wrong is found on the shortest way. */

import type { step } from "../../engine/index.ts";
import { type Charge, Judge } from "./judge.ts";
import { firstSituation, Mover } from "./moves.ts";
import type { Move, Situation, SmallWorld } from "./world.ts";

export type Explored = {
  /** Situations that differ, moves that were tried, and how many moves the farthest is away. */
  readonly situations: number;
  readonly moves: number;
  readonly depth: number;
  /** Was everything seen that can happen? Else the limit was reached. */
  readonly isWhole: boolean;
  /** What is broken, and the shortest way there; null if nothing is. */
  readonly broken: (Charge & { readonly path: readonly Move[] }) | null;
  /** Does every fair run come to agreement, again and again? Null if not everything was seen: then nobody knows. Broken only where it is promised. */
  readonly agrees: boolean | null;
  /** How many situations there are in which all agree. */
  readonly agreed: number;
};

export type ExploreManner = {
  /** The most situations. */
  readonly most?: number;
  readonly rule?: typeof step;
  /** Take equal steps once? In tests also not, to show that it makes no difference. */
  readonly isPooled?: boolean;
  /** Asked now and then: is it time to stop? */
  readonly isTimeUp?: () => boolean;
};

const MOST = 2_000_000;
/** So many situations between two looks at the clock. */
const STRIDE = 1_024;

export function explore(world: SmallWorld, { most = MOST, rule, isPooled = true, isTimeUp = () => false }: ExploreManner = {}): Explored {
  const mover = new Mover(world, rule, isPooled);
  const { printer } = mover;
  const judge = new Judge();
  const known = new Map<number, number>();
  const ways: { readonly from: number; readonly move: Move | null }[] = [];
  /** Of those in which not all agree: where they lead. */
  const doubts = new Map<number, number[]>();
  let moves = 0;
  let agreed = 0;
  const note = (situation: Situation, from: number, move: Move | null, print: number): number => {
    const number = ways.push({ from, move }) - 1;
    known.set(print, number);
    if (judge.isAgreed(situation)) agreed++;
    else doubts.set(number, []);
    return number;
  };
  const first = firstSituation(world);
  note(first, -1, null, printer.printOf(first));
  let frontier: readonly (readonly [number: number, situation: Situation])[] = [[0, first]];
  let depth = 0;
  let looked = 0;
  while (frontier.length > 0) {
    const next: (readonly [number, Situation])[] = [];
    for (const [number, situation] of frontier) {
      if (++looked % STRIDE === 0 && isTimeUp()) return unfinished();
      const leadsTo = doubts.get(number);
      for (const { move, situation: after, took } of mover.successors(situation)) {
        moves++;
        const charge = took === null ? null : judge.chargeOf(took, after);
        if (charge !== null) return { situations: ways.length, moves, depth: depth + 1, isWhole: false, agrees: null, agreed, broken: { ...charge, path: [...pathTo(number), move] } };
        const print = printer.printOf(after);
        let there = known.get(print);
        if (there === undefined) {
          if (ways.length >= most) return unfinished();
          there = note(after, number, move, print);
          next.push([there, after]);
        }
        leadsTo?.push(there);
      }
    }
    if (next.length > 0) depth++;
    frontier = next;
  }
  const hopeless = beyondHope(doubts);
  const isPromised = world.config.syncEvery > 0 && world.config.reconnectEvery > 0;
  const broken = hopeless === undefined || !isPromised ? null : { oracle: "agreement", member: 0, why: "from here on no way leads to agreement", path: pathTo(hopeless) };
  return { situations: ways.length, moves, depth, isWhole: true, broken, agrees: hopeless === undefined, agreed };

  function unfinished(): Explored {
    return { situations: ways.length, moves, depth, isWhole: false, broken: null, agrees: null, agreed };
  }

  function pathTo(number: number): readonly Move[] {
    const path: Move[] = [];
    for (let way = ways[number]; way !== undefined && way.move !== null; way = ways[way.from]) path.push(way.move);
    return path.toReversed();
  }
}

/**
 * The nearest situation from which no way leads to agreement any more, whatever happens and whatever chance does. From all others a fair run comes to it: what may go wrong goes
 * wrong only so often, and whatever is possible again and again happens in the end.
 */
function beyondHope(doubts: ReadonlyMap<number, readonly number[]>): number | undefined {
  const from = new Map<number, number[]>();
  const hopeful: number[] = [];
  for (const [number, to] of doubts) {
    for (const there of to) {
      if (doubts.has(there)) from.set(there, [...(from.get(there) ?? []), number]);
      else hopeful.push(number);
    }
  }
  const left = new Set(doubts.keys());
  for (let one = hopeful.pop(); one !== undefined; one = hopeful.pop()) {
    if (left.delete(one)) hopeful.push(...(from.get(one) ?? []));
  }
  const [nearest] = left;
  return nearest;
}
