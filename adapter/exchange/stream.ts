/** One stream while it is open, and the deadline by which it is not. */

import { after, milliseconds } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection } from "../transport/transport.ts";
import type { StreamTrouble } from "./exchange.ts";

/** `done`: all was said. `closed`: the member stops. */
export type Ending = "done" | "too-slow" | "too-many" | "too-much" | "closed";

export type Stream = {
  /** Aborts when it is over. */
  readonly signal: AbortSignal;
  /** This is it: to be destroyed when it is over, at once if it is already. */
  readonly hold: (connection: Connection) => Connection;
  /** Over, for this reason unless there was one before. */
  readonly end: (why: Ending) => void;
  readonly ending: () => Ending | null;
  /** Bytes of its request so far; or `ANSWERING`, or `LINGERING`. Of several, the one that said least is cut off first. */
  said: number;
};

/** Its request is whole, its answer is not sent: never cut off before its deadline. */
export const ANSWERING = Infinity;
/** All is said, and the peer has only to hang up: nothing is lost with it. */
export const LINGERING = -1;

/** Calls `ring` in so many milliseconds; returns how to take that back. */
export type Alarm = (wait: number, ring: () => void) => () => void;

/** By the member's clock, where it has one of its own. */
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
