/** UDP and TCP on the loopback: packets and streams both ways, in both families, and every failure a clear one. */

import { channel } from "node:diagnostics_channel";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { address, type Address } from "../../../engine/index.ts";
import { udpTcp, type MemberError, type UdpTcpOptions } from "../../../adapter/index.ts";
import { onceFree, ownPlace } from "../own-place.ts";
import { anEnd, bytesOf, endOf, isIPv6PassedOver, never, textOf, type End } from "./ends.ts";

const ends: End[] = [];
const end = async (options?: UdpTcpOptions): Promise<End> => {
  const made = await anEnd(options);
  ends.push(made);
  return made;
};
/** Where a port is freed, nobody else takes it. */
const endApart = (): Promise<End> => end({ bind: ownPlace() });
afterEach(async () => {
  await Promise.all(ends.splice(0).map(({ transport }) => transport.close()));
});

const portOf = (where: Address): number => Number(where.slice(where.lastIndexOf(":") + 1));
const hostOf = (where: Address): string => where.slice(0, where.lastIndexOf(":"));
const receiver = { packet: () => undefined, connection: () => undefined, undeliverable: () => undefined };
const failureOf = (opening: Promise<unknown>): Promise<MemberError> => opening.then(() => { throw new Error("it opened"); }, (error: unknown) => error as MemberError);

describe("datagrams", () => {
  test("arrive with their sender's address, in the order of calls", async () => {
    const [a, b] = [await end(), await end()];
    for (const text of ["one", "two", "three"]) a.transport.send(b.address, bytesOf(text));
    expect([await b.packets.next(), await b.packets.next(), await b.packets.next()]).toEqual(["one", "two", "three"].map((text) => ({ from: a.address, text })));
  });

  test("to a closed port, of a wrong family, or too long: the next one arrives all the same", async () => {
    const [a, b, gone] = [await end(), await end(), await endApart()];
    await gone.transport.close();
    a.transport.send(gone.address, bytesOf("lost"));
    a.transport.send(b.address, new Uint8Array(70_000));
    a.transport.send(address("[::1]:7946"), bytesOf("of the other family"));
    a.transport.send(address("127.0.0.1:0"), bytesOf("no port"));
    a.transport.send(address("nonsense"), bytesOf("no address"));
    a.transport.send(b.address, bytesOf("found"));
    expect((await b.packets.next()).text).toBe("found");
    const told = [await a.undeliverable.next(), await a.undeliverable.next(), await a.undeliverable.next(), await a.undeliverable.next()];
    expect(told.map(({ to }) => to).toSorted()).toEqual(["127.0.0.1:0", b.address, "[::1]:7946", "nonsense"].toSorted());
    expect(told.find(({ to }) => to === b.address)?.why).toBe("EMSGSIZE");
    expect(a.transport.counts?.()).toMatchObject({ undeliverable: 4 });
  });

  test("wait in a buffer as wide as the system allows, 2 MiB at most; and it says how wide", async () => {
    const bare = createSocket("udp4").bind(0, "127.0.0.1");
    await once(bare, "listening");
    const usual = bare.getRecvBufferSize();
    bare.close();
    const a = await end();
    const granted = a.transport.receiveBuffer?.() ?? 0;
    // Linux gives what is asked for up to `rmem_max`, and says twice that; others say what they give, or refuse, and then are asked for less.
    const most = process.platform === "linux" ? Number(readFileSync("/proc/sys/net/core/rmem_max", "utf8")) : undefined;
    if (most === undefined) expect(granted).toBeGreaterThanOrEqual(Math.max(usual, 65_536));
    else expect(granted).toBe(usual >= 4 * 2 ** 20 ? usual : 2 * Math.min(2 * 2 ** 20, most));
    if (most !== undefined && usual < 2 * Math.min(2 * 2 ** 20, most)) expect(granted, "more than a socket that nobody widened").toBeGreaterThan(usual);
    await a.transport.close();
    expect(a.transport.receiveBuffer?.()).toBeUndefined();
  });

  test("a failure is never told from within the call", async () => {
    const a = await end();
    a.transport.send(address("nonsense"), bytesOf("x"));
    a.transport.send(address("127.0.0.1:1"), new Uint8Array(70_000));
    expect(a.undeliverable.waiting()).toBe(0);
    expect((await a.undeliverable.next()).to).toBe("nonsense");
    expect((await a.undeliverable.next()).to).toBe("127.0.0.1:1");
  });

  test("what peers at many ports send bears each one's own address", async () => {
    const a = await end();
    const many = await Promise.all(Array.from({ length: 20 }, () => end()));
    for (const one of many) one.transport.send(a.address, bytesOf(one.address));
    for (let i = 0; i < many.length; i++) {
      const { from, text } = await a.packets.next();
      expect(from).toBe(text);
    }
  });
});

