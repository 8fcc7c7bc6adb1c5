/** What `--json` prints: the summary, and what it cost. */

import type { Summary } from "../../measure/summary.ts";

/** The one part of a document that differs from one execution to the next. */
export type Cost = {
  /** From the first run's start to the last one's end. */
  readonly wallSeconds: number;
  /** Of all threads together. */
  readonly cpuSeconds: number;
};

export type Document = Summary & Cost;

/** A summary with its cost, in the order in which a reader meets them. */
export function documentOf(summary: Summary, { wallSeconds, cpuSeconds }: Cost): Document {
  const { scenario, about, scenarioHash, preset, seed, runs, members, durationSeconds, simulatedSeconds, ...rest } = summary;
  return { scenario, about, scenarioHash, preset, seed, runs, members, durationSeconds, simulatedSeconds, wallSeconds, cpuSeconds, ...rest };
}
