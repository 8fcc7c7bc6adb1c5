/** From what a link carried to the IP packet in it. The numbers are those of tcpdump's list of link types. */

import type { Packet } from "./packet.ts";

/** An IP packet; or why there is none. Null: something else that has no IP in it, such as ARP. */
export type Unlinked = { readonly ok: true; readonly ip: Uint8Array } | { readonly ok: false; readonly why: string | null };

const ETHERNET = 1;
/** BSD's loopback: an address family before each packet, in the machine's byte order, or (108) in the network's. Either is accepted: the version says it again. */
const loopbacks: ReadonlySet<number> = new Set([0, 108]);
/** Nothing before the packet: by its several names, on various systems. */
const raws: ReadonlySet<number> = new Set([12, 14, 101, 228, 229]);
/** Linux's own, for captures of all interfaces at once. */
const COOKED = 113;
const COOKED_2 = 276;

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
/** Of a virtual LAN, in its three spellings: four bytes more, and then the type again. */
const tags: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

export function unlink({ link, bytes }: Packet): Unlinked {
  if (link === ETHERNET) return typed(bytes, 12);
  if (link === COOKED) return typed(bytes, 14);
  if (link === COOKED_2) return typed(bytes, 0, 20);
  if (raws.has(link)) return versioned(bytes, 0);
  if (loopbacks.has(link)) return versioned(bytes, 4);
  return { ok: false, why: `links of type ${link}, which swimlab can't read` };
}

/** Behind the type of what follows, which stands at `at`; what follows begins right after it, or at `start`. */
function typed(bytes: Uint8Array, at: number, start: number = at + 2): Unlinked {
  let [where, body] = [at, start];
  let type = numberAt(bytes, where);
  while (tags.has(type)) {
    // Linux's cooked heads keep tags where everybody has them: before the packet.
    where = body + 2;
    body += 4;
    type = numberAt(bytes, where);
  }
  return type === IPV4 || type === IPV6 ? versioned(bytes, body) : { ok: false, why: null };
}

function versioned(bytes: Uint8Array, start: number): Unlinked {
  const version = (bytes[start] ?? 0) >> 4;
  return version === 4 || version === 6 ? { ok: true, ip: bytes.subarray(start) } : { ok: false, why: null };
}

const numberAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
