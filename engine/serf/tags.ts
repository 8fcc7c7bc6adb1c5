/** Tags: what a Serf member says of itself, as the meta of its record. */

import type { Bytes } from "../words/units.ts";
import { utf8Of } from "../wire/utf8.ts";
import { takeByte, takeMap, takeText } from "../wire/reader.ts";
import { putByte, putText } from "../wire/writer.ts";
import { putLongMap, readerOfBytes, written } from "./msgpack.ts";

/** Keys and values, in order of the keys. */
export type Tags = readonly (readonly [key: string, value: string])[];

/** What comes before the map. */
const MAGIC = 0xff;

/** The meta that says these tags. Go writes them in random order, we in order of the keys. Up to the engine's `metaLimit` it can be published. */
export const metaOf = (tags: Tags): Bytes =>
  written((writer) => {
    putByte(writer, MAGIC);
    putLongMap(writer, tags.length);
    for (const [key, value] of tags.toSorted(byKey)) {
      putText(writer, key);
      putText(writer, value);
    }
  });

/** The tags in a meta; undefined if that is no Serf's. The oldest Serfs said nothing but their role, as bare text. */
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
