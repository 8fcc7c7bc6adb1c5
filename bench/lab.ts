/** The laboratory's figures: sweeps and merges as users start them, measured when somebody asks, because they take minutes. */

import { CALIBRATION, calibrationWallMilliseconds, wallMilliseconds } from "./calibration.ts";
import type { Figure, Run } from "./report/figure.ts";
import type { MergeMeasurement } from "./measure-merge.ts";

const ROWS = 1_000_000;
const SHARDS = 8;

/** Measured once for both its figures. */
let merge: MergeMeasurement | undefined;

function measureMerge(run: Run): MergeMeasurement {
  merge ??= JSON.parse(run(["node", "--import", "tsx", "bench/measure-merge.ts", String(ROWS), String(SHARDS)])) as MergeMeasurement;
  return merge;
}

/** 64 cells of this many runs each: a tenth of the sweep that is promised, whose cost is that of its runs. */
const TENTH = 5;
/** And a half: in a short sweep it shows that workers have to start and to warm up, as each does for itself. */
const HALF = 25;

/** The sweep, so often each cell, by so many workers: milliseconds of wall time, the start and the report among them. */
const sweepMilliseconds = (run: Run, repeats: number, jobs: number): number => wallMilliseconds(() => {
  run(["npm", "run", "-s", "sim", "--", "sweep", "bench/sweep.yaml", "--repeats", String(repeats), "--jobs", String(jobs), "--out", freshFolder(), "--quiet"]);
});

let folders = 0;
/** A sweep goes on where it was: each measurement wants a folder of its own. */
const freshFolder = (): string => `out/bench/sweep-${process.pid}-${++folders}`;

export const labFigures: readonly Figure[] = [
  {
    onDemand: true,
    name: "merge of a million rows, 8 shards",
    unit: "s of wall time",
    budget: 20,
    budgetRatio: (20 * 1000) / CALIBRATION,
    measure: (run) => {
      const { wallSeconds, wallRatio } = measureMerge(run);
      return { value: wallSeconds, ratio: wallRatio };
    },
  },
  {
    onDemand: true,
    name: "merge of a million rows, resident memory",
    unit: "MiB",
    budget: 1024,
    budgetRatio: null,
    measure: (run) => ({ value: measureMerge(run).mebibytes, ratio: null }),
  },
  {
    onDemand: true,
    name: "a tenth of 64 cells × 50 seeds × 128 members × 120 s",
    unit: "s of wall time",
    budget: 36,
    budgetRatio: (36 * 1000) / CALIBRATION,
    measure: (run) => {
      const before = calibrationWallMilliseconds();
      const taken = sweepMilliseconds(run, TENTH, 2);
      return { value: taken / 1000, ratio: (2 * taken) / (before + calibrationWallMilliseconds()) };
    },
  },
  {
    onDemand: true,
    isFloor: true,
    name: "a half of that sweep: two workers against one",
    unit: "times as fast",
    budget: 1.9,
    budgetRatio: null,
    measure: (run) => ({ value: sweepMilliseconds(run, HALF, 1) / sweepMilliseconds(run, HALF, 2), ratio: null }),
  },
];
