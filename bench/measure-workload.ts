/**
 * Workloads, measured in a process of their own: `node --import tsx bench/measure-workload.ts '[{"members":1024}]' 5` plays each five times, in turn,
 * and prints one line of JSON.
 */

import { playRun, type RunResult } from "../sim/index.ts";
import { calibrationMilliseconds, cpuMilliseconds, Rounds } from "./calibration.ts";
import { warmUp } from "./warm-up.ts";
import { SIMULATED_SECONDS, workload, type Workload } from "./workload.ts";

export type Measurement = {
  /** Milliseconds of CPU for each simulated second: the least of the rounds, because noise only ever adds. */
  readonly cpuPerSimulatedSecond: number;
  /** The same as a multiple of the calibration loop. */
  readonly ratio: number;
  /** Milliseconds of CPU for each simulated second, round by round. */
  readonly rounds: readonly number[];
  /** Of the whole process, after all rounds. */
  readonly residentMebibytes: number;
  /** Memory of the process before any member started: the program itself and the calibration's tables. */
  readonly emptyMebibytes: number;
  /** When all members last came to agree, in seconds since the origin; null if they never did. */
  readonly agreedAfter: number | null;
  readonly traceHash: string;
};

function measure(works: readonly Workload[], count: number): readonly Measurement[] {
  calibrationMilliseconds();
  if (works.some(({ simulatedSeconds = SIMULATED_SECONDS }) => simulatedSeconds > 1)) warmUp();
  const emptyMebibytes = process.memoryUsage.rss() / 2 ** 20;
  const taken = works.map(() => ({ rounds: new Rounds(), traceHash: "", agreedAfter: null as number | null }));
  for (let round = 0; round < count; round++) {
    works.forEach((work, index) => {
      const each = taken[index];
      if (each === undefined) return;
      const scenario = workload(work);
      const calibration = calibrationMilliseconds();
      each.rounds.add(calibration, cpuMilliseconds(() => Object.assign(each, outcome(playRun(scenario, 0)))) / (work.simulatedSeconds ?? SIMULATED_SECONDS));
    });
  }
  const residentMebibytes = process.memoryUsage.rss() / 2 ** 20;
  return taken.map(({ rounds, traceHash, agreedAfter }) => ({
    cpuPerSimulatedSecond: rounds.least, ratio: rounds.ratio, rounds: rounds.all, residentMebibytes, emptyMebibytes, traceHash, agreedAfter,
  }));
}

/** The outcome: the run's hash, and when all agreed after the last disruption. */
function outcome({ traceHash, disruptions }: RunResult): Pick<Measurement, "traceHash" | "agreedAfter"> {
  const last = disruptions.at(-1);
  const convergence = last?.convergence ?? null;
  return { traceHash, agreedAfter: last === undefined || convergence === null || !("seconds" in convergence) ? null : last.at + convergence.seconds };
}

const [request = "[]", count = "5"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(measure(JSON.parse(request) as readonly Workload[], Number(count)))}\n`);
