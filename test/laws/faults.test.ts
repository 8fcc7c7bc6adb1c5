/** Laws of faults that meet: nothing is lost without a reason, nothing is out of nowhere, and the same seed is the same run, in whatever thread. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { micros, milliseconds, seconds } from "../../engine/index.ts";
import { compare } from "../../sim/cli/check/compare.ts";
import { addedUp } from "../../sim/measure/fates.ts";
import { playRun } from "../../sim/run.ts";
import type { Harms } from "../../sim/scenario/harm.ts";
import type { Disruption, Scenario, Selector } from "../../sim/scenario/model.ts";
import { Network, type Fate } from "../../sim/world/network.ts";
import { aScenario, at, atSecond, ms, named, ping, uniform } from "../builders.ts";

const some = (count: number): Selector => ({ kind: "count", count, among: { kind: "all" } });
const everything: Harms = {
  lossOf: { ack: 0.05, stream: 0.1 },
  bursts: { kind: "by-time", bad: milliseconds(300), good: seconds(6), lossInBad: 0.9, lossInGood: 0.01, shared: "sender" },
  pipe: { rate: 20_000, queue: 2_000, mtu: 1_000, shared: "sender" },
  corrupt: { share: 0.05, bits: 2, crc: true },
  reorder: { share: 0.1, by: uniform(0, 400) },
  replay: { share: 0.05, by: uniform(1_000, 9_000) },
};
const flap = { on: uniform(500, 3_000), off: uniform(500, 2_000) };
const halves: readonly Selector[] = [{ kind: "fraction", fraction: 0.5, among: { kind: "all" } }, { kind: "rest" }];

/** Every fault of the network, with members that come, go, stand still and are slow among them. */
const trouble: readonly Disruption[] = [
  atSecond(4, { kind: "clog", from: some(2), to: { kind: "rest" }, bothWays: true, capacity: 900 }),
  atSecond(6, { kind: "crash", members: named("m1") }),
  atSecond(8, { kind: "partition", sides: halves, crossing: { kind: "jam" } }),
  atSecond(12, { kind: "heal", of: 2 }),
  atSecond(13, { kind: "swizzle", members: some(3), clogFor: seconds(4), holdFor: seconds(2), unclogFor: seconds(3) }),
  atSecond(15, { kind: "pause", members: named("m2") }),
  atSecond(17, { kind: "partition", sides: [], shape: { kind: "ways", count: 3 }, flap }),
  atSecond(20, { kind: "heal", of: 0 }),
  atSecond(22, { kind: "crash", members: named("m2") }),
  atSecond(24, { kind: "impair", from: some(3), to: { kind: "all" }, bothWays: true, loss: 0.1, duplicate: 0.2, delay: uniform(0, 300), harms: everything }),
  atSecond(25, { kind: "slow", members: named("m4"), takes: uniform(10, 90), alarms: "in-turn" }),
  atSecond(26, { kind: "restart", members: named("m1"), incarnation: "kept", address: "new" }),
  atSecond(30, { kind: "heal", of: 6 }),
  atSecond(31, { kind: "partition", sides: [], shape: { kind: "ring" }, crossing: { kind: "slow", by: uniform(100, 900) } }),
  atSecond(34, { kind: "partition", sides: [some(1)], shape: { kind: "bridge" }, way: "in" }),
  atSecond(40, { kind: "restart", members: named("m2"), incarnation: "lost", address: "same" }),
  atSecond(41, { kind: "leave", members: named("m3") }),
  atSecond(44, { kind: "heal", of: null }),
];
const composed = (seed: string, lasts = 60): Scenario => {
  const plain = aScenario({ members: 10, seed, lasts, loss: 0.02, latency: uniform(1, 60), timeline: trouble });
  return { ...plain, network: { ...plain.network, link: { ...plain.network.link, duplicate: 0.05, harms: everything }, receiveBuffer: { packets: 8, bytes: 2_000 } } };
};

