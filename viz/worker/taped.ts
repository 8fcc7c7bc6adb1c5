/** From files to a tape: a single trace as it is; the files of a ring joined; several members' recordings merged on one time axis. */

import { aheadOfFirst, callersIn, estimates, mergeTraces, openParts, openTrace, type Part, postmarkOf, type Recording } from "../../trace/index.ts";
import { SharedViews } from "../../sim/index.ts";
import { Tape } from "./tape.ts";

export type Taped =
  | {
      readonly ok: true;
      readonly tape: Tape;
      /** Does it say which members really ran? */
      readonly hasTruth: boolean;
      /** What is missing from the files: a sentence each. */
      readonly remarks: readonly string[];
    }
  | { readonly ok: false; readonly whys: readonly string[] };

export function tapeOf(parts: readonly Part[]): Taped {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    const opened = openTrace(only.bytes);
    if (!opened.ok) return { ok: false, whys: [`${only.name}: ${opened.why}`] };
    const whole = wholeTape(Tape.of(opened.trace));
    if (whole !== null) return { ok: true, ...whole, remarks: [] };
  }
  const { recordings, unread } = openParts(parts);
  const remarks = unread.map(({ name, why }) => `${name}: ${why}`);
  return recordings.length === 0 ? { ok: false, whys: remarks.length === 0 ? ["no file was given"] : remarks } : merged(recordings, remarks);
}

/** A trace of a whole run, shown as it is. Only the simulator's traces have a seed, and the truth. Null for a recording of one member. */
export function wholeTape(tape: Tape): { readonly tape: Tape; readonly hasTruth: boolean } | null {
  const trace = tape.trace;
  if (trace === null || trace.first !== 0 || trace.header.about["by"] === "flight-recorder") return null;
  return { tape, hasTruth: trace.header.about["seed"] !== undefined };
}

/** Aligned by the wall clocks at their origins, corrected by the members' pings and acks. */
function merged(recordings: readonly Recording[], remarks: readonly string[]): Taped {
  const origins = recordings.map(({ trace }) => (typeof trace.header.about.wallAtOrigin === "number" ? trace.header.about.wallAtOrigin * 1_000 : null));
  const postmarks = recordings.map(({ trace }) => postmarkOf(trace));
  const ahead = aheadOfFirst(recordings.length, estimates(postmarks));
  const callers = callersIn(postmarks, ahead);
  const known = origins.map((origin, n) => (origin === null ? null : origin - (ahead[n] ?? 0)));
  const earliest = Math.min(...known.flatMap((origin) => origin ?? []));
  const adrift = recordings.flatMap(({ names }, n) => (known[n] === null && recordings.length > 1 ? [`${names[0] ?? ""}: it records no wall clock, and is placed at the beginning`] : []));
  const tape = new Tape(recordings.length * 65_536);
  const shifted = recordings.map(({ trace }, n) => ({ trace, shift: Math.round((known[n] ?? earliest) - earliest) || 0, callers: callers[n] }));
  const views = new SharedViews(recordings.length);
  const { left } = mergeTraces(shifted, recordings[0]?.trace.header.about ?? {}, (bytes) => tape.add(bytes), (view) => views.share(view));
  tape.refresh();
  const missing = recordings.flatMap(({ names, trace }) => (trace.missing === null ? [] : [`${names.join(", ")}: ${trace.missing}`]));
  return { ok: true, tape, hasTruth: false, remarks: [...remarks, ...missing, ...adrift, ...left] };
}
