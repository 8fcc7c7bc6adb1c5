/** The results of one world of the swarm, as a thread sends them to another. */

import { countTransitions, type Transitions } from "../../swarm/coverage.ts";
import { drawWorld } from "../../swarm/draw.ts";
import { playWorld } from "../../swarm/play.ts";

/** Which worlds are played: those of seed s are s/0, s/1 and so on; the small ones s/0/small. */
export type SwarmTask = { readonly seed: string; readonly from: number; readonly isSmall: boolean };

/** An oracle was violated in the world of this seed. */
export type Failure = { readonly seed: string; readonly oracle: string; readonly at: number; readonly who: string; readonly why: string };

export type Shown = {
  readonly number: number;
  /** The families of faults in it. */
  readonly families: readonly string[];
  readonly events: number;
  readonly simulatedSeconds: number;
  /** How often each oracle was tested. */
  readonly tested: ReadonlyMap<string, number>;
  readonly transitions: Transitions;
  readonly failure: Failure | null;
};

export const worldOf = ({ seed, from, isSmall }: SwarmTask, nth: number): string => `${seed}/${from + nth}${isSmall ? "/small" : ""}`;

/** Plays the nth world of a task. */
export function showWorld(task: SwarmTask, nth: number): Shown {
  const seed = worldOf(task, nth);
  const { scenario, families } = drawWorld(seed);
  const transitions: Transitions = new Map();
  const { findings, broken, events, simulatedSeconds } = playWorld(scenario, { recorder: countTransitions(transitions) });
  const tested = new Map([...findings].map(([name, finding]) => [name, finding.tested]));
  return { number: task.from + nth, families, events, simulatedSeconds, tested, transitions, failure: broken === null ? null : { seed, ...broken } };
}
