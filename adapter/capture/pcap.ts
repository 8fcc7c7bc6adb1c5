/** The old format of capture files, which tcpdump writes: one head, then packets. draft-ietf-opsawg-pcap has it in full. */

import { LONGEST_PACKET, type OpenedCapture, type Packets } from "./packet.ts";
import type { Source } from "./source.ts";

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const FILE_HEAD = 24;
const PACKET_HEAD = 16;

/** Numbers are in the byte order of the machine that wrote them; the first one tells which, and how fine the time is. */
type Form = { readonly isLittle: boolean; readonly isFine: boolean };

function formOf(head: Uint8Array): Form | undefined {
  const view = viewOf(head);
  for (const isLittle of [true, false]) {
    const magic = view.getUint32(0, isLittle);
    if (magic === MICROSECONDS || magic === NANOSECONDS) return { isLittle, isFine: magic === NANOSECONDS };
  }
  return undefined;
}

/** Does a file that begins with these four bytes have this format? */
export const isPcap = (head: Uint8Array): boolean => formOf(head) !== undefined;

export function readPcap(source: Source): OpenedCapture {
  const head = source.take(FILE_HEAD);
  const form = head === undefined ? undefined : formOf(head);
  if (head === undefined || form === undefined) return { ok: false, why: "the file ends within its header" };
  // The upper bits say how long a checksum follows each packet: nobody needs to know.
  const link = viewOf(head).getUint32(20, form.isLittle) & 0x0fff_ffff;
  return { ok: true, packets: packetsOf(source, form, link) };
}

function* packetsOf(source: Source, { isLittle, isFine }: Form, link: number): Packets {
  for (let number = 1; !source.isSpent(); number++) {
    const head = source.take(PACKET_HEAD);
    if (head === undefined) return `the file ends within the header of packet ${number}`;
    const view = viewOf(head);
    const [seconds, fraction, stored, length] = [0, 4, 8, 12].map((at) => view.getUint32(at, isLittle)) as [number, number, number, number];
    if (stored > LONGEST_PACKET) return `the file is damaged: packet ${number} claims to have ${stored} bytes`;
    const bytes = source.take(stored);
    if (bytes === undefined) return `the file ends within packet ${number}`;
    yield { at: seconds * 1_000_000 + (isFine ? Math.floor(fraction / 1000) : fraction), link, bytes, length };
  }
  return null;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
