/** A player in a thread of its own: takes runs from the board and sends back their results. */

import type { MessagePort } from "node:worker_threads";
import type { RunResult } from "../../index.ts";
import { BrokenRun, type Fault } from "../bug.ts";
import type { PlayOrders } from "../orders.ts";
import { Stop, type StopCode } from "../stop.ts";
import { Board } from "./board.ts";
import { playNext } from "./one-run.ts";

/** What a player has to say. */
export type News =
  | { readonly kind: "finished"; readonly result: RunResult }
  | { readonly kind: "stopped"; readonly code: StopCode; readonly message: string }
  | { readonly kind: "broke"; readonly run: number; readonly seed: string; readonly fault: Fault };

/** Plays until there is nothing more to play, or something went wrong. */
export function playInThread({ task, memory, player }: PlayOrders, port: MessagePort): void {
  const board = new Board(memory);
  const tell = (news: News): void => port.postMessage(news);
  try {
    for (let result = playNext(task, board, player); result !== null; result = playNext(task, board, player)) tell({ kind: "finished", result });
  } catch (thrown) {
    if (thrown instanceof Stop) tell({ kind: "stopped", code: thrown.code, message: thrown.message });
    else if (thrown instanceof BrokenRun) tell({ kind: "broke", run: thrown.run, seed: thrown.seed, fault: thrown.fault });
    else throw thrown;
  }
}
