/** Members without UDP: datagrams over TCP, over TLS, over whatever carries streams. */

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { address, seconds } from "../../../engine/index.ts";
import {
  createMember, faulty, faultsFrom, memoryNetwork, overStreams, tcp, type Connection, type MemberOptions, type MemoryNetwork, type StreamTransport, type SwimMember, type TcpOptions,
  type TlsOptions, virtualClock,
} from "../../../adapter/index.ts";
import { greetingOf } from "../../../adapter/transport/framing.ts";
import { IncomingStreams } from "../../../adapter/transport/incoming.ts";
import { ownPlace } from "../own-place.ts";
import { until } from "../until.ts";
import { bytesOf, endOf, never, textOf, type End } from "./ends.ts";

const ends: End[] = [];
const members: SwimMember[] = [];
async function end(options: TcpOptions = {}): Promise<End> {
  const made = await endOf(tcp({ bind: "127.0.0.1:0", ...options }));
  ends.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all([...ends.splice(0).map(({ transport }) => transport.close()), ...members.splice(0).map((member) => member.stop())]);
});

const pem = (name: string): Buffer => readFileSync(new URL(`certificates/${name}`, import.meta.url));
const shown = (name: string, more: Partial<TlsOptions> = {}): TlsOptions => ({ key: pem(`${name}.key`), cert: pem(`${name}.pem`), ca: pem("ca.pem"), ...more });

describe.each([["TCP", {}], ["TLS", { tls: shown("member", { name: "member.swimlab.test" }) }]] as const)("over %s", (_, options) => {
  test("datagrams arrive with their sender's address, in the order of calls, short and long", async () => {
    const [a, b] = [await end(options), await end(options)];
    const texts = ["one", "two", "x".repeat(65_507), "three"];
    for (const text of texts) a.transport.send(b.address, bytesOf(text));
    for (const text of texts) expect(await b.packets.next()).toEqual({ from: a.address, text });
    b.transport.send(a.address, bytesOf("back"));
    expect(await a.packets.next()).toEqual({ from: b.address, text: "back" });
  });

  test("streams go both ways, and each half ends by itself", async () => {
    const [a, b] = [await end(options), await end(options)];
    const there = await a.transport.connect(b.address, never());
    await there.write(bytesOf("question"));
    there.end();
    const here = await b.connections.next();
    expect(await textOf(here)).toBe("question");
    await here.write(bytesOf("answer"));
    here.end();
    expect(await textOf(there)).toBe("answer");
  });

  test("to nobody: reported; and the same peer is reached as soon as it is there", async () => {
    const place = ownPlace();
    const [a, b] = [await end({ ...options, bind: ownPlace() }), await end({ ...options, bind: place })];
    const where = b.address;
    a.transport.send(where, bytesOf("first"));
    await b.packets.next();
    await b.transport.close();
    await until("it is told", () => {
      a.transport.send(where, bytesOf("lost"));
      return a.undeliverable.waiting() > 0;
    });
    expect(await a.undeliverable.next()).toEqual({ to: where, why: "ECONNREFUSED" });
    const again = await end({ ...options, bind: where });
    await until("it is reached", () => {
      a.transport.send(where, bytesOf("found"));
      return again.packets.waiting() > 0;
    });
  });

  test("members find each other, by name too, talk, and see who crashes", async () => {
    const config = { periodEvery: 200_000, askRelaysAfter: 100_000 } as MemberOptions["config"];
    const born = async (name: string, seeds: readonly string[] = []): Promise<SwimMember> => {
      const member = await createMember({ name, transport: tcp({ bind: "127.0.0.1:0", ...options }), seeds, config: config! });
      members.push(member);
      return member;
    };
    const a = await born("a");
    const [b, c] = [await born("b", [a.address.replace("127.0.0.1", "localhost")]), await born("c", [a.address])];
    await until("all see all", () => [a, b, c].every((member) => member.members().length === 3));
    const heard = c.once("message");
    b.send("c", "hello");
    expect(new TextDecoder().decode((await heard).payload)).toBe("hello");
    await b.stop();
    await until("b is held failed", () => a.find("b")?.status === "failed" && c.find("b")?.status === "failed");
    expect(a.stats().drops).toEqual({});
  });
});