describe("streams", () => {
  test("carry bytes both ways; each side ends for itself", async () => {
    const [a, b] = [await end(), await end()];
    const ours = await a.transport.connect(b.address, never());
    await ours.write(bytesOf("a question"));
    ours.end();
    const theirs = await b.connections.next();
    expect(await textOf(theirs)).toBe("a question");
    await theirs.write(bytesOf("an answer"));
    theirs.end();
    expect(await textOf(ours)).toBe("an answer");
    expect(ours.peer).toBe(b.address);
    expect(theirs.peer.startsWith("127.0.0.1:")).toBe(true);
  });

  test("a peer that does not read holds the writer up, and destroying it ends the wait with an error", async () => {
    const [a, b] = [await end(), await end()];
    const ours = await a.transport.connect(b.address, never());
    await b.connections.next();
    const writing = ours.write(new Uint8Array(64 * 2 ** 20));
    expect(await Promise.race([writing, a.transport.connect(b.address, never()).then(() => "still writing")])).toBe("still writing");
    ours.destroy();
    await expect(writing).rejects.toThrow();
  });

  test("a stream that breaks throws in whoever reads it", async () => {
    const [a, b] = [await end(), await end()];
    const ours = await a.transport.connect(b.address, never());
    const reading = textOf(ours);
    await b.transport.close();
    ours.destroy();
    await expect(reading).rejects.toThrow();
  });

  test("connecting fails where nobody listens, when aborted, before or after, and when the transport closes", async () => {
    const [a, gone] = [await end(), await endApart()];
    await gone.transport.close();
    await expect(a.transport.connect(gone.address, never())).rejects.toThrow(/ECONNREFUSED/);
    await expect(a.transport.connect(gone.address, AbortSignal.abort())).rejects.toMatchObject({ code: "aborted" });
    const abort = new AbortController();
    const connecting = a.transport.connect(gone.address, abort.signal);
    abort.abort();
    await expect(connecting).rejects.toMatchObject({ code: "aborted" });
    const last = a.transport.connect(gone.address, never());
    const closed = a.transport.close();
    await expect(last).rejects.toMatchObject({ code: "stopped" });
    await closed;
    await expect(a.transport.connect(gone.address, never())).rejects.toMatchObject({ code: "stopped" });
  });
});

describe("addresses", () => {
  test("port 0 is the same free port for both", async () => {
    const a = await end();
    const b = await end();
    b.transport.send(a.address, bytesOf("x"));
    await a.packets.next();
    await b.transport.connect(a.address, never());
    await a.connections.next();
  });

  test("advertised is what was asked for, with the bound port if none was named", async () => {
    expect((await end({ advertise: "192.0.2.7:9" })).address).toBe("192.0.2.7:9");
    expect((await end({ advertise: "192.0.2.7" })).address).toMatch(/^192\.0\.2\.7:[1-9]\d+$/);
    expect((await end({ bind: "localhost:0", advertise: "[FD00:0::7]:9" })).address).toBe("[fd00::7]:9");
    expect((await end({ bind: "0.0.0.0:0" })).address).not.toMatch(/^0\.0\.0\.0/);
  });

  test("a port in use, by either protocol, an address that is not ours, and nonsense are refused in a sentence", async () => {
    const taken = await end();
    expect(await failureOf(udpTcp({ bind: taken.address }).open(receiver))).toMatchObject({ code: "port-in-use", message: `${taken.address} is already in use` });
    expect(await failureOf(udpTcp({ bind: "203.0.113.9:0" }).open(receiver))).toMatchObject({ code: "address-not-ours", message: "no interface of this machine has the address 203.0.113.9" });
    for (const bind of ["", "a b", "127.0.0.1:65536", "127.0.0.1:x", "[127.0.0.1]:1", "http://x:1"]) {
      expect(await failureOf(udpTcp({ bind }).open(receiver)), bind).toMatchObject({ code: "bad-option" });
    }
    expect(await failureOf(udpTcp({ bind: "127.0.0.1:0", advertise: "0.0.0.0:7946" }).open(receiver))).toMatchObject({ code: "bad-option" });
    expect(await failureOf(udpTcp({ bind: "no-such-host.invalid:0" }).open(receiver))).toMatchObject({ code: "no-such-host" });
  });

  test("what could not be opened leaves nothing open, and may be tried again", async () => {
    const taken = await endApart();
    const transport = udpTcp({ bind: taken.address });
    await failureOf(transport.open(receiver));
    await taken.transport.close();
    expect(await transport.open(receiver)).toBe(taken.address);
    await transport.close();
  });

  test("a port whose TCP is free and whose UDP is not is in use, and its TCP is let go", async () => {
    const a = await endApart();
    const [server] = serversAt(portOf(a.address));
    server?.removeAllListeners("close");
    server?.close();
    await expect(failureOf(udpTcp({ bind: a.address }).open(receiver))).resolves.toMatchObject({ code: "port-in-use" });
    const other = createServer().listen(portOf(a.address), hostOf(a.address));
    await once(other, "listening");
    other.close();
  });
});

