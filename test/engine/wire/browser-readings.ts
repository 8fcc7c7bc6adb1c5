/** What a browser is asked to do in `browser.test.ts`: read what real agents said, and say it again. Nothing of Node.js. */

import { membersOf } from "../../../engine/view/index.ts";
import { addLabel, decode, decodeStream, encode, sizeOfMessage, stripLabel, wrap, wrapStream } from "../../../engine/wire/index.ts";
import { address, bytes } from "../../../engine/words/units.ts";
import type { Capture } from "./captures.ts";

const SOMEWHERE = address("10.0.0.9:7946");

const rawOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16));
const hexOf = (raw: Uint8Array): string => Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Of one capture: what is read, or why it is not; and what of that is said again, as it was wrapped, compressed and with a checksum. */
export type Reading = { readonly read: string; readonly size: number | null; readonly again: readonly string[] };

export function readingOf({ over, hex }: Pick<Capture, "over" | "hex">): Reading {
  const unlabelled = stripLabel(rawOf(hex));
  if (!unlabelled.ok) return { read: unlabelled.why, size: null, again: [] };
  const { rest, label } = unlabelled;
  const read = over === "datagram" ? decode(rest, SOMEWHERE) : decodeStream(rest, SOMEWHERE);
  if (!read.ok) return { read: read.why, size: null, again: [] };
  const { message } = read;
  // A view is a tree with figures of its own: what it holds is told in order.
  const told = message.kind === "push-pull" ? { ...message, view: membersOf(message.view) } : message;
  const bare = encode(message);
  const wrapped = over === "datagram" ? [wrap(bare, { crc: true }), wrap(bare, { crc: true, compress: true })] : [wrapStream(bare, { compress: true })];
  return { read: JSON.stringify(told), size: sizeOfMessage(message), again: [bare, ...wrapped].map((one) => hexOf(addLabel(one, bytes(label)))) };
}

export const readingsOf = (captures: readonly Pick<Capture, "over" | "hex">[]): readonly Reading[] => captures.map(readingOf);
