/** Plays the runs of an experiment for callers that want results and no report. */

import type { RunResult } from "../../index.ts";
import type { Experiment } from "../experiment.ts";
import type { Terminal } from "../terminal.ts";
import { Board } from "./board.ts";
import { playHere, playInWorkers } from "./crew.ts";
import { playOne } from "./one-run.ts";
import { progressFor } from "./progress.ts";

/** How many play at a time, and whether progress is shown. */
export type SimulateOptions = { readonly jobs: number; readonly quiet?: boolean; readonly json?: boolean };

/** Plays as many runs as the scenario wants, and returns them in order. If `signal` aborts, no further run begins, and there are fewer results. */
export async function simulate({ scenario, hash, source }: Experiment, options: SimulateOptions, terminal: Terminal, signal: AbortSignal): Promise<readonly RunResult[]> {
  const { runs } = scenario;
  const players = Math.min(options.jobs, runs);
  const board = new Board({ runs, players });
  const progress = progressFor(board, runs, options, terminal, "simulated runs");
  const stop = (): void => board.close();
  signal.addEventListener("abort", stop);
  const task = { scenario, hash, source, traces: null, isWatched: options.quiet !== true && options.json !== true && terminal.screen !== null };
  const results: RunResult[] = [];
  const isOver = (result: RunResult): void => void results.push(result);
  try {
    // With one job, this process plays.
    if (players === 1) await playHere((run, reach) => playOne(task, run, reach), board, isOver, progress.draw);
    else await playInWorkers<RunResult>((seat) => ({ kind: "play", task, seat }), board, players, isOver);
  } finally {
    signal.removeEventListener("abort", stop);
    progress.takeAway();
  }
  return results.toSorted((one, other) => one.run - other.run);
}
