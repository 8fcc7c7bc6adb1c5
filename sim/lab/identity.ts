/** Identifies the runs of a sweep: a hash that changes if any run could have a different result. */

import { foldText } from "../../engine/index.ts";
import { playRun } from "../run.ts";
import { compileScenario } from "../scenario/index.ts";
import type { Sweep } from "./plan.ts";
import { rowOf } from "./row.ts";

/** A few members that meet many kinds of faults: the result changes with the engine, the world and the measures. */
const CANARY = `
seed: canary
duration: 20s
members: 10
config: { suspicionMult: 2, syncEvery: 5s }
network: { latency: { lognormal: { median: 2ms, sigma: 0.5 } }, loss: 5%, duplicate: 1% }
timeline:
  - { at: 1s, crash: 1 }
  - { at: 3s, block: 2, for: 4s }
  - { at: 8s, partition: [50%, rest], for: 5s }
  - { at: 15s, broadcast: { members: 1, payload: canary } }
`;

/** Without the number of runs: a sweep that wants more of them continues with those it has. */
export function identityOf({ seed, common, source, cells }: Sweep): string {
  let [high, low] = [0x6a09e667, 0x3c6ef372];
  for (const text of [seed, String(common), source, JSON.stringify(cells), canary()]) [high, low] = [foldText(high, text), foldText(low, text)];
  return hexadecimal(high) + hexadecimal(low);
}

function canary(): string {
  const compiled = compileScenario(CANARY, { file: "canary" });
  if (!compiled.ok) throw new RangeError(`the canary is no scenario: ${compiled.errors[0]?.message ?? ""}`);
  return JSON.stringify(rowOf(0, playRun(compiled.scenario, 0)));
}

const hexadecimal = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");
