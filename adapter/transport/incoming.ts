/** The incoming half of datagrams over streams: the streams that peers opened. Their number is limited, so that nobody can fill our memory with them. */

import { seconds, type Instant } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection } from "./transport.ts";

/** The most streams that are kept. */
const MOST = 1_024;
/** A stream on which nothing came for this long may be closed to make room for a new one. */
const SILENT_AFTER = seconds(60);

export class IncomingStreams {
  private readonly clock: Clock;
  private readonly most: number;
  /** When something last came on each, the oldest first. */
  private readonly silentSince = new Map<Connection, Instant>();

  constructor(clock: Clock, most: number = MOST) {
    this.clock = clock;
    this.most = most;
  }

  /** A stream was opened. False if there is no room for it. */
  admit(stream: Connection): boolean {
    const now = this.clock.now();
    const [longest] = this.silentSince.size >= this.most ? this.silentSince : [];
    if (longest !== undefined) {
      const [silent, since] = longest;
      if (now - since <= SILENT_AFTER) return false;
      this.gone(silent);
      silent.destroy();
    }
    this.silentSince.set(stream, now);
    return true;
  }

  /** Something came on it. */
  used(stream: Connection): void {
    if (this.silentSince.delete(stream)) this.silentSince.set(stream, this.clock.now());
  }

  gone(stream: Connection): void {
    this.silentSince.delete(stream);
  }
}
