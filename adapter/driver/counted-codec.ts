/** A codec that counts the messages on streams. */

import type { Codec } from "../codec/codec.ts";
import type { Counts } from "./counts.ts";

export const countingStreams = (codec: Codec, { sent, received }: Counts): Codec => ({
  overhead: codec.overhead,
  ...(codec.encodeRefusal !== undefined && { encodeRefusal: (why: string) => codec.encodeRefusal?.(why) ?? NOTHING }),
  encode: (message, version) => codec.encode(message, version),
  decode: (packet, from) => codec.decode(packet, from),
  encodeStream: (message, side) => {
    const bytes = codec.encodeStream(message, side);
    sent.add(streamKind(message.kind), bytes.length);
    return bytes;
  },
  decodeStream: (bytes, ...rest) => {
    const decoded = codec.decodeStream(bytes, ...rest);
    if (decoded.kind === "message") received.add(streamKind(decoded.message.kind), bytes.length);
    return decoded;
  },
});

const NOTHING = new Uint8Array();

/** Pings and acks also travel in datagrams, so those on streams are counted under names of their own. */
const streamKind = (kind: string): string => (kind === "ping" || kind === "ack" ? `stream-${kind}` : kind);
