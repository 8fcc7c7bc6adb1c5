/** Plays runs in worker threads that get one run after another: for schedules that decide what to play next while others are playing. */

import { setImmediate } from "node:timers/promises";
import type { MessagePort, Worker } from "node:worker_threads";
import { impossible } from "../../../engine/index.ts";
import type { Row } from "../../lab/model.ts";
import { BrokenRun } from "../bug.ts";
import { startWorker } from "../orders.ts";
import { isOutOfMemory, noMemory } from "../play/crew.ts";
import type { News } from "../play/thread.ts";
import { type Job, playerOf } from "./player.ts";

/** What to play next; null if there is nothing until another run has ended. */
export type Next = () => Job | null;

export type Plan = {
  /** The base scenario as YAML. */
  readonly source: string;
  readonly next: Next;
  /** Called for each finished run, in the order in which they end. If it throws, everything ends. */
  readonly isOver: (row: Row) => void;
};

/** How many runs a busy player has: the one that it plays, and one so that it need not wait for us. */
const AHEAD = 2;

/** Plays in this thread, which handles events only between two runs. */
export async function playJobsHere({ source, next, isOver }: Plan): Promise<void> {
  const play = playerOf(source);
  for (let job = next(); job !== null; job = next()) {
    isOver(play(job));
    await setImmediate();
  }
}

/** Plays in this many workers. If one of them fails, the others are stopped, and its Stop or BrokenRun is thrown. */
export async function playJobs({ source, next, isOver }: Plan, jobs: number): Promise<void> {
  const hands = Array.from({ length: jobs }, () => ({ worker: startWorker({ kind: "lab", source }, jobs), open: 0 }));
  try {
    await new Promise<void>((resolve, reject) => {
      const handOut = (): void => {
        for (let nth = 0; nth < AHEAD; nth++) {
          for (const hand of hands) {
            if (hand.open > nth) continue;
            const job = next();
            if (job === null) break;
            hand.open++;
            hand.worker.postMessage(job);
          }
        }
        if (hands.every(({ open }) => open === 0)) resolve();
      };
      for (const hand of hands) {
        hear(hand.worker, (row) => {
          hand.open--;
          isOver(row);
          handOut();
        }, reject);
      }
      handOut();
    });
  } finally {
    await Promise.all(hands.map(({ worker }) => worker.terminate()));
  }
}

function hear(worker: Worker, isOver: (row: Row) => void, fail: (fault: unknown) => void): void {
  worker.on("message", (news: News<Row>) => {
    try {
      switch (news.kind) {
        case "finished": return isOver(news.result);
        case "stopped":  return fail(new RangeError(news.message));
        case "broke":    return fail(new BrokenRun(news.run, news.seed, news.fault));
        default:         return impossible(news);
      }
    } catch (thrown) {
      return fail(thrown);
    }
  });
  worker.on("error", (fault) => fail(isOutOfMemory(fault) ? noMemory() : fault));
  worker.on("exit", (code) => (code === 0 ? undefined : fail(new RangeError(`a worker ended with ${code}`))));
}

/** The worker's side: plays the jobs that it is sent until it is ended. */
export function playOnDemand(source: string, port: MessagePort): void {
  const play = playerOf(source);
  port.on("message", (job: Job) => {
    try {
      port.postMessage({ kind: "finished", result: play(job) } satisfies News<Row>);
    } catch (thrown) {
      if (!(thrown instanceof BrokenRun)) throw thrown;
      port.postMessage({ kind: "broke", run: thrown.run, seed: thrown.seed, fault: thrown.fault } satisfies News<Row>);
    }
  });
}
