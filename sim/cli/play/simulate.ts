/** Runs of an experiment in workers, for whoever wants their results and no report. */

import type { RunResult } from "../../index.ts";
import type { Experiment } from "../experiment.ts";
import { Board } from "./board.ts";
import { playInWorkers } from "./crew.ts";
import { showProgress } from "./progress.ts";

/** Plays as many runs as the scenario wants. If `signal` aborts, no further run begins, and fewer results are there. */
export async function simulate({ scenario, hash, source }: Experiment, jobs: number, screen: NodeJS.WriteStream | null, signal: AbortSignal): Promise<readonly RunResult[]> {
  const { runs } = scenario;
  const players = Math.min(jobs, runs);
  const board = new Board({ runs, players });
  const progress = screen === null ? null : showProgress(board, runs, screen, "simulated runs");
  const stop = (): void => board.close();
  signal.addEventListener("abort", stop);
  const task = { scenario, hash, source, traces: null, isWatched: progress !== null };
  const results: RunResult[] = [];
  try {
    await playInWorkers<RunResult>((seat) => ({ kind: "play", task, seat }), board, players, (result) => void results.push(result));
  } finally {
    signal.removeEventListener("abort", stop);
    progress?.takeAway();
  }
  return results.toSorted((one, other) => one.run - other.run);
}
