/** Machines: how far their clocks may deviate from true time. Bounds are derived in members' periods, and hold in true time for the slowest clock. */

import type { Scenario } from "../scenario/model.ts";

/** The effect of clocks on lengths, from the origin to the end. */
export type Pace = {
  /** How many true seconds the slowest clock needs for one of its own: 1 where none is slow. */
  readonly longest: number;
  /** How many seconds the fastest clock counts in a true one: 1 where none is fast. */
  readonly fastest: number;
  /** How far clocks jump ahead, in microseconds, summed over all jumps. */
  readonly jumps: number;
  /** Clocks show whole microseconds: by this many a length may be longer. One for its beginning, one for its end, and one for each change in between. */
  readonly cut: number;
};

const MILLION = 1_000_000;

export function paceOf({ members, timeline }: Scenario): Pace {
  const changes = timeline.flatMap(({ action }) => (action.kind === "clock" ? [action] : []));
  const drawn = changes.flatMap(({ rate }) => (rate === null || rate === "usual" ? [] : [rate]));
  const rates = [...members.flatMap(({ clock }) => (clock === undefined ? [] : [clock.rate])), ...drawn].flat();
  const [least, most] = rates.reduce(([low, high], rate) => [Math.min(low, rate), Math.max(high, rate)], [0, 0]);
  return {
    longest: 1 / (1 + least / MILLION),
    fastest: 1 + most / MILLION,
    jumps: changes.reduce((sum, { step }) => sum + step, 0),
    cut: least === 0 && most === 0 && changes.length === 0 ? 0 : 2 + changes.length,
  };
}

/** A length by a member's clock, as the longest possible true time. */
export const atMost = (length: number, { longest, cut }: Pace): number => Math.ceil(length * longest) + cut;

/** Do all machines always handle at once what arrives, and do all clocks show true time? */
export const isEverySound = ({ members, timeline }: Scenario): boolean =>
  members.every(({ clock }) => clock === undefined || (clock.rate[0] === 0 && clock.rate[1] === 0)) &&
  timeline.every(({ action }) => action.kind !== "slow" && (action.kind !== "clock" || (action.rate === null && action.step === 0)));
