/** Whole messages that say what is not so, at a member that lives: about how many there are, what they are called, and about itself. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { address, bytes, incarnation, memberId, type Claim, type Member } from "../../../engine/index.ts";
import { raw } from "../../engine/wire/captures.ts";
import { memberNumber } from "../codec/messages.ts";
import { allFrom } from "../exchange/sides.ts";
import { until, untilHolds } from "../until.ts";
import { aTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => { target = await aTarget(); });
afterAll(() => target.close());

const counter = (name: string): number => target.member.stats().counters[name] ?? 0;
const text = (said: string): string => `${(0xa0 + said.length).toString(16)}${Buffer.from(said).toString("hex")}`;
/** The head of an exchange of views that claims to hold so many members, and so many bytes of an application's. */
const claiming = (nodes: string, userState: string): Uint8Array => raw(`06 83 ${text("Join")} c3 ${text("Nodes")} ${nodes} ${text("UserStateLen")} ${userState}`);

test.for([
  ["four billion members", claiming("ceffffffff", "00")],
  ["as many as 64 bits hold", claiming("cfffffffffffffffff", "00")],
  ["four billion bytes of an application's", claiming("00", "ceffffffff")],
  ["fewer than none", claiming("ff", "00")],
] as const)("an exchange of views that claims %s is refused at once, and counted", async ([, head]) => {
  const before = target.member.stats().drops["malformed"] ?? 0;
  // The caller does not hang up: nobody waits for four billion.
  const stream = await target.caller();
  stream.write(head);
  expect(await allFrom(stream)).toHaveLength(0);
  expect(target.member.stats().drops["malformed"]).toBe(before + 1);
  await target.assertLives();
});

describe("gossip about strangers", () => {
  const stranger = (id: string, changes: Partial<Member> = {}): Claim => ({ kind: "alive", member: { ...memberNumber(9), versions: [1, 5, 2, 0, 0, 0], address: address("127.0.0.1:9"), id: memberId(id), ...changes } });

  test("whose meta is above the limit is not believed, and counted", async () => {
    const before = counter("oddities.oversized");
    await target.gossip(stranger("too-long", { meta: bytes("m".repeat(513)) }), stranger("just-right", { meta: bytes("m".repeat(512)) }));
    await until("the other is known", () => target.member.find("just-right") !== undefined);
    expect(target.member.find("too-long")).toBeUndefined();
    expect(counter("oddities.oversized")).toBe(before + 1);
    await target.assertLives();
  });

  test("by names of any kind is heard, and disturbs nobody", async () => {
    const names = ["", "\u0000", "a\u0000b", "\u202egnp.exe", "\u200b", "a\u0300", "\u00e0", "👩‍👩‍👧", "../../etc/passwd", "\u001b[2J", "__proto__", "constructor", "target ", "TARGET", "日本語".repeat(60), "x".repeat(900)];
    for (const name of names) await target.gossip(stranger(name, { meta: bytes("") }));
    await until("the last is known", () => target.member.find("x".repeat(900)) !== undefined);
    const known = target.member.members("all").map(({ name }) => name);
    for (const name of names.filter((one) => one !== "")) expect(known, JSON.stringify(name)).toContain(name);
    expect(target.member.find("target")).toMatchObject({ status: "alive", address: target.member.address });
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    await target.assertLives();
  });

  test("in bytes that are no text is dropped, and counted", async () => {
    const before = target.member.stats().drops["malformed"] ?? 0;
    await target.throwAll([raw(`00 82 ${text("SeqNo")} 01 ${text("Node")} a3 ff fe fd`), raw(`03 82 ${text("Incarnation")} 01 ${text("Node")} a2 c3 28`)]);
    expect(target.member.stats().drops["malformed"] ?? 0).toBeGreaterThan(before);
    await target.assertLives();
  });
});

describe("lies about itself", () => {
  // A group of its own: no strangers whom it would tell of it instead of its companion.
  beforeAll(async () => {
    await target.close();
    target = await aTarget();
  });

  const self = (): Member => target.member.self.record;
  const accuse = (kind: "suspect" | "dead" | "left", above = 0): Claim =>
    ({ kind, about: self().id, incarnation: incarnation(self().incarnation + above), from: kind === "left" ? self().id : memberId("liar") });
  const isBelieved = (): Promise<void> => untilHolds("its companion holds it alive, as it says", () => {
    expect(target.companion.find("target")).toMatchObject({ status: "alive", address: target.member.address, incarnation: target.member.self.incarnation });
  });

  test.for(["suspect", "dead", "left"] as const)("%s, at its own incarnation and above it: refuted, in front of all", async (kind) => {
    for (const above of [0, 1, 100]) {
      const refuted = target.member.once("refute");
      const { incarnation: before } = self();
      await target.gossip(accuse(kind, above));
      expect((await refuted).by).toBe(kind === "left" ? "" : "liar");
      expect(target.member.self.incarnation).toBeGreaterThan(before + above);
      await isBelieved();
    }
    await target.assertLives();
  });

  test("alive, but elsewhere: a conflict, and nothing of it is believed", async () => {
    const conflict = target.member.once("conflict");
    await target.gossip({ kind: "alive", member: { ...self(), address: address("127.0.0.1:9"), incarnation: incarnation(self().incarnation + 5) } });
    expect(await conflict).toMatchObject({ peer: { name: "target" }, other: { address: "127.0.0.1:9" } });
    expect(counter("oddities.namesakes")).toBeGreaterThan(0);
    expect(target.member.self.address).toBe(target.member.address);
    await isBelieved();
  });

  test("alive, with meta that it never said: refuted by its own", async () => {
    const refuted = target.member.once("refute");
    await target.gossip({ kind: "alive", member: { ...self(), meta: bytes("role=bank"), incarnation: incarnation(self().incarnation + 1) } });
    await refuted;
    await isBelieved();
    await untilHolds("its own meta stands", () => expect(Buffer.from(target.companion.find("target")!.meta).toString()).toBe(""));
  });

  test("dead, under the greatest incarnation there is: nobody could answer, so nobody believes it", async () => {
    const before = counter("oddities.unanswerable");
    await target.gossip({ kind: "dead", about: self().id, incarnation: incarnation(4_294_967_295), from: memberId("liar") });
    await until("it is counted", () => counter("oddities.unanswerable") === before + 1);
    await isBelieved();
    await target.assertLives();
  });

  test("dead, under the one before it: refuted with the greatest, and it lives on", async () => {
    await target.gossip({ kind: "dead", about: self().id, incarnation: incarnation(4_294_967_294), from: memberId("liar") });
    await until("it speaks up", () => target.member.self.incarnation === 4_294_967_295);
    await isBelieved();
    await target.assertLives();
  });

  test("and after all of that it still finds out who is gone", () => target.assertDetects());
});
