/** The figures that swimlab promises, how each is measured, and its budget. */

import type { Figure, Run } from "./figure.ts";
import type { CodecMeasurement } from "./measure-codec.ts";
import type { EchoMeasurement, Who } from "./measure-echo.ts";
import type { IdleMeasurement } from "./measure-idle.ts";
import type { RecorderMeasurement } from "./measure-recorder.ts";
import type { Measurement } from "./measure-workload.ts";
import type { MicroMeasurement } from "./measure-micro.ts";
import { type Micro, micros } from "./micro.ts";
import { measureScale } from "./scale/run.ts";
import { CALIBRATION, calibrationWallMilliseconds, wallMilliseconds } from "./calibration.ts";
import { labFigures } from "./lab.ts";
import { trustFigures } from "./trust.ts";
import { vizFigures } from "./viz/figures.ts";
import type { Workload } from "./workload.ts";

/** One core: so the collector of garbage gets no thread of its own. And a young generation as large as the command gives its workers, or nearly. */
const ONE_CORE = ["--single-threaded-gc", "--max-semi-space-size=64"];

/** In a process of their own, in turn. */
function measureWorkloads(run: Run, works: readonly Workload[], rounds = 5): readonly Measurement[] {
  return JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-workload.ts", JSON.stringify(works), String(rounds)])) as readonly Measurement[];
}

function measureWorkload(run: Run, work: Workload, rounds?: number): Measurement {
  const [measurement] = measureWorkloads(run, [work], rounds);
  if (measurement === undefined) throw new Error("the workload was not measured");
  return measurement;
}

const workloadFigure = (name: string, work: Workload, budget: number, rounds: number): Figure => ({
  name,
  unit: "CPU ms / simulated s",
  budget,
  ratioBudget: budget / CALIBRATION,
  measure: (run) => {
    const { cpuPerSimulatedSecond, ratio } = measureWorkload(run, work, rounds);
    return { value: cpuPerSimulatedSecond, ratio };
  },
});

/** What each member takes of the memory, the program itself left out. */
function bytesPerMember(run: Run, members: number): number {
  const { residentMebibytes, emptyMebibytes } = measureWorkload(run, { members }, 1);
  return ((residentMebibytes - emptyMebibytes) * 2 ** 20) / members;
}

/** What a second of a settled group costs, its births left out: the median of so many. */
const settledFigure = (members: number, budget: number): Figure => ({
  name: `${members} settled members`,
  unit: "CPU ms / simulated s",
  budget,
  ratioBudget: budget / CALIBRATION,
  measure: () => {
    const { loopsPerSimulatedSecond } = measureScale({ settled: { members, protocol: "swimlab", crash: false, simulatedSeconds: 7 } }, members);
    return { value: loopsPerSimulatedSecond * CALIBRATION, ratio: loopsPerSimulatedSecond };
  },
});

/** How many times as much a settled member's second costs in the larger group, each against the calibration loop. */
function settledRatio(small: number, large: number): number {
  const [one, other] = [small, large].map((members) => measureScale({ settled: { members, protocol: "swimlab", crash: false, simulatedSeconds: 7 } }, members).loopsPerSimulatedSecond / members);
  return (other ?? Infinity) / (one ?? 0);
}

const microFigure = ({ name, budget }: Micro): Figure => ({
  name,
  unit: "CPU ns",
  budget,
  ratioBudget: budget / CALIBRATION,
  measure: (run) => {
    const [measurement] = JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-micro.ts", name])) as readonly MicroMeasurement[];
    if (measurement === undefined) throw new Error(`${name} was not measured`);
    return { value: measurement.nanoseconds, ratio: measurement.ratio };
  },
});

/** Infinity of nothing. */
const medianOf = (values: readonly number[]): number => values.toSorted((less, more) => less - more)[Math.floor(values.length / 2)] ?? Infinity;

/** How many times as much a member's second costs in the larger group: both played in turn, and the median of the rounds. */
function costRatio(run: Run, small: number, large: number): number {
  const [one, other] = measureWorkloads(run, [{ members: small }, { members: large }], 5);
  return medianOf((one?.rounds ?? []).map((cost, round) => (other?.rounds[round] ?? Infinity) / large / (cost / small)));
}

/** Measured once for all its figures, and anew for whom asks a second time: the parts that nobody has asked for yet. */
const codec = new Map<string, CodecMeasurement["encode"]>();

