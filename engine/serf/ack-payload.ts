/** The payload of a Serf member's acks: a version, and the sender's network coordinate. */

import type { Bytes } from "../words/units.ts";
import { giveUp, isSpent, skip, takeByte, takeKey, takeMap } from "../wire/reader.ts";
import { putByte, putMap, putText } from "../wire/writer.ts";
import type { Coordinate } from "./coordinate.ts";
import { putFloat, putList, readerOfBytes, takeFloat, takeList, written } from "./msgpack.ts";

/** Serf `PingVersion`. */
const VERSION = 1;

/** Its length in bytes, which is always the same. */
export const ACK_PAYLOAD_LENGTH = 130;

/** The coordinate as Serf writes it. */
export const encodeAckPayload = ({ vector, height, adjustment, error }: Coordinate): Bytes => written((writer) => {
  putByte(writer, VERSION);
  putMap(writer, 4);
  for (const [key, value] of [["Adjustment", adjustment], ["Error", error], ["Height", height]] as const) {
    putText(writer, key);
    putFloat(writer, value);
  }
  putText(writer, "Vec");
  putList(writer, vector.length);
  for (const value of vector) putFloat(writer, value);
});

/** The coordinate in these bytes, or undefined if they are not Serf's. Never throws. The numbers are not checked: use `isSound`. */
export function decodeAckPayload(payload: Bytes): Coordinate | undefined {
  const reader = readerOfBytes(payload);
  if (takeByte(reader) !== VERSION) return undefined;
  let [height, adjustment, error] = [0, 0, 0];
  let vector: number[] = [];
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Adjustment": adjustment = takeFloat(reader); break;
      case "Error": error = takeFloat(reader); break;
      case "Height": height = takeFloat(reader); break;
      case "Vec": vector = Array.from({ length: takeList(reader) }, () => takeFloat(reader)); break;
      default: skip(reader);
    }
  }
  if (!isSpent(reader)) giveUp(reader, "more than a coordinate");
  return reader.why === null ? { vector, height, adjustment, error } : undefined;
}
