/** Players in threads of their own, each handed one run after the other: for whoever decides only while others play what is to be played next. */

import { setImmediate } from "node:timers/promises";
import type { MessagePort, Worker } from "node:worker_threads";
import { impossible } from "../../../engine/index.ts";
import type { Row } from "../../lab/model.ts";
import { BrokenRun } from "../bug.ts";
import { startWorker } from "../orders.ts";
import { isOutOfMemory, noMemory } from "../play/crew.ts";
import type { News } from "../play/thread.ts";
import { type Job, playerOf } from "./player.ts";

/** What is played next; null if nothing is, until another run has ended. */
export type Next = () => Job | null;

export type Plan = {
  /** The base scenario as YAML. */
  readonly source: string;
  readonly next: Next;
  /** Hears of each run that is over, in the order in which they end. What it throws ends all. */
  readonly isOver: (row: Row) => void;
};

/** A player with its hands full has so many runs before it: the one that it plays, and one so that it need not wait for us. */
const AHEAD = 2;

/** Plays in this very thread, which hears between two runs. */
export async function playJobsHere({ source, next, isOver }: Plan): Promise<void> {
  const play = playerOf(source);
  for (let job = next(); job !== null; job = next()) {
    isOver(play(job));
    await setImmediate();
  }
}

/** Plays in so many workers. If one of them fails, the others are stopped, and its Stop or BrokenRun is thrown. */
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

/** The other end of it: plays what it is handed until it is ended. */
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
