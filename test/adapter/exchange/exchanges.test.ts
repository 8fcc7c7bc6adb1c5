/** One request, one answer, over real sockets: as memberlist does it, and within limits whatever a peer does. */

import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { bytes, encode, digestsOf, viewOf, type Answer, type Patch, type Request, type UserMessage } from "../../../engine/index.ts";
import { faultsFrom, faulty, keyringOf, memberlistCodec, type Codec } from "../../../adapter/index.ts";
import { ack, aRecord, ping, pushPull } from "../../builders.ts";
import { ownPlace } from "../own-place.ts";
import { allFrom, aSide, strangeServer, stranger, until, type Side, type SideOptions } from "./sides.ts";

const sides: Side[] = [];
const sockets: Socket[] = [];
const servers: Server[] = [];

async function side(options?: SideOptions): Promise<Side> {
  const made = await aSide(options);
  sides.push(made);
  return made;
}
async function callerOf({ address }: Side): Promise<Socket> {
  const socket = await stranger(address);
  sockets.push(socket);
  return socket;
}
async function serverThat(behave: (socket: Socket) => void): Promise<Side["address"]> {
  const { address, server } = await strangeServer((socket) => {
    sockets.push(socket);
    behave(socket);
  });
  servers.push(server);
  return address;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  await Promise.all(sides.splice(0).map((one) => one.close()));
});

const members = (count: number, prefix = "m"): ReturnType<typeof pushPull> => pushPull(false, ...Array.from({ length: count }, (_, i) => ({ ...aRecord(`m${i}`), id: `${prefix}${i}` as never })));
/** More than a socket takes at once. */
const huge = { ...pushPull(false, aRecord("a")), userState: bytes("x".repeat(30_000_000)) };
const word = (text: string): UserMessage => ({ kind: "user", payload: bytes(text) });
const patch: Patch = { kind: "patch", depth: 1, parts: [0, 31], view: viewOf([aRecord("a")]) };
const view = pushPull(true, aRecord("a"), aRecord("b", { status: "suspect" }));
const compare: Request = { kind: "compare", depth: 1, digests: digestsOf(view.view, 1) };
const usualAnswer = (request: Request): Answer | undefined =>
  request.kind === "ping" ? ack(request.seq) : request.kind === "push-pull" ? view : request.kind === "compare" ? patch : undefined;

/** The bytes of each as they go over the wire: a message that means the same is written the same. */
const written = (message: Request | Answer): string => Buffer.from(encode(message)).toString("hex");

describe("an exchange", () => {
  const keyring = () => keyringOf(["000102030405060708090a0b0c0d0e0f"].map((hex) => Buffer.from(hex, "hex")));
  const codecs: readonly (readonly [string, () => Codec])[] = [
    ["plain", () => memberlistCodec({ compress: false })],
    ["compressed", () => memberlistCodec()],
    ["labelled", () => memberlistCodec({ label: "blue" })],
    ["encrypted and labelled", () => memberlistCodec({ label: "blue", keyring: keyring() })],
  ];
  for (const [name, codec] of codecs) {
    test.each([["ping", ping("a", "b", 7)], ["push-pull", view], ["compare", compare]] as const)(`${name}: %s is answered`, async (_kind, request) => {
      const [a, b] = [await side({ codec: codec() }), await side({ codec: codec(), answers: usualAnswer })];
      a.exchanges.ask(b.address, request);
      expect(written(await b.opened.next())).toBe(written(request));
      expect(written(await a.answered.next())).toBe(written(usualAnswer(request)!));
      await until(() => a.exchanges.open + b.exchanges.open === 0);
    });

    test.each([["user", word("hello")], ["patch", patch]] as const)(`${name}: %s is not`, async (_kind, request) => {
      const [a, b] = [await side({ codec: codec() }), await side({ codec: codec(), answers: usualAnswer })];
      a.exchanges.ask(b.address, request);
      expect(written(await b.opened.next())).toBe(written(request));
      await until(() => a.exchanges.open + b.exchanges.open === 0);
      expect(a.failed.waiting() + b.dropped.waiting()).toBe(0);
    });
  }

  test("may be large, both ways", async () => {
    const [a, b] = [await side(), await side({ answers: () => members(2000, "y") })];
    const request = members(2000, "x");
    a.exchanges.ask(b.address, request);
    expect(written(await b.opened.next())).toBe(written(request));
    expect(written(await a.answered.next())).toBe(written(members(2000, "y")));
  });

  test("many at once, each with its own answer", async () => {
    const [a, b] = [await side(), await side({ answers: usualAnswer, limits: { most: 1000 } })];
    for (let seq = 1; seq <= 200; seq++) a.exchanges.ask(b.address, ping("a", "b", seq));
    const answers = await Promise.all(Array.from({ length: 200 }, () => a.answered.next()));
    expect(new Set(answers.map((answer) => (answer.kind === "ack" ? answer.seq : 0))).size).toBe(200);
  });

  test("is not heard from within the call, neither its end nor its answer", async () => {
    const a = await side();
    a.exchanges.ask("nonsense" as never, ping("a", "b"));
    expect(a.failed.waiting()).toBe(0);
    expect(await a.failed.next()).toContain("nonsense");
  });

  test("carries its label from the caller only", async () => {
    const codec = memberlistCodec({ label: "blue", compress: false });
    const b = await side({ codec, answers: usualAnswer });
    const caller = await callerOf(b);
    caller.write(codec.encodeStream(ping("a", "b"), "caller"));
    expect(codec.encodeStream(ping("a", "b"), "caller")[0]).toBe(244);
    expect(Buffer.from(await allFrom(caller)).toString("hex")).toBe(written(ack(1)));
  });
});

