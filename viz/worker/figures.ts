/** The figures of one finished run, for two runs side by side: few, and named as in reports. */

import type { Observation, RunResult } from "../../sim/index.ts";
import type { Figure } from "../model/run.ts";

export function figuresOf(result: RunResult): readonly Figure[] {
  const { falsePositives, load } = result;
  return [
    count("false positives", falsePositives.count),
    count("their victims", falsePositives.victims),
    seconds("seconds of false death", falsePositives.falseDeathSeconds),
    count("evictions by partition", result.partitionEvictions),
    count("suspicions", result.suspicions),
    count("refutations", result.refutations),
    longest("first detection, longest", result.crashes.map(({ firstDetection }) => firstDetection)),
    longest("full dissemination, longest", result.crashes.map(({ fullDissemination }) => fullDissemination)),
    longest("convergence, longest", result.disruptions.flatMap(({ convergence }) => convergence ?? [])),
    number("datagrams per member-second", load.datagrams / result.memberSeconds),
    number("bytes per member-second", load.bytes / result.memberSeconds),
    number("mean health", result.health.mean),
    count("steps", result.events),
  ];
}

const count = (name: string, worth: number): Figure => ({ name, worth, value: worth.toLocaleString("en-US") });
const number = (name: string, worth: number): Figure => ({ name, worth, value: worth.toPrecision(3) });
const seconds = (name: string, worth: number): Figure => ({ name, worth, value: `${worth.toFixed(1)} s` });

/** The longest that was seen; censored if one was not seen to happen. */
function longest(name: string, observations: readonly Observation[]): Figure {
  if (observations.length === 0) return { name, worth: null, value: "nothing to see" };
  const worth = Math.max(...observations.map((seen) => ("seconds" in seen ? seen.seconds : seen.censoredAfter)));
  const isCensored = observations.some((seen) => "censoredAfter" in seen);
  return { name, worth, value: `${isCensored ? "over " : ""}${worth.toFixed(2)} s` };
}
