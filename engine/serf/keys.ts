/** The queries of `serf keys`, and the answers to them. The keys themselves are in the driver: the engine does not encrypt. */

import type { Bytes } from "../words/units.ts";
import { bytes as opaque } from "../words/units.ts";
import { skip, takeByte, takeBytes, takeKey, takeMap } from "../wire/reader.ts";
import { putBool, putByte, putMap, putNil, putText } from "../wire/writer.ts";
import type { Query } from "./message.ts";
import { putList, readerOfBytes, written } from "./msgpack.ts";
import { SERF_TYPE } from "./type-byte.ts";

/** What to do with a key; `list` has an empty one. */
export type KeyTask = { readonly task: "install" | "use" | "remove" | "list"; readonly key: Bytes };

/** The result, with a reason if it failed. `keys`, in base64, the primary first, are the answer to `list`. */
export type KeyReport = { readonly ok: true; readonly keys?: readonly string[] } | { readonly ok: false; readonly why: string };

const tasks = new Map<string, KeyTask["task"]>([
  ["_serf_install-key", "install"],
  ["_serf_use-key", "use"],
  ["_serf_remove-key", "remove"],
  ["_serf_list-keys", "list"],
]);

/** The task in a query of `serf keys`; undefined for other queries. A key that cannot be read counts as empty. */
export function keyTaskIn({ name, payload }: Query): KeyTask | undefined {
  const task = tasks.get(name);
  return task === undefined ? undefined : { task, key: keyIn(payload) };
}

function keyIn(payload: Bytes): Bytes {
  const reader = readerOfBytes(payload);
  if (takeByte(reader) !== SERF_TYPE.keyRequest) return opaque("");
  let key = opaque("");
  for (let left = takeMap(reader); left > 0; left--) {
    if (takeKey(reader) === "Key") key = takeBytes(reader);
    else skip(reader);
  }
  return reader.why === null ? key : opaque("");
}

/** The answer, as Serf 0.9.4 writes it; older versions ignore the primary key. */
export const encodeKeyReport = (report: KeyReport): Bytes => written((writer) => {
  const keys = report.ok ? (report.keys ?? []) : [];
  putByte(writer, SERF_TYPE.keyResponse);
  putMap(writer, 4);
  putText(writer, "Keys");
  if (keys.length === 0) putNil(writer);
  else putList(writer, keys.length);
  for (const key of keys) putText(writer, key);
  putText(writer, "Message");
  putText(writer, report.ok ? "" : report.why);
  putText(writer, "PrimaryKey");
  putText(writer, keys[0] ?? "");
  putText(writer, "Result");
  putBool(writer, report.ok);
});
