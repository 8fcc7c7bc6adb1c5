/** The data of the laboratory: the files of a sweep, and the figures of each cell. Plain data that all other parts of the laboratory use. */

/**
 * A sweep's folder contains
 *
 * manifest.json    Manifest: which sweep, which cells, which runs. Without time and place, so that one machine and many write the same bytes
 * runs.ndjson      one Row a line, ordered by cell and repetition once the sweep is complete; before, in the order in which runs ended
 * runs.csv         one line a run: the cell's settings, then the columns of a run
 * runs.parquet     the same as a table of typed columns
 * cells.json       CellsDocument: the figures of each cell
 * cells.csv        one line a cell: its settings, then value, low and high of each figure
 * report.txt       the table that the command prints
 * occasions.ndjson Occasion: which part was played when, and on which machine; the only file that differs between machines
 *
 * The folder of a shard, or of an unfinished sweep, contains only the manifest, the runs and the occasions.
 */
export type Manifest = {
  readonly madeBy: "swimlab";
  readonly kind: "sweep";
  readonly version: string;
  readonly name: string;
  readonly about: string;
  /** 16 hexadecimal digits that change if any run could have a different result: with seed, cells, engine, world and measures, but not with the number of runs. */
  readonly identity: string;
  readonly seed: string;
  /** Do all cells share their seeds (repetition r has `seed/r` in each), or has each its own (`seed/cell/r`)? */
  readonly common: boolean;
  /** The base scenario as YAML, self-contained. */
  readonly source: string;
  /** The base scenario's hash. */
  readonly scenario: string;
  /** The paths that differ between cells, in the grid's order. */
  readonly paths: readonly string[];
  readonly where: readonly string[];
  /** The figures in the table. */
  readonly figures: readonly string[];
  readonly cells: readonly Cell[];
  /** Runs of each cell; with `until`, the maximum. */
  readonly repeats: number;
  readonly until: Until | null;
  /** Numbers of runs; `asked` is null until `until` has decided. */
  readonly runs: { readonly asked: number | null; readonly finished: number };
  /** Which part this is, from 1; null for the whole. */
  readonly shard: Shard | null;
};

/** One point of the grid. */
export type Cell = {
  /** From 0, in the grid's order, without the points that constraints exclude. */
  readonly cell: number;
  /** By path, as in `--set`: `{ "config.suspicionMult": 4, "network.loss": "5%" }`. */
  readonly settings: Settings;
  /** The hash of the scenario with these settings. */
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
  /** The confidence of the interval: 0.95. */
  readonly confidence: number;
  /** The number of runs before the first check, and the maximum. */
  readonly min: number;
  readonly max: number;
};

/** The lengths of time that are measured in a run, by the names that expectations use. */
export const timeNames = [
  "firstSuspicion", "firstDetection", "fullDissemination", "convergence", "broadcastDelivery", "updateDissemination",
  "blocks.firstSuspicion", "blocks.firstDetection", "blocks.fullDissemination",
] as const;
export type TimeName = (typeof timeNames)[number];

/** The lengths of one kind in a run, in seconds: those that ended, and how long the censored ones were watched. */
export type Watched = { readonly seconds: readonly number[]; readonly censoredAfter?: readonly number[] };

/** The counts and averages of a run. */
export const countNames = [
  "falsePositives", "falsePositivesAtHealthy", "falsePositivesOfHealthy", "falsePositivesHealthyOfHealthy", "falsePositiveVictims", "falseDeathSeconds", "partitionEvictions",
  "suspicions", "refutations", "datagrams", "streams", "bytes", "healthMean", "healthMax", "agreement",
] as const;
export type CountName = (typeof countNames)[number];

/** One run of one cell: a pure function of (scenario, cell, repetition). A line of runs.ndjson, with its keys in this order. */
export type Row = {
  readonly cell: number;
  /** From 0. */
  readonly repetition: number;
  /** 16 hexadecimal digits that change if any step of the run does. */
  readonly traceHash: string;
  /** Steps of the engine. */
  readonly events: number;
  /** Seconds during which members ran, summed over members. */
  readonly memberSeconds: number;
  /** `agreement`: the share of running members whose view was true, averaged over the run. */
  readonly counts: Readonly<Record<CountName, number>>;
  /** Only the kinds that have observations. */
  readonly times: { readonly [name in TimeName]?: Watched };
};

/** A figure of a cell, and how precisely it is known. */
export type Estimate = {
  /** Null if it could not be measured, or too much was censored. In seconds, shares, or the figure's own unit. */
  readonly value: number | null;
  /** The ends of the interval; null where the data set no bound. */
  readonly low: number | null;
  readonly high: number | null;
  /** For lengths, how many were watched, censored ones included; otherwise, runs. */
  readonly n: number;
  readonly censored: number;
};

/** The figures of a cell. Their names are those of `figureNames` that were measured in any cell, and the same in all cells. */
export type CellSummary = Cell & {
  readonly runs: number;
  readonly memberHours: number;
  /** How precise the figure of `until` is, and whether that suffices; null without `until`. */
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

/** Every figure of a cell: the same names as in expectations and in the report's `metrics`. Counts are totals over all runs of the cell. */
export const figureNames: readonly string[] = [...timeNames.flatMap((time) => quantileNames.map((quantile) => `${time}.${quantile}`)), ...rateNames];
