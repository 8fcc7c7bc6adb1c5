/**
 * What the search for bugs costs: `node --import tsx bench/measure-trust.ts worlds 120` plays this many worlds of the swarm, `moves` explores a small world completely. Prints one
 * line of JSON.
 */

import { readFileSync } from "node:fs";
import { showWorld } from "../sim/cli/swarm/world.ts";
import { explore } from "../sim/explore/explore.ts";
import { readSmallWorld } from "../sim/explore/read.ts";
import { calibrationMilliseconds, cpuMilliseconds } from "./calibration.ts";

/** The CPU time of one world or move, in milliseconds, and as a multiple of the calibration loop's before and after. */
export type TrustMeasurement = { readonly milliseconds: number; readonly ratio: number };

/** Played before the measured ones, so that the code is compiled. */
const WARM_UP = 20;

/** Worlds as in a batch: each is drawn, played with coverage, and judged by the whole jury. */
function worlds(count: number): () => number {
  const play = (number: number): void => void showWorld({ seed: "bench", from: 0, isSmall: false }, number);
  for (let number = 0; number < WARM_UP; number++) play(number);
  return () => {
    for (let number = WARM_UP; number < WARM_UP + count; number++) play(number);
    return count;
  };
}

/** Everything that can happen to three members of which one says goodbye while a message is lost; first without the loss, as a warm-up. */
function moves(): () => number {
  const read = readSmallWorld(readFileSync(new URL("../worlds/farewell.yaml", import.meta.url), "utf8"), "farewell");
  if (!read.ok) throw new Error(read.errors.map(({ message }) => message).join("\n"));
  const { world } = read;
  explore({ ...world, losses: 0 });
  return () => explore(world).moves;
}

function measure(work: () => number): TrustMeasurement {
  const before = calibrationMilliseconds();
  let count = 1;
  const taken = cpuMilliseconds(() => (count = work()));
  const milliseconds = taken / count;
  return { milliseconds, ratio: (2 * milliseconds) / (before + calibrationMilliseconds()) };
}

const [what = "worlds", count = "150"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(measure(what === "moves" ? moves() : worlds(Number(count))))}\n`);
