/** IP packets, of either version: who to whom, and what is in them. */

/** What is in one. */
export type Carried = {
  /** Four bytes, or sixteen. */
  readonly source: Uint8Array;
  readonly target: Uint8Array;
  /** 17 is UDP, 6 is TCP. */
  readonly protocol: number;
  readonly payload: Uint8Array;
  /** Is less of it here than was sent? */
  readonly isCut: boolean;
  /** Null if this is all of it. */
  readonly fragment: Fragment | null;
};

/** Which part of something longer this is. */
export type Fragment = { readonly id: number; readonly offset: number; readonly isLast: boolean };

export const UDP = 17;
export const TCP = 6;

/** Undefined if it makes no sense, or is cut short within its head. */
export const carriedIn = (ip: Uint8Array): Carried | undefined => ((ip[0] ?? 0) >> 4 === 4 ? inVersion4(ip) : inVersion6(ip));

function inVersion4(ip: Uint8Array): Carried | undefined {
  const head = ((ip[0] ?? 0) & 0x0f) * 4;
  if (head < 20 || ip.length < head) return undefined;
  const view = new DataView(ip.buffer, ip.byteOffset, ip.byteLength);
  // Zero is said by cards that cut what is too long themselves, later than we look: then what is here is all.
  const said = view.getUint16(2);
  const end = said === 0 ? ip.length : said;
  if (end < head) return undefined;
  const flags = view.getUint16(6);
  const [offset, isLast] = [(flags & 0x1fff) * 8, (flags & 0x2000) === 0];
  return {
    source: ip.subarray(12, 16),
    target: ip.subarray(16, 20),
    protocol: ip[9] ?? 0,
    payload: ip.subarray(head, end),
    isCut: end > ip.length,
    fragment: offset === 0 && isLast ? null : { id: view.getUint16(4), offset, isLast },
  };
}

const HEAD_6 = 40;
const extensions = { hops: 0, routing: 43, fragment: 44, authentication: 51, destination: 60 } as const;

function inVersion6(ip: Uint8Array): Carried | undefined {
  if (ip.length < HEAD_6) return undefined;
  const view = new DataView(ip.buffer, ip.byteOffset, ip.byteLength);
  const said = view.getUint16(4);
  const end = said === 0 ? ip.length : HEAD_6 + said;
  let [protocol, at] = [ip[6] ?? 0, HEAD_6];
  let fragment: Fragment | null = null;
  for (;;) {
    if (at + 8 > Math.min(end, ip.length)) return undefined;
    const next = ip[at] ?? 0;
    if (protocol === extensions.fragment) {
      const word = view.getUint16(at + 2);
      fragment = { id: view.getUint32(at + 4), offset: word & 0xfff8, isLast: (word & 1) === 0 };
      at += 8;
    } else if (protocol === extensions.authentication) at += ((ip[at + 1] ?? 0) + 2) * 4;
    else if (protocol === extensions.hops || protocol === extensions.routing || protocol === extensions.destination) at += ((ip[at + 1] ?? 0) + 1) * 8;
    else break;
    protocol = next;
    // The rest of what was cut in parts is in no extension.
    if (fragment !== null && fragment.offset > 0) break;
  }
  const isWhole = fragment === null || (fragment.offset === 0 && fragment.isLast);
  return {
    source: ip.subarray(8, 24), target: ip.subarray(24, 40), protocol, payload: ip.subarray(at, end), isCut: end > ip.length, fragment: isWhole ? null : fragment,
  };
}