function measureCodec(run: Run, part: "encode" | "decode" | "costliest"): CodecMeasurement["encode"] {
  if (!codec.has(part)) {
    const { encode, decode, costliest } = JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-codec.ts"])) as CodecMeasurement;
    Object.entries({ encode, decode, costliest }).forEach(([name, cost]) => codec.set(name, cost));
  }
  const { milliseconds, ratio } = codec.get(part) ?? { milliseconds: Infinity, ratio: Infinity };
  codec.delete(part);
  return { milliseconds, ratio };
}

/** What the codec takes for so much, in milliseconds of CPU. */
const codecFigure = (name: string, budget: number, part: "encode" | "decode" | "costliest"): Figure => ({
  name,
  unit: "ms of CPU",
  budget,
  ratioBudget: budget / CALIBRATION,
  measure: (run) => {
    const { milliseconds, ratio } = measureCodec(run, part);
    return { value: milliseconds, ratio };
  },
});

/** Wall time of a command, in seconds, and as a multiple of the calibration loop's before and after it. */
function wallFigure(name: string, command: readonly string[], budget: number): Figure {
  return {
    name,
    unit: "s of wall time",
    budget,
    ratioBudget: (budget * 1000) / CALIBRATION,
    measure: (run) => {
      const before = calibrationWallMilliseconds();
      const taken = wallMilliseconds(() => run(command));
      return { value: taken / 1000, ratio: (2 * taken) / (before + calibrationWallMilliseconds()) };
    },
  };
}

/** Measured once for both its figures. */
let answered: EchoMeasurement | undefined;

const measureEcho = (run: Run): EchoMeasurement => (answered ??= JSON.parse(run(["node", "--import", "tsx", "bench/measure-echo.ts", "9"])) as EchoMeasurement);

/** How many times as many answers a second the one gives as the other: both asked in turn, and the median of the rounds. */
function answersRatio(run: Run, more: Who, fewer: Who): number {
  const { [more]: some, [fewer]: others } = measureEcho(run);
  return medianOf(others.map(({ answersPerSecond }, round) => (some[round]?.answersPerSecond ?? Infinity) / answersPerSecond));
}

/** How many pings a second were meant for the member, against how many were sent: the median of the rounds. */
const askedRatio = (run: Run, meant: number): number => medianOf(measureEcho(run).member.map(({ pingsPerSecond }) => meant / pingsPerSecond));

/** How many times as much of a processor an answer of the one takes as of the other: the least of the rounds, because noise only adds, and between two of them it is half as much again. */
function costOfAnswersRatio(run: Run, dearer: Who, cheaper: Who): number {
  const measured = measureEcho(run);
  const least = (who: Who): number => measured[who].reduce((sofar, { each }) => Math.min(sofar, each), Infinity);
  return least(dearer) / least(cheaper);
}

/** Measured once for both its figures. */
let idle: IdleMeasurement | undefined;

/** What a member uses while nothing happens in its group. As it is published: the compiler that runs our sources takes 40 MiB by itself. */
const idleFigure = (name: string, unit: string, budget: number, part: "processor" | "residentMebibytes"): Figure => ({
  name,
  unit,
  budget,
  ratioBudget: null,
  measure: (run) => {
    if (idle === undefined) {
      run(["npx", "tsc", "-p", "bench/tsconfig.published.json"]);
      idle = JSON.parse(run(["node", "--import", "tsx", "bench/measure-idle.ts", "30"])) as IdleMeasurement;
    }
    return { value: idle[part], ratio: null };
  },
});

/** What the flight recorder takes, of the time of a member without its sockets. */
const recorderFigure: Figure = {
  name: "the flight recorder, of a member's time without its sockets",
  unit: "%",
  budget: 10,
  ratioBudget: null,
  measure: (run) => {
    const least = { alone: Infinity, recorded: Infinity };
    for (let turn = 0; turn < 3; turn++) {
      for (const mode of ["alone", "recorded"] as const) {
        const { each, keyFrame } = JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-recorder.ts", mode])) as RecorderMeasurement;
        least[mode] = Math.min(least[mode], each + keyFrame);
      }
    }
    return { value: (least.recorded / least.alone - 1) * 100, ratio: null };
  },
};

const PURE = ["engine", "memberlist", "gossipod", "laws", "stories", "trace", "sim"] as const;