describe("TLS", () => {
  test.each([
    ["whom another signed", { tls: shown("stranger") }],
    ["who bears another name", { tls: shown("printer") }],
    ["who speaks in plain text", {}],
  ] as const)("%s is not heard, and does not hear", async (_, options) => {
    const a = await end({ tls: shown("member", { name: "member.swimlab.test" }) });
    const b = await end(options);
    a.transport.send(b.address, bytesOf("secret"));
    b.transport.send(a.address, bytesOf("intruding"));
    await until("a refused it", () => (a.transport.counts?.()["handshake"] ?? 0) > 0);
    expect(await a.undeliverable.next()).toMatchObject({ to: b.address });
    // The intruder may believe for a moment that it is in: in TLS 1.3 it has said all that it has to say before its certificate is looked at.
    const brought = await b.transport.connect(a.address, never()).then(async (stream) => {
      await stream.write(bytesOf("let me in"));
      return textOf(stream);
    }).catch(() => "");
    expect([brought, a.packets.waiting(), a.connections.waiting(), b.packets.waiting()]).toEqual(["", 0, 0, 0]);
  });

  test("a key that is none is refused before anything is opened", async () => {
    const opening = createMember({ name: "a", transport: tcp({ bind: "127.0.0.1:0", tls: { ...shown("member"), key: "no key" } }) });
    await expect(opening).rejects.toMatchObject({ code: "bad-option", message: expect.stringMatching(/^tls: /) });
  });
});

test("what strangers send is dropped: no greeting, an invalid address, half a datagram", async () => {
  const a = await end();
  const port = Number(a.address.split(":").at(-1));
  const say = (bytes: Uint8Array): Promise<void> => new Promise((resolve) => { connect(port, "127.0.0.1").once("close", () => resolve()).on("error", () => {}).end(bytes); });
  await say(Uint8Array.of(6, 1, 2, 3));
  await say(Uint8Array.of(0x44, 3, 0x61, 0x62, 0x63, 0, 1, 0));
  await say(greetingOf(address("010.0.0.1:7946")));
  await say(greetingOf(address("10.0.0.1:0")));
  await say(new Uint8Array());
  await say(Uint8Array.from([...greetingOf(address("10.0.0.1:7946")), 0, 2, 65, 66, 0, 200, 65]));
  expect(await a.packets.next()).toEqual({ from: "10.0.0.1:7946", text: "AB" });
  expect([a.packets.waiting(), a.transport.counts?.()]).toEqual([0, { "no-greeting": 5 }]);
});

/** A group in memory, whose datagrams go over streams, by virtual time. */
async function aGroup(world: MemoryNetwork, count: number): Promise<readonly SwimMember[]> {
  const group: SwimMember[] = [];
  for (let n = 0; n < count; n++) {
    const host = world.host(`m${n}`);
    const member = await createMember({ ...host, transport: overStreams(host.transport, { clock: world.clock }), seeds: group.slice(0, 1).map(({ address: first }) => first) });
    members.push(member);
    group.push(member);
  }
  await world.pass(20);
  return group;
}

