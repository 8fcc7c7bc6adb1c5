/** The streams on which peers send us datagrams: at most so many, so that nobody fills our memory with them. */

import { seconds, type Instant } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection } from "./transport.ts";

/** More than this are not kept. */
const MOST = 1_024;
/** One on which nothing came for so long is closed in favour of a new one. */
const SILENT_AFTER = seconds(60);

export class Carriers {
  private readonly clock: Clock;
  private readonly most: number;
  /** Since when each is silent: the longest first. */
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
