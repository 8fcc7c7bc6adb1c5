/** Decodes Serf's user messages: takes whatever a stranger sends, and returns a message, or the reason why there is none. */

import type { Bytes } from "../words/units.ts";
import { bytes as opaque, memberId } from "../words/units.ts";
import type { Reader } from "../wire/reader.ts";
import { isSpent, skip, takeBool, takeByte, takeBytes, takeKey, takeMap, takeText } from "../wire/reader.ts";
import { BEFORE_ALL } from "./lamport.ts";
import type { Intent, SerfMessage, UserEvent } from "./message.ts";
import { readerOfBytes, takeLamportTime } from "./msgpack.ts";
import { readAnswer, readQuery } from "./query.ts";
import { refusalOf, SERF_TYPE } from "./type-byte.ts";

/** The result of decoding a payload. A refusal is the sender's fault: count it, and go on. */
export type DecodedSerf = { readonly ok: true; readonly message: SerfMessage } | { readonly ok: false; readonly why: string };

/** The message in a user message's payload. Never throws; takes time and space proportional to the input. What follows the message is ignored, as in Go. */
export function decodeSerf(payload: Bytes): DecodedSerf {
  const reader = readerOfBytes(payload);
  if (isSpent(reader)) return { ok: false, why: "no bytes at all" };
  const type = takeByte(reader);
  const message = readMessage(reader, type);
  if (message === undefined) return { ok: false, why: refusalOf(type) };
  return reader.why === null ? { ok: true, message } : { ok: false, why: reader.why };
}

function readMessage(reader: Reader, type: number): SerfMessage | undefined {
  switch (type) {
    case SERF_TYPE.leave:
      return readIntent(reader, "leave");
    case SERF_TYPE.join:
      return readIntent(reader, "join");
    case SERF_TYPE.userEvent:
      return readUserEvent(reader);
    case SERF_TYPE.query:
      return readQuery(reader);
    case SERF_TYPE.queryResponse:
      return readAnswer(reader);
    default:
      return undefined;
  }
}

function readIntent(reader: Reader, kind: Intent["kind"]): Intent {
  let ltime = BEFORE_ALL;
  let name = "";
  let prune = false;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "LTime": ltime = takeLamportTime(reader); break;
      case "Node": name = takeText(reader); break;
      case "Prune": prune = takeBool(reader); break;
      default: skip(reader);
    }
  }
  const about = memberId(name);
  return kind === "leave" ? { kind, ltime, about, prune } : { kind, ltime, about };
}

function readUserEvent(reader: Reader): UserEvent {
  let ltime = BEFORE_ALL;
  let name = "";
  let payload = opaque("");
  let coalesce = false;
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "LTime": ltime = takeLamportTime(reader); break;
      case "Name": name = takeText(reader); break;
      case "Payload": payload = takeBytes(reader); break;
      case "CC": coalesce = takeBool(reader); break;
      default: skip(reader);
    }
  }
  return { kind: "user-event", ltime, name, payload, coalesce };
}
