/** The streams that peers opened: how many there may be, how many bytes they may hold, and which one is cut off beyond that. */

import type { Connection } from "../transport/transport.ts";
import type { ExchangeLimits } from "./exchange.ts";
import { ANSWERING, streamOf, type Alarm, type Ending, type Stream } from "./stream.ts";

export type Guest = {
  readonly stream: Stream;
  /** `count` more bytes of its request came, and are held. */
  readonly came: (count: number) => void;
  /** Its bytes are not held any more. */
  readonly letGo: () => void;
  readonly leave: () => void;
};

export type Crowd = {
  /** Undefined if there is no room. */
  readonly enter: (connection: Connection) => Guest | undefined;
  readonly end: (why: Ending) => void;
  readonly size: () => number;
};

/** The limit on all undecoded bytes together, as a multiple of the longest message. */
const LONGEST_ONES = 4;

export function crowdOf({ deadline, longest, most }: ExchangeLimits, alarm: Alarm): Crowd {
  /** The oldest first. */
  const streams = new Set<Stream>();
  let held = 0;

  function enter(connection: Connection): Guest | undefined {
    if (streams.size >= most && !cutOff(leastOf(streams), "too-many")) return undefined;
    const stream = streamOf(alarm, deadline);
    stream.hold(connection);
    streams.add(stream);
    let counted = 0;
    const came = (count: number): void => {
      counted += count;
      held += count;
      stream.said = counted;
      if (held > LONGEST_ONES * longest) cutOff(mostOf(streams), "too-much");
    };
    const letGo = (): void => {
      held -= counted;
      counted = 0;
    };
    const leave = (): void => {
      letGo();
      streams.delete(stream);
      stream.end("done");
    };
    return { stream, came, letGo, leave };
  }

  function cutOff(stream: Stream | undefined, why: Ending): boolean {
    if (stream === undefined) return false;
    streams.delete(stream);
    stream.end(why);
    return true;
  }

  return {
    enter,
    end: (why) => {
      for (const stream of streams) cutOff(stream, why);
    },
    size: () => streams.size,
  };
}

/** The stream that has sent least, the oldest among equals; undefined if all wait for our answer. */
function leastOf(streams: Iterable<Stream>): Stream | undefined {
  let least: Stream | undefined;
  for (const stream of streams) if (stream.said < (least?.said ?? ANSWERING)) least = stream;
  return least;
}

/** Of the streams whose requests are not complete, the one that has sent most. */
function mostOf(streams: Iterable<Stream>): Stream | undefined {
  let most: Stream | undefined;
  for (const stream of streams) if (stream.said < ANSWERING && stream.said > (most?.said ?? 0)) most = stream;
  return most;
}
