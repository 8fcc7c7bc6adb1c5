/** A clock for tests, which stands still until it is advanced: hours pass at once, and always in the same way. */

import { after, instant, micros, ORIGIN, seconds, type Instant, type Micros } from "../../engine/index.ts";
import type { Clock } from "./clock.ts";

/** A clock whose time passes only when it is told to, without real waiting. */
export type VirtualClock = Clock & {
  /** Lets this much time pass: alarms that are due ring in order, each at its moment, and the promises that depend on one are settled before the next. */
  readonly pass: (length: Micros) => Promise<void>;
  /** Lets time pass until this promise is settled, but at most `atMost` (default: an hour); resolves or rejects as it does. Rejects with a `RangeError` if it is not settled by then. */
  readonly until: <T>(promise: Promise<T>, atMost?: Micros) => Promise<T>;
  /** Skips this much time at once, as if the machine had slept: alarms that were due meanwhile ring late, once time passes again. */
  readonly jump: (length: Micros) => void;
};

type Alarm = { readonly at: Instant; readonly ring: () => void };

/** The time of day at its origin: the beginning of 2026. */
const WALL_ORIGIN = Date.UTC(2026, 0);

/** Begins at 0, and its time of day with 2026. Several members may share one. */
export function virtualClock(): VirtualClock {
  let now = ORIGIN;
  /** The next alarm is the last in the list; of two at one moment, the one set later rings later. */
  const alarms: Alarm[] = [];
  /** Calls are serialised: one that comes while time passes waits for that. */
  let passing: Promise<unknown> = Promise.resolve();

  /** Rings the next alarm, if it is due by `end`, and waits until its consequences have settled. */
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

/** Waits until all pending promises, and those that follow from them, are settled. */
const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
