/** All figures that swimlab promises or aims at, each with its budget and how it is measured. */

import { CALIBRATION, calibrationWallMilliseconds, wallMilliseconds } from "./calibration.ts";
import { labFigures } from "./lab.ts";
import { liveFigures } from "./live-figures.ts";
import type { CodecMeasurement } from "./measure-codec.ts";
import type { MicroMeasurement } from "./measure-micro.ts";
import { type Micro, micros } from "./micro.ts";
import { ONE_CORE } from "./one-core.ts";
import { type Figure, shared } from "./report/figure.ts";
import { trustFigures } from "./trust.ts";
import { vizFigures } from "./viz/figures.ts";
import { workloadFigures } from "./workload-figures.ts";

/** Views of ten thousand and of a million members are between and beyond those of a thousand and a hundred thousand, and take long to build: `--check` leaves them out. */
const LARGE = /^view of (?:10000|1000000):/u;

const microFigure = ({ name, budget }: Micro): Figure => ({
  ...(LARGE.test(name) ? { onDemand: true } : {}),
  name,
  unit: "CPU ns",
  budget,
  budgetRatio: budget / CALIBRATION,
  measure: (run) => {
    const [measurement] = JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-micro.ts", name])) as readonly MicroMeasurement[];
    if (measurement === undefined) throw new Error(`${name} was not measured`);
    return { value: measurement.nanoseconds, ratio: measurement.ratio };
  },
});

const codec = shared((run) => JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-codec.ts"])) as CodecMeasurement);

/** The codec's cost for this much input, in milliseconds of CPU. */
const codecFigure = (name: string, budget: number, part: "encode" | "decode" | "costliest"): Figure => ({
  name,
  unit: "ms of CPU",
  budget,
  budgetRatio: budget / CALIBRATION,
  measure: (run) => {
    const { milliseconds, ratio } = codec(run, part)[part];
    return { value: milliseconds, ratio };
  },
});

/** Wall time of a command, in seconds, and as a multiple of the calibration loop's before and after it. */
const wallFigure = (name: string, command: readonly string[], budget: number): Figure => ({
  name,
  unit: "s of wall time",
  budget,
  budgetRatio: (budget * 1000) / CALIBRATION,
  measure: (run) => {
    const before = calibrationWallMilliseconds();
    const taken = wallMilliseconds(() => run(command));
    return { value: taken / 1000, ratio: (2 * taken) / (before + calibrationWallMilliseconds()) };
  },
});

const PURE = ["engine", "memberlist", "gossipod", "laws", "stories", "trace", "sim"] as const;

export const figures: readonly Figure[] = [
  ...workloadFigures,
  // 300,000 a second.
  codecFigure("encode 100,000 pings with 5 claims", 333, "encode"),
  codecFigure("decode 100,000 pings with 5 claims", 333, "decode"),
  // 50 µs a kilobyte; what comes out of decompression counts as well as what came in.
  codecFigure("decode a megabyte of the costliest bytes we know", 50, "costliest"),
  ...liveFigures,
  ...micros.map(microFigure),
  wallFigure("scenarios/partition.yaml, 20 runs", ["npm", "run", "-s", "sim", "--", "scenarios/partition.yaml", "--quiet"], 5),
  // Tests with real sockets, processes and browsers run in real time; these do not. Not in `--check`: CI has just run them.
  { ...wallFigure("the tests of the pure rooms", ["npx", "vitest", "run", ...PURE.map((room) => `test/${room}`)], 60), onDemand: true },
  ...trustFigures,
  ...labFigures,
  ...vizFigures,
];
