/**
 * What members write on streams that carry datagrams as well. The first byte of a stream says what follows: a stream of the member's, as it is; or datagrams, after the sender's
 * address (its length in one byte, then its characters), each with its length in two bytes before it.
 */

import { address, after, formatAddress, parseAddress, seconds, type Address } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection } from "./transport.ts";

const STREAM = 0x53;
const DATAGRAMS = 0x44;

/** As long as a datagram of UDP may be, and its length fits into two bytes. */
export const LONGEST_DATAGRAM = 65_507;
/** Who opens a stream says at once what it is for. */
const GREETING_WITHIN = seconds(10);

/** The first byte of a stream that carries no datagrams. */
export const streamGreeting: Uint8Array = Uint8Array.of(STREAM);

/** The first bytes of a stream that carries datagrams from this address. */
export const greetingOf = (own: Address): Uint8Array => Uint8Array.from([DATAGRAMS, own.length, ...Buffer.from(own, "latin1")]);

/** A datagram as it is written. */
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

/** Reads what a peer sends on a stream that it opened, until it ends; one of the member's streams is handed over. Never rejects. */
export async function hearCarried(stream: Connection, { clock, packet, connection, count }: Hearing): Promise<void> {
  const pieces = new Pieces(stream);
  const cancel = clock.alarm(after(clock.now(), GREETING_WITHIN), () => stream.destroy());
  try {
    const greeting = await greetingIn(pieces);
    if (greeting === "stream") return connection(pieces.stream());
    if (greeting === "none") count("no-greeting");
    else for await (const each of datagramsIn(pieces, cancel)) packet(greeting, each);
  } catch {
    // It broke: what was on its way is lost, as a datagram may be.
  } finally {
    cancel();
  }
  stream.destroy();
}

/** What the stream is for: the member, or the datagrams of this address. `none`: it does not say. */
async function greetingIn(pieces: Pieces): Promise<"stream" | "none" | Address> {
  const [kind] = (await pieces.take(1)) ?? [];
  if (kind === STREAM) return "stream";
  const [length = 0] = (kind === DATAGRAMS ? await pieces.take(1) : undefined) ?? [];
  const text = await pieces.take(length);
  return (text === undefined ? undefined : addressIn(Buffer.from(text).toString("latin1"))) ?? "none";
}

/** An address as the engine writes it. */
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
    // A copy: the receiver may keep it, and the piece that it was read in may be much longer.
    yield Uint8Array.from(packet);
  }
}

/** The bytes of a stream, so many at a time. */
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

  /** The stream from here on. */
  stream(): Connection {
    const { peer, write, end, destroy } = this.whole;
    const next = (): Promise<IteratorResult<Uint8Array>> => {
      const value = this.rest;
      this.rest = value.subarray(value.length);
      return value.length > 0 ? Promise.resolve({ done: false, value }) : this.pieces.next();
    };
    // Whoever stops reading may go on later.
    return { peer, write, end, destroy, [Symbol.asyncIterator]: () => ({ next, return: () => Promise.resolve({ done: true, value: undefined }) }) };
  }
}
