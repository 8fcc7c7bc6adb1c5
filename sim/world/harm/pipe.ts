/** A pipe: limited bandwidth, one packet after another, behind a queue that drops what arrives when it is full. */

import { micros, type Micros } from "../../../engine/index.ts";
import { HEADERS, type Pipe } from "../../scenario/harm.ts";
import { laneOf, type Passing } from "./ground.ts";

const SECOND = 1_000_000;

export class PipeQueue {
  private readonly pipe: Pipe;
  private readonly members: number;
  /** For each lane, until when it is busy with what was admitted. */
  private readonly busyUntil = new Map<number, number>();

  constructor(pipe: Pipe, members: number) {
    this.pipe = pipe;
    this.members = members;
  }

  /** How long a datagram waits and is transmitted, or why it is lost. */
  admit(passing: Passing): Micros | "queue" | "mtu" {
    const { rate, queue, mtu } = this.pipe;
    const size = passing.size + HEADERS;
    if (mtu !== null && size > mtu) return "mtu";
    if (rate === null) return micros(0);
    const lane = laneOf(this.pipe.shared, passing, this.members);
    const waits = Math.max(0, (this.busyUntil.get(lane) ?? 0) - passing.now);
    // The waiting time, converted to bytes, is what the queue holds.
    if (queue !== null && (waits * rate) / SECOND + size > queue) return "queue";
    return this.occupy(lane, waits, size, passing);
  }

  /** How long what a stream sends waits and is transmitted. A stream slows down where the queue is full, and splits itself to fit the MTU: nothing is lost. */
  carry(passing: Passing): Micros {
    if (this.pipe.rate === null) return micros(0);
    const lane = laneOf(this.pipe.shared, passing, this.members);
    return this.occupy(lane, Math.max(0, (this.busyUntil.get(lane) ?? 0) - passing.now), passing.size + HEADERS, passing);
  }

  private occupy(lane: number, waits: number, size: number, { now }: Passing): Micros {
    const wait = waits + Math.round((size * SECOND) / (this.pipe.rate ?? Infinity));
    this.busyUntil.set(lane, now + wait);
    return micros(wait);
  }
}
