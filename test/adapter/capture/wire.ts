/** Capture files in few words: packets of any link, either version of IP, in either format and any byte order. */

import { parseAddress } from "../../../engine/index.ts";

/** A frame as a link carries it, when, and how long it was if not all of it is here. */
export type Frame = { readonly at: number; readonly bytes: Uint8Array; readonly length?: number };
export type Form = { readonly isLittle?: boolean; readonly isFine?: boolean; readonly link?: number };

const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const big = (value: number, bytes: number): readonly number[] => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
const numbered = (isLittle: boolean) => (value: number, bytes: number): readonly number[] => (isLittle ? big(value, bytes).toReversed() : big(value, bytes));

export function pcap(frames: readonly Frame[], { isLittle = true, isFine = false, link = links.ethernet.type }: Form = {}): Uint8Array {
  const n = numbered(isLittle);
  const head = [n(isFine ? 0xa1b23c4d : 0xa1b2c3d4, 4), n(2, 2), n(4, 2), n(0, 8), n(262_144, 4), n(link, 4)].flat();
  const packets = frames.map(({ at, bytes, length = bytes.length }) =>
    joined(n(Math.floor(at / 1e6), 4), n((at % 1e6) * (isFine ? 1000 : 1), 4), n(bytes.length, 4), n(length, 4), bytes));
  return joined(head, ...packets);
}

/** `isFine`: nanoseconds, said by an option of the interface. */
export function pcapng(frames: readonly Frame[], { isLittle = true, isFine = false, link = links.ethernet.type }: Form = {}): Uint8Array {
  const n = numbered(isLittle);
  const block = (type: number, body: Uint8Array): Uint8Array => pcapngBlock(type, body, isLittle);
  const options = isFine ? joined(n(9, 2), n(1, 2), [9, 0, 0, 0], n(0, 4)) : joined();
  return joined(
    block(0x0a0d0d0a, joined(n(0x1a2b3c4d, 4), n(1, 2), n(0, 2), [255, 255, 255, 255, 255, 255, 255, 255])),
    block(1, joined(n(link, 2), n(0, 2), n(262_144, 4), options)),
    block(5, joined(n(0, 4), n(0, 8))),
    ...frames.map(({ at, bytes, length = bytes.length }) => {
      const time = at * (isFine ? 1000 : 1);
      return block(6, joined(n(0, 4), n(Math.floor(time / 2 ** 32), 4), n(time % 2 ** 32, 4), n(bytes.length, 4), n(length, 4), bytes));
    }),
  );
}

export function pcapngBlock(type: number, body: Uint8Array, isLittle = true): Uint8Array {
  const n = numbered(isLittle);
  const padded = joined(body, zeros((4 - (body.length % 4)) % 4));
  return joined(n(type, 4), n(padded.length + 12, 4), padded, n(padded.length + 12, 4));
}

type Link = { readonly type: number; readonly around: (ip: Uint8Array) => Uint8Array };
const type = (ip: Uint8Array): readonly number[] => ((ip[0] ?? 0) >> 4 === 4 ? [8, 0] : [0x86, 0xdd]);
const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);

export const links = {
  /** Short frames are padded, as cards do it. */
  ethernet: { type: 1, around: (ip) => joined(zeros(12), type(ip), ip, zeros(Math.max(0, 46 - ip.length))) },
  vlan: { type: 1, around: (ip) => joined(zeros(12), [0x81, 0, 0, 7], type(ip), ip) },
  doubleVlan: { type: 1, around: (ip) => joined(zeros(12), [0x88, 0xa8, 0, 7, 0x81, 0, 0, 9], type(ip), ip) },
  loopback: { type: 0, around: (ip) => joined([2, 0, 0, 0], ip) },
  openLoopback: { type: 108, around: (ip) => joined([0, 0, 0, 2], ip) },
  cooked: { type: 113, around: (ip) => joined(zeros(14), type(ip), ip) },
  cooked2: { type: 276, around: (ip) => joined(type(ip), zeros(18), ip) },
  raw: { type: 101, around: (ip) => ip },
  rawVersion4: { type: 228, around: (ip) => ip },
} satisfies Record<string, Link>;

type Part = { readonly offset: number; readonly isLast: boolean; readonly id?: number };

/** An IP packet around this, or around one part of it. */
export function ip(from: string, to: string, protocol: number, payload: Uint8Array, part?: Part): Uint8Array {
  const [source, target] = [from, to].map((text) => parseAddress(text)?.host ?? new Uint8Array()) as [Uint8Array, Uint8Array];
  if (source.length === 4) {
    const flags = part === undefined ? 0 : part.offset / 8 + (part.isLast ? 0 : 0x2000);
    return joined([0x45, 0], big(20 + payload.length, 2), big(part?.id ?? 0, 2), big(flags, 2), [64, protocol, 0, 0], source, target, payload);
  }
  const extension = part === undefined ? [] : [protocol, 0, ...big(part.offset + (part.isLast ? 0 : 1), 2), ...big(part.id ?? 0, 4)];
  return joined([0x60, 0, 0, 0], big(extension.length + payload.length, 2), [part === undefined ? protocol : 44, 64], source, target, extension, payload);
}

const portIn = (address: string): number => parseAddress(address)?.port ?? 0;

export const udpPayload = (from: string, to: string, payload: Uint8Array): Uint8Array => joined(big(portIn(from), 2), big(portIn(to), 2), big(8 + payload.length, 2), [0, 0], payload);
export const udp = (from: string, to: string, payload: Uint8Array): Uint8Array => ip(from, to, 17, udpPayload(from, to, payload));

/** The same in parts of so many bytes, a multiple of eight. */
export function fragmented(from: string, to: string, payload: Uint8Array, size: number, id: number): readonly Uint8Array[] {
  const whole = udpPayload(from, to, payload);
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, k) =>
    ip(from, to, 17, whole.subarray(k * size, (k + 1) * size), { offset: k * size, isLast: (k + 1) * size >= whole.length, id }));
}

export type Flags = { readonly syn?: boolean; readonly ack?: number; readonly fin?: boolean; readonly rst?: boolean };

export function tcp(from: string, to: string, seq: number, payload: Uint8Array, { syn = false, ack, fin = false, rst = false }: Flags = {}): Uint8Array {
  const flags = (fin ? 1 : 0) + (syn ? 2 : 0) + (rst ? 4 : 0) + (ack === undefined ? 0 : 16);
  return ip(from, to, 6, joined(big(portIn(from), 2), big(portIn(to), 2), big(seq >>> 0, 4), big((ack ?? 0) >>> 0, 4), [0x50, flags], zeros(6), payload));
}

/** Frames a millisecond apart, from this second on. */
export const frames = (packets: readonly Uint8Array[], link: Link = links.ethernet, second = 1_700_000_000): readonly Frame[] =>
  packets.map((bytes, number) => ({ at: second * 1_000_000 + number * 1_000, bytes: link.around(bytes) }));
