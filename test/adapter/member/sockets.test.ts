/** Members over UDP and TCP on the loopback, in the machine's own time. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { createMember, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import { openTrace, retell, TraceWriter } from "../../../trace/index.ts";
import { brisk } from "../brisk.ts";
import { onceFree, ownPlace } from "../own-place.ts";
import { isIPv6PassedOver } from "../transport/ends.ts";
import { until } from "../until.ts";
import { listen, namesOf } from "./group.ts";

const running: SwimMember[] = [];

afterEach(async () => { await Promise.all(running.splice(0).map((member) => member.stop())); });

async function aMember(name: string, options: Partial<MemberOptions> = {}): Promise<SwimMember> {
  const member = await createMember({ name, bind: "127.0.0.1:0", config: brisk, ...options });
  running.push(member);
  return member;
}

const textOf = (payload: Uint8Array): string => Buffer.from(payload).toString();

describe("over sockets", () => {
  test.for(["127.0.0.1:0", ...(isIPv6PassedOver ? [] : ["[::1]:0"]), "localhost:0"])("two members at %s join, speak, and part", async (bind) => {
    const [a, b] = [await aMember("a", { bind }), await aMember("b", { bind })];
    const [heard, joined] = [listen(a), a.once("join")];
    const seed = bind.startsWith("localhost") ? `localhost:${a.address.split(":").at(-1)}` : a.address;
    expect(await b.join([seed])).toBe(1);
    expect((await joined).peer.address).toBe(b.address);
    const [word, long] = [b.once("message"), "long ".repeat(20_000)];
    a.send("b", "hello");
    expect(textOf((await word).payload)).toBe("hello");
    const more = b.once("message");
    a.send("b", long, { reliable: true });
    expect(textOf((await more).payload)).toBe(long);
    const all = a.once("message");
    b.broadcast("to all");
    expect(await all).toMatchObject({ from: "b" });
    expect(await a.ping("b")).toBeGreaterThan(0);
    const left = a.once("leave");
    await b.leave();
    await left;
    expect(heard).toEqual(["join b", "message b: to all", "leave b"]);
    expect(a.stats().received["ack"]?.count).toBeGreaterThan(0);
  });

  test("who stops without a word is found dead by the others, and its port is free", async () => {
    const a = await aMember("a");
    const [b, c] = [await aMember("b", { seeds: [a.address] }), await aMember("c", { bind: ownPlace(), seeds: [a.address] })];
    while (namesOf(a).length + namesOf(b).length + namesOf(c).length < 9) await Promise.race([a.once("join"), b.once("join"), c.once("join")]);
    const failed = [a.once("failed"), b.once("failed")];
    await c.stop();
    expect((await Promise.all(failed)).map(({ peer }) => peer.name)).toEqual(["c", "c"]);
    const again = await aMember("again", { bind: c.address });
    expect(again.address).toBe(c.address);
  });

  test("who comes back under its name wins over what is remembered of it", async () => {
    const a = await aMember("a");
    const b = await aMember("b", { bind: ownPlace(), seeds: [a.address], generation: 1 });
    await a.once("join");
    const failed = a.once("failed");
    await b.stop();
    await failed;
    const back = a.once("join");
    const reborn = await aMember("b", { bind: b.address, seeds: [a.address], generation: 2 });
    expect((await back).peer.incarnation).toBe(reborn.self.incarnation);
    expect(reborn.self.incarnation).toBe(2 * 65_536);
  });

  test("an encrypted group: who has no key or another is not heard; keys are rotated while they speak", async () => {
    const [old, fresh] = [Buffer.alloc(16, 1).toString("base64"), Buffer.alloc(32, 2).toString("base64")];
    const a = await aMember("a", { keys: [old] });
    const b = await aMember("b", { keys: [old], seeds: [a.address] });
    await a.once("join");
    const stranger = await aMember("s", { keys: [fresh] });
    await expect(stranger.join([a.address])).rejects.toMatchObject({ code: "join-failed" });
    for (const member of [a, b]) member.keys.add(fresh);
    for (const member of [a, b]) member.keys.use(fresh);
    for (const member of [a, b]) member.keys.remove(old);
    expect(a.keys.list()).toEqual([{ key: fresh, isPrimary: true }]);
    const word = b.once("message");
    a.send("b", "under the new key");
    expect(textOf((await word).payload)).toBe("under the new key");
    expect(await stranger.join([a.address])).toBe(1);
    const plain = await aMember("p");
    expect(() => plain.keys.add(fresh)).toThrow(/without keys/);
    await expect(plain.join([a.address])).rejects.toMatchObject({ code: "join-failed" });
    expect(Object.values(a.stats().drops).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  test("each of three rotates to the new key by itself, in the midst of words to everybody, and drops the old one: not a packet is lost", async () => {
    const [old, fresh] = [Buffer.alloc(16, 1).toString("base64"), Buffer.alloc(32, 2).toString("base64")];
    const a = await aMember("a", { keys: [old] });
    const members = [a, await aMember("b", { keys: [old], seeds: [a.address] }), await aMember("c", { keys: [old], seeds: [a.address] })];
    await until("all know all", () => members.every((member) => member.members().length === 3));
    const [said, heard] = [[], []] as [string[], string[]];
    for (const member of members) member.on("message", ({ payload }) => heard.push(`${textOf(payload)} to ${member.name}`));
    let round = 0;
    /** Everybody says something to everybody, in a datagram and on a stream, and some of it is under way when this returns. */
    const converse = (): void => {
      round++;
      for (const member of members) {
        for (const { name } of members.filter((other) => other !== member)) {
          for (const reliable of [false, true]) {
            const word = `${round}${reliable ? " on a stream" : ""} from ${member.name}`;
            member.send(name, word, { reliable });
            said.push(`${word} to ${name}`);
          }
        }
      }
    };
    const allHeard = (): Promise<true> => until("every word is heard", () => heard.length >= said.length);
    // A step of an operator's: on one member after another, while all talk; the next begins when what was said under the step before has come.
    for (const step of [({ keys }) => keys.add(fresh), ({ keys }) => keys.rotate(fresh), ({ keys }) => keys.remove(old)] satisfies ((member: SwimMember) => void)[]) {
      for (const member of members) {
        converse();
        await new Promise(setImmediate);
        step(member);
        converse();
      }
      await allHeard();
    }
    expect(members.map(({ keys }) => keys.list())).toEqual(members.map(() => [{ key: fresh, isPrimary: true }]));
    converse();
    await allHeard();
    expect(heard.toSorted()).toEqual(said.toSorted());
    expect(said).toHaveLength((3 * 3 * 2 + 1) * 12);
    expect(members.map((member) => member.stats().drops)).toEqual([{}, {}, {}]);
  });

  test("an event loop that stands still is noticed as lateness, and kills nobody", async () => {
    const a = await aMember("a");
    const b = await aMember("b", { seeds: [a.address] });
    await a.once("join");
    const heard = [listen(a), listen(b)];
    const before = a.stats();
    const end = performance.now() + 1_500;
    while (performance.now() < end);
    await a.ping("b");
    const after = a.stats();
    expect(after.lateness.max).toBeGreaterThan(500_000);
    expect(after.counters["stalls"]).toBeGreaterThan(before.counters["stalls"] ?? 0);
    expect(heard.flat().filter((line) => line.startsWith("failed"))).toEqual([]);
    expect((after.sent["ping"]?.count ?? 0) - (before.sent["ping"]?.count ?? 0), "no ping for each period that was missed").toBeLessThan(4);
  });

  test("a real run, recorded, replays without a difference", async () => {
    const pieces: Uint8Array[] = [];
    const writer = new TraceWriter((bytes) => pieces.push(bytes), { by: "swimlab" });
    const a = await aMember("a", { recorder: { born: (...told) => writer.born(...told), stepped: (...told) => writer.stepped(...told), close: () => writer.end() } });
    const b = await aMember("b", { seeds: [a.address] });
    await a.once("join");
    a.broadcast("x");
    const failed = a.once("failed");
    await b.stop();
    await failed;
    await a.stop();
    const opened = openTrace(Buffer.concat(pieces));
    let steps = 0;
    expect(opened.ok && retell(opened.trace, { stepped: () => { steps++; } })).toEqual({ ok: true });
    expect(steps).toBeGreaterThan(10);
  });
});

