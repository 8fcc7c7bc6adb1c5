/** Coverage: what a batch of worlds has exercised, so that an empty green verdict is not mistaken for a full one. */

import { differences } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { State } from "../../engine/index.ts";

/** How often a status changed to another, by the kind of event: `alive > suspect (woke)`. */
export type Transitions = Map<string, number>;

/** Counts every change of every view. */
export function countTransitions(counts: Transitions): Recorder {
  const states = new Map<string, State>();
  return {
    born: (_, who, state) => void states.set(who, state),
    stepped(_, who, event, __, state) {
      const before = states.get(who);
      states.set(who, state);
      if (before === undefined || before.view === state.view) return;
      for (const { mine, theirs } of differences(before.view, state.view)) {
        if (mine?.status === theirs?.status) continue;
        const change = `${mine?.status ?? "unknown"} > ${theirs?.status ?? "forgotten"} (${event.kind})`;
        counts.set(change, (counts.get(change) ?? 0) + 1);
      }
    },
  };
}
