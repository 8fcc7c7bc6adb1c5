/** Reads one message from a stream. */

import { sizeOfMessage, type Address, type Answer, type Request } from "../../engine/index.ts";
import type { Codec, DropReason, StreamSeen, StreamSide } from "../codec/codec.ts";
import type { Connection } from "../transport/transport.ts";
import { gather } from "./gather.ts";

export type Reading =
  | { readonly kind: "message"; readonly message: Request | Answer; readonly unread: readonly string[] }
  | { readonly kind: "refused"; readonly reason: DropReason; readonly why: string }
  /** The peer hung up without a byte. */
  | { readonly kind: "nothing" };

export type Rules = {
  readonly codec: Pick<Codec, "decodeStream">;
  /** The most bytes of a message, as received and as decoded. */
  readonly longest: number;
  /** Called when `count` more bytes came, which are held. */
  readonly came: (count: number) => void;
};

/** The first message of this side of the stream; what follows it is not read. Rejects if the stream breaks. */
export async function readMessage(connection: Connection, from: Address, side: StreamSide, { codec, longest, came }: Rules): Promise<Reading> {
  const gathered = gather();
  let atLeast = 1;
  let seen: StreamSeen | undefined;
  for await (const piece of connection) {
    gathered.add(piece);
    came(piece.length);
    const bytes = gathered.bytes();
    if (bytes.length < atLeast && bytes.length <= longest) continue;
    const decoded = codec.decodeStream(bytes, from, side, seen);
    if (decoded.kind === "message") return bounded(decoded, longest);
    if (decoded.kind === "refused") return decoded;
    if (decoded.atLeast > longest || bytes.length > longest) return tooLong(Math.max(decoded.atLeast, bytes.length), longest);
    ({ atLeast, seen } = decoded);
  }
  const { length } = gathered.bytes();
  return length === 0 ? { kind: "nothing" } : { kind: "refused", reason: "malformed", why: `it ends after ${length} bytes of at least ${atLeast}` };
}

/** Refuses a message that is too long once it is decompressed. */
function bounded(reading: Extract<Reading, { kind: "message" }>, longest: number): Reading {
  const size = sizeOfMessage(reading.message);
  return size > longest ? tooLong(size, longest) : reading;
}

const tooLong = (length: number, longest: number): Reading => ({ kind: "refused", reason: "too-long", why: `at least ${length} bytes: we accept ${longest}` });
