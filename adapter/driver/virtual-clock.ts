/** A clock whose time passes only when it is told to: hours pass at once, and always in the same way. */

import { after, instant, micros, ORIGIN, seconds, type Instant, type Micros } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";

/** A clock whose time passes only when it is told to. */
export type VirtualClock = Clock & {
  /** Lets this much time pass: alarms go off in order, each at its moment, and promises that depend on one are settled before the next. */
  readonly pass: (length: Micros) => Promise<void>;
  /** Lets time pass, for `atMost` (by default an hour), until the promise is settled, and settles in the same way. A `RangeError` if it is not settled by then. */
  readonly until: <T>(promise: Promise<T>, atMost?: Micros) => Promise<T>;
  /** Jumps ahead by this much, as if the machine had been suspended: overdue alarms go off late, when time passes again. */
  readonly jump: (length: Micros) => void;
};

type Alarm = { readonly at: Instant; readonly ring: () => void };

/** What people's clocks show at its origin: the beginning of 2026. */
const WALL_ORIGIN = Date.UTC(2026, 0);

/** Begins at 0; its wall clock begins with 2026. Several members may share one. */
export function virtualClock(): VirtualClock {
  let now = ORIGIN;
  /** The next is the last; of two at one moment the later set rings later. */
  const alarms: Alarm[] = [];
  /** Passing takes turns: whoever asks while time passes waits for that. */
  let passing: Promise<unknown> = Promise.resolve();

  /** Rings what is due next, if that is by then; and lets everything come of it. */
  const ringNext = async (end: Instant): Promise<boolean> => {
    const next = alarms.at(-1);
    if (next === undefined || next.at > end) return false;
    alarms.pop();
    now = instant(Math.max(now, next.at));
    next.ring();
    await settled();
    return true;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = passing.then(work);
    passing = done.catch(() => {});
    return done;
  };
  return {
    now: () => now,
    wall: () => WALL_ORIGIN + now / 1_000,
    alarm: (at, ring) => setAlarm(alarms, { at, ring }),
    jump: (length) => { now = after(now, length); },
    pass: (length) => inTurn(async () => {
      const end = after(now, length);
      await settled();
      while (await ringNext(end));
      now = instant(Math.max(now, end));
    }),
    until: (promise, atMost = seconds(3_600)) => inTurn(async () => {
      const end = after(now, atMost);
      const outcome = { isThere: false };
      const note = (): void => { outcome.isThere = true; };
      promise.then(note, note);
      await settled();
      while (!outcome.isThere && (await ringNext(end)));
      if (!outcome.isThere) throw new RangeError(`timed out after ${micros(atMost) / 1_000_000} s of this clock`);
      return promise;
    }),
  };
}

function setAlarm(alarms: Alarm[], alarm: Alarm): () => void {
  let [low, high] = [0, alarms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((alarms[middle]?.at ?? 0) > alarm.at) low = middle + 1;
    else high = middle;
  }
  alarms.splice(low, 0, alarm);
  return () => {
    const place = alarms.indexOf(alarm);
    if (place >= 0) alarms.splice(place, 1);
  };
}

/** All that was waiting to be done is done: promises settled, and what they led to. */
const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
