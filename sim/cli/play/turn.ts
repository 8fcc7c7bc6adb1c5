/** A player's turn: the next run from the board, whatever is played. */

import type { Board } from "./board.ts";

/** Plays a run, and reports its progress now and then, from 0 to 1. */
export type Play<Result extends object> = (run: number, reach: (share: number) => void) => Result;

/** Takes a run from the board and plays it. Null if there is none. */
export function playNext<Result extends object>(play: Play<Result>, board: Board, player: number, isMoving?: () => void): Result | null {
  const run = board.take();
  if (run === null) return null;
  const result = play(run, (share) => {
    board.reach(player, share);
    isMoving?.();
  });
  board.finish(player);
  return result;
}
