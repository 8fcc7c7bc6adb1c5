/** The outgoing half of datagrams over streams: one stream for each peer, opened when there is something to send. */

import { after, seconds, type Address, type Instant } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { frameOf, greetingOf, LONGEST_DATAGRAM } from "./framing.ts";
import type { Connection } from "./transport.ts";

/** A stream that takes longer to open is given up, with the datagrams that wait for it: by then a probe has failed. */
const CONNECT_WITHIN = seconds(3);
/** The most bytes that wait for one peer. More are dropped: a late datagram is of little use. */
const MOST_WAITING = 262_144;
/** The most streams that are kept; then the least recently used one is closed. */
const MOST_STREAMS = 256;
/** A stream that was not used for this long is closed. */
const IDLE_AFTER = seconds(60);
/**
 * If nothing has come from a peer for this long although we sent it something, the next datagram goes over a new stream. A machine that lost power and is back does not know
 * the old one, on which TCP retransmits only after minutes.
 */
const RENEWED_AFTER = seconds(5);

export type OutgoingParts = {
  readonly connect: (to: Address, signal: AbortSignal) => Promise<Connection>;
  readonly clock: Clock;
  /** The address at which peers reach us, which they take for the sender of our datagrams. */
  readonly own: () => Address;
  /** One or more datagrams to this address could not be sent. Never called from within `send`. */
  readonly failed: (to: Address, why: string) => void;
  readonly count: (reason: string) => void;
};

type Outgoing = {
  readonly to: Address;
  readonly opening: AbortController;
  stream: Connection | null;
  /** Frames that wait for the stream to open. */
  waiting: Uint8Array[];
  /** Bytes that wait for the stream to open, or for the peer to read. */
  bytes: number;
  usedAt: Instant;
  /** When we sent the first datagram since we last heard from the peer; null if there is none. */
  unansweredSince: Instant | null;
  isOver: boolean;
};

export class OutgoingStreams {
  private readonly parts: OutgoingParts;
  /** By peer, the least recently used first. */
  private readonly streams = new Map<Address, Outgoing>();
  private isClosed = false;

  constructor(parts: OutgoingParts) {
    this.parts = parts;
  }

  send(to: Address, packet: Uint8Array): void {
    if (this.isClosed) return;
    if (packet.length > LONGEST_DATAGRAM) return queueMicrotask(() => this.parts.failed(to, "EMSGSIZE"));
    const now = this.parts.clock.now();
    this.closeIdle(now);
    const outgoing = this.streamTo(to, now);
    if (outgoing.bytes + packet.length > MOST_WAITING) return this.parts.count("congested");
    outgoing.unansweredSince ??= now;
    const frame = frameOf(packet);
    outgoing.bytes += frame.length;
    if (outgoing.stream === null) outgoing.waiting.push(frame);
    else this.write(outgoing, outgoing.stream, frame, frame.length);
  }

  /** A datagram came from this address. */
  heard(from: Address): void {
    const outgoing = this.streams.get(from);
    if (outgoing !== undefined) outgoing.unansweredSince = null;
  }

  close(): void {
    this.isClosed = true;
    for (const outgoing of this.streams.values()) this.end(outgoing);
  }

  private streamTo(to: Address, now: Instant): Outgoing {
    const known = this.streams.get(to);
    const isStale = known !== undefined && isUnanswered(known, now);
    if (isStale) this.end(known);
    const outgoing = known === undefined || isStale ? this.open(to, now) : known;
    outgoing.usedAt = now;
    // Moves it to the end of the order.
    this.streams.delete(to);
    this.streams.set(to, outgoing);
    return outgoing;
  }

  private open(to: Address, now: Instant): Outgoing {
    const [oldest] = this.streams.size >= MOST_STREAMS ? this.streams.values() : [];
    if (oldest !== undefined) this.end(oldest);
    const outgoing: Outgoing = { to, opening: new AbortController(), stream: null, waiting: [], bytes: 0, usedAt: now, unansweredSince: null, isOver: false };
    const cancel = this.parts.clock.alarm(after(now, CONNECT_WITHIN), () => this.broken(outgoing, `no connection within ${CONNECT_WITHIN / seconds(1)} s`));
    void this.parts.connect(to, outgoing.opening.signal).then((stream) => this.opened(outgoing, stream), (fault: unknown) => this.broken(outgoing, reasonOf(fault))).finally(cancel);
    return outgoing;
  }

  private opened(outgoing: Outgoing, stream: Connection): void {
    if (outgoing.isOver) return stream.destroy();
    outgoing.stream = stream;
    const frames = outgoing.waiting;
    outgoing.waiting = [];
    this.write(outgoing, stream, Buffer.concat([greetingOf(this.parts.own()), ...frames]), outgoing.bytes);
    void this.watch(outgoing, stream);
  }

  private write(outgoing: Outgoing, stream: Connection, bytes: Uint8Array, counted: number): void {
    stream.write(bytes).then(() => { outgoing.bytes -= counted; }, (fault: unknown) => this.broken(outgoing, reasonOf(fault)));
  }

  /** Reads the stream, on which the peer sends nothing, in order to notice its end. */
  private async watch(outgoing: Outgoing, stream: Connection): Promise<void> {
    try {
      for await (const _ of stream);
      this.end(outgoing);
    } catch (fault) {
      this.broken(outgoing, reasonOf(fault));
    }
  }

  private broken(outgoing: Outgoing, why: string): void {
    if (outgoing.isOver) return;
    const isLost = outgoing.bytes > 0;
    this.end(outgoing);
    if (isLost) this.parts.failed(outgoing.to, why);
  }

  private end(outgoing: Outgoing): void {
    if (outgoing.isOver) return;
    outgoing.isOver = true;
    if (this.streams.get(outgoing.to) === outgoing) this.streams.delete(outgoing.to);
    outgoing.opening.abort();
    outgoing.stream?.destroy();
  }

  private closeIdle(now: Instant): void {
    for (const outgoing of this.streams.values()) {
      if (now - outgoing.usedAt <= IDLE_AFTER) return;
      this.end(outgoing);
    }
  }
}

const isUnanswered = ({ stream, unansweredSince }: Outgoing, now: Instant): boolean => stream !== null && unansweredSince !== null && now - unansweredSince > RENEWED_AFTER;

/** The system's error code, as for datagrams, or else the error's message. */
const reasonOf = (fault: unknown): string => (fault instanceof Error ? ("code" in fault ? String(fault.code) : fault.message) : String(fault));
