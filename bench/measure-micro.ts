/** Times small operations in a process of their own: `node --import tsx bench/measure-micro.ts NAME…` prints one line of JSON. */

import { calibrationMilliseconds, cpuMilliseconds, Rounds } from "./calibration.ts";
import { micros } from "./micro.ts";

export type MicroMeasurement = {
  readonly name: string;
  /** Per operation: the least of the rounds, because noise only ever adds. */
  readonly nanoseconds: number;
  /** A million operations as a multiple of the calibration loop. */
  readonly ratio: number;
};

const ROUNDS = 3;
/** The least length of a round. */
const MILLISECONDS = 25;

function measure(name: string): MicroMeasurement {
  const micro = micros.find((one) => one.name === name);
  if (micro === undefined) throw new RangeError(`nothing small is named ${name}`);
  const work = micro.make();
  let times = 64;
  while (cpuMilliseconds(() => work(times)) < MILLISECONDS) times *= 2;
  const rounds = new Rounds();
  for (let round = 0; round < ROUNDS; round++) rounds.add(calibrationMilliseconds(), (cpuMilliseconds(() => work(times)) * 1e6) / times);
  return { name, nanoseconds: rounds.least, ratio: rounds.ratio };
}

calibrationMilliseconds();
process.stdout.write(`${JSON.stringify(process.argv.slice(2).map(measure))}\n`);
