/** Encodes texts as bytes: a member's meta, and what members send. */

import { type Bytes, bytes, type Config } from "../../../engine/index.ts";
import type { Path, Report } from "../trouble.ts";

/** A text as the bytes of a meta, in UTF-8. */
export function metaOf(text: string, path: Path, metaLimit: number, report: Report): Bytes {
  const meta = utf8(text);
  if (meta.length > metaLimit) report(path, `a meta of ${meta.length} bytes is too long: config.metaLimit allows ${metaLimit}`);
  return bytes(meta);
}

/** Bytes of a datagram that a payload must leave free: the head of a compound, its part and its kind, and the digits by which a number is longer than {n}. */
const BESIDES_PAYLOAD = 16;

/** A text as an application's payload. Only a stream can carry more than a datagram. */
export function payloadOf(text: string, path: Path, over: "datagram" | "stream", { datagramBudget }: Config, report: Report): Bytes {
  const payload = utf8(text);
  const most = datagramBudget - BESIDES_PAYLOAD;
  if (payload === "") report(path, "this is empty: write some text");
  if (over === "datagram" && payload.length > most) report(path, `${payload.length} bytes do not fit a datagram: config.datagramBudget (${datagramBudget}) leaves ${most}`);
  return bytes(payload);
}

/** UTF-8, one character for each byte. A lone surrogate becomes U+FFFD, as encoders write it. */
function utf8(text: string): string {
  let result = "";
  for (const letter of text) {
    const found = letter.codePointAt(0) ?? 0;
    const code = found >= 0xd800 && found < 0xe000 ? 0xfffd : found;
    if (code < 0x80) result += String.fromCharCode(code);
    else if (code < 0x800) result += String.fromCharCode(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) result += String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else result += String.fromCharCode(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return result;
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);
