/** Disruptions of the timeline, over all runs, and how long the group took to agree after each. */

import { assert } from "../../engine/index.ts";
import type { DisruptionResult, Observation, RunResult } from "./result.ts";
import { timeMetric, type TimeMetric } from "./time-metric.ts";

/** One for each entry of the timeline and each kind of disruption that it caused: a partition that heals itself has two. */
export type DisruptionSummary = {
  /** The index from 0; null for the cold start. */
  readonly entry: number | null;
  readonly kind: string;
  /** When it first happened and when it last happened, in seconds. */
  readonly at: number;
  readonly lastAt: number;
  /** How often it happened in all runs together. */
  readonly times: number;
  /** The members that it affected the first time, in the first run that has it. */
  readonly members: readonly string[];
  /** Null if it did not change the truth. */
  readonly convergence: TimeMetric | null;
};

/** Summarises disruptions in order of time; at equal times, in order of the timeline. */
export function disruptionsOf(runs: readonly RunResult[], draws: readonly Uint32Array[]): readonly DisruptionSummary[] {
  const alike = new Map<string, DisruptionResult[][]>();
  runs.forEach((run, i) => {
    for (const disruption of run.disruptions) {
      const name = `${disruption.entry} ${disruption.kind}`;
      const byRun = alike.get(name) ?? runs.map(() => []);
      byRun[i]?.push(disruption);
      alike.set(name, byRun);
    }
  });
  return [...alike.values()]
    .map((byRun) => disruptionSummary(byRun, draws))
    .toSorted((a, b) => a.at - b.at || (a.entry ?? -1) - (b.entry ?? -1) || (a.kind < b.kind ? -1 : 1));
}

function disruptionSummary(byRun: readonly (readonly DisruptionResult[])[], draws: readonly Uint32Array[]): DisruptionSummary {
  const all = byRun.flat();
  const [first] = all;
  assert(first !== undefined, "a disruption that is summed up has happened");
  const changedTheTruth = all.some(({ convergence }) => convergence !== null);
  return {
    entry: first.entry,
    kind: first.kind,
    at: all.reduce((least, { at }) => Math.min(least, at), first.at),
    lastAt: all.reduce((greatest, { at }) => Math.max(greatest, at), first.at),
    times: all.length,
    members: first.members,
    convergence: changedTheTruth ? timeMetric(byRun.map(convergences), draws) : null,
  };
}

/** The convergence times of all disruptions that changed the truth. */
export const convergences = (disruptions: readonly DisruptionResult[]): readonly Observation[] =>
  disruptions.flatMap(({ convergence }) => (convergence === null ? [] : [convergence]));
