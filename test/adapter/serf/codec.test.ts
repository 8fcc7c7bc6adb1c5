/** A real Serf agent with a key: it takes what our codec encrypts, and our codec reads what it answers and what it sends. */

import { createSocket, type Socket } from "node:dgram";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Codec, DecodedBytes } from "../../../adapter/codec/codec.ts";
import { keyringOf } from "../../../adapter/codec/keyring.ts";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import { address, bytes, find, formatAddress, incarnation, memberId, viewOf, type Answer, type Datagram, type Member, type Request } from "../../../engine/index.ts";
import { type Agent, isPassedOver, startAgent } from "./agent.ts";

const KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER = "ZGVmZ2hpamtsbW5vcHFycw==";
const codecWithKey = (...keys: readonly string[]): Codec => memberlistCodec({ keyring: keyringOf(keys) });

/** Says something on a stream, and reads until that is answered, refused, or over. */
const exchange = (port: number, codec: Codec, message: Request): Promise<DecodedBytes> => new Promise((resolve, reject) => {
  let heard: Uint8Array = new Uint8Array();
  let read: DecodedBytes = { kind: "more", atLeast: 1 };
  const stream = connect(port, "127.0.0.1", () => stream.write(codec.encodeStream(message, "caller")));
  stream.on("data", (piece: Buffer) => {
    heard = Uint8Array.of(...heard, ...piece);
    read = codec.decodeStream(heard, address(`127.0.0.1:${port}`), "answerer");
    if (read.kind !== "more") stream.destroy();
  });
  stream.once("error", reject);
  stream.once("close", () => resolve(read));
});

/** Reads datagrams until one is what we wait for; acks pings, so that nobody holds us dead. */
const hearing = (socket: Socket, codec: Codec, isWanted: (message: Datagram) => boolean): Promise<readonly Datagram[]> => new Promise((resolve, reject) => {
  const heard: Datagram[] = [];
  socket.on("message", (packet, { address: host, port }) => {
    const read = codec.decode(packet, address(`${host}:${port}`));
    if (!read.ok) return reject(new Error(read.why));
    const { message } = read;
    heard.push(message);
    if (message.kind === "ping") socket.send(codec.encode({ kind: "ack", seq: message.seq, payload: bytes(""), gossip: [], userMessages: [] }, 5), port, host);
    if (isWanted(message)) resolve(heard);
  });
});

describe.runIf(!isPassedOver)("a Serf agent that encrypts", () => {
  let agent: Agent;
  let socket: Socket;
  const us = (port: number): Member => ({
    id: memberId("ours"), address: formatAddress(Uint8Array.of(127, 0, 0, 1), port), meta: bytes("\u00ff\u0080"), versions: [1, 5, 2, 2, 5, 5],
    incarnation: incarnation(1), status: "alive",
  });

  beforeAll(async () => {
    agent = await startAgent("theirs", `-encrypt=${KEY}`);
    socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  });

  afterAll(async () => {
    socket?.close();
    await agent?.stop();
  });

  const join = (): Request => ({ kind: "push-pull", join: true, view: viewOf([us(socket.address().port)]), userState: bytes("") });
  const viewIn = (read: DecodedBytes): (Request | Answer) & { readonly kind: "push-pull" } => {
    if (read.kind !== "message" || read.message.kind !== "push-pull") throw new Error(JSON.stringify(read));
    return read.message;
  };

  test("lets us in, pings us, and tells of us to ourselves", async () => {
    const codec = codecWithKey(KEY);
    const heard = hearing(socket, codec, (message) => message.kind === "ping");
    const { view } = viewIn(await exchange(agent.port, codec, join()));
    expect(find(view, memberId("theirs"))).toMatchObject({ id: "theirs", address: `127.0.0.1:${agent.port}`, status: "alive" });
    expect((await heard).at(-1)).toMatchObject({ kind: "ping", source: "theirs", target: "ours" });
    expect(find(viewIn(await exchange(agent.port, codec, join())).view, memberId("ours"))).toMatchObject({ status: "alive" });
  });

  test("is opened with a secondary key as well, and does not open what it has no key for", async () => {
    const turned = codecWithKey(KEY, OTHER);
    expect(viewIn(await exchange(agent.port, turned, join())).kind).toBe("push-pull");
    expect((await exchange(agent.port, codecWithKey(OTHER, KEY), join())).kind).not.toBe("message");
    expect(await exchange(agent.port, codecWithKey(OTHER), join()).then(({ kind }) => kind)).not.toBe("message");
  });

  test("refuses plain text, and says so under its key", async () => {
    const plainly: Codec = { ...codecWithKey(KEY), encodeStream: memberlistCodec().encodeStream };
    expect(await exchange(agent.port, plainly, join())).toMatchObject({ kind: "refused", reason: "refused", why: /^the peer refused: "Encryption is configured/ });
  });
});
