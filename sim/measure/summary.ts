/** Summarises the runs of a scenario: every figure of its report, as plain data that depends on (scenario, results) alone. */

import { assert, fold } from "../../engine/index.ts";
import type { Scenario } from "../scenario/model.ts";
import { convergences, disruptionsOf, type DisruptionSummary } from "./disruption.ts";
import { type Metrics, metricsOf, SECONDS_PER_HOUR, sum } from "./metrics.ts";
import type { Observation, RunResult } from "./result.ts";
import { inSeconds } from "./seconds.ts";
import { resamplings } from "./statistics.ts";
import { rounded, timeMetric, type TimeMetric } from "./time-metric.ts";
import { judge, overall, type Judgement, type Verdict } from "./verdict.ts";

/** Everything a report says about the runs of a scenario: what `--json` prints, except the elapsed time. */
export type Summary = {
  readonly scenario: string;
  readonly about: string;
  readonly scenarioHash: string;
  readonly preset: string;
  readonly seed: string;
  readonly runs: number;
  /** The members that the scenario declares, present from the origin or not. */
  readonly members: number;
  /** The length of each run. */
  readonly durationSeconds: number;
  /** All runs together. */
  readonly simulatedSeconds: number;
  /** Hours during which members ran, in all runs together. */
  readonly memberHours: number;
  /** Steps of the engine. */
  readonly events: number;
  /** The runs' hashes, folded in order of run; for one run, its own hash. */
  readonly traceHash: string;
  readonly verdict: Verdict;
  readonly metrics: Metrics;
  readonly disruptions: readonly DisruptionSummary[];
  readonly expectations: readonly Judgement[];
  /** The share of running members whose view agreed with the truth, averaged over all runs, in the middle of each of 120 equal parts. */
  readonly agreement: readonly number[];
  readonly perRun: readonly RunSummary[];
};

/** A run in one line. */
export type RunSummary = {
  readonly run: number;
  readonly seed: string;
  readonly traceHash: string;
  readonly events: number;
  readonly firstSuspicion: RunTimes;
  readonly firstDetection: RunTimes;
  readonly fullDissemination: RunTimes;
  readonly convergence: RunTimes;
  readonly falsePositives: number;
  readonly partitionEvictions: number;
  readonly suspicions: number;
  readonly refutations: number;
};

/** Lengths of time of one run, in seconds. */
export type RunTimes = Pick<TimeMetric, "n" | "p50" | "max" | "censored">;

/** Summarises all runs. The order of the results does not matter. */
export function summarise(scenario: Scenario, scenarioHash: string, results: readonly RunResult[]): Summary {
  const runs = results.toSorted((a, b) => a.run - b.run);
  assert(runs.length > 0, "there is at least one run to sum up");
  assert(runs.every(({ run }, i) => run !== runs[i - 1]?.run), "no run is counted twice");
  const draws = resamplings(runs.length, scenario.seed);
  const metrics = metricsOf(runs, draws);
  const disruptions = disruptionsOf(runs, draws);
  const expectations = scenario.expectations.map((expectation) => judge(expectation, { metrics, disruptions }));
  return {
    scenario: scenario.name,
    about: scenario.about,
    scenarioHash,
    preset: scenario.preset,
    seed: scenario.seed,
    runs: runs.length,
    members: scenario.members.length,
    durationSeconds: inSeconds(scenario.duration),
    simulatedSeconds: toMicros(sum(runs, (r) => r.simulatedSeconds)),
    memberHours: rounded(sum(runs, (r) => r.memberSeconds) / SECONDS_PER_HOUR),
    events: sum(runs, (r) => r.events),
    traceHash: runs.map((r) => r.traceHash).reduce(foldHashes),
    verdict: overall(expectations),
    metrics,
    disruptions,
    expectations,
    agreement: meanAgreement(runs),
    perRun: runs.map(runSummary),
  };
}

function runSummary(run: RunResult): RunSummary {
  return {
    run: run.run,
    seed: run.seed,
    traceHash: run.traceHash,
    events: run.events,
    firstSuspicion: runTimes(run.crashes.map((c) => c.firstSuspicion)),
    firstDetection: runTimes(run.crashes.map((c) => c.firstDetection)),
    fullDissemination: runTimes(run.crashes.map((c) => c.fullDissemination)),
    convergence: runTimes(convergences(run.disruptions)),
    falsePositives: run.falsePositives.count,
    partitionEvictions: run.partitionEvictions,
    suspicions: run.suspicions,
    refutations: run.refutations,
  };
}

function runTimes(observations: readonly Observation[]): RunTimes {
  const { n, p50, max, censored } = timeMetric([observations], []);
  return { n, p50, max, censored };
}

function meanAgreement(runs: readonly RunResult[]): readonly number[] {
  const points = runs[0]?.agreement ?? [];
  return points.map((_, i) => rounded(sum(runs, (r) => r.agreement[i] ?? 0) / runs.length));
}

/** Folds the next hash of 16 hexadecimal digits into those before. */
function foldHashes(soFar: string, next: string): string {
  const [high, low] = halves(soFar);
  const [nextHigh, nextLow] = halves(next);
  const first = fold(fold(high, nextHigh), nextLow);
  const second = fold(fold(low, nextLow), first);
  return hexadecimal(first) + hexadecimal(second);
}

const halves = (hash: string): readonly [number, number] => [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16)];
const hexadecimal = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");

/** Rounds a sum to whole microseconds, to remove rounding errors. */
const toMicros = (seconds: number): number => Math.round(seconds * 1_000_000) / 1_000_000;
