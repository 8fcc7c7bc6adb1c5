/** A witness: plays a scenario, and writes down who did what when. */

import { type Effect, type Event, type Instant, instant, type State } from "../../../engine/index.ts";
import type { Scenario } from "../../../sim/scenario/model.ts";
import { World } from "../../../sim/world/world.ts";

export type Step = {
  readonly at: Instant;
  readonly who: string;
  readonly event: Event;
  readonly effects: readonly Effect[];
  readonly before: State;
  readonly after: State;
  /** Since when it held the state before. */
  readonly since: Instant;
};

export type Testimony = {
  readonly steps: readonly Step[];
  readonly births: readonly { readonly at: Instant; readonly who: string; readonly state: State }[];
  /** The last state of everybody. */
  readonly states: ReadonlyMap<string, State>;
};

export function witness(scenario: Scenario): Testimony {
  const steps: Step[] = [];
  const births: Testimony["births"][number][] = [];
  const states = new Map<string, State>();
  const heldSince = new Map<string, Instant>();
  new World(scenario, 0, {
    born(at, who, state) {
      births.push({ at, who, state });
      states.set(who, state);
      heldSince.set(who, at);
    },
    stepped(at, who, event, effects, state) {
      const before = states.get(who);
      const since = heldSince.get(who);
      if (before === undefined || since === undefined) throw new RangeError(`${who} steps before its birth`);
      steps.push({ at, who, event, effects, before, after: state, since });
      states.set(who, state);
      heldSince.set(who, at);
    },
  }).play();
  return { steps, births, states };
}

/** When this kind of event happened to a member, in seconds. */
export const moments = ({ steps }: Testimony, who: string, kind: Event["kind"]): readonly number[] =>
  steps.flatMap((step) => (step.who === who && step.event.kind === kind ? [step.at / 1_000_000] : []));

/** What happened to a member from one second to before another. */
export const between = ({ steps }: Testimony, who: string, from: number, to: number): readonly Step[] =>
  steps.filter((step) => step.who === who && step.at >= instant(from * 1_000_000) && step.at < instant(to * 1_000_000));