describe("closing", () => {
  test("is final, however often, and even while it opens", async () => {
    const transport = udpTcp({ bind: "127.0.0.1:0" });
    const opening = failureOf(transport.open(receiver));
    await Promise.all([transport.close(), transport.close()]);
    expect(await opening).toMatchObject({ code: "stopped" });
    expect(await failureOf(transport.open(receiver))).toMatchObject({ code: "stopped" });
    transport.send(address("127.0.0.1:1"), bytesOf("into the void"));
  });

  test("ends open connections, and frees the port", async () => {
    const [a, b] = [await end(), await endApart()];
    const ours = await a.transport.connect(b.address, never());
    const theirs = await b.connections.next();
    const reading = textOf(ours);
    await b.transport.close();
    await expect(textOf(theirs)).rejects.toThrow();
    // What the peer makes of it depends on what was under way: it ends, or it breaks.
    await reading.catch(() => undefined);
    expect((await end({ bind: b.address })).address).toBe(b.address);
  });
});

describe("a socket that breaks is mended", () => {
  test("datagrams: closed from outside, or unable to receive", async () => {
    const sockets: Socket[] = [];
    const remember = (made: unknown): void => void sockets.push((made as { readonly socket: Socket }).socket);
    const made = channel("udp.socket");
    made.subscribe(remember);
    const [a, b] = [await endApart(), await endApart()];
    made.unsubscribe(remember);
    sockets[0]?.close();
    a.transport.send(b.address, bytesOf("from nowhere"));
    expect(await a.mended.next()).toContain("datagrams");
    b.transport.send(a.address, bytesOf("to the new one"));
    expect(await a.packets.next()).toEqual({ from: b.address, text: "to the new one" });
    sockets[1]?.emit("error", Object.assign(new Error("recvmsg EBADF"), { code: "EBADF" }));
    expect(await b.mended.next()).toContain("EBADF");
    a.transport.send(b.address, bytesOf("again"));
    expect(await b.packets.next()).toEqual({ from: a.address, text: "again" });
    expect(a.transport.counts?.()).toMatchObject({ "mended-datagrams": 1, undeliverable: 1 });
  });

  test("and tried again as long as somebody else has its port", async () => {
    const sockets: Socket[] = [];
    const remember = (made: unknown): void => void sockets.push((made as { readonly socket: Socket }).socket);
    channel("udp.socket").subscribe(remember);
    const a = await endApart();
    sockets[0]?.close();
    const thief = createSocket("udp4").bind(portOf(a.address), hostOf(a.address));
    await once(thief, "listening");
    // Ours, the thief's, and two tries in vain.
    while (sockets.length < 4) await new Promise(setImmediate);
    expect(a.mended.waiting()).toBe(0);
    thief.close();
    await a.mended.next();
    channel("udp.socket").unsubscribe(remember);
    a.transport.send(a.address, bytesOf("to myself"));
    expect((await a.packets.next()).text).toBe("to myself");
  });

  test("not after it was closed, even while it is being mended", async () => {
    const sockets: Socket[] = [];
    const remember = (made: unknown): void => void sockets.push((made as { readonly socket: Socket }).socket);
    channel("udp.socket").subscribe(remember);
    const a = await endApart();
    sockets[0]?.close();
    await once(sockets[0]!, "close");
    await a.transport.close();
    channel("udp.socket").unsubscribe(remember);
    expect((await onceFree(a.address, () => end({ bind: a.address }))).address).toBe(a.address);
    expect(a.mended.waiting()).toBe(0);
  });

  test("an answer of ICMP's is no reason to", async () => {
    const sockets: Socket[] = [];
    const remember = (made: unknown): void => void sockets.push((made as { readonly socket: Socket }).socket);
    channel("udp.socket").subscribe(remember);
    const a = await end();
    channel("udp.socket").unsubscribe(remember);
    sockets[0]?.emit("error", Object.assign(new Error("recvmsg ECONNREFUSED"), { code: "ECONNREFUSED" }));
    a.transport.send(a.address, bytesOf("to myself"));
    expect((await a.packets.next()).text).toBe("to myself");
    expect(a.transport.counts?.()).toEqual({ "socket-error": 1 });
  });

  test("streams: a server closed from outside listens again", async () => {
    const [a, b] = [await endApart(), await end()];
    serversAt(portOf(a.address))[0]?.close();
    expect(await a.mended.next()).toContain("streams");
    await b.transport.connect(a.address, never());
    await a.connections.next();
  });
});

