/** Bursts: how long they are, how much they lose, and who has them in common; held against the formulas of Gilbert's channel. */

import { describe, expect, test } from "vitest";
import { instant, micros } from "../../../../engine/index.ts";
import type { Bursts } from "../../../../sim/scenario/harm.ts";
import { packetKey } from "../../../../sim/world/chance.ts";
import { BurstChannel } from "../../../../sim/world/harm/burst.ts";

/** Whether each of so many packets is lost, one every so many microseconds. */
function losses(bursts: Bursts, count: number, every = 1_000, [source, target] = [0, 1]): readonly boolean[] {
  const channel = new BurstChannel(bursts, 10);
  return Array.from({ length: count }, (_, nth) => channel.loses({ source: source!, target: target!, now: instant(nth * every), size: 100, key: packetKey(7, source!, target!, nth), purposes: 0 }));
}

/** The lengths of all stretches of lost packets. */
const runsOf = (lost: readonly boolean[]): readonly number[] =>
  lost.map((is) => (is ? "x" : ".")).join("").split(/\.+/).filter((run) => run !== "").map(({ length }) => length);

const share = <T>(items: readonly T[], isSo: (item: T) => boolean): number => items.filter(isSo).length / items.length;
/** Five deviations of a share of so many. */
const doubt = (p: number, count: number): number => 5 * Math.sqrt((p * (1 - p)) / count);
const sure = { lossInBad: 1, lossInGood: 0, shared: "pair" } as const;

describe("by packet", () => {
  const lost = losses({ kind: "by-packet", p: 0.02, r: 0.25, ...sure }, 200_000);
  const runs = runsOf(lost);

  test("a burst is k packets long with probability r(1 − r)^(k − 1), and 1/r on average", () => {
    for (const k of [1, 2, 3, 4, 5, 8]) {
      const expected = 0.25 * 0.75 ** (k - 1);
      expect(Math.abs(share(runs, (run) => run === k) - expected), `${k} packets`).toBeLessThan(doubt(expected, runs.length));
    }
    // A geometric length has the variance (1 − r)/r².
    expect(Math.abs(runs.reduce((sum, run) => sum + run, 0) / runs.length - 4)).toBeLessThan(5 * Math.sqrt(0.75 / 0.0625 / runs.length));
  });

  test("p/(p + r) of all packets are lost: as many as without memory, but not one by one", () => {
    // Packets of a burst count together: the variance is that of independent ones times (1 + c)/(1 − c), where c = 1 − p − r.
    expect(Math.abs(share(lost, (is) => is) - 0.02 / 0.27)).toBeLessThan(doubt(0.02 / 0.27, 200_000) * Math.sqrt(1.73 / 0.27));
    const followers = lost.slice(1).filter((_, nth) => lost[nth]);
    expect(Math.abs(share(followers, (is) => is) - 0.75), "after a lost one").toBeLessThan(doubt(0.75, followers.length));
  });

  test("a bad stretch that loses 1 − h, and a good one that loses 1 − k, lose what Elliott's channel loses", () => {
    const some = losses({ kind: "by-packet", p: 0.1, r: 0.3, lossInBad: 0.6, lossInGood: 0.05, shared: "pair" }, 200_000);
    const expected = 0.25 * 0.6 + 0.75 * 0.05;
    expect(Math.abs(share(some, (is) => is) - expected)).toBeLessThan(2 * doubt(expected, 200_000));
  });
});

describe("by time", () => {
  const bursts: Bursts = { kind: "by-time", bad: micros(400_000), good: micros(3_600_000), ...sure };

  test("a tenth of the time is bad, whether packets are many or few", () => {
    expect(Math.abs(share(losses(bursts, 100_000, 40_000), (is) => is) - 0.1)).toBeLessThan(4 * doubt(0.1, 100_000));
    expect(Math.abs(share(losses(bursts, 20_000, 60_000_000), (is) => is) - 0.1)).toBeLessThan(doubt(0.1, 20_000));
  });

  test("what follows a lost packet after d is lost with probability π + (1 − π)·e^(−d(1/bad + 1/good))", () => {
    for (const d of [20_000, 200_000, 1_000_000]) {
      const lost = losses(bursts, 100_000, d);
      const followers = lost.slice(1).filter((_, nth) => lost[nth]);
      const expected = 0.1 + 0.9 * Math.exp(-d * (1 / 400_000 + 1 / 3_600_000));
      expect(Math.abs(share(followers, (is) => is) - expected), `after ${d} µs`).toBeLessThan(doubt(expected, followers.length));
    }
  });
});

test("by time, a packet of an earlier moment, as a stream's may be, does not set the channel back", () => {
  const channel = new BurstChannel({ kind: "by-time", bad: micros(400_000), good: micros(400_000), ...sure }, 10);
  const loses = (source: number, target: number, second: number, nth: number): boolean =>
    channel.loses({ source, target, now: instant(second * 1e6), size: 100, key: packetKey(7, source, target, nth), purposes: 0 });
  // At one moment a channel is in one state.
  for (let pair = 0; pair < 100; pair++) {
    const [source, target] = [Math.floor(pair / 10), pair % 10];
    expect(new Set([10, 0, 10].map((second, nth) => loses(source, target, second, nth))).size).toBe(1);
  }
});

test("whoever shares a channel is struck at once; whoever does not is struck by itself", () => {
  const together = (shared: Bursts["shared"]): number => {
    const channel = new BurstChannel({ kind: "by-packet", p: 0.05, r: 0.05, ...sure, shared }, 10);
    const pairs = Array.from({ length: 20_000 }, (_, nth) => [1, 2].map((target) =>
      channel.loses({ source: 0, target, now: instant(nth), size: 100, key: packetKey(7, 0, target, nth), purposes: 0 })));
    return share(pairs, ([one, other]) => one === other);
  };
  // One step of the chain lies between the two: it turns in a twentieth of them.
  expect(together("sender")).toBeGreaterThan(0.93);
  expect(together("all")).toBeGreaterThan(0.93);
  expect(Math.abs(together("pair") - 0.5)).toBeLessThan(0.08);
  expect(Math.abs(together("receiver") - 0.5)).toBeLessThan(0.08);
});
