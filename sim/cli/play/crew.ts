/** Plays all runs of an experiment, in worker threads or in this one. */

import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { impossible } from "../../../engine/index.ts";
import { BrokenRun } from "../bug.ts";
import { type Orders, startWorker } from "../orders.ts";
import { exits, Stop } from "../stop.ts";
import type { Board } from "./board.ts";
import type { News, Seat } from "./thread.ts";
import { type Play, playNext } from "./turn.ts";

/** Plays in this thread, which handles events only between two runs. */
export async function playHere<Result extends object>(play: Play<Result>, board: Board, isOver: (result: Result) => void, isMoving: () => void): Promise<void> {
  for (let result = playNext(play, board, 0, isMoving); result !== null; result = playNext(play, board, 0, isMoving)) {
    isOver(result);
    await setImmediate();
  }
}

/** Plays in this many workers, each with the orders for its seat. If one of them fails, the others are stopped, and its Stop or BrokenRun is thrown. */
export async function playInWorkers<Result extends object>(ordersFor: (seat: Seat) => Orders, board: Board, jobs: number, isOver: (result: Result) => void): Promise<void> {
  const workers = Array.from({ length: jobs }, (_, player) => startWorker(ordersFor({ memory: board.memory, player }), jobs));
  try {
    await Promise.all(workers.map((worker) => endOf(worker, isOver)));
  } catch (thrown) {
    board.close();
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw thrown;
  }
}

/** Handles a worker's messages until it ends. */
function endOf<Result extends object>(worker: Worker, isOver: (result: Result) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", (news: News<Result>) => {
      switch (news.kind) {
        case "finished": return isOver(news.result);
        case "stopped":  return reject(new Stop(news.code, news.message));
        case "broke":    return reject(new BrokenRun(news.run, news.seed, news.fault));
        default:         return impossible(news);
      }
    });
    worker.on("error", (fault) => reject(isOutOfMemory(fault) ? noMemory() : fault));
    worker.on("exit", () => resolve());
  });
}

export const isOutOfMemory = (fault: unknown): boolean => fault instanceof Error && "code" in fault && fault.code === "ERR_WORKER_OUT_OF_MEMORY";

/** The error if a worker has filled its share of the memory. */
export const noMemory = (): Stop => new Stop(exits.noMemory, "out of memory: try fewer --jobs, so that each has more memory, or fewer members");
