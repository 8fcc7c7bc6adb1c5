/** The laboratory's figures: sweeps and merges as users start them, measured only on request, because they take minutes. */

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

/** Runs of each of 64 cells: a tenth of the promised sweep, whose cost is that of its runs. */
const TENTH = 5;
/** Half of the promised sweep: a short sweep would mainly show that each worker has to start and to warm up. */
const HALF = 25;

/** The wall time of the sweep with this many repetitions of each cell and this many workers, in milliseconds, start and report included. */
const sweepMilliseconds = (run: Run, repeats: number, jobs: number): number => wallMilliseconds(() => {
  run(["npm", "run", "-s", "sim", "--", "sweep", "bench/sweep.yaml", "--repeats", String(repeats), "--jobs", String(jobs), "--out", freshFolder(), "--quiet"]);
});

let folders = 0;
/** A sweep resumes where it was: each measurement needs a folder of its own. */
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
