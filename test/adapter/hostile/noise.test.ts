/** Noise and spoiled packets at a member that lives, over UDP and TCP: all counted, and it goes on. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Member } from "../../../engine/index.ts";
import { captures, raw } from "../../engine/wire/captures.ts";
import { chanceOf, noise, spoiled } from "../codec/mutations.ts";
import { aTarget, counted, type Target } from "./target.ts";

const real = (over: string): readonly Uint8Array[] => captures.filter((capture) => capture.over === over).map(({ hex }) => raw(hex));
const many = (count: number, seed: number, make: (chance: ReturnType<typeof chanceOf>) => Uint8Array): readonly Uint8Array[] => {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => make(chance));
};
const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);

/** What a packet or a stream may be dropped for. */
const REASONS = ["malformed", "damaged", "too-long", "label", "undecipherable", "plain", "replayed", "refused", "too-slow", "too-many", "broken"];

const KEY = Buffer.alloc(32, 7);

/**
 * In plain text chance invents hundreds of members, and it would take minutes to find out that none of them is there. A doorkeeper who knows the group's names keeps
 * them out; so does encryption.
 */
const isOurs = (name: string): boolean => /^(target|companion|newcomer-\d+)$/.test(name);
const plain = { hooks: { admit: ({ id }: Member) => isOurs(id) } };

describe.each([["that speaks plainly", plain], ["that encrypts", { keys: [KEY] }]] as const)("a member %s", (_, options) => {
  let target: Target;
  beforeAll(async () => { target = await aTarget(options); });
  afterAll(() => target.close());

  test("hears 2,000 packets of noise, and 2,000 real ones with something wrong", async () => {
    const before = target.member.stats();
    const packets = [...many(2_000, 1, (chance) => noise(chance, 1 + chance(1_400))), ...many(2_000, 2, (chance) => spoiled(chance, real("datagram")))];
    await target.throwAll(packets);
    const { drops } = target.member.stats();
    expect(sum(drops) - sum(before.drops)).toBeGreaterThan(2_000);
    expect(REASONS).toEqual(expect.arrayContaining(Object.keys(drops)));
    await target.assertLives();
  });

  test("hears 100 streams of noise, and 200 real ones with something wrong", async () => {
    const before = counted(target.member);
    const streams = [...many(100, 3, (chance) => noise(chance, 1 + chance(3_000))), ...many(200, 4, (chance) => spoiled(chance, real("stream")))];
    for (let first = 0; first < streams.length; first += 20) await Promise.all(streams.slice(first, first + 20).map(target.say));
    expect(counted(target.member) - before).toBeGreaterThan(streams.length / 2);
    expect(target.member.stats().gauges["exchanges.open"]).toBeLessThan(10);
    await target.assertLives();
  });

  test("knows nobody by it who could not have said so, and still finds out who is gone", async () => {
    expect(target.member.members("all").map(({ name }) => name).filter((name) => !isOurs(name))).toEqual([]);
    await target.assertDetects();
  });
});