/** A place in this world, each stream of which that is opened there passes through `change`. */
function ofStreams(world: MemoryNetwork, change: (stream: Connection) => Connection): StreamTransport {
  const inner = world.transport();
  return {
    ...inner,
    connect: async (to, signal) => {
      const stream = await inner.connect(to, signal);
      return change({ ...stream, [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() });
    },
  };
}

describe("by virtual time", () => {
  test("a group keeps together, parts and meets again", async () => {
    const world = memoryNetwork({ seed: 3 });
    const group = await aGroup(world, 8);
    expect(group.map((member) => member.members().length)).toEqual(group.map(() => 8));
    await world.pass(300);
    expect(group.map(({ health }) => health)).toEqual(group.map(() => 0));
    const [a, b] = group;
    world.cut(a!.address, b!.address);
    await world.pass(120);
    expect([a!.members().length, group[5]!.members().length]).toEqual([2, 6]);
    world.heal();
    await world.pass(120);
    expect(group.map((member) => member.members().length)).toEqual(group.map(() => 8));
  });

  test("a machine that was switched off, and is back, is heard at once: not when TCP tries again", async () => {
    const world = memoryNetwork({ seed: 1 });
    let isOff = false;
    const swallowing = ofStreams(world, (stream) => {
      let isForgotten = false;
      return {
        ...stream,
        write: (bytes) => {
          isForgotten ||= isOff;
          return isForgotten ? Promise.resolve() : stream.write(bytes);
        },
      };
    });
    const [a, b] = [await endOf(overStreams(swallowing, { clock: world.clock })), await endOf(overStreams(world.transport(), { clock: world.clock }))];
    ends.push(a, b);
    const say = async (text: string): Promise<void> => {
      a.transport.send(b.address, bytesOf(text));
      await world.pass(1);
    };
    await say("before");
    isOff = true;
    for (let second = 0; second < 5; second++) await say("lost");
    isOff = false;
    await say("over another");
    expect([await b.packets.next(), await b.packets.next(), b.packets.waiting()].map((one) => (typeof one === "number" ? one : one.text))).toEqual(["before", "over another", 0]);
  });

  test("a peer that answers is spoken to on one stream for as long as it does", async () => {
    const world = memoryNetwork({ seed: 1 });
    let opened = 0;
    const counted = ofStreams(world, (stream) => {
      opened++;
      return stream;
    });
    const [a, b] = [await endOf(overStreams(counted, { clock: world.clock })), await endOf(overStreams(world.transport(), { clock: world.clock }))];
    ends.push(a, b);
    for (let second = 0; second < 120; second++) {
      a.transport.send(b.address, bytesOf("ping"));
      b.transport.send(a.address, bytesOf("ack"));
      await world.pass(1);
    }
    expect([opened, b.packets.waiting()]).toEqual([1, 120]);
  });

  test("a stream is closed a minute after its last datagram, and at once when there are too many", async () => {
    const world = memoryNetwork({ seed: 1 });
    const streams = { open: 0 };
    const counted = ofStreams(world, (stream) => {
      streams.open++;
      let isOpen = true;
      const destroy = (): void => {
        if (isOpen) streams.open--;
        isOpen = false;
        stream.destroy();
      };
      return { ...stream, destroy };
    });
    const a = await endOf(overStreams(counted, { clock: world.clock }));
    const peers = await Promise.all(Array.from({ length: 300 }, () => endOf(overStreams(world.transport(), { clock: world.clock }))));
    ends.push(a, ...peers);
    for (const peer of peers) a.transport.send(peer.address, bytesOf("hello"));
    await world.pass(1);
    expect(streams.open).toBe(256);
    await world.pass(30);
    a.transport.send(peers[299]!.address, bytesOf("again"));
    await world.pass(45);
    a.transport.send(peers[299]!.address, bytesOf("and again"));
    await world.pass(1);
    expect(streams.open).toBe(1);
  });

  test("what waits for a peer that does not read is bounded, and what cannot be a datagram is refused", async () => {
    const world = memoryNetwork({ seed: 1 });
    const a = await endOf(overStreams(world.transport(), { clock: world.clock }));
    ends.push(a);
    for (let n = 0; n < 300; n++) a.transport.send(address("10.9.9.9:7946"), new Uint8Array(1_000));
    a.transport.send(address("10.9.9.9:7946"), new Uint8Array(65_508));
    expect(a.undeliverable.waiting(), "never from within send").toBe(0);
    await world.pass(1);
    expect(a.transport.counts?.()).toMatchObject({ congested: 300 - 261, undeliverable: 2 });
    expect([(await a.undeliverable.next()).why, (await a.undeliverable.next()).why]).toEqual(["EMSGSIZE", "nobody listens at 10.9.9.9:7946"]);
  });

  test("who opens a stream and does not say what for is hung up on after ten seconds", async () => {
    const world = memoryNetwork({ seed: 1 });
    const a = await endOf(overStreams(world.transport(), { clock: world.clock }));
    const stranger = world.transport();
    ends.push(a);
    await stranger.open({ packet: () => {}, connection: () => {}, undeliverable: () => {} });
    const stream = await world.until(stranger.connect(a.address, never()));
    let isOver = false;
    void textOf(stream).catch(() => {}).finally(() => { isOver = true; });
    await world.pass(9);
    expect(isOver).toBe(false);
    await world.pass(2);
    expect([isOver, a.connections.waiting()]).toEqual([true, 0]);
    await stranger.close();
  });

  test("of more streams than there is room for, one that was silent for a minute makes room, and none that was not", async () => {
    const clock = virtualClock();
    const incoming = new IncomingStreams(clock, 2);
    const closed: string[] = [];
    const stream = (name: string): Connection => ({ peer: address("10.0.0.1:1"), write: () => Promise.resolve(), end: () => {}, destroy: () => closed.push(name), [Symbol.asyncIterator]: () => { throw new Error("nobody reads"); } });
    const [a, b, c] = [stream("a"), stream("b"), stream("c")];
    expect([incoming.admit(a), incoming.admit(b), incoming.admit(c)]).toEqual([true, true, false]);
    await clock.pass(seconds(61));
    incoming.used(a);
    expect([incoming.admit(c), closed]).toEqual([true, ["b"]]);
    expect(incoming.admit(stream("d")), "neither a nor c was silent for long").toBe(false);
    incoming.gone(a);
    expect(incoming.admit(stream("e"))).toBe(true);
  });

  test("faults apply to it as to any transport", async () => {
    const world = memoryNetwork({ seed: 1 });
    const faults = faultsFrom(1);
    const a = await endOf(faulty(overStreams(world.transport(), { clock: world.clock }), faults));
    const b = await endOf(overStreams(world.transport(), { clock: world.clock }));
    ends.push(a, b);
    faults.set([{ carriedBy: "datagrams", loss: 1 }]);
    a.transport.send(b.address, bytesOf("lost"));
    await world.pass(1);
    faults.set([]);
    a.transport.send(b.address, bytesOf("found"));
    await world.pass(1);
    expect([(await b.packets.next()).text, b.packets.waiting()]).toEqual(["found", 0]);
  });
});
