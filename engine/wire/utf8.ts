/**
 * Text to UTF-8 and back. The engine does not use `TextEncoder`, because that belongs to the hosts, not to the language.
 *
 * Writing replaces a lone surrogate by U+FFFD, as every host does. Reading refuses invalid UTF-8 instead of repairing it:
 * texts on the wire are names, and a repaired name could be another member's.
 */

import type { Bytes } from "../words/units.ts";
import { bytes as opaque } from "../words/units.ts";

/** Writes a text at a place of `into`, and returns the place after it. */
export function putUtf8(into: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      into[at++] = unit;
    } else if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6);
      into[at++] = 0x80 | (unit & 0x3f);
    } else {
      const point = text.codePointAt(i) ?? unit;
      if (point > 0xffff) i++;
      at = putLong(into, at, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
    }
  }
  return at;
}

function putLong(into: Uint8Array, at: number, point: number): number {
  if (point > 0xffff) {
    into[at++] = 0xf0 | (point >> 18);
    into[at++] = 0x80 | ((point >> 12) & 0x3f);
  } else {
    into[at++] = 0xe0 | (point >> 12);
  }
  into[at++] = 0x80 | ((point >> 6) & 0x3f);
  into[at++] = 0x80 | (point & 0x3f);
  return at;
}

/**
 * Reads the text in the bytes from `start` up to `end`; undefined if they are not UTF-8 as Unicode defines it (no overlong forms, no surrogates, nothing above
 * U+10FFFF). It takes a range because making a subarray would cost more than reading it.
 */
export function utf8Of(bytes: Uint8Array, start = 0, end: number = bytes.length): string | undefined {
  if (isAscii(bytes, start, end)) return charactersOf(bytes, start, end);
  let text = "";
  let points: number[] = [];
  for (let at = start; at < end; ) {
    const point = pointAt(bytes, at, end);
    if (point < 0) return undefined;
    at += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (points.push(point) < STRETCH) continue;
    text += String.fromCodePoint(...points);
    points = [];
  }
  return text + String.fromCodePoint(...points);
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let all = 0;
  for (let at = start; at < end; at++) all |= bytes[at] ?? 0;
  return all < 0x80;
}

/** Bytes as the engine holds them: one character for each. */
export function charactersOf(bytes: Uint8Array, start = 0, end: number = bytes.length): Bytes {
  let text = "";
  let at = start;
  if (end - start > SHORT) for (; at < end; at += STRETCH) text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, Math.min(end, at + STRETCH)));
  for (; at + 4 <= end; at += 4) text += String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0);
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return opaque(text);
}

/** The raw bytes: for drivers, and for readers of user messages. */
export function rawOf(characters: Bytes): Uint8Array {
  const raw = new Uint8Array(characters.length);
  for (let at = 0; at < raw.length; at++) raw[at] = characters.charCodeAt(at);
  return raw;
}

/** Up to this length (most names and meta), appending four characters at a time is quicker than one call with all of them. (With a spread, that call would take ten times as long.) */
const SHORT = 48;
/** How many characters are converted by one call: few enough for a call's arguments, enough that a long text needs few calls. */
const STRETCH = 1024;

const BROKEN = -1;

/** The code point that begins here and ends before `end`, or `BROKEN`. */
function pointAt(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? BROKEN;
  if (lead < 0x80) return lead;
  if (lead < 0xc2 || lead > 0xf4) return BROKEN;
  const follow = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  if (at + follow >= end) return BROKEN;
  let point = lead & (0x3f >> follow);
  for (let k = 1; k <= follow; k++) {
    const next = bytes[at + k] ?? BROKEN;
    if ((next & 0xc0) !== 0x80) return BROKEN;
    point = (point << 6) | (next & 0x3f);
  }
  const least = follow === 1 ? 0x80 : follow === 2 ? 0x800 : 0x10000;
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < least || isSurrogate || point > 0x10ffff ? BROKEN : point;
}
