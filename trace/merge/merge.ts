/** Merges several members' recordings into one trace, in order of time, which can be read and replayed like any run. */

import { assert, type Event, type Instant, instant, type MemberId, type State, step, type View } from "../../engine/index.ts";
import type { Trace } from "../reader.ts";
import { retellChunk } from "../replay.ts";
import type { About } from "../schema.ts";
import { TraceWriter } from "../writer.ts";
import type { Callers } from "./callers.ts";
import { shiftedEvent, shiftedState } from "./shift.ts";

/**
 * A recording, and by how much its member's time is behind the common time axis, in microseconds. `callers`: the addresses of the members that opened streams to it, where they
 * are known; the recording itself has only the ephemeral ports.
 */
export type Shifted = { readonly trace: Trace; readonly shift: number; readonly callers?: Callers | undefined };

/** How many lines a merged trace has, and what was left out of it: a sentence each. */
export type Merged = { readonly lines: number; readonly left: readonly string[] };

/**
 * Writes the merged trace. A member whose recording lacks its beginning is born at its first known moment, and again after a gap, with the state
 * that it had then. Where a recording cannot be replayed, its lines are left out up to the next key-frame. `share` may return one object for all equal views: members of
 * one group mostly hold equal views, and each recording has its own.
 */
export function mergeTraces(recordings: readonly Shifted[], about: About, sink: (bytes: Uint8Array) => void, share: Share = (view) => view): Merged {
  const writer = new TraceWriter(sink, about);
  const left: string[] = [];
  const lives = recordings.map((recording) => linesOf(recording, left, share));
  const heads = lives.map((life) => life.next().value);
  let lines = 0;
  for (;;) {
    let first = -1;
    for (const [number, head] of heads.entries()) {
      const least = heads[first];
      if (head !== undefined && (least === undefined || head.at < least.at)) first = number;
    }
    const head = heads[first];
    if (head === undefined) break;
    head.tell(writer);
    lines++;
    heads[first] = lives[first]?.next().value;
  }
  writer.end();
  return { lines, left };
}

/** Returns a view equal to the given one; for equal views the same object, if possible. */
export type Share = (view: View) => View;

const sharing = (state: State, share: Share): State => {
  const view = share(state.view);
  return view === state.view ? state : { ...state, view };
};

type Told = { readonly at: Instant; readonly tell: (writer: TraceWriter) => void };

/** The lines of one recording, in order, on the common axis. Only one chunk at a time is in memory. */
function* linesOf({ trace, shift, callers = new Map() }: Shifted, left: string[], share: Share): Generator<Told, undefined> {
  const held = new Map<MemberId, State>();
  let next = -1;
  for (const [number, place] of trace.chunks.entries()) {
    const told: Told[] = [];
    const born = (at: Instant, who: MemberId, state: State): void => {
      held.set(who, state);
      told.push({ at, tell: (writer) => writer.born(at, who, state) });
    };
    const read = trace.readChunk(number);
    if (read.ok && next !== place.first) for (const [who, state] of read.chunk.states) born(instant(place.at + shift), who, sharing(shiftedState(state, shift), share));
    const played = retellChunk(trace, number, {
      born: (at, who, state) => born(instant(at + shift), who, sharing(shiftedState(state, shift), share)),
      stepped: (_, who, event, effects) => {
        const before = held.get(who);
        assert(before !== undefined, "a step of somebody who was born");
        told.push(again(who, before, calledBy(shiftedEvent(event, shift), callers), effects.length, held, share));
      },
      disrupted: (at, kind, members) => void told.push({ at: instant(at + shift), tell: (writer) => writer.disrupted(instant(at + shift), kind, members) }),
    });
    if (!played.ok) left.push(played.why);
    next = played.ok ? place.first + place.count : -1;
    yield* told;
  }
  return undefined;
}

/** The same event with the caller's own address. The engine answers on the stream itself, and uses this address only to name the source of what it learns. */
function calledBy(event: Event, callers: Callers): Event {
  const from = event.kind === "exchange-opened" ? callers.get(event.exchange) : undefined;
  return from === undefined ? event : { ...event, from } as Event;
}

/** Repeats a step at its moment on the common axis. */
function again(who: MemberId, before: State, event: Event, count: number, held: Map<MemberId, State>, share: Share): Told {
  const [stepped, effects] = step(before, event);
  const state = stepped.view === before.view ? stepped : sharing(stepped, share);
  assert(effects.length === count, "a member that does the same at another time");
  held.set(who, state);
  return { at: event.now, tell: (writer) => writer.stepped(event.now, who, event, effects, state) };
}
