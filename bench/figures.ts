/** The figures that swimlab promises, how each is measured, and its budget. */

import type { Measurement } from "./measure-workload.ts";
import { calibrate } from "./calibration.ts";
import type { Workload } from "./workload.ts";

/** Runs a command and returns what it printed. */
export type Run = (command: readonly string[]) => string;

export type Figure = {
  readonly name: string;
  readonly unit: string;
  /** In the unit, on a machine like the one of docs/performance.md. */
  readonly budget: number;
  /** As a multiple of the calibration loop: what `--check` holds. Null for what is no time of computation. */
  readonly ratioBudget: number | null;
  readonly measure: (run: Run) => { readonly value: number; readonly ratio: number | null };
};

/** What the calibration loop took on the machine for which the budgets were written, in milliseconds of CPU. */
const CALIBRATION = 50;

function measureWorkload(run: Run, work: Workload, rounds = 3): Measurement {
  return JSON.parse(run(["node", "--expose-gc", "--import", "tsx", "bench/measure-workload.ts", JSON.stringify(work), String(rounds)])) as Measurement;
}

function workloadFigure(members: number, budget: number): Figure {
  return {
    name: `W(${members})`,
    unit: "CPU ms / simulated s",
    budget,
    ratioBudget: budget / CALIBRATION,
    measure: (run) => {
      const { cpuPerSimulatedSecond, calibration } = measureWorkload(run, { members });
      return { value: cpuPerSimulatedSecond, ratio: cpuPerSimulatedSecond / calibration };
    },
  };
}

const perMember = (run: Run, members: number): number => {
  const { cpuPerSimulatedSecond, calibration } = measureWorkload(run, { members }, 2);
  return cpuPerSimulatedSecond / members / calibration;
};

/** Wall time of a command, as seconds and as a multiple of one second's worth of calibration loops. */
function wallFigure(name: string, command: readonly string[], budget: number): Figure {
  return {
    name,
    unit: "s of wall time",
    budget,
    ratioBudget: (budget * 1000) / CALIBRATION,
    measure: (run) => {
      const before = process.hrtime.bigint();
      run(command);
      const seconds = Number(process.hrtime.bigint() - before) / 1e9;
      return { value: seconds, ratio: (seconds * 1000) / calibrate() };
    },
  };
}

export const figures: readonly Figure[] = [
  workloadFigure(128, 1),
  workloadFigure(1024, 5),
  workloadFigure(8192, 60),
  {
    name: "W(16384) against W(1024), cost of a member-second",
    unit: "times",
    budget: 2,
    ratioBudget: null,
    measure: (run) => ({ value: perMember(run, 16_384) / perMember(run, 1024), ratio: null }),
  },
  {
    name: "W(16384), resident memory",
    unit: "MiB",
    budget: 1024,
    ratioBudget: null,
    measure: (run) => ({ value: measureWorkload(run, { members: 16_384 }, 1).residentMebibytes, ratio: null }),
  },
  {
    name: "a settled group of 100,000 loads, resident memory",
    unit: "MiB",
    budget: 2048,
    ratioBudget: null,
    measure: (run) => ({ value: measureWorkload(run, { members: 100_000, simulatedSeconds: 1, crash: false }, 1).residentMebibytes, ratio: null }),
  },
  wallFigure("scenarios/partition.yaml, 20 runs", ["npm", "run", "-s", "sim", "--", "scenarios/partition.yaml", "--quiet"], 5),
  wallFigure("npm test", ["npm", "test"], 60),
];
