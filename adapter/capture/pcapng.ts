/** The new format of capture files, which Wireshark writes: blocks, of which those with packets matter. draft-ietf-opsawg-pcapng has it in full. */

import { LONGEST_PACKET, type Packet, type Packets } from "./packet.ts";
import type { Source } from "./source.ts";

const SECTION = 0x0a0d0d0a;
const BYTE_ORDER = 0x1a2b3c4d;
const blocks = { interface: 1, oldPacket: 2, simplePacket: 3, packet: 6 } as const;
/** All others are passed over, however long they are: secrets of TLS, names, statistics. */
const isRead = new Set<number>(Object.values(blocks));
const options = { end: 0, resolution: 9, offset: 14 } as const;
/** No block that is read is longer, with all its options. */
const LONGEST_BLOCK = LONGEST_PACKET + 65_536;

/** Where packets were taken from: each may have links and a time of its own. */
type Interface = {
  readonly link: number;
  readonly snaplen: number;
  /** How many of its units of time a second has, and seconds to add. */
  readonly perSecond: number;
  readonly offset: number;
};

/** Each section has a byte order and interfaces of its own. */
type Section = { readonly isLittle: boolean; readonly interfaces: Interface[] };

/** Does a file that begins with these four bytes have this format? */
export const isPcapng = (head: Uint8Array): boolean => viewOf(head).getUint32(0) === SECTION;

export function* readPcapng(source: Source): Packets {
  let section: Section = { isLittle: true, interfaces: [] };
  let last = 0;
  for (let number = 1; !source.isSpent(); number++) {
    const head = source.peek(12);
    if (head === undefined) return `the file ends within the header of block ${number}`;
    const view = viewOf(head);
    if (view.getUint32(0) === SECTION) section = { isLittle: view.getUint32(8, true) === BYTE_ORDER, interfaces: [] };
    const { isLittle } = section;
    const [type, length] = [view.getUint32(0, isLittle), view.getUint32(4, isLittle)];
    if (length < 12 || length % 4 !== 0 || (isRead.has(type) && length > LONGEST_BLOCK)) return `the file is damaged: block ${number} claims to have ${length} bytes`;
    if (!isRead.has(type)) {
      if (!source.pass(length)) return `the file ends within block ${number}`;
      continue;
    }
    const block = source.take(length);
    if (block === undefined) return `the file ends within block ${number}`;
    const body = block.subarray(8, length - 4);
    if (type === blocks.interface) section.interfaces.push(interfaceOf(body, isLittle));
    const packet = packetOf(type, body, section, last);
    if (packet === undefined) continue;
    last = packet.at;
    yield packet;
  }
  return null;
}

function interfaceOf(body: Uint8Array, isLittle: boolean): Interface {
  if (body.length < 8) return { link: -1, snaplen: 0, perSecond: 1e6, offset: 0 };
  const view = viewOf(body);
  let [perSecond, offset] = [1e6, 0];
  for (let at = 8; at + 4 <= body.length; ) {
    const [code, length] = [view.getUint16(at, isLittle), view.getUint16(at + 2, isLittle)];
    if (code === options.end || at + 4 + length > body.length) break;
    // A power of ten; or of two, if the highest bit is set.
    const power = body[at + 4] ?? 6;
    if (code === options.resolution) perSecond = power & 0x80 ? 2 ** (power & 0x7f) : 10 ** power;
    if (code === options.offset && length === 8) offset = Number(view.getBigInt64(at + 4, isLittle));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { link: view.getUint16(0, isLittle), snaplen: view.getUint32(4, isLittle), perSecond, offset };
}

/** The packet in a block, if it has one that makes sense. One that says no time was seen when the `last` one was. */
function packetOf(type: number, body: Uint8Array, { isLittle, interfaces }: Section, last: number): Packet | undefined {
  const view = viewOf(body);
  if (type === blocks.simplePacket && body.length >= 4) {
    const length = view.getUint32(0, isLittle);
    const from = interfaces[0];
    if (from === undefined) return undefined;
    // It has no time, and says how long the packet was, but not how much of it is here.
    const stored = Math.min(length, from.snaplen === 0 ? length : from.snaplen, body.length - 4);
    return { at: last, link: from.link, bytes: body.subarray(4, 4 + stored), length };
  }
  if ((type !== blocks.packet && type !== blocks.oldPacket) || body.length < 20) return undefined;
  const from = interfaces[type === blocks.packet ? view.getUint32(0, isLittle) : view.getUint16(0, isLittle)];
  const stored = view.getUint32(12, isLittle);
  if (from === undefined || 20 + stored > body.length) return undefined;
  const time = (BigInt(view.getUint32(4, isLittle)) << 32n) | BigInt(view.getUint32(8, isLittle));
  return { at: microseconds(time, from), link: from.link, bytes: body.subarray(20, 20 + stored), length: view.getUint32(16, isLittle) };
}

/** Exactly, for decimal units; to the microsecond for others. */
function microseconds(time: bigint, { perSecond, offset }: Interface): number {
  const unit = BigInt(Math.min(perSecond, 2 ** 62));
  const seconds = time / unit;
  return (Number(seconds) + offset) * 1_000_000 + Number(((time - seconds * unit) * 1_000_000n) / unit);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
