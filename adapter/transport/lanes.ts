/** The outgoing half of datagrams over streams: one stream to each peer to which something is sent, opened when it is needed. */

import { after, milliseconds, seconds, type Address, type Instant } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { frameOf, greetingOf, LONGEST_DATAGRAM } from "./carried.ts";
import type { Connection } from "./transport.ts";

/** A stream that takes longer to open is given up, with all that waits for it: by then a probe has failed. */
const CONNECT_WITHIN = seconds(3);
/** More bytes than this do not wait for one peer: datagrams are for now. */
const MOST_WAITING = 262_144;
/** More streams than this are not kept: the one that was used the longest ago is closed. */
const MOST_LANES = 256;
/** A stream that was not used for so long is closed. */
const IDLE_AFTER = seconds(60);
/**
 * If a peer is silent for so long although we sent it something, the next datagram goes over a new stream. A machine that was switched off and is back knows nothing of the
 * old one, on which TCP tries again only after minutes.
 */
const RENEWED_AFTER = seconds(5);

export type LaneParts = {
  readonly connect: (to: Address, signal: AbortSignal) => Promise<Connection>;
  readonly clock: Clock;
  /** The address at which peers reach us: they must know whose datagrams these are. */
  readonly own: () => Address;
  /** A datagram to this address, or several, did not leave. Never called from within `send`. */
  readonly failed: (to: Address, why: string) => void;
  readonly count: (reason: string) => void;
};

type Lane = {
  readonly to: Address;
  readonly opening: AbortController;
  stream: Connection | null;
  /** Frames that wait for the stream to open; and bytes that wait for that, or for the peer to read. */
  waiting: Uint8Array[];
  bytes: number;
  usedAt: Instant;
  /** When we sent the first datagram since we last heard from the peer; null if there is none. */
  unansweredSince: Instant | null;
  isOver: boolean;
};

export class Lanes {
  private readonly parts: LaneParts;
  /** In the order of their last use. */
  private readonly lanes = new Map<Address, Lane>();
  private isClosed = false;

  constructor(parts: LaneParts) {
    this.parts = parts;
  }

  /** How many streams are open or being opened. */
  get size(): number {
    return this.lanes.size;
  }

  send(to: Address, packet: Uint8Array): void {
    if (this.isClosed) return;
    if (packet.length > LONGEST_DATAGRAM) return queueMicrotask(() => this.parts.failed(to, "EMSGSIZE"));
    const now = this.parts.clock.now();
    this.closeIdle(now);
    const lane = this.laneTo(to, now);
    if (lane.bytes + packet.length > MOST_WAITING) return this.parts.count("congested");
    lane.unansweredSince ??= now;
    const frame = frameOf(packet);
    lane.bytes += frame.length;
    if (lane.stream === null) lane.waiting.push(frame);
    else this.write(lane, lane.stream, frame, frame.length);
  }

  /** A datagram came from this address. */
  heard(from: Address): void {
    const lane = this.lanes.get(from);
    if (lane !== undefined) lane.unansweredSince = null;
  }

  close(): void {
    this.isClosed = true;
    for (const lane of this.lanes.values()) this.end(lane);
  }

  private laneTo(to: Address, now: Instant): Lane {
    const known = this.lanes.get(to);
    const isDeaf = known?.unansweredSince !== undefined && known.unansweredSince !== null && known.stream !== null && now - known.unansweredSince > RENEWED_AFTER;
    if (isDeaf) this.end(known);
    const lane = known === undefined || isDeaf ? this.open(to, now) : known;
    lane.usedAt = now;
    // Last in order again.
    this.lanes.delete(to);
    this.lanes.set(to, lane);
    return lane;
  }

  private open(to: Address, now: Instant): Lane {
    const [oldest] = this.lanes.size >= MOST_LANES ? this.lanes.values() : [];
    if (oldest !== undefined) this.end(oldest);
    const lane: Lane = { to, opening: new AbortController(), stream: null, waiting: [], bytes: 0, usedAt: now, unansweredSince: null, isOver: false };
    const cancel = this.parts.clock.alarm(after(now, CONNECT_WITHIN), () => this.broken(lane, `no connection within ${CONNECT_WITHIN / milliseconds(1_000)} s`));
    void this.parts.connect(to, lane.opening.signal).then((stream) => this.opened(lane, stream), (fault: unknown) => this.broken(lane, reasonOf(fault))).finally(cancel);
    return lane;
  }

  private opened(lane: Lane, stream: Connection): void {
    if (lane.isOver) return stream.destroy();
    lane.stream = stream;
    const frames = lane.waiting;
    lane.waiting = [];
    this.write(lane, stream, Buffer.concat([greetingOf(this.parts.own()), ...frames]), lane.bytes);
    void this.watch(lane, stream);
  }

  private write(lane: Lane, stream: Connection, bytes: Uint8Array, counted: number): void {
    stream.write(bytes).then(() => { lane.bytes -= counted; }, (fault: unknown) => this.broken(lane, reasonOf(fault)));
  }

  /** Nothing comes back on it, except its end. */
  private async watch(lane: Lane, stream: Connection): Promise<void> {
    try {
      for await (const _ of stream);
      this.end(lane);
    } catch (fault) {
      this.broken(lane, reasonOf(fault));
    }
  }

  private broken(lane: Lane, why: string): void {
    if (lane.isOver) return;
    const isLost = lane.bytes > 0;
    this.end(lane);
    if (isLost) this.parts.failed(lane.to, why);
  }

  private end(lane: Lane): void {
    if (lane.isOver) return;
    lane.isOver = true;
    if (this.lanes.get(lane.to) === lane) this.lanes.delete(lane.to);
    lane.opening.abort();
    lane.stream?.destroy();
  }

  private closeIdle(now: Instant): void {
    for (const lane of this.lanes.values()) {
      if (now - lane.usedAt <= IDLE_AFTER) return;
      this.end(lane);
    }
  }
}

/** The system's code, as for datagrams, or what else there is to say. */
const reasonOf = (fault: unknown): string => (fault instanceof Error ? ("code" in fault ? String(fault.code) : fault.message) : String(fault));
