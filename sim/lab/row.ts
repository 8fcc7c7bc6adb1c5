/** Reduces a run to what a sweep keeps: one row each, small enough that a million of them fit on a disk. */

import { convergences } from "../measure/disruption.ts";
import type { CrashResult, Observation, RunResult } from "../measure/result.ts";
import { type Row, timeNames, type TimeName, type Watched } from "./model.ts";

type Figure = "firstSuspicion" | "firstDetection" | "fullDissemination";
const from = (list: (run: RunResult) => readonly CrashResult[], figure: Figure) => (run: RunResult): readonly Observation[] => list(run).map((each) => each[figure]);

const observations: Readonly<Record<TimeName, (run: RunResult) => readonly Observation[]>> = {
  firstSuspicion: from((run) => run.crashes, "firstSuspicion"),
  firstDetection: from((run) => run.crashes, "firstDetection"),
  fullDissemination: from((run) => run.crashes, "fullDissemination"),
  convergence: (run) => convergences(run.disruptions),
  broadcastDelivery: (run) => run.broadcasts.map(({ toAll }) => toAll),
  updateDissemination: (run) => run.updates.map(({ toAll }) => toAll),
  "blocks.firstSuspicion": from((run) => run.blocks, "firstSuspicion"),
  "blocks.firstDetection": from((run) => run.blocks, "firstDetection"),
  "blocks.fullDissemination": from((run) => run.blocks, "fullDissemination"),
};

/** The row of a run of this cell. */
export function rowOf(cell: number, run: RunResult): Row {
  const { falsePositives, load, health, agreement } = run;
  return {
    cell, repetition: run.run, traceHash: run.traceHash, events: run.events, memberSeconds: run.memberSeconds,
    counts: {
      falsePositives: falsePositives.count,
      falsePositivesAtHealthy: falsePositives.atHealthy,
      falsePositivesOfHealthy: falsePositives.ofHealthy,
      falsePositivesHealthyOfHealthy: falsePositives.healthyOfHealthy,
      falsePositiveVictims: falsePositives.victims,
      falseDeathSeconds: falsePositives.falseDeathSeconds,
      partitionEvictions: run.partitionEvictions,
      suspicions: run.suspicions,
      refutations: run.refutations,
      datagrams: load.datagrams,
      streams: load.streams,
      bytes: load.bytes,
      healthMean: health.mean,
      healthMax: health.max,
      agreement: Number((agreement.reduce((sum, share) => sum + share, 0) / Math.max(1, agreement.length)).toFixed(6)),
    },
    times: Object.fromEntries(timeNames.flatMap((name) => {
      const seen = observations[name](run);
      return seen.length === 0 ? [] : [[name, watched(seen)]];
    })),
  };
}

function watched(seen: readonly Observation[]): Watched {
  const seconds = seen.flatMap((each) => ("seconds" in each ? [each.seconds] : []));
  const censoredAfter = seen.flatMap((each) => ("censoredAfter" in each ? [each.censoredAfter] : []));
  return censoredAfter.length === 0 ? { seconds } : { seconds, censoredAfter };
}

/** The observations of a row. */
export const observationsIn = (row: Row, name: TimeName): readonly Observation[] => {
  const { seconds = [], censoredAfter = [] } = row.times[name] ?? {};
  return [...seconds.map((length) => ({ seconds: length })), ...censoredAfter.map((length) => ({ censoredAfter: length }))];
};
