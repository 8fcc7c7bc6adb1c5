/** The figures of workload W(N): how the runs of `workload-runs.ts` are measured, and their budgets. */

import { oneCoreFor } from "../sim/cli/memory.ts";
import { CALIBRATION } from "./calibration.ts";
import type { Measurement } from "./measure-workload.ts";
import { assertSameRun, type Figure, type Run, shared } from "./report/figure.ts";
import { measureScale } from "./scale/run.ts";
import {
  all1024, born100k, join1024, join2048, lossy1024, lossy2048, parted1024, settled100k, settled1k, w1024, w128, w16384, w2048, w4096, w8192, type Known,
} from "./workload-runs.ts";

/** Measures runs in a process of their own, in turn, with the memory that the command gives a worker which plays the largest of them. Throws if one of them has another trace than when its budget was written. */
function played(run: Run, runs: readonly Known[], rounds: number): readonly Measurement[] {
  const works = JSON.stringify(runs.map(({ work }) => work));
  const options = oneCoreFor(Math.max(...runs.map(({ work }) => work.members)));
  const measurements = JSON.parse(run(["node", ...options, "--import", "tsx", "bench/measure-workload.ts", works, String(rounds)])) as readonly Measurement[];
  runs.forEach(({ name, traceHash }, index) => assertSameRun(name, traceHash, measurements[index]?.traceHash ?? "none"));
  return measurements;
}

function playedOne(run: Run, one: Known, rounds: number): Measurement {
  const [measurement] = played(run, [one], rounds);
  if (measurement === undefined) throw new Error(`${one.name} was not measured`);
  return measurement;
}

/** The least of the rounds. `held`: the limit if it differs from the budget, in calibration loops. */
const costFigure = (one: Known, budget: number, rounds: number, held?: number): Figure => ({
  name: one.name,
  unit: "CPU ms / simulated s",
  budget,
  budgetRatio: budget / CALIBRATION,
  ...(held === undefined ? {} : { held }),
  measure: (run) => {
    const { cpuPerSimulatedSecond, ratio, traceHash } = playedOne(run, one, rounds);
    return { value: cpuPerSimulatedSecond, ratio, traceHash };
  },
});

/** The cost of a second of a settled group, without its start: the median of all seconds. */
function settledLoops({ name, work, traceHash }: Known): number {
  const measurement = measureScale({ settled: work }, work.members);
  assertSameRun(name, traceHash, measurement.traceHash);
  return measurement.loopsPerSimulatedSecond;
}

/** Infinity for an empty list. */
export const medianOf = (values: readonly number[]): number => values.toSorted((less, more) => less - more)[Math.floor(values.length / 2)] ?? Infinity;

/** The cost of a member's second in the larger group as a multiple of that in the smaller: both played in turn, and the median of the rounds. */
function costRatio(run: Run, small: Known, large: Known): number {
  const [one, other] = played(run, [small, large], 3);
  return medianOf((one?.rounds ?? []).map((cost, round) => (other?.rounds[round] ?? Infinity) / large.work.members / (cost / small.work.members)));
}

/** An amount of memory, or a ratio: judged in its unit. */
const plainFigure = (name: string, unit: string, budget: number, measure: Figure["measure"]): Figure => ({ name, unit, budget, budgetRatio: null, measure });

const onDemand = (figure: Figure): Figure => ({ ...figure, onDemand: true });

/** The memory of the whole process. */
function residentOf(run: Run, one: Known): { readonly value: number; readonly ratio: null; readonly traceHash: string } {
  const { residentMebibytes, traceHash } = playedOne(run, one, 1);
  return { value: residentMebibytes, ratio: null, traceHash };
}

/** The memory per member, without the program itself. */
function bytesPerMember(run: Run, one: Known): { readonly value: number; readonly ratio: null; readonly traceHash: string } {
  const { residentMebibytes, emptyMebibytes, traceHash } = playedOne(run, one, 1);
  return { value: ((residentMebibytes - emptyMebibytes) * 2 ** 20) / one.work.members, ratio: null, traceHash };
}

/** Takes minutes, and gives two figures. */
const longJoin = shared((run) => playedOne(run, join2048, 1));

/**
 * Enough rounds that the last are not faster than those before them: compiled code and V8's young generation need seconds to settle. Limits above the budget are about the worst of the complete
 * runs in `history.ndjson`, except on days when the machine ran 17 or 45 other processes.
 */
export const workloadFigures: readonly Figure[] = [
  costFigure(w128, 1, 12),
  costFigure(w1024, 3, 10, 4 / CALIBRATION),
  costFigure(w2048, 7, 8, 0.13),
  costFigure(w4096, 15, 6, 0.322),
  costFigure(w8192, 32, 4, 50 / CALIBRATION),
  costFigure(all1024, 7, 5),
  costFigure(parted1024, 40, 2),
  costFigure(lossy1024, 10, 2, 0.15),
  costFigure(lossy2048, 22, 5, 0.36),
  // No aim was stated for this one. It stands for the whole one below, which takes minutes.
  costFigure(join1024, 300, 1),
  onDemand({
    ...costFigure(join2048, 300, 1),
    measure: (run) => {
      const { cpuPerSimulatedSecond, ratio, traceHash } = longJoin(run, "cost");
      return { value: cpuPerSimulatedSecond, ratio, traceHash };
    },
  }),
  onDemand(plainFigure("2048 join through one seed: everybody knows everybody", "simulated s", 60, (run) => {
    const { agreedAfter, traceHash } = longJoin(run, "agreement");
    return { value: agreedAfter ?? Infinity, ratio: null, traceHash };
  })),
  plainFigure("W(8192), resident memory of a member", "bytes", 20_480, (run) => bytesPerMember(run, w8192)),
  plainFigure("W(16384) against W(1024), cost of a member-second", "times", 2, (run) => ({ value: costRatio(run, w1024, w16384), ratio: null, traceHash: w16384.traceHash })),
  plainFigure("W(16384), resident memory", "MiB", 1024, (run) => residentOf(run, w16384)),
  plainFigure("a settled group of 100,000 loads, resident memory", "MiB", 2048, (run) => residentOf(run, born100k)),
  // As fast as real time.
  {
    ...plainFigure(settled100k.name, "CPU ms / simulated s", 1_000, () => {
      const loops = settledLoops(settled100k);
      return { value: loops * CALIBRATION, ratio: loops, traceHash: settled100k.traceHash };
    }),
    budgetRatio: 1_000 / CALIBRATION,
  },
  onDemand(plainFigure("100,000 settled against 1,000, cost of a member-second", "times", 4, () =>
    ({ value: settledLoops(settled100k) / 100 / settledLoops(settled1k), ratio: null, traceHash: settled100k.traceHash }))),
];
