/** A place in a run, with what every member holds there: found from a key-frame, moved on by the real engine. */

import { type Effect, type Instant, type MemberId, type State, step } from "../../engine/index.ts";
import type { Chunk, Line } from "../../trace/index.ts";
import type { Roster } from "./roster.ts";
import type { Tape } from "./tape.ts";

/** Where to go: behind everything that happened up to an instant, or behind a line (−1 for before the first). */
export type Target = { readonly at: Instant } | { readonly line: number };

/** A step as it was taken: what happened, what came of it. */
export type Step = { readonly line: Line; readonly effects: readonly Effect[]; readonly before: State | undefined; readonly after: State | undefined };

/** Told of every step on the way. */
export type Listener = (line: Line, number: number, effects: readonly Effect[], before: State | undefined, after: State | undefined) => void;

/** So many lines between two places that are remembered within a chunk. */
const STRIDE = 2_048;
/** So many places are remembered. */
const MARKS = 48;

type Mark = { readonly chunk: number; readonly place: number; readonly states: readonly (State | undefined)[] };

export class Cursor {
  /** What every member held last; by number. */
  states: (State | undefined)[] = [];
  /** How many lines have happened. */
  lines = 0;
  /** Becomes another number whenever the cursor jumped: what was kept up step by step has to be begun anew. */
  jumps = 0;
  private readonly tape: Tape;
  private readonly roster: Roster;
  private number = -1;
  private chunk: Chunk | undefined;
  /** How many lines of the chunk have happened. */
  private place = 0;
  private marks: Mark[] = [];

  constructor(tape: Tape, roster: Roster) {
    this.tape = tape;
    this.roster = roster;
  }

  /** Goes there, or as near as the trace allows, and tells a listener of the steps if it comes from within the same chunk. */
  seek(target: Target, listener?: Listener): void {
    const number = Math.max(0, this.chunkOf(target));
    const chunk = number === this.number ? this.chunk : this.tape.chunk(number);
    if (chunk === undefined) return;
    const wanted = placeIn(chunk, target);
    const isNext = this.chunk !== undefined && number === this.number + 1 && this.place === this.chunk.lines.length && this.lines === chunk.first;
    if (isNext) {
      // The key-frame is what we hold already.
      [this.number, this.chunk, this.place] = [number, chunk, 0];
    } else if (number !== this.number || wanted < this.place) this.jump(number, chunk, wanted);
    else this.hasten(number, wanted);
    this.playTo(wanted, listener);
  }

  /** Begins at the key-frame of the chunk where the target is, and tells everything from there. */
  tell(target: Target, listener: Listener): void {
    const number = Math.max(0, this.chunkOf(target));
    const chunk = this.tape.chunk(number);
    if (chunk === undefined) return;
    this.begin(number, chunk);
    this.playTo(placeIn(chunk, target), listener);
  }

  private chunkOf(target: Target): number {
    const places = this.tape.trace?.chunks ?? [];
    return places.findLastIndex((place) => ("at" in target ? place.at <= target.at : place.first <= target.line));
  }

  /** If a place nearer to the goal is remembered, goes there. */
  private hasten(number: number, wanted: number): void {
    const mark = this.nearest(number, wanted);
    if (mark !== undefined && mark.place > this.place + STRIDE) this.resume(mark);
  }

  private jump(number: number, chunk: Chunk, wanted: number): void {
    const mark = this.nearest(number, wanted);
    if (mark === undefined) return this.begin(number, chunk);
    [this.number, this.chunk] = [number, chunk];
    return this.resume(mark);
  }

  private nearest(number: number, wanted: number): Mark | undefined {
    let best: Mark | undefined;
    for (const mark of this.marks) {
      if (mark.chunk === number && mark.place <= wanted && mark.place > (best?.place ?? -1)) best = mark;
    }
    return best;
  }

  private resume({ place, states }: Mark): void {
    this.place = place;
    this.states = [...states];
    this.lines = (this.chunk?.first ?? 0) + place;
    this.jumps++;
  }

  private begin(number: number, chunk: Chunk): void {
    [this.number, this.chunk, this.place, this.lines] = [number, chunk, 0, chunk.first];
    this.states = [];
    for (const [who, state] of chunk.states) this.hold(who, state);
    this.jumps++;
  }

  private hold(who: MemberId, state: State): void {
    this.states[this.numberOf(who, state)] = state;
  }

  /** Whoever is known keeps its number and its address: a cursor in the past does not move anybody. */
  private numberOf(who: MemberId, state: State): number {
    return this.roster.numberOf(who) ?? this.roster.born(who, state);
  }

  private playTo(wanted: number, listener: Listener | undefined): void {
    const { chunk } = this;
    if (chunk === undefined) return;
    for (; this.place < wanted; this.place++, this.lines++) {
      if (this.place % STRIDE === STRIDE - 1) this.remember();
      const line = chunk.lines[this.place];
      if (line !== undefined) this.happen(line, listener);
    }
  }

  private happen(line: Line, listener: Listener | undefined): void {
    if (line.kind === "disrupted") return listener?.(line, this.lines, [], undefined, undefined);
    const number = this.roster.numberOf(line.who);
    const before = number === undefined ? undefined : this.states[number];
    if (line.kind === "born") {
      this.states[this.numberOf(line.who, line.state)] = line.state;
      return listener?.(line, this.lines, [], before, line.state);
    }
    if (number === undefined || before === undefined) return undefined;
    const [after, effects] = step(before, line.event);
    this.states[number] = after;
    return listener?.(line, this.lines, effects, before, after);
  }

  private remember(): void {
    const { number: chunk, place } = this;
    if (this.marks.some((mark) => mark.chunk === chunk && mark.place === place)) return;
    this.marks = [...this.marks.slice(1 - MARKS), { chunk, place, states: [...this.states] }];
  }
}

/** How many lines of a chunk have happened at the target. */
function placeIn(chunk: Chunk, target: Target): number {
  if ("line" in target) return Math.min(chunk.lines.length, Math.max(0, target.line - chunk.first + 1));
  let [low, high] = [0, chunk.lines.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunk.lines[middle]?.at ?? 0) <= target.at) low = middle + 1;
    else high = middle;
  }
  return low;
}
