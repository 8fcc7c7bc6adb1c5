/** A place in a run, with every member's state: found from a key-frame, moved on by the real engine. */

import type { SharedViews } from "../../sim/index.ts";
import { type Effect, type Instant, type MemberId, type State, step } from "../../engine/index.ts";
import type { Chunk, Line } from "../../trace/index.ts";
import type { Roster } from "./roster.ts";
import type { Tape } from "./tape.ts";

/** A target: after everything that happened up to an instant, or after a line (−1 for before the first). */
export type Target = { readonly at: Instant } | { readonly line: number };

/** A step as it was taken: the event and its result. */
export type Step = { readonly line: Line; readonly effects: readonly Effect[]; readonly before: State | undefined; readonly after: State | undefined };

/** Called for every step on the way. */
export type Listener = (line: Line, number: number, effects: readonly Effect[], before: State | undefined, after: State | undefined) => void;

/** The least number of lines between two remembered places within a chunk. */
const STRIDE = 2_048;
/** How many places are remembered, and how many states in all of them: each keeps outdated states alive. */
const [MARKS, MARKED] = [48, 500_000];

type Mark = { readonly chunk: number; readonly place: number; readonly states: readonly (State | undefined)[] };

export class Cursor {
  /** Every member's last state, by number. */
  states: (State | undefined)[] = [];
  /** How many lines have happened. */
  lines = 0;
  /** Changes whenever the cursor jumps: anything updated step by step has to be built again. */
  jumps = 0;
  private readonly tape: Tape;
  private readonly roster: Roster;
  private readonly views: SharedViews;
  private number = -1;
  private chunk: Chunk | undefined;
  /** How many lines of the chunk have happened. */
  private place = 0;
  private marks: Mark[] = [];

  /** Members with equal views share one, as in the simulator: otherwise a thousand whole views would fill the memory. */
  constructor(tape: Tape, roster: Roster, views: SharedViews) {
    this.tape = tape;
    this.roster = roster;
    this.views = views;
  }

  /** Goes there, or as near as the trace allows; if it comes from within the same chunk, it calls the listener for each step. */
  seek(target: Target, listener?: Listener): void {
    const number = Math.max(0, this.chunkOf(target));
    const chunk = number === this.number ? this.chunk : this.tape.chunk(number);
    if (chunk === undefined) return;
    const wanted = placeIn(chunk, target);
    const isNext = this.chunk !== undefined && number === this.number + 1 && this.place === this.chunk.lines.length && this.lines === chunk.first;
    if (isNext) {
      // The key-frame equals the state that we have already.
      [this.number, this.chunk, this.place] = [number, chunk, 0];
    } else if (number !== this.number || wanted < this.place) this.jump(number, chunk, wanted);
    else this.hasten(number, wanted);
    this.playTo(wanted, listener);
  }

  /** Begins at the key-frame of the target's chunk, and calls the listener for every step from there. */
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

  /** Goes to a remembered place if one is nearer to the target. */
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
    this.states[this.numberOf(who, state)] = this.shared(state);
  }

  private shared(state: State): State {
    const view = this.views.share(state.view);
    return view === state.view ? state : { ...state, view };
  }

  /** A known member keeps its number and its address: a cursor in the past does not move members. */
  private numberOf(who: MemberId, state: State): number {
    return this.roster.numberOf(who) ?? this.roster.born(who, state);
  }

  private playTo(wanted: number, listener: Listener | undefined): void {
    const { chunk } = this;
    if (chunk === undefined) return;
    // In a large group a chunk is long: remembered places are further apart.
    const stride = Math.max(STRIDE, Math.ceil(chunk.lines.length / this.most));
    for (; this.place < wanted; this.place++, this.lines++) {
      if (this.place % stride === stride - 1) this.remember();
      const line = chunk.lines[this.place];
      if (line !== undefined) this.happen(line, listener);
    }
  }

  private happen(line: Line, listener: Listener | undefined): void {
    if (line.kind === "disrupted") return listener?.(line, this.lines, [], undefined, undefined);
    const number = this.roster.numberOf(line.who);
    const before = number === undefined ? undefined : this.states[number];
    if (line.kind === "born") {
      this.hold(line.who, line.state);
      return listener?.(line, this.lines, [], before, line.state);
    }
    if (number === undefined || before === undefined) return undefined;
    const [stepped, effects] = step(before, line.event);
    const after = stepped.view === before.view ? stepped : this.shared(stepped);
    this.states[number] = after;
    return listener?.(line, this.lines, effects, before, after);
  }

  /** How many places are remembered in a group of this size. */
  private get most(): number {
    return Math.max(4, Math.min(MARKS, Math.floor(MARKED / Math.max(1, this.states.length))));
  }

  private remember(): void {
    const { number: chunk, place } = this;
    if (this.marks.some((mark) => mark.chunk === chunk && mark.place === place)) return;
    this.marks = [...this.marks.slice(1 - this.most), { chunk, place, states: [...this.states] }];
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
