/** The output of `--json`: the summary, and its cost. */

import type { Summary } from "../../measure/summary.ts";

/** The only part of a document that differs between executions. */
export type Cost = {
  /** From the first run's start to the last one's end. */
  readonly wallSeconds: number;
  /** Summed over all threads. */
  readonly cpuSeconds: number;
};

export type Document = Summary & Cost;

/** A summary with its cost, in the order of reading. */
export function documentOf(summary: Summary, { wallSeconds, cpuSeconds }: Cost): Document {
  const { scenario, about, scenarioHash, preset, seed, runs, members, durationSeconds, simulatedSeconds, ...rest } = summary;
  return { scenario, about, scenarioHash, preset, seed, runs, members, durationSeconds, simulatedSeconds, wallSeconds, cpuSeconds, ...rest };
}
