/**
 * The optional label in front of every message of a group, by which members recognise messages of other groups. It is outside of the encryption
 * but authenticated by it; so drivers, which know the label and the keys, add it and strip it.
 */

import type { Bytes } from "../words/units.ts";
import { assert } from "../words/assert.ts";
import { bytes as opaque } from "../words/units.ts";
import { TYPE } from "./type-byte.ts";
import { charactersOf } from "./utf8.ts";
import type { Writer } from "./writer.ts";
import { putByte, putCharacters } from "./writer.ts";

/** The result of stripping a label. */
export type Unlabelled =
  /** `label` is empty if there is none. `rest` is a subarray of the input, not a copy. */
  | { readonly ok: true; readonly label: Bytes; readonly rest: Uint8Array }
  /** `cutShort`: more bytes may complete it. */
  | { readonly ok: false; readonly why: string; readonly cutShort: boolean };

/** The type byte and the length. */
const HEAD = 2;
/** The length of a label is one byte. */
const LONGEST = 255;

/** Puts a label in front of a datagram, or of a request on a stream (an answer has none). An empty label adds nothing. */
export function addLabel(message: Uint8Array, label: Bytes): Uint8Array {
  if (label === "") return message;
  assert(label.length <= LONGEST, "a label of at most 255 bytes");
  const writer: Writer = { bytes: new Uint8Array(HEAD + label.length + message.length), at: 0 };
  putByte(writer, TYPE.labelled);
  putByte(writer, label.length);
  putCharacters(writer, label);
  writer.bytes.set(message, writer.at);
  return writer.bytes;
}

/** Strips the label, if there is one. Never throws. */
export function stripLabel(message: Uint8Array): Unlabelled {
  if (message[0] !== TYPE.labelled) return { ok: true, label: opaque(""), rest: message };
  const length = message[1];
  if (length === 0) return { ok: false, why: "a label of no bytes", cutShort: false };
  if (length === undefined || message.length < HEAD + length) return { ok: false, why: "a label cut short", cutShort: true };
  return { ok: true, label: charactersOf(message.subarray(HEAD, HEAD + length)), rest: message.subarray(HEAD + length) };
}
