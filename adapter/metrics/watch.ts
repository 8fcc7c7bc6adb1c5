/** Watches a member's steps for what its counters do not show: how long probes and exchanges of views take. For `createMember`'s `recorder`. */

import type { Address, Effect, Event, Instant, Micros, State } from "../../engine/index.ts";
import { since } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";

/** The outcome of a probe: answered before relays were asked (`direct`), or after (`relayed`); only over a stream; or not at all. */
export type ProbeOutcome = "direct" | "relayed" | "stream" | "failed";

/** What a watch reports. */
export type Sights = {
  /** How long a probe took, in microseconds, and how it ended. */
  readonly probeEnded: (took: Micros, outcome: ProbeOutcome) => void;
  /** A probe began while the member's health was worse than 0. */
  readonly probeDegraded: () => void;
  /** A suspicion of ours ran out before all wanted confirmations had arrived. */
  readonly suspicionUnconfirmed: () => void;
  /** How long an exchange of views that we began took, in microseconds. */
  readonly viewsExchanged: (took: Micros) => void;
  /** A round of gossip had something to tell. */
  readonly gossiped: () => void;
  /** We opened a stream. */
  readonly streamOpened: () => void;
};

/** Watches one member's steps. */
export type Watch = Required<Pick<Recorder, "stepped">> & {
  /** Reports to `sights` from now on, instead of whatever was given before. */
  readonly tell: (sights: Sights) => void;
};

type Attempt = NonNullable<State["probe"]["attempt"]>;

/** The most exchanges that are tracked: a recorder is not told of those that fail. */
const MOST_OPEN = 64;

/** A watch for one member. Give it to `createMember` as `recorder` (or call its `stepped` from yours), and to `metricsOf` as `watch`. */
export function memberWatch(): Watch {
  let heard: Sights | null = null;
  const opened = new Map<Address, Instant>();
  let attempt: Attempt | null = null;
  return {
    tell: (sights) => { heard = sights; },
    stepped: (at, who, event, effects, state) => {
      if (heard !== null) {
        watchProbe(attempt, at, event, state, heard);
        watchSuspicions(who, effects, state, heard);
        watchTraffic(event, effects, heard);
        watchViews(opened, at, event, effects, heard);
      }
      attempt = state.probe.attempt;
    },
  };
}

function watchProbe(before: Attempt | null, at: Instant, event: Event, { probe, health }: State, sights: Sights): void {
  const now = probe.attempt;
  if (before !== null && now?.seq !== before.seq) {
    const outcome = outcomeOf(before, event);
    if (outcome !== null) sights.probeEnded(since(at, before.startedAt), outcome);
  }
  if (now !== null && now.seq !== before?.seq && health > 0) sights.probeDegraded();
}

/** Null if the probe was abandoned because its target was gone meanwhile. */
function outcomeOf({ seq, relays, isStreamAnswered }: Attempt, event: Event): ProbeOutcome | null {
  if (event.kind === "received") {
    const isAnswer = event.message.kind === "ack" && event.message.seq === seq;
    return isAnswer ? (relays.length === 0 ? "direct" : "relayed") : null;
  }
  return isStreamAnswered ? "stream" : "failed";
}

function watchSuspicions(self: string, effects: readonly Effect[], { config }: State, sights: Sights): void {
  for (const effect of effects) {
    if (effect.kind !== "announce" || effect.change.kind !== "failed") continue;
    const { by, grounds } = effect.change;
    if (by === self && grounds !== null && grounds.confirmedBy.length < config.confirmations) sights.suspicionUnconfirmed();
  }
}

function watchTraffic({ kind }: Event, effects: readonly Effect[], sights: Sights): void {
  if (kind === "woke" && effects.some((effect) => effect.kind === "send" && effect.message.kind === "gossip")) sights.gossiped();
  for (const effect of effects) if (effect.kind === "exchange") sights.streamOpened();
}

function watchViews(opened: Map<Address, Instant>, at: Instant, event: Event, effects: readonly Effect[], sights: Sights): void {
  if (event.kind === "exchange-answered") {
    const began = opened.get(event.from);
    if (began !== undefined) sights.viewsExchanged(since(at, began));
    opened.delete(event.from);
  }
  for (const effect of effects) {
    if (effect.kind !== "exchange" || (effect.message.kind !== "push-pull" && effect.message.kind !== "compare")) continue;
    const [oldest] = opened.keys();
    if (opened.size >= MOST_OPEN && oldest !== undefined) opened.delete(oldest);
    opened.set(effect.with, at);
  }
}
