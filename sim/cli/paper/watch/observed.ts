/** What the simulator measured about a crash, as plain numbers. */

import type { Observation, RunResult } from "../../../index.ts";

/** Seconds from the run's first crash to the first suspicion, the first detection, and until all members knew. What never happened counts with the time that it was awaited. */
export function crashIn({ crashes }: RunResult): { readonly suspected: number; readonly detected: number; readonly known: number } {
  const [crash] = crashes;
  if (crash === undefined) throw new RangeError("nobody crashed");
  return { suspected: lengthOf(crash.firstSuspicion), detected: lengthOf(crash.firstDetection), known: lengthOf(crash.fullDissemination) };
}

const lengthOf = (observation: Observation): number => ("seconds" in observation ? observation.seconds : observation.censoredAfter);
