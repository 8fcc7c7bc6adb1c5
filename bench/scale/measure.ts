/**
 * Measures a large group in a process of its own: `node --import tsx bench/scale/measure.ts '{"file":"scenarios/scale/crash-10k.yaml"}'` plays it second by second and
 * prints one line of JSON. The calibration loop runs between any two seconds, to compensate for other work on the machine during these minutes.
 */

import { readFileSync } from "node:fs";
import { instant, tellLimit, suspectFor } from "../../engine/index.ts";
import { compileScenario, scenarioHash } from "../../sim/scenario/index.ts";
import { type RunResult, type Scenario, summarise, World } from "../../sim/index.ts";
import { calibrationMilliseconds, cpuMilliseconds } from "../calibration.ts";
import { warmUp } from "../warm-up.ts";
import { workload, type Workload } from "../workload.ts";

/** A scenario's file, or a group in which nothing happens. */
export type Subject = { readonly file: string } | { readonly settled: Workload };

export type ScaleMeasurement = {
  readonly members: number;
  readonly simulatedSeconds: number;
  /** CPU time, including the start of all members. */
  readonly seconds: number;
  /** The same in calibration loops, each second by the loop that ran before it. */
  readonly loops: number;
  readonly birthLoops: number;
  /** The median of all seconds. */
  readonly loopsPerSimulatedSecond: number;
  /** Peak resident memory. */
  readonly mebibytes: number;
  readonly events: number;
  readonly datagrams: number;
  readonly traceHash: string;
  readonly scenarioHash: string;
  readonly verdict: string;
  readonly crashes: number;
  /** Seconds after the crashes, for the last of several. Null if there was none, or it did not happen. */
  readonly suspected: number | null;
  readonly declared: number | null;
  readonly known: number | null;
  readonly falsePositives: number;
  /** From the last disruption until all agree. */
  readonly converged: number | null;
  /** From theory: the shortest suspicion, in seconds, and how often a claim is told. */
  readonly suspicionLasts: number;
  readonly told: number;
};

/** Microseconds to a simulated second. */
const SECOND = 1_000_000;

function scenarioOf(subject: Subject): Scenario {
  if ("settled" in subject) return workload(subject.settled);
  const compiled = compileScenario(readFileSync(subject.file, "utf8"), { file: subject.file });
  if (!compiled.ok) throw new Error(compiled.errors.map(({ message }) => message).join("\n"));
  return compiled.scenario;
}

function measure(subject: Subject): ScaleMeasurement {
  const scenario = scenarioOf(subject);
  const members = scenario.members.length;
  const simulatedSeconds = scenario.duration / SECOND;
  warmUp("swimlab");
  // The first is slower, because it is not compiled yet.
  calibrationMilliseconds();
  const birthCalibration = calibrationMilliseconds();
  let world: World | undefined;
  const birth = cpuMilliseconds(() => (world = new World(scenario, 0)).begin());
  const played: { readonly cpu: number; readonly loops: number }[] = [];
  for (let second = 1; second <= simulatedSeconds; second++) {
    const calibration = calibrationMilliseconds();
    const cpu = cpuMilliseconds(() => world?.playTo(instant(second * SECOND)));
    played.push({ cpu, loops: cpu / calibration });
    process.stderr.write(`${second} s: ${Math.round(cpu)} ms of CPU, ${(cpu / calibration).toFixed(1)} loops, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB\n`);
  }
  const result = world?.play();
  if (result === undefined) throw new Error("nothing was played");
  return {
    members, simulatedSeconds,
    seconds: (birth + sum(played.map(({ cpu }) => cpu))) / 1000,
    loops: birth / birthCalibration + sum(played.map(({ loops }) => loops)),
    birthLoops: birth / birthCalibration,
    loopsPerSimulatedSecond: median(played.map(({ loops }) => loops)),
    mebibytes: process.resourceUsage().maxRSS / 1024,
    ...outcome(scenario, result),
    suspicionLasts: suspectFor(scenario.config, members) / SECOND,
    told: tellLimit(scenario.config, members),
  };
}

type Outcome = Omit<ScaleMeasurement, "members" | "simulatedSeconds" | "seconds" | "loops" | "birthLoops" | "loopsPerSimulatedSecond" | "mebibytes" | "suspicionLasts" | "told">;

function outcome(scenario: Scenario, result: RunResult): Outcome {
  const { crashes, disruptions, events, traceHash, load, falsePositives } = result;
  const hash = scenarioHash(scenario);
  return {
    events, traceHash, scenarioHash: hash, datagrams: load.datagrams, crashes: crashes.length,
    verdict: summarise(scenario, hash, [result]).verdict,
    suspected: last(crashes.map(({ firstSuspicion }) => firstSuspicion)),
    declared: last(crashes.map(({ firstDetection }) => firstDetection)),
    known: last(crashes.map(({ fullDissemination }) => fullDissemination)),
    falsePositives: falsePositives.count,
    converged: last(disruptions.slice(-1).flatMap(({ convergence }) => convergence ?? [])),
  };
}

/** The latest of them; null if there is none, or one was censored. */
function last(observations: readonly ({ readonly seconds: number } | { readonly censoredAfter: number })[]): number | null {
  const seconds = observations.map((observation) => ("seconds" in observation ? observation.seconds : Infinity));
  const most = Math.max(...seconds, -Infinity);
  return Number.isFinite(most) ? most : null;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const median = (numbers: readonly number[]): number => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

process.stdout.write(`${JSON.stringify(measure(JSON.parse(process.argv[2] ?? "{}") as Subject))}\n`);
