/** Identifies results: a hash that changes if any run could have a different result. */

import { foldText, milliseconds, presets, seconds } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { atMoment, type Group, nearby, scenarioOf } from "../experiments/group.ts";
import { experiments } from "../experiments/index.ts";
import type { Cell, Experiment, Extent } from "../model/experiment.ts";

const extents: readonly Extent[] = ["subset", "full"];

/**
 * Changes with the seed; with the configurations and grids of the experiments, whichever of them are played; with every step of a run of a small group,
 * that is, with the engine and the world; and with the result of a run of each experiment's lightest cell, that is, with how it is measured.
 */
export function identityOf(seed: string): string {
  let [high, low] = [0x6a09e667, 0x3c6ef372];
  const fold = (text: string): void => void ([high, low] = [foldText(high, text), foldText(low, text)]);
  fold(seed);
  for (const experiment of experiments) {
    for (const extent of extents) for (const { name, chance, setting } of experiment.cells(extent)) fold(`${experiment.name}/${name}/${chance}/${JSON.stringify(setting)}`);
    fold(JSON.stringify(lightest(experiment).play("canary", 0)));
  }
  fold(canary());
  return hexadecimal(high) + hexadecimal(low);
}

function lightest({ cells }: Experiment): Cell {
  const [first] = cells("subset").toSorted((one, other) => one.weight - other.weight);
  if (first === undefined) throw new RangeError("an experiment has cells");
  return first;
}

const hexadecimal = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");

const SECOND = 1_000_000;

/** The trace of a few members to which everything happens that the experiments use. */
function canary(): string {
  const everybody = { kind: "all" } as const;
  const group: Group = {
    members: 12, present: 11, config: { ...presets.lifeguard, suspicionMult: 1, syncEvery: seconds(5), gossipEvery: milliseconds(200) },
    lasts: seconds(20), latency: nearby, loss: 0.05,
    timeline: [
      atMoment(2 * SECOND, { kind: "join", members: everybody }),
      atMoment(3 * SECOND, { kind: "block", members: { kind: "count", count: 3, among: everybody } }),
      atMoment(9 * SECOND, { kind: "unblock", members: { kind: "same", as: 1, end: null } }),
      atMoment(12 * SECOND, { kind: "crash", members: { kind: "count", count: 1, among: everybody } }),
    ],
  };
  return playRun(scenarioOf(group, "canary", "canary"), 0).traceHash;
}
