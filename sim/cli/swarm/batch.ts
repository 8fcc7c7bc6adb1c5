/** A batch of worlds, one after the other, and what they have shown together. */

import { oracles } from "../../oracle/index.ts";
import type { Verdict } from "../../measure/verdict.ts";
import { countTransitions, type Transitions } from "../../swarm/coverage.ts";
import { drawWorld } from "../../swarm/draw.ts";
import { playWorld, type Played } from "../../swarm/play.ts";

/** What became of the worlds in which a family of faults was, or of all. */
export type Outcomes = { worlds: number; agreed: number; broken: number };

/** An oracle was broken in the world of this seed. */
export type Failure = { readonly seed: string; readonly oracle: string; readonly at: number; readonly who: string; readonly why: string };

export class Batch {
  readonly failures: Failure[] = [];
  readonly transitions: Transitions = new Map();
  readonly families = new Map<string, Outcomes>();
  readonly all: Outcomes = { worlds: 0, agreed: 0, broken: 0 };
  /** How often each oracle was put to the test. */
  readonly tested = new Map<string, number>(oracles.map(({ name }) => [name, 0]));
  events = 0;
  simulatedSeconds = 0;

  /** Plays the world of this seed. Answers with the failure, if there was one. */
  play(seed: string): Failure | null {
    const { scenario, families } = drawWorld(seed);
    const played = playWorld(scenario, { recorder: countTransitions(this.transitions) });
    this.events += played.events;
    this.simulatedSeconds += played.simulatedSeconds;
    for (const [name, { tested }] of played.findings) this.tested.set(name, (this.tested.get(name) ?? 0) + tested);
    for (const outcomes of [this.all, ...families.map((family) => this.outcomesOf(family))]) count(outcomes, played);
    if (played.broken === null) return null;
    const failure: Failure = { seed, ...played.broken };
    this.failures.push(failure);
    return failure;
  }

  /** What was never put to the test. */
  get untested(): readonly string[] {
    return oracles.flatMap(({ name }) => (this.tested.get(name) === 0 ? [name] : []));
  }

  /** One failure fails the batch; what was never seen leaves it in doubt. */
  get verdict(): Verdict {
    if (this.failures.length > 0) return "fail";
    return this.untested.length > 0 ? "unknown" : "pass";
  }

  private outcomesOf(family: string): Outcomes {
    const outcomes = this.families.get(family) ?? { worlds: 0, agreed: 0, broken: 0 };
    this.families.set(family, outcomes);
    return outcomes;
  }
}

function count(outcomes: Outcomes, { findings, broken }: Played): void {
  outcomes.worlds++;
  if (broken !== null) outcomes.broken++;
  else if ((findings.get("agreement")?.tested ?? 0) > 0) outcomes.agreed++;
}
