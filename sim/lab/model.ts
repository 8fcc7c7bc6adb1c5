/** What the laboratory writes down: the shapes of a sweep's files, and of what is said of each cell. Plain data; every other room of the laboratory speaks in these words. */

/**
 * A folder of a sweep holds
 *
 *     manifest.json    Manifest: which sweep, which cells, which runs. Nothing of when and where, so that one machine and many write the same bytes
 *     runs.ndjson      one Row a line, ordered by cell and repetition once the sweep is complete; before, in the order in which runs ended
 *     runs.csv         one line a run: the cell's settings, then the columns of a run
 *     runs.parquet     the same as a table of typed columns
 *     cells.json       CellsDocument: what the runs of each cell amount to
 *     cells.csv        one line a cell: its settings, then value, low and high of each figure
 *     report.txt       the table that the command prints
 *     occasions.ndjson Occasion: who played which part, when and on what; the only file that differs from machine to machine
 *
 * A folder of a shard, or of a sweep that is still played, holds the manifest, the runs and the occasions alone.
 */
export type Manifest = {
  readonly madeBy: "swimlab";
  readonly kind: "sweep";
  readonly version: string;
  readonly name: string;
  readonly about: string;
  /** 16 hexadecimal digits that change if any run could have come out otherwise: with seed, cells, engine, world and measures, but not with the number of runs. */
  readonly identity: string;
  readonly seed: string;
  /** Do all cells have the same chance (the seed of repetition r is `seed/r` in each), or each its own (`seed/cell/r`)? */
  readonly common: boolean;
  /** The base scenario as YAML, by itself. */
  readonly source: string;
  /** The base scenario's hash. */
  readonly scenario: string;
  /** The paths that differ between cells, in the grid's order. */
  readonly paths: readonly string[];
  readonly where: readonly string[];
  /** What the table shows of each cell. */
  readonly figures: readonly string[];
  readonly cells: readonly Cell[];
  /** Runs of each cell; with `until`, the most. */
  readonly repeats: number;
  readonly until: Until | null;
  /** Of runs; `asked` is null as long as `until` has not decided. */
  readonly runs: { readonly asked: number | null; readonly finished: number };
  /** Which part this is, from 1; null for the whole. */
  readonly shard: Shard | null;
};

/** One point of the grid. */
export type Cell = {
  /** From 0, in the grid's order, without those that constraints exclude. */
  readonly cell: number;
  /** By path, as in `--set`: `{ "config.suspicionMult": 4, "network.loss": "5%" }`. */
  readonly settings: Settings;
  /** The hash of the scenario that these settings make. */
  readonly scenario: string;
};

export type Settings = Readonly<Record<string, Setting>>;
export type Setting = string | number | boolean;

/** `i/n`: from 1 to n. */
export type Shard = { readonly index: number; readonly of: number };

/** When to stop repeating. */
export type Until = {
  /** A figure, such as `firstDetection.p99`. */
  readonly metric: string;
  /** Half the interval's length, as a share of the figure, that is precise enough. */
  readonly relative: number;
  /** How sure the interval is: 0.95. */
  readonly confidence: number;
  /** Runs before the first look, and at most. */
  readonly min: number;
  readonly max: number;
};

/** Lengths of time that are watched in a run, by the names that expectations use. */
export const timeNames = [
  "firstSuspicion", "firstDetection", "fullDissemination", "convergence", "broadcastDelivery", "updateDissemination",
  "blocks.firstSuspicion", "blocks.firstDetection", "blocks.fullDissemination",
] as const;
export type TimeName = (typeof timeNames)[number];

/** What was watched in a run of one kind: lengths in seconds that ended, and those that were given up after so long. */
export type Watched = { readonly seconds: readonly number[]; readonly censoredAfter?: readonly number[] };

/** What is counted, or averaged, in a run. */
export const countNames = [
  "falsePositives", "falsePositivesAtHealthy", "falsePositivesOfHealthy", "falsePositivesHealthyOfHealthy", "falsePositiveVictims", "falseDeathSeconds", "partitionEvictions",
  "suspicions", "refutations", "datagrams", "streams", "bytes", "healthMean", "healthMax", "agreement",
] as const;
export type CountName = (typeof countNames)[number];

/** One run of one cell: a pure function of (scenario, cell, repetition). A line of runs.ndjson, whose keys stand in this order. */
export type Row = {
  readonly cell: number;
  /** From 0. */
  readonly repetition: number;
  /** 16 hexadecimal digits that change if any step of the run does. */
  readonly traceHash: string;
  /** Steps of the engine. */
  readonly events: number;
  /** Seconds lived by running members, added up. */
  readonly memberSeconds: number;
  /** `agreement`: the share of running members whose view was true, mean over the run. */
  readonly counts: Readonly<Record<CountName, number>>;
  /** Those kinds of which there was something to watch. */
  readonly times: { readonly [name in TimeName]?: Watched };
};

/** A figure of a cell, and how surely it is known. */
export type Estimate = {
  /** Null if it could not be measured, or too much was censored. In seconds, shares, or what the figure counts. */
  readonly value: number | null;
  /** The ends of the interval; null where the data set no bound. */
  readonly low: number | null;
  readonly high: number | null;
  /** Of lengths, how many were watched, the censored among them; else, runs. */
  readonly n: number;
  readonly censored: number;
};

/** What the runs of a cell amount to. The figures' names are those of `figureNames` that were measured in any cell, the same in all. */
export type CellSummary = Cell & {
  readonly runs: number;
  readonly memberHours: number;
  /** How precise the figure of `until` is, and whether that was enough; null without one. */
  readonly precision: { readonly relative: number | null; readonly isReached: boolean } | null;
  readonly figures: Readonly<Record<string, Estimate>>;
};

/** The contents of cells.json. */
export type CellsDocument = {
  readonly madeBy: "swimlab";
  readonly kind: "cells";
  readonly name: string;
  readonly identity: string;
  readonly paths: readonly string[];
  /** Of intervals: 0.95 unless `until` says otherwise. */
  readonly confidence: number;
  readonly cells: readonly CellSummary[];
};

/** A line of occasions.ndjson. */
export type Occasion = {
  readonly startedAt: string;
  readonly endedAt: string;
  /** Runs that were played on this occasion. */
  readonly runs: number;
  readonly jobs: number;
  readonly wallSeconds: number;
  readonly node: string;
  readonly platform: string;
};

const quantileNames = ["p50", "p90", "p99", "max"] as const;

/** Figures of counts and averages over runs. */
export const rateNames = [
  "falsePositives.perMemberHour", "falsePositives.count", "falsePositives.ofHealthy", "falsePositives.healthyOfHealthy", "falsePositives.victims", "falsePositives.falseDeathSeconds",
  "partitionEvictions.count", "suspicions", "refutations",
  "load.datagramsPerMemberSecond", "load.streamsPerMemberSecond", "load.bytesPerMemberSecond", "health.mean", "health.max", "agreement.mean",
] as const;
export type RateName = (typeof rateNames)[number];

/** Every figure of a cell: the same names as in expectations and in the report's `metrics`. Counts are of all runs of the cell together. */
export const figureNames: readonly string[] = [...timeNames.flatMap((time) => quantileNames.map((quantile) => `${time}.${quantile}`)), ...rateNames];
