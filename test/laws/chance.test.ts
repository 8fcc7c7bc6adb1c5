/** Keyed chance: what a fault does not touch, it does not change; and more of it never does less. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { milliseconds } from "../../engine/index.ts";
import { Network, type Fate, type Fault, type Sides } from "../../sim/world/network.ts";
import { aScenario, ms, uniform } from "../builders.ts";

const MEMBERS = 5;
const scenario = (loss: number) => {
  const plain = aScenario({ members: MEMBERS, lasts: 1, loss, latency: uniform(1, 100) });
  return { ...plain, network: { ...plain.network, link: { ...plain.network.link, duplicate: 0.2 } } };
};
const sides = (...members: readonly number[]): Sides => Uint8Array.from({ length: MEMBERS }, (_, member) => (members.includes(member) ? 1 : 0));
const impairment = (from: number, to: number, loss: number): Fault => ({
  kind: "impair", of: 3, from: sides(from), to: sides(to), bothWays: false, loss, duplicate: 0.5, delay: { kind: "constant", of: milliseconds(50) },
});

type Packet = readonly [source: number, target: number];
const aMember = fc.nat({ max: MEMBERS - 1 });
const somePackets: fc.Arbitrary<readonly Packet[]> = fc.array(fc.tuple(aMember, aMember), { minLength: 1, maxLength: 300 });

const fates = (network: Network, packets: readonly Packet[]): readonly Fate[] =>
  packets.map(([source, target]) => network.fateOf(source, target, ms(0)));
const network = (seed: number, loss: number, ...faults: readonly Fault[]): Network => {
  const made = new Network(scenario(loss), seed);
  for (const fault of faults) made.begin(fault);
  return made;
};

describe("the fate of a packet", () => {
  test("is the same with and without an impairment between two others", () => {
    fc.assert(fc.property(fc.integer(), somePackets, (seed, packets) => {
      const [without, within] = [fates(network(seed, 0.2), packets), fates(network(seed, 0.2, impairment(1, 2, 0.9)), packets)];
      packets.forEach(([source, target], nth) => {
        if (source !== 1 || target !== 2) expect(within[nth]).toEqual(without[nth]);
      });
    }), { seed: 11, numRuns: 200 });
  });

  test("is the same whatever passes between two others, and however much", () => {
    fc.assert(fc.property(fc.integer(), somePackets, (seed, packets) => {
      const isOurs = ([source, target]: Packet): boolean => source === 0 && target === 1;
      const all = fates(network(seed, 0.2), packets).filter((_, nth) => isOurs(packets[nth] ?? [1, 1]));
      expect(fates(network(seed, 0.2), packets.filter(isOurs))).toEqual(all);
    }), { seed: 12, numRuns: 200 });
  });

  test("is the same again after a fault that has been healed", () => {
    const packets: readonly Packet[] = Array.from({ length: 100 }, (_, nth) => [nth % MEMBERS, (nth * 3 + 1) % MEMBERS]);
    const healed = network(5, 0.2, impairment(1, 2, 0.9), { kind: "partition", of: 4, sides: sides(0, 1) });
    healed.end(null);
    expect(fates(healed, packets)).toEqual(fates(network(5, 0.2), packets));
  });

  test("more loss loses what less loss lost, and delays nothing else", () => {
    fc.assert(fc.property(fc.integer(), somePackets, (seed, packets) => {
      const [less, more] = [fates(network(seed, 0.1), packets), fates(network(seed, 0.3), packets)];
      less.forEach((fate, nth) => expect([fate, { first: null, second: null }]).toContainEqual(more[nth]));
      less.forEach((fate, nth) => { if (fate.first === null) expect(more[nth]?.first).toBeNull(); });
    }), { seed: 13, numRuns: 200 });
  });

  test("depends on the seed, on who sends, and on who receives", () => {
    const from = (seed: number, source: number, target: number): string =>
      JSON.stringify(fates(network(seed, 0.5), Array.from({ length: 50 }, () => [source, target] as const)));
    expect(new Set([from(1, 0, 1), from(2, 0, 1), from(1, 1, 0), from(1, 0, 2)]).size).toBe(4);
  });

  test("is loss as often as the link says", () => {
    const many = fates(network(9, 0.2), Array.from({ length: 20_000 }, (_, nth) => [nth % MEMBERS, (nth + 1) % MEMBERS] as const));
    const lost = many.filter(({ first }) => first === null).length;
    // 4,000, give or take five deviations of √(20,000 · 0.2 · 0.8) = 57.
    expect(Math.abs(lost - 4_000)).toBeLessThan(285);
    expect(many.filter(({ second }) => second !== null).length / (20_000 - lost)).toBeCloseTo(0.2, 1);
  });
});
