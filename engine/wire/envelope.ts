/** The envelope of an encoded message: compression, then a checksum. Encryption and a label, which come after it, are for drivers. */

import { compress, compressIfShorter } from "./compress.ts";
import { crc32 } from "./crc.ts";
import { CHECKED_HEAD, TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putByte, putWord } from "./writer.ts";

/** What the envelope of a datagram does. */
export type Envelope = {
  /** Compress, if that makes it shorter (memberlist's `EnableCompression`). */
  readonly compress?: boolean;
  /** Add a checksum. memberlist understands it from protocol version 5 on (the greatest version that a member understands counts). */
  readonly crc?: boolean;
};

/** A datagram's payload in its envelope, which `decode` reads. */
export function wrap(datagram: Uint8Array, envelope: Envelope): Uint8Array {
  const shortest = envelope.compress === true ? compressIfShorter(datagram) : datagram;
  return envelope.crc === true ? checked(shortest) : shortest;
}

/** A stream's content in its envelope: compressed if asked for, even if that makes it longer, as in memberlist; never with a checksum. */
export const wrapStream = (message: Uint8Array, envelope: Pick<Envelope, "compress">): Uint8Array =>
  envelope.compress === true ? compress(message) : message;

function checked(message: Uint8Array): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(CHECKED_HEAD + message.length), at: 0 };
  putByte(writer, TYPE.checked);
  putWord(writer, crc32(message, 0));
  writer.bytes.set(message, CHECKED_HEAD);
  return writer.bytes;
}
