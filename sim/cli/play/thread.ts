/** A player in a worker thread: takes runs from the board and sends back their results. */

import type { MessagePort } from "node:worker_threads";
import { BrokenRun, type Fault } from "../bug.ts";
import { Stop, type StopCode } from "../stop.ts";
import { Board } from "./board.ts";
import { type Play, playNext } from "./turn.ts";

/** A player's messages. */
export type News<Result> =
  | { readonly kind: "finished"; readonly result: Result }
  | { readonly kind: "stopped"; readonly code: StopCode; readonly message: string }
  | { readonly kind: "broke"; readonly run: number; readonly seed: string; readonly fault: Fault };

/** A player's place at the board. */
export type Seat = { readonly memory: SharedArrayBuffer; readonly player: number };

/** Plays until there is nothing more to play, or something goes wrong. */
export function playInThread<Result extends object>(play: Play<Result>, { memory, player }: Seat, port: MessagePort): void {
  const board = new Board(memory);
  const tell = (news: News<Result>): void => port.postMessage(news);
  try {
    for (let result = playNext(play, board, player); result !== null; result = playNext(play, board, player)) tell({ kind: "finished", result });
  } catch (thrown) {
    if (thrown instanceof Stop) tell({ kind: "stopped", code: thrown.code, message: thrown.message });
    else if (thrown instanceof BrokenRun) tell({ kind: "broke", run: thrown.run, seed: thrown.seed, fault: thrown.fault });
    else throw thrown;
  }
}
