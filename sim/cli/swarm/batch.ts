/** A batch of worlds and their combined results, independent of the order in which they were played. */

import { oracles } from "../../oracle/index.ts";
import type { Verdict } from "../../measure/verdict.ts";
import type { Transitions } from "../../swarm/coverage.ts";
import type { Failure, Shown } from "./world.ts";

/** The outcomes of the worlds that had a family of faults, or of all. */
export type Outcomes = { worlds: number; agreed: number; broken: number };

export class Batch {
  readonly transitions: Transitions = new Map();
  readonly families = new Map<string, Outcomes>();
  readonly all: Outcomes = { worlds: 0, agreed: 0, broken: 0 };
  /** How often each oracle was tested. */
  readonly tested = new Map<string, number>(oracles.map(({ name }) => [name, 0]));
  events = 0;
  simulatedSeconds = 0;
  private readonly failed: { readonly number: number; readonly failure: Failure }[] = [];

  add(shown: Shown): void {
    const { number, families, events, simulatedSeconds, tested, transitions, failure } = shown;
    this.events += events;
    this.simulatedSeconds += simulatedSeconds;
    for (const [name, times] of tested) this.tested.set(name, (this.tested.get(name) ?? 0) + times);
    for (const [change, times] of transitions) this.transitions.set(change, (this.transitions.get(change) ?? 0) + times);
    for (const outcomes of [this.all, ...families.map((family) => this.outcomesOf(family))]) count(outcomes, shown);
    if (failure !== null) this.failed.push({ number, failure });
  }

  /** In the order of their worlds. */
  get failures(): readonly Failure[] {
    return this.failed.toSorted((one, other) => one.number - other.number).map(({ failure }) => failure);
  }

  /** Oracles that were never tested. */
  get untested(): readonly string[] {
    return oracles.flatMap(({ name }) => (this.tested.get(name) === 0 ? [name] : []));
  }

  /** One failure fails the batch; an oracle that was never tested makes it unknown. */
  get verdict(): Verdict {
    if (this.failed.length > 0) return "fail";
    return this.untested.length > 0 ? "unknown" : "pass";
  }

  private outcomesOf(family: string): Outcomes {
    const outcomes = this.families.get(family) ?? { worlds: 0, agreed: 0, broken: 0 };
    this.families.set(family, outcomes);
    return outcomes;
  }
}

function count(outcomes: Outcomes, { tested, failure }: Shown): void {
  outcomes.worlds++;
  if (failure !== null) outcomes.broken++;
  else if ((tested.get("agreement") ?? 0) > 0) outcomes.agreed++;
}
