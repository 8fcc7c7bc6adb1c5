/** The figures of a report, measured over all runs together. */

import { announcementKinds } from "./announcement.ts";
import { convergences } from "./disruption.ts";
import { addedUp } from "./fates.ts";
import { dispersionOf, rateInterval } from "./rate.ts";
import type { CrashResult, FatesResult, RunResult, SpreadResult } from "./result.ts";
import type { Interval } from "./statistics.ts";
import { rounded, roundedInterval, timeMetric, type TimeMetric } from "./time-metric.ts";

/** The figures of all runs together; docs/reading-a-report.md says what each means. */
export type Metrics = Discovery & {
  /** One observation for each disruption. */
  readonly convergence: TimeMetric;
  /** One observation for each time that a member was blocked, instead of for each crash. */
  readonly blocks: Discovery;
  /** From each broadcast until it has reached every member that ran then and still runs. */
  readonly broadcastDelivery: TimeMetric;
  /** From each new meta until every such member holds it. */
  readonly updateDissemination: TimeMetric;
  readonly broadcasts: Sayings;
  readonly updates: Sayings;
  readonly falsePositives: {
    readonly count: number;
    readonly atHealthy: number;
    readonly ofHealthy: number;
    readonly healthyOfHealthy: number;
    /** Null if no member ever ran. */
    readonly perMemberHour: number | null;
    /** How much more counts vary between runs than those of independent events would: at least 1. */
    readonly dispersion: number;
    /** Of the rate: exact (Poisson) if the dispersion is 1, otherwise widened accordingly. For a single run it assumes independent events. */
    readonly ci95: Interval;
    /** Distinct members within each run, summed over runs. */
    readonly victims: number;
    readonly falseDeathSeconds: number;
  };
  readonly partitionEvictions: { readonly count: number };
  readonly suspicions: number;
  readonly refutations: number;
  readonly load: Load;
  /** What happened to datagrams; absent if real members played the runs. */
  readonly fates?: FatesResult;
  /** All kinds, those with 0 included, in the order of reports. */
  readonly announcements: Readonly<Record<string, { readonly count: number; readonly perMemberHour: number | null }>>;
  /** Findings of the oracles that the expectations name; absent if they name none. */
  readonly oracles?: Readonly<Record<string, OracleFigures>>;
  /** The mean over runs, and the worst value in any run. */
  readonly health: { readonly mean: number; readonly max: number };
};

/** How often an oracle was tested in all runs together, in how many runs it was violated, and a description of the first violation. */
export type OracleFigures = { readonly n: number; readonly broken: number; readonly breach: string | null };

/** From each crash until the first running member, or all of them, noticed. */
export type Discovery = { readonly firstSuspicion: TimeMetric; readonly firstDetection: TimeMetric; readonly fullDissemination: TimeMetric };

/** What members said, and how far it spread. */
export type Sayings = {
  readonly count: number;
  /** Of all members that should have received what was said, the share that had by the end; null if nothing was said. */
  readonly reach: number | null;
  /** How long until this percentage of them had it. */
  readonly to50: TimeMetric;
  readonly to90: TimeMetric;
  readonly to99: TimeMetric;
};

/** What running members send, per member and second. */
export type Load = {
  readonly datagramsPerMemberSecond: number | null;
  readonly bytesPerMemberSecond: number | null;
  readonly streamsPerMemberSecond: number | null;
  /** In alphabetical order. */
  readonly byKind: Readonly<Record<string, KindLoad>>;
};

/** The load of one kind of message; `count` is the total of all runs. */
export type KindLoad = { readonly perMemberSecond: number | null; readonly bytesPerMemberSecond: number | null; readonly count: number };

export const SECONDS_PER_HOUR = 3600;

/** How often each run counts in each resampling. */
type Draws = readonly Uint32Array[];

