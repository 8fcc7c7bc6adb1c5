/** Addresses of members: as text in the engine, as four or sixteen raw bytes and a port on the wire. */

import type { Address } from "../words/units.ts";
import { address } from "../words/units.ts";

/** A parsed address. */
export type Endpoint = {
  /** Four bytes, or sixteen. A v4-mapped address keeps its sixteen: to memberlist the two are different addresses. */
  readonly host: Uint8Array;
  readonly port: number;
};

/** Parses `10.0.0.1:7946` or `[fd00::1]:7946`; undefined for anything else (such as a host name, which has to be resolved first). */
export function parseAddress(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(":");
  const port = whole(text.slice(colon + 1), 65_535);
  const isBracketed = text.startsWith("[") && text[colon - 1] === "]";
  const host = isBracketed ? parseV6(text.slice(1, colon - 1)) : parseV4(text.slice(0, Math.max(0, colon)));
  return host === undefined || port === undefined ? undefined : { host: new Uint8Array(host), port };
}

/** The canonical text of these four or sixteen bytes and this port: IPv6 as in RFC 5952. */
export function formatAddress(host: Uint8Array, port: number): Address {
  return host.length === 4 ? formatV4(host, 0, port) : address(`[${formatV6(host)}]:${port}`);
}

/** The same for four bytes at a place in a larger array, the usual case: every message brings such addresses. */
export const formatV4 = (bytes: Uint8Array, at: number, port: number): Address =>
  address(`${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}:${port}`);

/** A whole number in decimal, without leading zeros. */
function whole(digits: string, most: number): number | undefined {
  if (digits === "" || digits.length > 5 || (digits.length > 1 && digits.startsWith("0"))) return undefined;
  let value = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= most ? value : undefined;
}

function parseV4(text: string): readonly number[] | undefined {
  const bytes: number[] = [];
  for (const part of text.split(".")) {
    const byte = whole(part, 255);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return bytes.length === 4 ? bytes : undefined;
}

function parseV6(text: string): readonly number[] | undefined {
  const [head, tail, ...more] = withoutDots(text).split("::").map(groupsOf);
  if (head === undefined || more.length > 0) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
  return groups.every((group) => group >= 0) ? groups.flatMap((group) => [group >> 8, group & 0xff]) : undefined;
}

/** `::ffff:10.0.0.1` as `::ffff:0a00:0001`. */
function withoutDots(text: string): string {
  const colon = text.lastIndexOf(":");
  const quad = parseV4(text.slice(colon + 1));
  if (quad === undefined) return text;
  const hex = quad.map((byte) => byte.toString(16).padStart(2, "0"));
  return `${text.slice(0, colon + 1)}${hex.slice(0, 2).join("")}:${hex.slice(2).join("")}`;
}

/** The 16-bit groups of a text without `::`; −1 for an invalid one. */
const groupsOf = (text: string): readonly number[] =>
  text === "" ? [] : text.split(":").map((group) => (/^[0-9a-fA-F]{1,4}$/.test(group) ? parseInt(group, 16) : -1));

function formatV6(host: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, k) => (host[2 * k] ?? 0) * 256 + (host[2 * k + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return `::ffff:${host.slice(12).join(".")}`;
  const hex = groups.map((group) => group.toString(16));
  const [start, length] = longestRunOfZeros(groups);
  return length < 2 ? hex.join(":") : `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** RFC 5952 §4.2: the longest run is left out, the first among equals, and never a single group. */
function longestRunOfZeros(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  let run = 0;
  groups.forEach((group, k) => {
    run = group === 0 ? run + 1 : 0;
    if (run > best[1]) best = [k + 1 - run, run];
  });
  return best;
}
