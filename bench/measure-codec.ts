/** Measures the codec in a process of its own: `node --import tsx bench/measure-codec.ts` prints one line of JSON. */

import { decode, decodeStream, encode } from "../engine/index.ts";
import { calibrationMilliseconds, cpuMilliseconds, Rounds } from "./calibration.ts";
import { costly, pingWithFiveClaims, somewhere, type Costly } from "./codec.ts";

/** Milliseconds of CPU, and the same as a multiple of the calibration loop. */
type Cost = { readonly milliseconds: number; readonly ratio: number };
export type CodecMeasurement = {
  /** A hundred thousand pings with five claims. */
  readonly encode: Cost;
  readonly decode: Cost;
  /** A thousand kilobytes of the most expensive bytes. */
  readonly costliest: Cost & { readonly name: string };
  /** The cost of all of them, for people, in microseconds per kilobyte. */
  readonly perKilobyte: Readonly<Record<string, number>>;
};

const PINGS = 100_000;
const ROUNDS = 7;
const KILOBYTES = 1_000;

/** The least of several rounds: noise only ever adds. */
function least(times: number, work: () => unknown): Cost {
  const rounds = new Rounds();
  for (let round = 0; round < ROUNDS; round++) {
    rounds.add(calibrationMilliseconds(), cpuMilliseconds(() => {
      for (let k = 0; k < times; k++) work();
    }));
  }
  return { milliseconds: rounds.least, ratio: rounds.ratio };
}

const reading = ({ over, bytes }: Costly): (() => unknown) => (over === "datagram" ? () => decode(bytes, somewhere) : () => decodeStream(bytes, somewhere));

/** How many times these bytes must be read to reach a thousand kilobytes. */
const timesFor = ({ read }: Costly): number => Math.ceil((KILOBYTES * 1_000) / read);
const shareFor = (each: Costly): number => (KILOBYTES * 1_000) / (timesFor(each) * each.read);

/** Measures each once and quickly, to find the most expensive one; then that one precisely. */
function measureCostly(): Pick<CodecMeasurement, "costliest" | "perKilobyte"> {
  const once = costly.map((each) => {
    const work = reading(each);
    for (let k = 0; k < timesFor(each) / 4; k++) work();
    const taken = [0, 1, 2].map(() => cpuMilliseconds(() => {
      for (let k = 0; k < timesFor(each); k++) work();
    }));
    return { each, milliseconds: shareFor(each) * Math.min(...taken) };
  });
  const [first] = once.toSorted((one, other) => other.milliseconds - one.milliseconds);
  if (first === undefined) throw new Error("nothing was measured");
  const perKilobyte = Object.fromEntries(once.map(({ each: { name }, milliseconds }) => [name, milliseconds]));
  const { milliseconds, ratio } = least(timesFor(first.each), reading(first.each));
  const share = shareFor(first.each);
  return { costliest: { name: first.each.name, milliseconds: share * milliseconds, ratio: share * ratio }, perKilobyte };
}

const written = encode(pingWithFiveClaims);
const measurement: CodecMeasurement = {
  encode: least(PINGS, () => encode(pingWithFiveClaims)),
  decode: least(PINGS, () => decode(written, somewhere)),
  ...measureCostly(),
};
process.stdout.write(`${JSON.stringify(measurement)}\n`);