describe("what the machine refuses", () => {
  test("a port in use, an address that is not ours, a host that there is not: said so, and nothing left open", async () => {
    const bind = ownPlace();
    const [host, port] = bind.split(":");
    const socket = createSocket("udp4").bind(Number(port), host);
    await once(socket, "listening");
    await expect(aMember("a", { bind })).rejects.toMatchObject({ code: "port-in-use", message: expect.stringContaining(bind) });
    socket.close();
    await once(socket, "close");
    await expect(aMember("a", { bind: "192.0.2.7:0" })).rejects.toMatchObject({ code: "address-not-ours" });
    await expect(aMember("a", { bind: "nowhere.invalid:0" })).rejects.toMatchObject({ code: "no-such-host" });
    const a = await onceFree(bind, () => aMember("a", { bind }));
    await expect(a.join(["nowhere.invalid:7946"])).rejects.toMatchObject({ code: "join-failed" });
    await expect(a.join(["127.0.0.1:1"])).rejects.toMatchObject({ code: "join-failed" });
  });

  test("a signal ends a member at once", async () => {
    const life = new AbortController();
    const a = await aMember("a", { bind: ownPlace(), signal: life.signal });
    const events = (async () => { for await (const event of a) void event; })();
    life.abort();
    await events;
    await expect(a.leave()).rejects.toMatchObject({ code: "stopped" });
    await a.stop();
    await onceFree(a.address, () => aMember("again", { bind: a.address }));
  });
});