/** The servers of this thread that listen on this port. */
function serversAt(port: number): readonly Server[] {
  const handlesOf = Reflect.get(process, "_getActiveHandles") as () => readonly unknown[];
  const handles = handlesOf.call(process);
  return handles.filter((handle): handle is Server => {
    if (typeof handle !== "object" || handle === null || handle.constructor.name !== "Server") return false;
    const where = (handle as Server).address();
    return where !== null && typeof where === "object" && where.port === port;
  });
}

describe.skipIf(isIPv6PassedOver)("IPv6", () => {
  test("packets and streams, bound to ::1", async () => {
    const [a, b] = [await end({ bind: "[::1]:0" }), await end({ bind: "[0:0::1]:0" })];
    expect(a.address).toMatch(/^\[::1\]:\d+$/);
    a.transport.send(b.address, bytesOf("x"));
    expect(await b.packets.next()).toEqual({ from: a.address, text: "x" });
    await (await a.transport.connect(b.address, never())).write(bytesOf("y"));
    expect((await b.connections.next()).peer).toMatch(/^\[::1\]:\d+$/);
  });

  test("who listens on :: speaks both families, and IPv4 addresses look like themselves", async () => {
    const [both, four, six] = [await end({ bind: "[::]:0", advertise: "127.0.0.1" }), await end(), await end({ bind: "[::1]:0" })];
    const port = portOf(both.address);
    four.transport.send(both.address, bytesOf("4"));
    expect((await both.packets.next()).from).toBe(four.address);
    six.transport.send(address(`[::1]:${port}`), bytesOf("6"));
    expect((await both.packets.next()).from).toBe(six.address);
    both.transport.send(four.address, bytesOf("to 4"));
    expect(await four.packets.next()).toEqual({ from: `127.0.0.1:${port}`, text: "to 4" });
    both.transport.send(six.address, bytesOf("to 6"));
    expect(await six.packets.next()).toEqual({ from: `[::1]:${port}`, text: "to 6" });
    await both.transport.connect(four.address, never());
    expect((await four.connections.next()).peer).toMatch(/^127\.0\.0\.1:/);
    await four.transport.connect(both.address, never());
    expect((await both.connections.next()).peer).toMatch(/^127\.0\.0\.1:/);
  });

  test("a member of one family can't reach the other, and hears so", async () => {
    const six = await end({ bind: "[::1]:0" });
    six.transport.send(address("127.0.0.1:7946"), bytesOf("x"));
    expect((await six.undeliverable.next()).to).toBe("127.0.0.1:7946");
    await expect(six.transport.connect(address("127.0.0.1:7946"), never())).rejects.toMatchObject({ code: "bad-option" });
  });
});

test("the default is every address of IPv4's, at memberlist's port", async () => {
  const holder = await anEnd({ bind: "127.0.0.1:7946" }).catch(() => undefined);
  const failure = await failureOf(endOf(udpTcp()));
  expect(failure).toMatchObject({ code: "port-in-use", message: "0.0.0.0:7946 is already in use" });
  await holder?.transport.close();
});
