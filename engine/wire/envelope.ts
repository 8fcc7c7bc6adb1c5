/** What goes around a message that is written already: compression, then a checksum. What comes after, encryption and a label, is for drivers. */

import { compress, compressIfShorter } from "./compress.ts";
import { crc32 } from "./crc.ts";
import { CHECKED_HEAD, TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putByte, putWord } from "./writer.ts";

/** What to put around a datagram. */
export type Envelope = {
  /** Say it shorter, if that makes it shorter (memberlist's `EnableCompression`). */
  readonly compress?: boolean;
  /** Let damage be found. memberlist understands it from protocol 5 on, the last of a member's versions that counts. */
  readonly crc?: boolean;
};

/** A datagram's payload in its envelope. `decode` sees through it. */
export function wrap(datagram: Uint8Array, envelope: Envelope): Uint8Array {
  const shortest = envelope.compress === true ? compressIfShorter(datagram) : datagram;
  return envelope.crc === true ? checked(shortest) : shortest;
}

/** What goes into a stream, in its envelope: compressed if asked to, even if that makes it longer, for so memberlist does; never checked. */
export const wrapStream = (message: Uint8Array, envelope: Pick<Envelope, "compress">): Uint8Array =>
  envelope.compress === true ? compress(message) : message;

function checked(message: Uint8Array): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(CHECKED_HEAD + message.length), at: 0 };
  putByte(writer, TYPE.checked);
  putWord(writer, crc32(message, 0));
  writer.bytes.set(message, CHECKED_HEAD);
  return writer.bytes;
}