function aim(figure: Figure): Figure {
  return { ...figure, isAim: true };
}

export const figures: readonly Figure[] = [
  workloadFigure("W(128)", { members: 128 }, 1, 20),
  workloadFigure("W(1024)", { members: 1024 }, 4, 12),
  aim(workloadFigure("W(2048)", { members: 2048 }, 7, 8)),
  aim(workloadFigure("W(4096)", { members: 4096 }, 15, 6)),
  workloadFigure("W(8192)", { members: 8192 }, 50, 5),
  workloadFigure("W(1024), all of swimlab", { members: 1024, protocol: "swimlab" }, 7, 8),
  aim(workloadFigure("W(1024) with 5 % loss", { members: 1024, loss: 0.05 }, 10, 5)),
  aim(workloadFigure("W(2048) with 5 % loss", { members: 2048, loss: 0.05 }, 22, 4)),
  aim(workloadFigure("2048 join through one seed, 90 s", { members: 2048, start: "cold", crash: false, simulatedSeconds: 90, protocol: "swimlab" }, 300, 2)),
  {
    isAim: true,
    name: "2048 join through one seed: everybody knows everybody",
    unit: "simulated s",
    budget: 60,
    ratioBudget: null,
    measure: (run) => ({ value: measureWorkload(run, { members: 2048, start: "cold", crash: false, simulatedSeconds: 90, protocol: "swimlab" }, 1).agreedAfter ?? Infinity, ratio: null }),
  },
  {
    name: "W(8192), resident memory of a member",
    unit: "bytes",
    budget: 20_480,
    ratioBudget: null,
    measure: (run) => ({ value: bytesPerMember(run, 8192), ratio: null }),
  },
  {
    name: "W(16384) against W(1024), cost of a member-second",
    unit: "times",
    budget: 2,
    ratioBudget: null,
    measure: (run) => ({ value: costRatio(run, 1024, 16_384), ratio: null }),
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
  // As fast as time itself.
  aim(settledFigure(100_000, 1_000)),
  aim({ name: "100,000 settled against 1,000, cost of a member-second", unit: "times", budget: 4, ratioBudget: null, measure: () => ({ value: settledRatio(1_000, 100_000), ratio: null }) }),
  // 300,000 a second.
  codecFigure("encode 100,000 pings with 5 claims", 333, "encode"),
  codecFigure("decode 100,000 pings with 5 claims", 333, "decode"),
  // 50 µs a kilobyte; what comes out of something compressed counts with what came in.
  codecFigure("decode a megabyte of the costliest bytes we know", 50, "costliest"),
  {
    isAim: true,
    name: "a bare echo's answers to 50,000 pings/s, against a member's",
    unit: "times",
    // A member answers 70 % of what an echo does, at least.
    budget: 1 / 0.7,
    ratioBudget: null,
    measure: (run) => ({ value: answersRatio(run, "echo", "member"), ratio: null }),
  },
  // Otherwise the figure before says little.
  aim({ name: "50,000 pings/s, against those that a member was sent", unit: "times", budget: 1.1, ratioBudget: null, measure: (run) => ({ value: askedRatio(run, 50_000), ratio: null }) }),
  {
    isAim: true,
    name: "the flight recorder, of a live member's time",
    unit: "%",
    budget: 10,
    ratioBudget: null,
    measure: (run) => ({ value: (costOfAnswersRatio(run, "recorded", "member") - 1) * 100, ratio: null }),
  },
  // A share of a core, which on a slow day of the machine is more: no ratio to a calibration loop says so yet.
  aim(idleFigure("an idle member among 1,000, of a core", "% of CPU", 0.5, "processor")),
  idleFigure("an idle member among 1,000, resident memory", "MiB", 80, "residentMebibytes"),
  aim(recorderFigure),
  ...micros.map(microFigure).map(aim),
  wallFigure("scenarios/partition.yaml, 20 runs", ["npm", "run", "-s", "sim", "--", "scenarios/partition.yaml", "--quiet"], 5),
  // Tests with real sockets, processes and browsers live in real time; these do not.
  // Not in `--check`, where they would be run a second time: CI has just done so.
  aim(wallFigure("the tests of the pure rooms", ["npx", "vitest", "run", ...PURE.map((room) => `test/${room}`)], 60)),
  ...trustFigures,
  ...labFigures,
  ...vizFigures,
];
