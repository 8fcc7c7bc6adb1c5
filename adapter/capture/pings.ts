/** Which pings were answered, how fast, and how many were lost. */

import type { Address, Instant } from "../../engine/index.ts";
import type { Spoken } from "./speaker.ts";

export type Pings = {
  readonly asked: number;
  readonly answered: number;
  /** Not answered, by members that said something else within the same five seconds: the question or the answer was lost, on the wire or to the capture. */
  readonly lost: number;
  /** Not answered, by members that said nothing else either. */
  readonly silent: number;
  /** Asked too shortly before the capture's end to tell. */
  readonly open: number;
  /** In microseconds, from the smallest. As seen where it was captured: the whole way only if that was at the asker's. */
  readonly roundTrips: readonly number[];
};

/** So long an answer is waited for, in microseconds. */
const PATIENCE = 5_000_000;
/** So many times are kept; of more than that every other, and then every fourth. */
const MOST = 65_536;

type Question = { readonly at: Instant; readonly target: Address };

export type PingCount = { readonly hear: (saying: Spoken) => void; readonly end: (until: Instant) => Pings };

export function countPings(): PingCount {
  const waiting = new Map<string, Question>();
  const spokeAt = new Map<Address, Instant>();
  const counts = { asked: 0, answered: 0, lost: 0, silent: 0 };
  let roundTrips: number[] = [];
  let [stride, seen] = [1, 0];
  const settle = (now: Instant): void => {
    // In the order in which they were asked: the first who may still wait ends it.
    for (const [key, { at, target }] of waiting) {
      if (now - at <= PATIENCE) break;
      waiting.delete(key);
      counts[(spokeAt.get(target) ?? -1) >= at ? "lost" : "silent"]++;
    }
  };
  const time = (length: number): void => {
    if (seen++ % stride === 0) roundTrips.push(length);
    if (roundTrips.length > MOST) [roundTrips, stride] = [roundTrips.filter((_, number) => number % 2 === 0), stride * 2];
  };
  return {
    hear: (saying) => {
      if (saying.kind !== "datagram") return;
      const { at, from, to, message } = saying;
      settle(at);
      spokeAt.set(from, at);
      if (message.kind === "ping") {
        counts.asked++;
        waiting.set(`${from} ${to} ${message.seq}`, { at, target: to });
      } else if (message.kind === "ack") {
        const key = `${to} ${from} ${message.seq}`;
        const question = waiting.get(key);
        if (question === undefined) return;
        waiting.delete(key);
        counts.answered++;
        time(at - question.at);
      }
    },
    end: (until) => {
      settle(until);
      return { ...counts, open: waiting.size, roundTrips: roundTrips.toSorted((one, other) => one - other) };
    },
  };
}
