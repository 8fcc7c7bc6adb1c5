/** An open stream and its deadline. */

import { after, milliseconds } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection } from "../transport/transport.ts";
import type { StreamTrouble } from "./exchange.ts";

/** `done`: the exchange is complete. `closed`: the member stops. */
export type Ending = "done" | "too-slow" | "too-many" | "too-much" | "closed";

export type Stream = {
  /** Aborts when the stream is over. */
  readonly signal: AbortSignal;
  /** Sets its connection, which is destroyed when the stream is over; at once if it is already. */
  readonly hold: (connection: Connection) => Connection;
  /** Ends the stream, for this reason, unless it has ended already. */
  readonly end: (why: Ending) => void;
  readonly ending: () => Ending | null;
  /** Bytes of its request so far; or `ANSWERING`, or `LINGERING`. The stream with the least is cut off first. */
  said: number;
};

/** Its request is complete, its answer not sent: never cut off before its deadline. */
export const ANSWERING = Infinity;
/** Its answer is sent, and only the peer's hanging up is missing: nothing is lost if it is cut off. */
export const LINGERING = -1;

/** Calls `ring` in `wait` milliseconds; returns a function that cancels it. */
export type Alarm = (wait: number, ring: () => void) => () => void;

/** Uses the member's clock, if it has one of its own. */
export function alarmOf(clock: Clock | undefined): Alarm {
  if (clock !== undefined) return (wait, ring) => clock.alarm(after(clock.now(), milliseconds(wait)), ring);
  return (wait, ring) => {
    const timer = setTimeout(ring, wait);
    return () => clearTimeout(timer);
  };
}

export function streamOf(alarm: Alarm, deadline: number): Stream {
  const over = new AbortController();
  let connection: Connection | undefined;
  let ending: Ending | null = null;

  function end(why: Ending): void {
    if (ending !== null) return;
    ending = why;
    cancel();
    over.abort();
    connection?.destroy();
  }

  const cancel = alarm(deadline, () => end("too-slow"));
  return {
    signal: over.signal,
    hold: (held) => {
      connection = held;
      if (ending !== null) held.destroy();
      return held;
    },
    end,
    ending: () => ending,
    said: 0,
  };
}

/** Why a stream is over, in words. */
export function whyOf(stream: Stream, error: unknown): { readonly reason: StreamTrouble; readonly why: string } {
  switch (stream.ending()) {
    case "too-slow": return { reason: "too-slow", why: "not finished by its deadline" };
    case "too-many": return { reason: "too-many", why: "too many streams are open, and this one had sent the least" };
    case "too-much": return { reason: "too-many", why: "peers send more at once than we accept, and this one had sent the most" };
    default: return { reason: "broken", why: error instanceof Error ? error.message : String(error) };
  }
}
