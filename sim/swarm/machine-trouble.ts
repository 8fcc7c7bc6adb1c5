/** Random trouble of members and their machines: slowness, clocks, racks that fail together, churn, what a process keeps, and replacements. */

import type { Written, WrittenValue } from "../scenario/write.ts";
import type { Dice } from "./dice.ts";
import { befalling, type Cast, type Draw, restarting, span } from "./trouble.ts";

/** Clock errors: as on real machines, or far worse. */
const drifts = [["100ppm", "-100ppm"], ["1%", "-1%"], ["20%", "-20%"]] as const;

/** How long a slow machine takes for each message. */
const takes: readonly WrittenValue[] = ["20ms", { exponential: { mean: "50ms" } }, { exponential: { mean: "300ms" } }, { uniform: ["0s", "1s"] }];

/** Kinds of churn: at random moments, or by sessions. */
const churns: readonly ((dice: Dice) => Written)[] = [
  (dice) => ({ rate: `${dice.oneOf([60, 240])}/h`, per: "member", down: { exponential: { mean: `${dice.between(1, 10)}s` } } }),
  (dice) => ({ rate: `${dice.oneOf([600, 1_800])}/h`, down: { uniform: ["1s", `${dice.between(2, 15)}s`] } }),
  (dice) => ({ up: { weibull: { scale: `${dice.between(5, 40)}s`, shape: 0.6 } }, down: { lognormal: { median: `${dice.between(2, 10)}s`, sigma: 0.5 } } }),
];

const everybodyOf = ({ core, others }: Cast): readonly string[] => [...core, ...others];

/** What a restarting process has kept. */
const remembering = (dice: Dice): Written => ({ ...(dice.isLucky(70) ? { view: "kept" } : {}), incarnation: dice.oneOf(["kept", "lost"]) });

/** A rack fails, or a part of several; it may spread. All of it ends before trouble does. */
function rack(dice: Dice, { until }: Cast): Written {
  const times = dice.between(1, 3);
  const at = dice.between(1, until - 9);
  const lasts = dice.between(1, Math.max(1, Math.min(30, until - 1 - at - times * CASCADE)));
  const part = dice.oneOf<Written>([{}, {}, { fraction: "50%" }, { count: 1 }]);
  const cascade: Written = dice.isLucky(50) ? { cascade: { every: `${CASCADE}s`, times, chance: dice.oneOf(["30%", "80%"]) } } : {};
  return { at: `${at}s`, [dice.oneOf(["crash", "crash", "pause", "block"])]: { domain: "rack", ...part }, for: `${lasts}s`, ...cascade };
}

/** Seconds between two racks of a cascade. */
const CASCADE = 2;

/** The families of machine faults, which follow all others. */
export const machineFamilies: Readonly<Record<string, Draw>> = {
  slow: (dice, cast) => befalling(dice, cast, 2, (members) => ({ slow: { members, takes: dice.oneOf(takes), ...(dice.isLucky(40) ? { alarms: "in-turn" } : {}) } })),
  // The buffer is small all the time, and fills when a member stands still or is slow: see `bufferOf`.
  "receive-buffer": (dice, cast) => [{ ...span(dice, cast), pause: dice.some(everybodyOf(cast), dice.between(1, 3)) }],
  clock: (dice, cast) => befalling(dice, cast, 3, (members) => ({ clock: { members, rate: dice.oneOf(dice.oneOf(drifts)) } })),
  "clock-step": (dice, cast) => Array.from({ length: dice.between(1, 3) }, () => {
    const members = dice.some(everybodyOf(cast), dice.between(1, 4));
    const clock: Written = dice.isLucky(80) ? { members, step: dice.oneOf(["300ms", "5s", "1m"]) } : { members, wall: dice.oneOf(["1h", "-2h"]) };
    return { at: span(dice, cast).at, clock };
  }),
  // Drifts and offsets are written with the members: see `clockOf`.
  drift: () => [],
  domain: (dice, cast) => Array.from({ length: dice.between(1, 2) }, () => rack(dice, cast)),
  churn: (dice, cast) => {
    const members = dice.some(everybodyOf(cast), dice.between(1, Math.ceil(everybodyOf(cast).length / 3)));
    const by = dice.oneOf(["crash", "leave"]);
    return [{ ...span(dice, cast), churn: { members, by, ...dice.oneOf(churns)(dice) }, ...restarting(dice, cast) }];
  },
  memory: (dice, cast) => Array.from({ length: dice.between(1, 3) }, () => {
    const crash = dice.some(everybodyOf(cast), dice.between(1, Math.ceil(everybodyOf(cast).length / 3)));
    return { ...span(dice, cast), crash, ...remembering(dice) };
  }),
  replaced: (dice, { others, newcomers, mayMove, until }) => {
    // A member that was replaced and comes back later listens elsewhere: see `restarting`.
    if (others.length === 0 || newcomers.length === 0 || !mayMove) return [];
    const members = dice.some(others, newcomers.length);
    const at = dice.between(1, until - 3);
    return [{ at: `${at}s`, crash: members }, { at: `${dice.between(at + 1, Math.min(until - 1, at + 20))}s`, replace: { members, by: newcomers } }];
  },
};

/** Its key in `network:`: how much may wait at a member. */
export const bufferOf = (dice: Dice): Written => ({ receiveBuffer: dice.oneOf<Written>([{ packets: 1 }, { packets: 16 }, { bytes: "4KiB" }, { packets: 64, bytes: "64KiB" }]) });

/** The clocks of all members at the origin. */
export function clockOf(dice: Dice): Written {
  const [fast, slow] = dice.oneOf(drifts);
  return { clock: { rate: dice.isLucky(50) ? [slow, fast] : dice.oneOf([fast, slow]), offset: dice.oneOf<WrittenValue>(["0s", ["0s", "12h"]]) } };
}
