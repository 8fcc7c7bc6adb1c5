/** Records one member's flight, cheaply enough to be always on: lines are collected in memory, and `flush` returns them as frames for a file. */

import { assert, type Effect, emptyView, type Event, type Instant, type MemberId, ORIGIN, sizeOf, type State, type View } from "../../engine/index.ts";
import { blankCheck } from "../check.ts";
import { CHUNK_HEAD, putChunkHead } from "../chunk.ts";
import { checksum } from "../checksum.ts";
import { type Checksum, frame, FRAME_HEAD, kinds, sealFrame, signature } from "../frame.ts";
import { pack } from "../pack.ts";
import type { Recorder } from "../recorder.ts";
import { type About, FLIGHT_VERSION, type Header, type Index, type Place } from "../schema.ts";
import { codeOf } from "../word.ts";
import { flightCheckAfter } from "./check.ts";
import { Ink } from "./ink.ts";
import { Pen } from "./write.ts";

/** When the next key-frame is written: to show a moment, replay begins at the key-frame before it, and a damaged byte costs at most everything up to the next one. */
export type FlightLimits = {
  /** After at least this many lines, … */
  readonly lines: number;
  /** … and this many for each known member of the group, because the length of a key-frame grows with the group. */
  readonly linesPerMember: number;
};

const usual: FlightLimits = { lines: 32_768, linesPerMember: 16 };

/** The bytes before a frame's lines. */
const HEADS = FRAME_HEAD + CHUNK_HEAD;

/** Frames to append to a file, and how many lines they have. */
export type Piece = { readonly bytes: Uint8Array; readonly lines: number };

/** A recorder of one member, which may have several lives. */
export class FlightWriter implements Recorder {
  private readonly limits: FlightLimits;
  private readonly sum: Checksum;
  private readonly ink = new Ink();
  private readonly pen = new Pen(this.ink);
  private member: { readonly who: MemberId; state: State } | null = null;
  /** How many of the waiting bytes are a key-frame, which precedes the lines. */
  private keyLength = 0;
  private isKeyDue = true;
  private linesSinceKey = 0;
  /** The number of the first waiting line, and how many wait. */
  private first = 0;
  private count = 0;
  private at: Instant = ORIGIN;
  private until: Instant = ORIGIN;
  private check = 0;

  /** `sum` is for hosts with a checksum faster than ours in JavaScript: it is computed while the member waits. */
  constructor(limits: Partial<FlightLimits> = {}, sum: Checksum = checksum) {
    this.limits = { ...usual, ...limits };
    this.sum = sum;
  }

  /** How many bytes wait, about. */
  get waiting(): number {
    return this.ink.length;
  }

  /** How many lines there were. */
  get lines(): number {
    return this.first + this.count;
  }

  /** Call this after `flush`: no lines of a former life may wait. */
  born(at: Instant, who: MemberId, state: State): void {
    assert(this.count === 0, "a birth when nothing waits");
    this.member = { who, state };
    this.isKeyDue = true;
    this.begin(at);
    this.ink.byte(codeOf("born"));
    this.ink.number(0);
    this.count++;
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State): void {
    const { member } = this;
    assert(member !== null && member.who === who, "a step of whoever was born");
    if (this.count === 0) this.begin(at);
    this.check = flightCheckAfter(this.check, event, effects, state);
    this.pen.line(event, at - this.until, this.check);
    this.until = at;
    this.count++;
    member.state = state;
  }

  /** The lines since the last call, as frames; null if there are none. */
  flush(): Piece | null {
    const { keyLength, count, first, at, until } = this;
    if (count === 0) return null;
    this.ink.word(this.check);
    const bytes = this.ink.take();
    if (keyLength > 0) this.seal(bytes.subarray(0, keyLength), kinds.key, { first, count: 0, at, until: at });
    this.seal(bytes.subarray(keyLength), kinds.piece, { first, count, at, until });
    this.first += count;
    this.linesSinceKey += count;
    this.count = 0;
    const { lines, linesPerMember } = this.limits;
    if (this.linesSinceKey >= lines && this.linesSinceKey >= linesPerMember * this.known()) this.isKeyDue = true;
    return { bytes, lines: count };
  }

  /** The beginning of a new file. The next lines begin with a key-frame. Call this after `flush`. */
  opening(about: About): Uint8Array {
    assert(this.count === 0, "a new file when nothing waits");
    this.isKeyDue = true;
    const header: Header = { v: FLIGHT_VERSION, about, first: this.first };
    return joined(signature(FLIGHT_VERSION), frame(kinds.header, pack(header)));
  }

  /** The end of a file: proof that it is complete. Call this after `flush`. */
  closing(): Uint8Array {
    const index: Index = { chunks: [], lines: this.first };
    return frame(kinds.index, pack(index));
  }

  /** To be called if the last frames were lost: drops the waiting lines, which depend on them, and begins the next ones with a key-frame. Returns the number of lines dropped. */
  drop(): number {
    const { count } = this;
    this.ink.take();
    this.isKeyDue = true;
    this.first += count;
    this.count = 0;
    return count;
  }

  private known(): number {
    return this.member === null ? 0 : sizeOf(this.member.state.view);
  }

  /** Prepares for the first line since the last flush. */
  private begin(at: Instant): void {
    this.at = at;
    this.until = at;
    this.keyLength = 0;
    if (this.isKeyDue && this.member !== null) this.putKey(this.member.who, this.member.state);
    this.ink.spare(HEADS);
  }

  private putKey(who: MemberId, state: State): void {
    this.isKeyDue = false;
    this.linesSinceKey = 0;
    this.check = blankCheck(this.first);
    this.ink.forget();
    this.ink.spare(HEADS);
    this.keyBody(who, state);
    this.keyLength = this.ink.length;
  }

  /** Fills in the heads of a frame, for which `begin` left room. */
  private seal(bytes: Uint8Array, kind: number, place: Omit<Place, "offset">): void {
    putChunkHead(bytes, FRAME_HEAD, place);
    sealFrame(bytes, kind, this.sum);
  }

  /** The view, which is most of a state, is written as in lines; the rest as in a chunk. */
  private keyBody(who: MemberId, state: State): void {
    const rest: State & { readonly view: View } = { ...state, view: emptyView };
    const packed = pack([who, rest]);
    this.ink.whole(packed.length);
    this.ink.raw(packed);
    this.pen.begin(who, emptyView);
    this.pen.view(state.view);
    this.pen.begin(who, state.view);
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