describe("all of them at once", () => {
  // Ended while packets are clogged, jammed and on their way, and when all is over.
  test.for([5, 9, 16, 23, 60])("what was sent is delivered, lost for a reason, or still under way: ended at %i s", (lasts) => {
    for (const seed of ["1", "2"]) {
      const scenario = composed(seed, lasts);
      const fates = playRun({ ...scenario, timeline: scenario.timeline.filter(({ at: when }) => when < scenario.duration) }, 0).fates!;
      const lost = Object.values(fates.lost).reduce((sum, count) => sum + count, 0);
      expect(fates.sent + fates.duplicated + fates.replayed).toBe(fates.delivered + lost + fates.inFlight);
    }
  });

  test("each has its share in it", () => {
    const { lost, ...others } = addedUp(["1", "2", "3"].map((seed) => playRun(composed(seed), 0).fates!));
    for (const [why, count] of Object.entries({ ...lost, ...others })) if (why !== "mtu") expect(count, why).toBeGreaterThan(0);
  });

  test("the same seed is the same run, here and in a worker", async () => {
    expect(playRun(composed("7"), 0)).toEqual(playRun(composed("7"), 0));
    const { difference, results } = await compare({ ...composed("7"), runs: 2 });
    expect(difference).toBeNull();
    expect(results[0]!.traceHash).not.toBe(results[1]!.traceHash);
  });
});

describe("a harm draws from dice of its own", () => {
  const network = (harms: Harms | undefined): Network => {
    const plain = aScenario({ members: 4, lasts: 1, loss: 0.2, latency: uniform(1, 100) });
    return new Network({ ...plain, network: { ...plain.network, link: { ...plain.network.link, duplicate: 0.2, ...(harms === undefined ? {} : { harms }) } } }, 5);
  };
  const sent = { message: ping("m0", "m1"), size: 60, from: at("m0") };
  const fates = (over: Network, packets: readonly (readonly [number, number])[]): readonly Fate[] => packets.map(([source, target], nth) => over.fateOf(source, target, ms(nth), sent));
  const somePackets = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 200 });
  const lossy: readonly Harms[] = [
    { lossOf: { ping: 0.3 } }, { bursts: { kind: "by-packet", p: 0.1, r: 0.3, lossInBad: 1, lossInGood: 0, shared: "pair" } }, { corrupt: { share: 0.3, bits: 8, crc: true } },
    { pipe: { rate: null, queue: null, mtu: 80, shared: "pair" } }, { bursts: { kind: "by-time", bad: micros(5_000), good: micros(9_000), lossInBad: 1, lossInGood: 0, shared: "all" } },
  ];

  test.for(lossy.map((harms) => [Object.keys(harms)[0], harms] as const))("%s: what it does not lose comes when it came without it", ([, harms]) => {
    fc.assert(fc.property(somePackets, (packets) => {
      const [without, within] = [fates(network(undefined), packets), fates(network(harms), packets)];
      within.forEach(({ first, second }, nth) => { if (first !== null) expect({ first, second }).toEqual(without[nth]); });
    }), { seed: 21, numRuns: 25 });
  });

  test("with a second one, the first does what it did", () => {
    fc.assert(fc.property(somePackets, (packets) => {
      const replay: Harms = { replay: { share: 0.3, by: uniform(10, 900) } };
      const [one, both] = [fates(network(replay), packets), fates(network({ ...replay, reorder: { share: 0, by: uniform(1, 2) }, lossOf: { ping: 0.2 } }), packets)];
      both.forEach((fate, nth) => { if (fate.first !== null) expect(fate).toEqual(one[nth]); });
    }), { seed: 22, numRuns: 25 });
  });

  test("an impairment's are not the link's, nor another's", () => {
    const all = Uint8Array.from([1, 1, 1, 1]);
    const lost = (of: number): string => {
      const over = network(undefined);
      over.begin({ kind: "impair", of, from: all, to: all, bothWays: false, loss: 0, duplicate: 0, delay: null, harms: { lossOf: { ping: 0.5 } } });
      return fates(over, Array.from({ length: 60 }, () => [0, 1] as const)).map(({ first }) => (first === null ? "." : "x")).join("");
    };
    expect(lost(1)).not.toBe(lost(2));
    expect(lost(1)).toBe(lost(1));
  });
});
