/** Replays a trace with the real engine: from a key-frame, step by step, to any moment; and verifies on the way that it is the same run. */

import { type Effect, type Event, type Instant, type MemberId, type State, step } from "../engine/index.ts";
import { blankCheck, checkAfter, lineCheck } from "./check.ts";
import { flightCheckAfter } from "./flight/check.ts";
import { grouped, secondsText } from "./numeral.ts";
import type { Trace } from "./reader.ts";
import type { Recorder } from "./recorder.ts";
import type { Chunk, Line } from "./schema.ts";

/** A moment of a run: after everything that happened at or before an instant, or after the line of this number. */
export type Moment = { readonly at: Instant } | { readonly line: number };

/** Why a replay could not go on. */
export type Broken = {
  readonly ok: false;
  /** In a sentence. */
  readonly why: string;
  /** The first line that differs, or that is missing; null if unknown. */
  readonly line: number | null;
  /** If a step differs: both results, as far as they are known. */
  readonly parting?: Parting;
};

/** A step that differs: our engine's result, and what is known of the recorded one. */
export type Parting = {
  readonly who: MemberId;
  readonly at: Instant;
  readonly event: Event;
  /** Our engine's effects, and its state after the step. */
  readonly effects: readonly Effect[];
  readonly state: State;
  /** The low 16 bits of the running checks: ours, and the one in the trace. */
  readonly check: number;
  readonly recorded: number;
};

/** Every member's state at a moment; for one that no longer runs, its last state. `lines` lines of the trace have happened. */
export type Replayed = { readonly ok: true; readonly states: ReadonlyMap<MemberId, State>; readonly lines: number } | Broken;

/**
 * All members' states at a moment, exactly as they were. Reads one chunk, whatever the length of the trace, and reports to a recorder what happened in it
 * before that moment.
 */
export function replay(trace: Trace, to: Moment, recorder: Recorder = {}): Replayed {
  const number = trace.chunks.findLastIndex((place) => ("at" in to ? place.at <= to.at : place.first <= to.line));
  const gap = gapBefore(trace, number, to);
  if (gap !== null) return gap;
  if (number === -1) return { ok: true, states: new Map(), lines: 0 };
  const read = trace.readChunk(number);
  if (!read.ok) return { ok: false, why: read.why, line: null };
  return play(read.chunk, (line, n) => ("at" in to ? line.at <= to.at : n <= to.line), recorder);
}

/** Reports the whole trace to a recorder, as if it watched the run. Skips what is missing; stops at the first line whose replay differs. */
export function retell(trace: Trace, recorder: Recorder): { readonly ok: true } | Broken {
  for (let number = 0; number < trace.chunks.length; number++) {
    const told = retellChunk(trace, number, recorder);
    if (!told.ok) return told;
  }
  return { ok: true };
}

/** Reports one chunk to a recorder, and returns every member's state at its end. */
export function retellChunk(trace: Trace, number: number, recorder: Recorder): Replayed {
  const read = trace.readChunk(number);
  return read.ok ? play(read.chunk, () => true, recorder) : { ok: false, why: read.why, line: null };
}

/** An error if lines before the moment are missing: between two chunks, or after the last. */
function gapBefore(trace: Trace, number: number, to: Moment): Broken | null {
  const place = trace.chunks[number];
  const end = place === undefined ? trace.first : place.first + place.count;
  const isWithin = place !== undefined && ("at" in to ? to.at <= place.until : to.line < end);
  if (isWithin) return null;
  if ("line" in to && end === trace.lines) return { ok: false, why: `there is no line ${grouped(to.line)}: there are ${grouped(end)}`, line: null };
  const begins = trace.chunks[0];
  if (place === undefined && trace.first > 0 && begins !== undefined) {
    return { ok: false, why: `this recording begins at ${secondsText(begins.at)}, with line ${grouped(begins.first)}: it does not contain what came before`, line: begins.first };
  }
  // What follows is the next chunk, or nothing because this is the last.
  if (end === (trace.chunks[number + 1]?.first ?? trace.lines)) return null;
  const known = place === undefined ? "the beginning" : `everything after ${secondsText(place.until)}`;
  return { ok: false, why: `${known} is missing up to there: ${trace.missing ?? ""}`, line: end };
}

/** Reports a chunk to a recorder, `most` lines at a time, so that the caller can do other work in between. Returns the same as `retellChunk`. */
export const retelling = (chunk: Chunk, most: number, recorder: Recorder): Generator<void, Replayed> => playing(chunk, () => true, recorder, most);

/** Plays a chunk up to the first line for which `belongs` is false. */
function play(chunk: Chunk, belongs: (line: Line, number: number) => boolean, recorder: Recorder): Replayed {
  const steps = playing(chunk, belongs, recorder, Infinity);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Pauses after every `most` lines. */
function* playing(chunk: Chunk, belongs: (line: Line, number: number) => boolean, recorder: Recorder, most: number): Generator<void, Replayed> {
  const states = new Map(chunk.states);
  let number = chunk.first;
  let check = blankCheck(number);
  for (const line of chunk.lines) {
    if (!belongs(line, number)) return { ok: true, states, lines: number };
    if (number > chunk.first && (number - chunk.first) % most === 0) yield;
    switch (line.kind) {
      case "born":
        states.set(line.who, line.state);
        recorder.born?.(line.at, line.who, line.state);
        break;
      case "disrupted":
        recorder.disrupted?.(line.at, line.action, line.members, line.rift);
        break;
      case "stepped": {
        const taken = take(states.get(line.who), line, check, chunk.proof);
        if (!taken.ok) return { ok: false, why: `${whose(line, number)} cannot be replayed: ${taken.why}`, line: number };
        check = taken.check;
        if (lineCheck(check) !== line.check) return { ...differs(line, number), parting: partingOf(line, taken) };
        states.set(line.who, taken.state);
        recorder.stepped?.(line.at, line.who, line.event, taken.effects, taken.state);
      }
    }
    number++;
  }
  const last = chunk.lines.at(-1);
  return check === chunk.check || last === undefined ? { ok: true, states, lines: number } : differs(last, number - 1);
}

type Stepped = Extract<Line, { readonly kind: "stepped" }>;

type Taken =
  | { readonly ok: true; readonly state: State; readonly effects: readonly Effect[]; readonly check: number }
  | { readonly ok: false; readonly why: string };

/** One step, and the check after it; or what is wrong with it: a foreign trace may have a state that violates an assertion of our engine. */
function take(before: State | undefined, { who, event }: Stepped, check: number, proof: Chunk["proof"]): Taken {
  if (before === undefined) return { ok: false, why: "no member of that name was born" };
  try {
    const [state, effects] = step(before, event);
    const isRun = proof === "run";
    return { ok: true, state, effects, check: isRun ? checkAfter(check, who, event, effects, state) : flightCheckAfter(check, event, effects, state) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

const partingOf = ({ who, at, event, check }: Stepped, { state, effects, check: ours }: Extract<Taken, { readonly ok: true }>): Parting =>
  ({ who, at, event, effects, state, check: lineCheck(ours), recorded: check });

const differs = (line: Line, number: number): Broken => ({
  ok: false,
  why: `${whose(line, number)} does not replay as it was recorded: the trace was recorded with another engine`,
  line: number,
});

const whose = (line: Line, number: number): string =>
  `line ${grouped(number)} (${line.kind === "disrupted" ? "" : `${line.who}, `}${secondsText(line.at)})`;
