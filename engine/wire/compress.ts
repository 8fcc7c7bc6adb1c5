/** memberlist's compressed message, which wraps any other message: writing and reading it. */

import { rawSize, textSize } from "../words/size.ts";
import { expand, pack, packWithin } from "./lzw.ts";
import type { Reader } from "./reader.ts";
import { giveUp, skip, takeKey, takeMap, takeRaw, takeUint } from "./reader.ts";
import { TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putByte, putMap, putNumber, putNumbers, putText } from "./writer.ts";

/** The only compression that memberlist knows (its `compressionType`): LZW. */
const LZW = 0;
/** The bytes of a type, the head of a map, two keys, and the kind of compression. */
const FRAME = 2 + textSize("Algo") + textSize("Buf") + 1;
const NONE: Uint8Array = new Uint8Array();

/** The message compressed, even if that makes it longer: as streams need it, if they are compressed at all. */
export const compress = (message: Uint8Array): Uint8Array => framed(pack(message));

/** The message compressed, or as it is if that is not longer. Stops compressing as soon as it cannot pay any more. */
export function compressIfShorter(message: Uint8Array): Uint8Array {
  const packed = packWithin(message, Math.max(0, message.length - FRAME - rawSize(0)));
  if (packed === null || FRAME + rawSize(packed.length) >= message.length) return message;
  return framed(packed);
}

function framed(packed: Uint8Array): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(FRAME + rawSize(packed.length)), at: 0 };
  putByte(writer, TYPE.compressed);
  putMap(writer, 2);
  putNumber(writer, "Algo", LZW);
  putText(writer, "Buf");
  putNumbers(writer, packed);
  return writer.bytes;
}

/**
 * The message inside a compressed one, whose type byte has been read. More than `limit` bytes are refused. On a refusal, returns what was
 * unpacked until then.
 */
export function readCompressed(reader: Reader, limit: number): Uint8Array {
  let way = LZW;
  let packed = NONE;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Algo": way = takeUint(reader, 255); break;
      case "Buf": packed = takeRaw(reader); break;
      default: skip(reader);
    }
  }
  if (way !== LZW) giveUp(reader, `compressed in a way that nobody knows, number ${way}`);
  if (reader.why !== null) return NONE;
  const { bytes, why } = expand(packed, limit);
  if (why !== null) giveUp(reader, why);
  return bytes;
}
