/** Writes a trace while a run goes on: collects the lines of one chunk, and emits bytes whenever it is full. */

import {
  after, assert, type Effect, type Event, type Instant, type MemberId, type Micros, ORIGIN, seconds, since, type State,
} from "../engine/index.ts";
import { blankCheck, checkAfter, lineCheck } from "./check.ts";
import { chunkHead } from "./chunk.ts";
import { frame, kinds, signature } from "./frame.ts";
import { storedLine } from "./line.ts";
import { pack } from "./pack.ts";
import type { Recorder } from "./recorder.ts";
import { emptyRegisters } from "./register.ts";
import { type About, type Body, type Header, type Held, type Index, type Line, type Rift, type Place, type StoredLine, VERSION } from "./schema.ts";

/** When a chunk is full. */
export type Limits = {
  /** It has at least this many lines, … */
  readonly lines: number;
  /** … and at least this many for each member in its key-frame. */
  readonly linesPerMember: number;
  /** Or its first line is so long ago. */
  readonly span: Micros;
};

/**
 * Each chunk costs a key-frame (about 180 bytes a member, plus their views), and to show a moment in it, it is replayed from
 * its beginning. 4,096 lines are replayed in about ten milliseconds. In a large group the key-frame is longer than the lines, so their number
 * grows with the group: 16 lines a member, about five seconds without faults, keep the key-frame's share under ten bytes a line. A minute limits what is lost when a
 * process that takes few steps is killed.
 */
const usual: Limits = { lines: 4096, linesPerMember: 16, span: seconds(60) };

/** A recorder that writes a trace. `sink` gets the file's bytes in pieces, in order, and may keep them. */
export class TraceWriter implements Recorder {
  private readonly sink: (bytes: Uint8Array) => void;
  private readonly limits: Limits;
  /** Every member's last state, in the order of their first births, which a Map keeps. */
  private readonly held = new Map<MemberId, State>();
  private readonly chunks: Place[] = [];
  private states: readonly Held[] = [];
  private lines: StoredLine[] = [];
  private registers = emptyRegisters();
  /** The number of the chunk's first line. */
  private first = 0;
  private at: Instant = ORIGIN;
  private until: Instant = ORIGIN;
  private check = blankCheck(0);
  private written = 0;
  private hasEnded = false;

  constructor(sink: (bytes: Uint8Array) => void, about: About, limits: Partial<Limits> = {}) {
    this.sink = sink;
    this.limits = { ...usual, ...limits };
    const header: Header = { v: VERSION, about };
    this.write(signature());
    this.write(frame(kinds.header, pack(header)));
  }

  born(at: Instant, who: MemberId, state: State): void {
    this.open(at);
    this.held.set(who, state);
    this.add({ kind: "born", at, who, state });
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State): void {
    assert(this.held.has(who), "a step of somebody who was born");
    this.open(at);
    this.held.set(who, state);
    this.check = checkAfter(this.check, who, event, effects, state);
    this.add({ kind: "stepped", at, who, event, check: lineCheck(this.check) });
  }

  disrupted(at: Instant, kind: string, members: readonly MemberId[], rift?: Rift): void {
    this.open(at);
    this.add({ kind: "disrupted", at, action: kind, members, ...(rift === undefined ? {} : { rift }) });
  }

  /** The run is over. Nothing can be recorded after this. */
  end(): void {
    assert(!this.hasEnded, "a trace that ends once");
    this.close();
    const index: Index = { chunks: this.chunks, lines: this.first };
    this.write(frame(kinds.index, pack(index)));
    this.hasEnded = true;
  }

  /** Prepares for a line: in the open chunk, or in a new one with a key-frame of this moment. */
  private open(at: Instant): void {
    assert(!this.hasEnded, "a trace that has not ended");
    if (this.lines.length > 0 && at >= after(this.at, this.limits.span)) this.close();
    if (this.lines.length === 0) {
      this.states = Array.from(this.held);
      this.registers = emptyRegisters();
      this.at = at;
      this.until = at;
      this.check = blankCheck(this.first);
    }
  }

  private add(line: Line): void {
    const { lines, linesPerMember } = this.limits;
    this.lines.push(storedLine(line, since(line.at, this.until), this.registers));
    this.until = line.at;
    if (this.lines.length >= lines && this.lines.length >= linesPerMember * this.held.size) this.close();
  }

  private close(): void {
    const { first, at, until, states, registers, lines, check } = this;
    if (lines.length === 0) return;
    const place: Place = { first, count: lines.length, at, until, offset: this.written };
    const { names, claims, payloads } = registers;
    const body: Body = { states, names: names.items, claims: claims.items, payloads: payloads.items, lines, check };
    this.write(frame(kinds.chunk, chunkHead(place), pack(body)));
    this.chunks.push(place);
    this.first += lines.length;
    this.states = [];
    this.lines = [];
  }

  private write(bytes: Uint8Array): void {
    this.written += bytes.length;
    this.sink(bytes);
  }
}
