/** Random trouble in the network: bursts, packets that are late, duplicated, corrupted or lost. All of it ends. */

import type { Written, WrittenValue } from "../scenario/write.ts";
import type { Dice } from "./dice.ts";
import { type Cast, type Draw, span } from "./trouble.ts";

/** A harm that affects all packets of some members, or of all, for a while. */
const harming = (make: (dice: Dice) => Written): Draw => (dice, cast) => {
  const everybody = [...cast.core, ...cast.others];
  const whose: Written = dice.isLucky(50) ? { from: "all", to: "all" } : { members: dice.some(everybody, dice.between(1, everybody.length)) };
  return [{ ...span(dice, cast), impair: { ...whose, ...make(dice) } }];
};

const rate = (dice: Dice, rates: readonly number[]): string => `${dice.oneOf(rates)}%`;

const some = (dice: Dice, { core, others }: Cast): readonly string[] => dice.some([...core, ...others], dice.between(1, Math.ceil((core.length + others.length) / 2)));

/** Ways to partition a group that is large enough for each of them. */
const shapes: readonly ((dice: Dice, cast: Cast) => Written)[] = [
  (dice) => ({ ways: dice.between(2, 3) }),
  (dice, { core }) => ({ isolate: dice.some(core, dice.between(1, 2)) }),
  () => ({ ring: true }),
  (dice, { core }) => ({ bridge: dice.oneOf(core) }),
];

/** What happens to packets that would cross. */
const crossings: readonly Written[] = [{}, { mode: "slow", delay: { uniform: ["100ms", "2s"] } }, { mode: "jam" }];

const flapping = (dice: Dice): Written => ({ flap: { on: { uniform: ["1s", `${dice.between(2, 9)}s`] }, off: { exponential: { mean: `${dice.between(1, 5)}s` } } } });

/** The families of network faults, which follow the earlier ones: so older seeds still draw the same from those. */
export const networkFamilies: Readonly<Record<string, Draw>> = {
  bursts: harming((dice) => ({ bursts: { loss: rate(dice, [5, 20, 40]), meanLength: dice.oneOf<WrittenValue>([3, 10, "300ms", "2s"]), shared: dice.oneOf(["pair", "sender", "receiver", "all"]) } })),
  pipe: harming((dice) => ({ pipe: { bandwidth: `${dice.oneOf([1, 4, 16])}kB/s`, queue: `${dice.oneOf([2, 8])}kB`, mtu: dice.oneOf([600, 1_500]), shared: dice.oneOf(["pair", "sender"]) } })),
  corruption: harming((dice) => ({ corrupt: { share: rate(dice, [5, 30]), bits: dice.between(1, 8) } })),
  replay: harming((dice) => ({ replay: { share: rate(dice, [5, 50]), after: { uniform: ["0s", `${dice.between(1, 10)}s`] } }, reorder: { share: rate(dice, [10, 50]), by: { uniform: ["0s", "2s"] } } })),
  "loss-of-kinds": harming((dice) => ({ lossOf: { [dice.oneOf(["ping", "ack", "ping-req", "nack", "gossip", "stream"])]: rate(dice, [20, 50, 100]) } })),
  clog: (dice, cast) => [{ ...span(dice, cast), clog: { from: some(dice, cast), to: "rest" }, bothWays: dice.isLucky(50), ...(dice.isLucky(40) ? flapping(dice) : {}) }],
  swizzle: (dice, cast) => {
    const length = (): string => `${dice.between(1, 4)}s`;
    return [{ at: `${dice.between(1, Math.max(1, cast.until - 13))}s`, swizzle: { members: some(dice, cast), clogFor: length(), holdFor: length(), unclogFor: length() } }];
  },
  split: (dice, cast) => {
    // With fewer there is no ring, and no bridge with a member at each end.
    if (cast.core.length + cast.others.length < 4) return [];
    const partition = { ...dice.oneOf(shapes)(dice, cast), ...dice.oneOf(crossings) };
    return [{ ...span(dice, cast), partition, ...(dice.isLucky(30) ? flapping(dice) : {}) }];
  },
};
