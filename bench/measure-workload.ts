/** One workload, measured in a process of its own: `node --expose-gc --import tsx bench/measure-workload.ts '{"members":1024}'` prints one line of JSON. */

import { playRun } from "../sim/index.ts";
import { calibrate, cpuMilliseconds } from "./calibration.ts";
import { SIMULATED_SECONDS, workload, type Workload } from "./workload.ts";

export type Measurement = {
  /** Milliseconds of CPU for each simulated second: the least of the rounds, because noise only ever adds. */
  readonly cpuPerSimulatedSecond: number;
  /** Milliseconds of CPU that one calibration loop takes in this process. */
  readonly calibration: number;
  readonly residentMebibytes: number;
  readonly events: number;
  readonly traceHash: string;
};

/** A round before those that count, so that the compiler has seen everything: large enough to be typical, small enough to be quick. */
const WARM_UP: Workload = { members: 512 };

function measure(work: Workload, rounds: number): Measurement {
  const calibration = calibrate();
  const seconds = work.simulatedSeconds ?? SIMULATED_SECONDS;
  if (seconds > 1) for (let i = 0; i < 3; i++) playRun(workload(WARM_UP), 0);
  let least = Infinity;
  let result = null;
  for (let round = 0; round < rounds; round++) {
    const scenario = workload(work);
    const taken = cpuMilliseconds(() => { result = playRun(scenario, 0); }) / seconds;
    least = Math.min(least, taken);
  }
  const { events, traceHash } = result ?? playRun(workload(work), 0);
  return { cpuPerSimulatedSecond: least, calibration, residentMebibytes: process.memoryUsage.rss() / 2 ** 20, events, traceHash };
}

const [request = "{}", rounds = "3"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(measure(JSON.parse(request) as Workload, Number(rounds)))}\n`);
