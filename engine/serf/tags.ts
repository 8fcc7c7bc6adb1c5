/** Tags: what a Serf member publishes about itself, in the meta of its record. */

import type { Bytes } from "../words/units.ts";
import { utf8Of } from "../wire/utf8.ts";
import { takeByte, takeMap, takeText } from "../wire/reader.ts";
import { putByte, putText } from "../wire/writer.ts";
import { putLongMap, readerOfBytes, written } from "./msgpack.ts";

/** Keys and values, in order of the keys. */
export type Tags = readonly (readonly [key: string, value: string])[];

/** The byte before the map. */
const MAGIC = 0xff;

/** The meta with these tags. Go writes them in random order, we in order of the keys. It can be published if it is no longer than the engine's `metaLimit`. */
export const metaOf = (tags: Tags): Bytes =>
  written((writer) => {
    putByte(writer, MAGIC);
    putLongMap(writer, tags.length);
    for (const [key, value] of tags.toSorted(byKey)) {
      putText(writer, key);
      putText(writer, value);
    }
  });

/** The tags in a meta; undefined if it is not Serf's. The oldest Serfs published only their role, as bare text. */
export function tagsOf(meta: Bytes): Tags | undefined {
  const reader = readerOfBytes(meta);
  if (meta === "" || takeByte(reader) !== MAGIC) return roleOf(reader.bytes);
  const tags = new Map<string, string>();
  for (let left = takeMap(reader); left > 0; left--) {
    const key = takeText(reader);
    tags.set(key, takeText(reader));
  }
  return reader.why === null ? [...tags].toSorted(byKey) : undefined;
}

function roleOf(bytes: Uint8Array): Tags | undefined {
  const role = utf8Of(bytes);
  return role === undefined ? undefined : [["role", role]];
}

const byKey = ([one]: Tags[number], [other]: Tags[number]): number => (one < other ? -1 : 1);
