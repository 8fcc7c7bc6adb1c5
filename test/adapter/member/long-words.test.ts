/** Words over streams: as long as peers take in, and not a byte longer, whatever goes around them. */

import { expect, test } from "vitest";
import { createMember, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import { until } from "../until.ts";
import { aGroupIn, aWorld, stopAll } from "./group.ts";

const MIB = 2 ** 20;
const secret = { keys: [new Uint8Array(16)], label: "blue" };

/** So many bytes, that pack well or not at all. */
const even = (length: number): Uint8Array => new Uint8Array(length);
function uneven(length: number): Uint8Array {
  let dice = 12_345;
  return even(length).map(() => (dice = (Math.imul(dice, 1_103_515_245) + 12_345) >>> 0) >>> 24);
}

/** How many bytes may be sent, as the refusal of so many says. */
function allowed(send: () => void): number {
  try {
    send();
  } catch (error) {
    expect(error).toMatchObject({ code: "too-long" });
    return Number(/(\d+) are allowed/.exec(String(error))?.[1]);
  }
  throw new Error("it was not refused");
}

/** Two on the loopback, where a long message comes in pieces. */
async function aPair(options: Partial<MemberOptions>): Promise<readonly [SwimMember, SwimMember]> {
  const [a, b] = [await createMember({ name: "a", bind: "127.0.0.1:0", ...options }), await createMember({ name: "b", bind: "127.0.0.1:0", ...options })];
  await a.join([b.address]);
  return [a, b];
}

test.for<readonly [what: string, limit: number, options: Partial<MemberOptions>]>([
  ["plain", 300_000, { compress: false }],
  ["packed", 300_000, { compress: true }],
  ["encrypted, with a label", 300_000, { compress: false, ...secret }],
  ["packed, encrypted, with a label, broadcasts told on by the engine", 300_000, { compress: true, config: { broadcastRelay: "on" }, ...secret }],
  ["with a preset of memberlist's", 300_000, { preset: "memberlist-lan" }],
  ["more than memberlist takes in, where all are told so", 21 * MIB, { compress: false }],
])("what is allowed arrives, and what is longer is refused at the door: %s", async ([, longest, options]) => {
  const [a, b] = await aPair({ streams: { longest }, ...options });
  const most = allowed(() => a.send("b", even(longest), { reliable: true }));
  expect(longest - most, "no more is kept back than what may go around it").toBeLessThan(70);
  expect(allowed(() => a.send("b", even(most + 1), { reliable: true }))).toBe(most);
  const heard: Uint8Array[] = [];
  b.on("message", ({ payload }) => heard.push(payload));
  const said = [even(most), uneven(most)];
  for (const [place, word] of said.entries()) {
    a.send("b", word, { reliable: true });
    await until("it is heard, or dropped", () => heard.length > place || Object.keys(b.stats().drops).length > 0);
  }
  expect(b.stats().drops).toEqual({});
  expect(heard.map((word, place) => Buffer.compare(word, said[place] ?? even(0)))).toEqual([0, 0]);
  await stopAll([a, b]);
});

test("20 MiB are memberlist's limit, and ours", async () => {
  const world = aWorld();
  const members = await aGroupIn(world, ["a", "b"]);
  expect(allowed(() => members[0]!.send("b", even(20 * MIB), { reliable: true }))).toBeGreaterThan(20 * MIB - 70);
  await stopAll(members);
});