/** All figures of these runs. */
export function metricsOf(runs: readonly RunResult[], draws: Draws): Metrics {
  const count = sum(runs, (r) => r.falsePositives.count);
  const memberHours = sum(runs, (r) => r.memberSeconds) / SECONDS_PER_HOUR;
  const falsePositives = runs.map((r) => ({ count: r.falsePositives.count, exposure: r.memberSeconds / SECONDS_PER_HOUR }));
  return {
    ...discoveryOf(runs, (r) => r.crashes, draws),
    convergence: timeMetric(runs.map((r) => convergences(r.disruptions)), draws),
    blocks: discoveryOf(runs, (r) => r.blocks, draws),
    broadcastDelivery: timeMetric(runs.map((r) => r.broadcasts.map((b) => b.toAll)), draws),
    updateDissemination: timeMetric(runs.map((r) => r.updates.map((u) => u.toAll)), draws),
    broadcasts: sayingsOf(runs, (r) => r.broadcasts, draws),
    updates: sayingsOf(runs, (r) => r.updates, draws),
    falsePositives: {
      count,
      atHealthy: sum(runs, (r) => r.falsePositives.atHealthy),
      ofHealthy: sum(runs, (r) => r.falsePositives.ofHealthy),
      healthyOfHealthy: sum(runs, (r) => r.falsePositives.healthyOfHealthy),
      perMemberHour: ratio(count, memberHours),
      dispersion: rounded(dispersionOf(falsePositives)),
      ci95: roundedInterval(rateInterval(falsePositives)),
      victims: sum(runs, (r) => r.falsePositives.victims),
      falseDeathSeconds: rounded(sum(runs, (r) => r.falsePositives.falseDeathSeconds)),
    },
    partitionEvictions: { count: sum(runs, (r) => r.partitionEvictions) },
    suspicions: sum(runs, (r) => r.suspicions),
    refutations: sum(runs, (r) => r.refutations),
    load: loadOf(runs),
    ...fatesOf(runs),
    announcements: Object.fromEntries(announcementKinds.map((kind) => {
      const made = sum(runs, (r) => r.announcements[kind] ?? 0);
      return [kind, { count: made, perMemberHour: ratio(made, memberHours) }];
    })),
    ...oraclesOf(runs),
    health: { mean: rounded(sum(runs, (r) => r.health.mean) / runs.length), max: runs.reduce((most, { health: { max } }) => Math.max(most, max), 0) },
  };
}

function fatesOf(runs: readonly RunResult[]): Pick<Metrics, "fates"> {
  const counted = runs.flatMap(({ fates }) => fates ?? []);
  return counted.length === 0 ? {} : { fates: addedUp(counted) };
}

function oraclesOf(runs: readonly RunResult[]): Pick<Metrics, "oracles"> {
  const names = Object.keys(runs[0]?.oracles ?? {});
  if (names.length === 0) return {};
  return { oracles: Object.fromEntries(names.map((name) => {
    const broken = runs.flatMap(({ run, oracles }) => (oracles?.[name]?.breach ? [{ run, ...oracles[name].breach }] : []));
    const [first] = broken;
    const breach = first === undefined ? null : `run ${first.run} at ${first.at} s, ${first.member}: ${first.why}`;
    return [name, { n: sum(runs, ({ oracles }) => oracles?.[name]?.tested ?? 0) + broken.length, broken: broken.length, breach }];
  })) };
}

function discoveryOf(runs: readonly RunResult[], of: (run: RunResult) => readonly CrashResult[], draws: Draws): Discovery {
  const from = (figure: "firstSuspicion" | "firstDetection" | "fullDissemination"): TimeMetric => timeMetric(runs.map((run) => of(run).map((each) => each[figure])), draws);
  return { firstSuspicion: from("firstSuspicion"), firstDetection: from("firstDetection"), fullDissemination: from("fullDissemination") };
}

function sayingsOf(runs: readonly RunResult[], of: (run: RunResult) => readonly SpreadResult[], draws: Draws): Sayings {
  const all = runs.flatMap(of);
  const total = (figure: "reached" | "of"): number => all.reduce((sum, each) => sum + each[figure], 0);
  const to = (figure: "to50" | "to90" | "to99"): TimeMetric => timeMetric(runs.map((run) => of(run).map((each) => each[figure])), draws);
  return { count: all.length, reach: ratio(total("reached"), total("of")), to50: to("to50"), to90: to("to90"), to99: to("to99") };
}

function loadOf(runs: readonly RunResult[]): Load {
  const memberSeconds = sum(runs, (r) => r.memberSeconds);
  const perMemberSecond = (of: (run: RunResult) => number): number | null => ratio(sum(runs, of), memberSeconds);
  const kinds = [...new Set(runs.flatMap((r) => Object.keys(r.load.byKind)))].toSorted();
  const byKind = kinds.map((kind): readonly [string, KindLoad] => [kind, {
    perMemberSecond: perMemberSecond((r) => r.load.byKind[kind]?.count ?? 0),
    bytesPerMemberSecond: perMemberSecond((r) => r.load.byKind[kind]?.bytes ?? 0),
    count: sum(runs, (r) => r.load.byKind[kind]?.count ?? 0),
  }]);
  return {
    datagramsPerMemberSecond: perMemberSecond((r) => r.load.datagrams),
    bytesPerMemberSecond: perMemberSecond((r) => r.load.bytes),
    streamsPerMemberSecond: perMemberSecond((r) => r.load.streams),
    byKind: Object.fromEntries(byKind),
  };
}

/** Sums a figure over runs. */
export const sum = (runs: readonly RunResult[], of: (run: RunResult) => number): number => runs.reduce((total, run) => total + of(run), 0);
const ratio = (count: number, exposure: number): number | null => (exposure > 0 ? rounded(count / exposure) : null);
