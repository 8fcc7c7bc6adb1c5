/** Serf's tags: names and values that every member of a Serf group carries, written into the meta that memberlist replicates. */

import type { Bytes } from "../words/units.ts";
import { mapSize, textSize, utf8Length } from "../words/size.ts";
import { readerOf, takeByte, takeMap, takeText } from "./reader.ts";
import { charactersOf, putUtf8, rawOf } from "./utf8.ts";
import type { Writer } from "./writer.ts";
import { putByte, putField, putMap } from "./writer.ts";

/** What meta begins with that holds tags (Serf's `tagMagicByte`): no UTF-8 does, and the bare role of the first Serfs was text. */
const MAGIC = 0xff;

/** The tags in this meta, or null if it holds none: something else, or tags that can't be read. What follows them is passed over. */
export function tagsOf(meta: Bytes): Readonly<Record<string, string>> | null {
  const reader = readerOf(rawOf(meta));
  if (takeByte(reader) !== MAGIC) return null;
  const tags: (readonly [string, string])[] = [];
  for (let left = takeMap(reader); left > 0; left--) tags.push([takeText(reader), takeText(reader)]);
  return reader.why === null ? Object.fromEntries(tags) : null;
}

/** These tags as meta, in one order for all: that of the bytes of their names. */
export function metaOfTags(tags: Readonly<Record<string, string>>): Bytes {
  const entries = Object.entries(tags).toSorted(([one], [other]) => (inUtf8(one) < inUtf8(other) ? -1 : 1));
  const length = entries.reduce((sum, [name, value]) => sum + textSize(name) + textSize(value), 1 + mapSize(entries.length));
  const writer: Writer = { bytes: new Uint8Array(length), at: 0 };
  putByte(writer, MAGIC);
  putMap(writer, entries.length);
  for (const [name, value] of entries) putField(writer, name, value);
  return charactersOf(writer.bytes);
}

/** Texts compare by 16-bit units, and U+1F600 would stand before U+FFFD; not so their bytes. */
function inUtf8(text: string): Bytes {
  const raw = new Uint8Array(utf8Length(text));
  putUtf8(raw, 0, text);
  return charactersOf(raw);
}
