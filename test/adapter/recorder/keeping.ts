/** What a member did in truth, kept in memory beside its recording, to be held against what a replay of the recording makes of it. */

import { flightRecorder, type FlightRecorder, type RecorderOptions } from "../../../adapter/index.ts";
import type { Effect, State } from "../../../engine/index.ts";
import { retell, type Trace } from "../../../trace/index.ts";

export type Deed = { readonly effects: readonly Effect[]; readonly state: State };

/** A recorder, and all steps that it was told of, whole. */
export function keeping(options: RecorderOptions): { readonly recorder: FlightRecorder; readonly deeds: readonly Deed[] } {
  const inner = flightRecorder(options);
  const deeds: Deed[] = [];
  const recorder: FlightRecorder = {
    ...inner,
    stepped: (at, who, event, effects, state) => {
      deeds.push({ effects, state });
      inner.stepped(at, who, event, effects, state);
    },
  };
  return { recorder, deeds };
}

/** What the engine makes of a recording: every step of it. */
export function redone(trace: Trace): readonly Deed[] {
  const deeds: Deed[] = [];
  const told = retell(trace, { stepped: (_at, _who, _event, effects, state) => void deeds.push({ effects, state }) });
  if (!told.ok) throw new Error(told.why);
  return deeds;
}
