/** Explores every situation that a small world can reach, breadth first, so that a violation is found by a shortest path. */

import type { step } from "../../engine/index.ts";
import { Doubts } from "./hope.ts";
import { Judge } from "./judge.ts";
import { firstSituation, Mover } from "./moves.ts";
import { Seen } from "./seen.ts";
import type { Charge, Move, Situation, SmallWorld } from "./world.ts";

export type Explored = {
  /** Distinct situations, moves that were tried, and the number of moves to the farthest situation. */
  readonly situations: number;
  readonly moves: number;
  readonly depth: number;
  /** Was everything explored? If not, a limit was reached. */
  readonly isWhole: boolean;
  /** The violation and a shortest path to it; null if there is none. */
  readonly broken: (Charge & { readonly path: readonly Move[] }) | null;
  /** Does every fair run reach agreement again and again? Null if not everything was explored: then it is unknown. A violation only where agreement is promised. */
  readonly agrees: boolean | null;
  /** In how many situations all members agree. */
  readonly agreed: number;
};

export type ExploreManner = {
  /** The most situations to explore. */
  readonly most?: number;
  readonly rule?: typeof step;
  /** Take equal steps only once? Tests also turn it off, to show that it makes no difference. */
  readonly isPooled?: boolean;
  /** Called now and then: is it time to stop? */
  readonly isTimeUp?: () => boolean;
};

const MOST = 2_000_000;
/** Situations between two calls of `isTimeUp`. */
const STRIDE = 1_024;

export function explore(world: SmallWorld, { most = MOST, rule, isPooled = true, isTimeUp = () => false }: ExploreManner = {}): Explored {
  const mover = new Mover(world, rule, isPooled);
  const { printer } = mover;
  const judge = new Judge(world);
  const seen = new Seen();
  const doubts = new Doubts();
  /** How each situation was first reached: from which one, and by which move. */
  const [from, by]: [number[], (Move | null)[]] = [[], []];
  let [moves, agreed, depth, looked] = [0, 0, 0, 0];
  const note = (situation: Situation, source: number, move: Move | null, print: number): number => {
    const number = from.push(source) - 1;
    by.push(move);
    seen.add(print, number);
    const isAgreed = judge.isAgreed(situation);
    if (isAgreed) agreed++;
    doubts.note(isAgreed);
    return number;
  };
  let frontier: readonly Situation[] = [firstSituation(world)];
  let first = note(frontier[0]!, -1, null, printer.printOf(frontier[0]!));
  while (frontier.length > 0) {
    const next: Situation[] = [];
    const firstOfNext = from.length;
    for (const [place, situation] of frontier.entries()) {
      if (++looked % STRIDE === 0 && isTimeUp()) return unfinished();
      for (const { move, situation: after, took } of mover.successors(situation)) {
        moves++;
        const charge = took === null ? null : judge.chargeOf(took, after);
        if (charge !== null) return { situations: from.length, moves, depth: depth + 1, isWhole: false, agrees: null, agreed, broken: { ...charge, path: [...pathTo(first + place), move] } };
        const print = printer.printOf(after);
        let there = seen.find(print);
        if (there === -1) {
          if (from.length >= most) return unfinished();
          there = note(after, first + place, move, print);
          next.push(after);
        }
        doubts.leads(first + place, there);
      }
    }
    if (next.length > 0) depth++;
    [frontier, first] = [next, firstOfNext];
  }
  const hopeless = doubts.beyondHope();
  const isPromised = world.config.syncEvery > 0 && world.config.reconnectEvery > 0;
  const broken = hopeless === -1 || !isPromised ? null : { oracle: "agreement", member: 0, why: "from here on no way leads to agreement", path: pathTo(hopeless) };
  return { situations: from.length, moves, depth, isWhole: true, broken, agrees: hopeless === -1, agreed };

  function unfinished(): Explored {
    return { situations: from.length, moves, depth, isWhole: false, broken: null, agrees: null, agreed };
  }

  function pathTo(number: number): readonly Move[] {
    const path: Move[] = [];
    for (let at = number; by[at] != null; at = from[at]!) path.push(by[at]!);
    return path.toReversed();
  }
}
