/** Serf's queries to a member: `serf keys` is obeyed or refused, the rest is the application's; asked here by a member that speaks Serf's bytes by hand. */

import { describe, expect, test } from "vitest";
import type { MemberError, MemberEvents, MemberOptions, MemoryNetwork, SwimMember } from "../../../adapter/index.ts";
import { aMemberIn, aWorld, stopAll } from "./group.ts";

const [OLD, FRESH] = [Buffer.alloc(16, 1).toString("base64"), Buffer.alloc(32, 2).toString("base64")];
const text = (said: string): Buffer => Buffer.concat([Buffer.of(0xa0 + said.length), Buffer.from(said)]);
const raw = (said: Uint8Array): Buffer => Buffer.concat([Buffer.of(0xda, said.length >> 8, said.length & 255), said]);

/** A query to be answered at this address within so many seconds. */
function aQuery(to: string, name: string, payload: Uint8Array, seconds: number): Buffer {
  const [host = "", port] = to.split(":");
  const number = (value: number): Buffer => Buffer.concat([Buffer.of(0xcf), Buffer.from(BigInt(value).toString(16).padStart(16, "0"), "hex")]);
  return Buffer.concat([
    Buffer.of(0x04, 0x87), text("Addr"), raw(Uint8Array.from(host.split("."), Number)), text("Port"), number(Number(port)), text("LTime"), number(1), text("ID"), number(Math.trunc(seconds * 1_000)),
    text("Timeout"), number(seconds * 1e9), text("Name"), text(name), text("Payload"), raw(payload),
  ]);
}

const keyRequest = (key: string): Uint8Array => Buffer.concat([Buffer.of(7, 0x81), text("Key"), raw(Buffer.from(key, "base64"))]);

type Pair = { readonly world: MemoryNetwork; readonly member: SwimMember; readonly ask: (name: string, payload?: Uint8Array, seconds?: number) => Promise<string>; readonly end: () => Promise<void> };

/** A member with Serf's layer, and somebody who asks it, and is answered with these characters. */
async function aPair(options: Partial<MemberOptions> = {}): Promise<Pair> {
  const world = aWorld();
  const member = await aMemberIn(world, "a", { ...options, preset: "serf", config: { versionCheck: "off" } });
  const asker = await aMemberIn(world, "asker", { ...(options.keys !== undefined && { keys: options.keys }), preset: "memberlist-lan", config: { versionCheck: "off" }, seeds: [member.address] });
  const heard: string[] = [];
  asker.on("message", ({ payload }) => heard.push(Buffer.from(payload).toString("latin1")));
  await world.pass(3);
  const ask = async (name: string, payload: Uint8Array = Buffer.of(), seconds = 3): Promise<string> => {
    heard.length = 0;
    asker.send("a", aQuery(asker.address, name, payload, seconds));
    await world.pass(2);
    return heard.filter((said) => said.startsWith("\u0005")).join(" and ");
  };
  return { world, member, ask, end: () => stopAll([member, asker]) };
}

describe("an application's answer", () => {
  test("goes to whoever asked; nobody who hears it, no answer", async () => {
    const { member, ask, end } = await aPair();
    expect(await ask("load", Buffer.from("now"), 2)).toBe("");
    member.on("query", ({ name, payload, answer }) => answer(`${name} ${Buffer.from(payload).toString()}: 0.7`));
    expect(await ask("load", Buffer.from("now"))).toContain("load now: 0.7");
    await end();
  });

  test("that is too long, too late, or of a member that has stopped is refused", async () => {
    const { world, member, ask, end } = await aPair();
    const asked: MemberEvents["query"][] = [];
    member.on("query", (event) => asked.push(event));
    await ask("load");
    const { answer } = asked[0]!;
    expect(() => answer("x".repeat(1_024))).toThrow(expect.objectContaining({ code: "too-long" }) as MemberError);
    answer("x".repeat(900));
    await world.pass(2);
    expect(() => answer("late")).toThrow(/to be answered within 3 s/);
    await ask("load", Buffer.of(), 60);
    await end();
    expect(() => asked[1]!.answer("gone")).toThrow(expect.objectContaining({ code: "stopped" }) as MemberError);
  });
});

describe("serf keys", () => {
  test("is obeyed and answered by a member with a keyring, and is no application's business", async () => {
    const { member, ask, end } = await aPair({ keys: [OLD] });
    const asked: string[] = [];
    member.on("query", ({ name }) => asked.push(name));
    expect(await ask("_serf_install-key", keyRequest(FRESH))).toMatch(/Result\u00c3$/);
    expect(member.keys.list().map(({ key }) => key)).toEqual([OLD, FRESH]);
    expect(await ask("_serf_list-keys", keyRequest(""), 4)).toContain(FRESH);
    expect(await ask("_serf_remove-key", keyRequest(OLD), 5)).toMatch(/the key to remove is the primary one.*Result\u00c2$/);
    expect(await ask("_serf_install-key", keyRequest("AAAA"), 6)).toMatch(/a key of 3 bytes.*Result\u00c2$/);
    expect(await ask("_serf_remove-key", keyRequest(FRESH), 7)).toMatch(/Result\u00c3$/);
    expect(member.keys.list().map(({ key }) => key)).toEqual([OLD]);
    expect(asked).toEqual([]);
    await end();
  });

  test("is told to the application where it changed the keyring, and by whom it was asked; no key is in what it hears", async () => {
    const { member, ask, end } = await aPair({ keys: [OLD] });
    const told: MemberEvents["keys"][] = [];
    member.on("keys", (event) => told.push(event));
    const steps = [
      ["_serf_install-key", FRESH], ["_serf_install-key", FRESH], ["_serf_list-keys", ""], ["_serf_use-key", OLD], ["_serf_remove-key", FRESH], ["_serf_remove-key", FRESH],
      ["_serf_install-key", FRESH], ["_serf_use-key", FRESH],
    ] as const;
    const changed: number[] = [];
    for (const [nth, [name, key]] of steps.entries()) {
      const before = told.length;
      await ask(name, keyRequest(key), 3 + nth);
      if (told.length > before) changed.push(nth);
    }
    expect(changed, "added, removed, added again, used").toEqual([0, 4, 6, 7]);
    member.keys.use(OLD);
    expect(told.map(({ from }) => from), "what we do ourselves we know").toEqual(Array.from({ length: 4 }, () => "10.0.0.2:7946"));
    expect([OLD, FRESH].filter((key) => JSON.stringify(told).includes(key))).toEqual([]);
    await end();
  });

  test("is refused without a keyring, and where anybody may speak plainly", async () => {
    const plain = await aPair();
    expect(await plain.ask("_serf_install-key", keyRequest(FRESH))).toMatch(/No keyring to modify.*Result\u00c2$/);
    await plain.end();
    const open = await aPair({ keys: [OLD], verifyIncoming: false });
    expect(await open.ask("_serf_list-keys", keyRequest(""))).toMatch(/plain-text packets are accepted too.*Result\u00c2$/);
    expect(open.member.keys.list()).toHaveLength(1);
    await open.end();
  });
});