describe("whoever calls", () => {
  test("may say it byte by byte", async () => {
    const b = await side({ answers: usualAnswer });
    const caller = await callerOf(b);
    for (const byte of encode(view)) await new Promise((resolve) => { caller.write(Uint8Array.of(byte), resolve); });
    expect(written(await b.opened.next())).toBe(written(view));
    expect((await allFrom(caller)).length).toBeGreaterThan(0);
  });

  test("may have said all it has to say, and still listens", async () => {
    const b = await side({ codec: memberlistCodec({ compress: false }), answers: usualAnswer });
    const caller = await callerOf(b);
    caller.end(encode(ping("a", "b", 3)));
    expect(Buffer.from(await allFrom(caller)).toString("hex")).toBe(written(ack(3)));
  });

  test("gets no answer where the engine has none, or has one too late", async () => {
    const b = await side();
    const opened = b.opened.next();
    const caller = await callerOf(b);
    caller.write(encode(ping("a", "z")));
    await opened;
    expect(await allFrom(caller)).toHaveLength(0);
    b.exchanges.answer(1 as never, ack(1));
    expect(b.dropped.waiting()).toBe(0);
  });

  test("and hangs up without a word is nobody", async () => {
    const b = await side();
    (await callerOf(b)).end();
    await until(() => b.exchanges.open === 0);
    expect(b.dropped.waiting()).toBe(0);
  });

  test.each([
    ["hangs up halfway", encode(view).slice(0, 20), "malformed"],
    ["speaks no memberlist", new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"), "malformed"],
    ["answers without being asked", encode(ack(1)), "malformed"],
    ["announces four gigabytes", Uint8Array.of(6, 0x83, ...named("Join"), 0xc2, ...named("Nodes"), 0, ...named("UserStateLen"), 0xce, 0x7f, 0xff, 0xff, 0xff), "too-long"],
    ["belongs to another group", Uint8Array.of(244, 1, 0x78, ...encode(ping("a", "b"))), "label"],
  ])("%s: dropped, and counted", async (_what, said, reason) => {
    const b = await side({ answers: usualAnswer });
    const caller = await callerOf(b);
    caller.end(said);
    expect(await b.dropped.next()).toMatchObject({ reason });
    await until(() => b.exchanges.open === 0);
  });

  test("and whose message is longer than we take in is cut off, as it comes or as it unpacks", async () => {
    const b = await side({ limits: { longest: 1000 } });
    const [plain, packed] = [await callerOf(b), await callerOf(b)];
    plain.write(encode(word("x".repeat(2000))));
    expect(await b.dropped.next()).toMatchObject({ reason: "too-long" });
    const said = memberlistCodec().encodeStream(word("x".repeat(2000)), "caller");
    expect(said.length).toBeLessThan(1000);
    packed.write(said);
    expect(await b.dropped.next()).toMatchObject({ reason: "too-long" });
    await until(() => b.exchanges.open === 0);
  });

  test("can't be read is told why", async () => {
    const key = (fill: number): Uint8Array => new Uint8Array(16).fill(fill);
    const [plain, one, other] = [await side(), await side({ codec: memberlistCodec({ keyring: keyringOf([key(1)]) }) }), await side({ codec: memberlistCodec({ keyring: keyringOf([key(1), key(2)]) }) })];
    plain.exchanges.ask(one.address, view);
    expect(await one.dropped.next()).toMatchObject({ reason: "plain" });
    expect(await plain.failed.next()).toContain("encrypted");
    const lost = await side({ codec: memberlistCodec({ keyring: keyringOf([key(2), key(1)]) }) });
    lost.exchanges.ask(one.address, view);
    expect(await one.dropped.next()).toMatchObject({ reason: "undecipherable" });
    expect(await lost.failed.next()).toContain("the peer refused: ");
    other.exchanges.ask(one.address, ping("a", "b"));
    await one.opened.next();
  });
});

/** A field's name, as msgpack has it. */
function named(name: string): readonly number[] {
  return [0xa0 + name.length, ...Buffer.from(name)];
}

describe("deadlines and crowds", () => {
  test("a byte, and then nothing: cut off at the deadline", async () => {
    const b = await side({ limits: { deadline: 100 } });
    const caller = await callerOf(b);
    caller.write(encode(view).slice(0, 1));
    expect(await b.dropped.next()).toEqual({ reason: "too-slow", why: "not finished by its deadline" });
    expect(await allFrom(caller).catch(() => new Uint8Array())).toHaveLength(0);
    expect(b.exchanges.open).toBe(0);
  });

  test("a peer that never reads its answer holds nobody up, and is cut off", async () => {
    const b = await side({ codec: memberlistCodec({ compress: false }), limits: { deadline: 2000, longest: 2 ** 30 }, answers: (request) => (request.kind === "push-pull" ? huge : usualAnswer(request)) });
    const a = await side();
    const caller = await callerOf(b);
    caller.write(encode(view));
    await b.opened.next();
    a.exchanges.ask(b.address, ping("a", "b"));
    await a.answered.next();
    expect(await b.dropped.next()).toMatchObject({ reason: "too-slow" });
  });

  test("a thousand who say nothing: whoever has something to say is heard", async () => {
    const [a, b] = [await side(), await side({ answers: usualAnswer, limits: { most: 128 } })];
    const idle: Socket[] = [];
    for (let i = 0; i < 1000; i++) idle.push(await callerOf(b));
    await until(() => b.dropped.waiting() >= 1000 - 128);
    expect(b.exchanges.open).toBe(128);
    for (let seq = 1; seq <= 20; seq++) {
      a.exchanges.ask(b.address, ping("a", "b", seq));
      expect(await a.answered.next()).toMatchObject({ kind: "ack", seq });
    }
    expect(await b.dropped.next()).toMatchObject({ reason: "too-many" });
    b.exchanges.close();
    expect(b.exchanges.open).toBe(0);
    // Every one of them is over, whether it was hung up on or reset.
    await Promise.all(idle.map((socket) => allFrom(socket).catch(() => undefined)));
  });

  test("where all wait for an answer of ours, a newcomer is turned away", async () => {
    const b = await side({ codec: memberlistCodec({ compress: false }), limits: { most: 2, longest: 2 ** 30 }, answers: (request) => (request.kind === "push-pull" ? huge : undefined) });
    for (const caller of [await callerOf(b), await callerOf(b)]) caller.write(encode(view));
    await Promise.all([b.opened.next(), b.opened.next()]);
    const third = await callerOf(b);
    expect(await b.dropped.next()).toMatchObject({ reason: "too-many" });
    expect(await allFrom(third).catch(() => new Uint8Array())).toHaveLength(0);
    expect(b.exchanges.open).toBe(2);
  });

  test("those who are answered and do not hang up make room first", async () => {
    const b = await side({ limits: { most: 2 }, answers: usualAnswer });
    for (let i = 0; i < 3; i++) {
      const caller = await callerOf(b);
      caller.write(encode(ping("a", "b")));
      await once(caller, "data");
    }
    expect(b.exchanges.open).toBe(2);
    expect(b.dropped.waiting()).toBe(0);
  });

  test("all of them together may say four times what one may", async () => {
    const b = await side({ limits: { longest: 10_000 } });
    const half = encode(word("x".repeat(9000))).slice(0, 8000);
    for (let i = 0; i < 6; i++) (await callerOf(b)).write(half);
    expect(await b.dropped.next()).toEqual({ reason: "too-many", why: "peers send more at once than we accept, and this one had sent the most" });
    await until(() => b.exchanges.open === 5);
    const a = await side();
    a.exchanges.ask(b.address, word("short"));
    expect(await b.opened.next()).toMatchObject({ kind: "user" });
  });
});

describe("whom we call", () => {
  test("is not there", async () => {
    const [a, gone] = [await side(), await side({ bind: ownPlace() })];
    await gone.close();
    a.exchanges.ask(gone.address, view);
    expect(await a.failed.next()).toContain("ECONNREFUSED");
    expect(a.exchanges.open).toBe(0);
  });

  test("can't be reached: given up at the deadline", async () => {
    const faults = faultsFrom(1, [{ isBlocked: true }]);
    const a = await side({ wrap: (transport) => faulty(transport, faults), limits: { deadline: 50 } });
    a.exchanges.ask("127.0.0.1:1" as never, view);
    expect(await a.failed.next()).toBe("too-slow: not finished by its deadline");
    expect(a.exchanges.open).toBe(0);
  });

  const codec = memberlistCodec({ compress: false });
  /** Nobody gets there, however busy the machine is: they end for reasons of their own. */
  const FAR = 60_000;
  test.each([
    ["says something else", FAR, (socket: Socket) => void socket.end(codec.encodeStream(view, "answerer")), "a push-pull does not answer a ping"],
    ["says nonsense", FAR, (socket: Socket) => void socket.end(new Uint8Array(100).fill(255)), ""],
    ["hangs up", FAR, (socket: Socket) => void socket.end(), "it hung up without answering"],
    ["hangs up halfway", FAR, (socket: Socket) => void socket.end(codec.encodeStream(ack(1), "answerer").slice(0, 5)), "it ends after 5 bytes"],
    ["breaks", FAR, (socket: Socket) => void socket.resetAndDestroy(), ""],
    ["is silent", 300, () => undefined, "too-slow"],
    ["speaks for ever", FAR, (socket: Socket) => void pour(socket), ""],
  ])("%s", async (_what, deadline, behave, why) => {
    const [a, to] = [await side({ codec, limits: { deadline } }), await serverThat(behave)];
    a.exchanges.ask(to, ping("a", "b"));
    expect(await a.failed.next()).toContain(why);
    await until(() => a.exchanges.open === 0);
    expect(a.answered.waiting()).toBe(0);
  });

  test("answers with more than we take in", async () => {
    const [a, to] = [await side({ codec, limits: { longest: 1000 } }), await serverThat((socket) => void socket.end(codec.encodeStream(members(100), "answerer")))];
    a.exchanges.ask(to, view);
    expect(await a.dropped.next()).toMatchObject({ reason: "too-long" });
    expect(await a.failed.next()).toContain("we accept");
  });

  test("never reads what we say: given up at the deadline", async () => {
    const to = await serverThat((socket) => void socket.pause());
    const a = await side({ codec, limits: { deadline: 500 } });
    a.exchanges.ask(to, huge);
    expect(await a.failed.next()).toContain("too-slow");
  });
});

/** As much as the other end takes. */
function pour(socket: Socket): void {
  const piece = new Uint8Array(65_536).fill(6);
  const more = (): void => { if (!socket.destroyed) socket.write(piece, more); };
  more();
}

test("closed, nothing is heard any more, and nothing is open", async () => {
  const [a, b] = [await side(), await side()];
  a.exchanges.ask(await serverThat(() => undefined), view);
  await callerOf(b);
  await until(() => a.exchanges.open === 1 && b.exchanges.open === 1);
  a.exchanges.close();
  b.exchanges.close();
  a.exchanges.ask(b.address, view);
  const late = await callerOf(b);
  expect(await allFrom(late).catch(() => new Uint8Array())).toHaveLength(0);
  expect([a, b].map(({ exchanges }) => exchanges.open)).toEqual([0, 0]);
  expect(a.failed.waiting() + a.dropped.waiting() + b.opened.waiting() + b.dropped.waiting()).toBe(0);
});
