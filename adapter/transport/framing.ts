/**
 * The format of streams where datagrams go over streams. The first byte of a stream is its kind: a stream of the member's follows unchanged; or datagrams, after the sender's
 * address (its length in one byte, then its characters), each preceded by its length in two bytes.
 */

import { address, after, formatAddress, parseAddress, seconds, type Address } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection } from "./transport.ts";

const STREAM = 0x53;
const DATAGRAMS = 0x44;

/** The longest datagram of UDP; its length fits into two bytes. */
export const LONGEST_DATAGRAM = 65_507;
/** How long a peer may take to send the first bytes of a stream. */
const GREETING_WITHIN = seconds(10);

/** The first byte of a stream that carries no datagrams. */
export const streamGreeting: Uint8Array = Uint8Array.of(STREAM);

/** The first bytes of a stream that carries datagrams from this address. */
export const greetingOf = (own: Address): Uint8Array => Uint8Array.from([DATAGRAMS, own.length, ...Buffer.from(own, "latin1")]);

/** A datagram with its length before it. */
export function frameOf(packet: Uint8Array): Uint8Array {
  const frame = new Uint8Array(packet.length + 2);
  frame[0] = packet.length >> 8;
  frame[1] = packet.length & 0xff;
  frame.set(packet, 2);
  return frame;
}

export type Hearing = {
  readonly clock: Clock;
  readonly packet: (from: Address, packet: Uint8Array) => void;
  readonly connection: (stream: Connection) => void;
  readonly count: (reason: string) => void;
};

/** Reads the datagrams of a stream that a peer opened, until it ends; or hands it over, if it is one of the member's streams. Never rejects. */
export async function readStream(stream: Connection, { clock, packet, connection, count }: Hearing): Promise<void> {
  const pieces = new Pieces(stream);
  const cancel = clock.alarm(after(clock.now(), GREETING_WITHIN), () => stream.destroy());
  try {
    const greeting = await greetingIn(pieces);
    if (greeting === "stream") return connection(pieces.stream());
    if (greeting === "none") count("no-greeting");
    else for await (const each of datagramsIn(pieces, cancel)) packet(greeting, each);
  } catch {
    // The stream broke: datagrams on their way are lost.
  } finally {
    cancel();
  }
  stream.destroy();
}

/** The kind of the stream: `stream` for one of the member's; the sender's address for datagrams; `none` if its first bytes are neither. */
async function greetingIn(pieces: Pieces): Promise<"stream" | "none" | Address> {
  const [kind] = (await pieces.take(1)) ?? [];
  if (kind === STREAM) return "stream";
  const [length = 0] = (kind === DATAGRAMS ? await pieces.take(1) : undefined) ?? [];
  const text = await pieces.take(length);
  return (text === undefined ? undefined : addressIn(Buffer.from(text).toString("latin1"))) ?? "none";
}

/** The address in this text; undefined unless it is in the engine's form. */
function addressIn(text: string): Address | undefined {
  const endpoint = parseAddress(text);
  const isWrittenSo = endpoint !== undefined && endpoint.port > 0 && formatAddress(endpoint.host, endpoint.port) === text;
  return isWrittenSo ? address(text) : undefined;
}

async function* datagramsIn(pieces: Pieces, began: () => void): AsyncGenerator<Uint8Array> {
  began();
  for (;;) {
    const [high = 0, low = 0] = (await pieces.take(2)) ?? [];
    const packet = await pieces.take((high << 8) | low);
    if (packet === undefined || packet.length === 0) return;
    // Copied, because the receiver may keep it, and the buffer that it is part of may be much longer.
    yield Uint8Array.from(packet);
  }
}

/** Reads a stream by a given number of bytes at a time. */
class Pieces {
  private readonly whole: Connection;
  private readonly pieces: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(whole: Connection) {
    this.whole = whole;
    this.pieces = whole[Symbol.asyncIterator]();
  }

  /** Undefined if the stream ends before. */
  async take(length: number): Promise<Uint8Array | undefined> {
    while (this.rest.length < length) {
      const piece = await this.pieces.next();
      if (piece.done === true) return undefined;
      this.rest = this.rest.length === 0 ? piece.value : Buffer.concat([this.rest, piece.value]);
    }
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  /** The rest of the stream. */
  stream(): Connection {
    const { peer, write, end, destroy } = this.whole;
    const next = (): Promise<IteratorResult<Uint8Array>> => {
      const value = this.rest;
      this.rest = value.subarray(value.length);
      return value.length > 0 ? Promise.resolve({ done: false, value }) : this.pieces.next();
    };
    // A reader that stops may go on later.
    return { peer, write, end, destroy, [Symbol.asyncIterator]: () => ({ next, return: () => Promise.resolve({ done: true, value: undefined }) }) };
  }
}
