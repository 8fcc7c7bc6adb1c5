/** memberlist's compressed message: any other message, packed. Put around on the way out, seen through on the way in. */

import { rawSize, textSize } from "../words/size.ts";
import { expand, pack, packWithin } from "./lzw.ts";
import type { Reader } from "./reader.ts";
import { giveUp, skip, takeKey, takeMap, takeRaw, takeUint } from "./reader.ts";
import { TYPE } from "./type-byte.ts";
import type { Writer } from "./writer.ts";
import { putByte, putMap, putNumber, putNumbers, putText } from "./writer.ts";

/** The only way of packing that memberlist knows (its `compressionType`): LZW. */
const LZW = 0;
/** A type byte, the head of a map, two keys, and the way. */
const FRAME = 2 + textSize("Algo") + textSize("Buf") + 1;
const NONE: Uint8Array = new Uint8Array();

/** This message as a compressed one: what a stream wants, if anything is to be compressed at all. It may be longer. */
export const compress = (message: Uint8Array): Uint8Array => framed(pack(message));

/** The same, or the message as it is where that is no longer: nothing is packed further than where it has ceased to pay. */
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
 * The message within a compressed one, whose type byte is read already. One longer than `limit` is refused. Of what is refused, that much comes back as was
 * unpacked before it was clear.
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
