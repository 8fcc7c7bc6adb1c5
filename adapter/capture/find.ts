/** Finds who speaks memberlist in a capture: by its usual ports, by those that are named, or by what is said. */

import { formatAddress, parseAddress, subject, type Address, type Datagram } from "../../engine/index.ts";
import type { Codecs } from "./codecs.ts";
import { collectFragments } from "./fragments.ts";
import { carriedIn, UDP } from "./ip.ts";
import { unlink } from "./link.ts";
import { udpIn } from "./listen.ts";
import type { Packet } from "./packet.ts";

/** Serf and memberlist; Consul's LAN and WAN pools; Nomad's servers. */
export const USUAL_PORTS: readonly number[] = [7946, 8301, 8302, 4648];

/** Who listens for members: addresses that speak its language, and all those on its ports. */
export type Found = { readonly addresses: ReadonlySet<Address>; readonly ports: ReadonlySet<number> };

/** So many members speak in one capture at most: beyond it, somebody is inventing addresses. */
const MOST = 100_000;

/** Looks at every datagram. `ports`: only these; else the usual ones, and wherever something is said that can be nothing else. */
export function findMembers(packets: Iterable<Packet>, codecs: Codecs, ports: readonly number[]): Found {
  const addresses = new Set<Address>();
  const known = new Set(ports.length === 0 ? USUAL_PORTS : ports);
  const fragments = collectFragments();
  for (const packet of packets) {
    const unlinked = unlink(packet);
    const part = unlinked.ok ? carriedIn(unlinked.ip) : undefined;
    const carried = part?.protocol === UDP ? fragments.add(part, packet.at) : undefined;
    const datagram = carried === undefined ? undefined : udpIn(carried);
    if (datagram === undefined || datagram.isCut || addresses.size >= MOST) continue;
    const { from, to, payload } = datagram;
    if (addresses.has(from) && addresses.has(to)) continue;
    const isKnown = known.has(portOf(from)) && known.has(portOf(to));
    if (!isKnown && ports.length > 0) continue;
    const decoded = codecs(payload)?.decode(payload, from);
    const isOurs = decoded?.ok === true && decoded.unread.length === 0 && (isKnown || isUnmistakable(decoded.message));
    if (isOurs) addresses.add(from).add(to);
  }
  return { addresses, ports: known };
}

/** Can nothing else be meant than memberlist? A user message may be any bytes whatever, an ack is short, and what is about nobody is noise. */
const isUnmistakable = ({ kind, gossip }: Datagram): boolean => kind === "ping" || kind === "ping-req" || gossip.some((claim) => subject(claim) !== "");

export const portOf = (address: Address): number => parseAddress(address)?.port ?? 0;

/** Who can only be reached from the same machine. */
export function isLoopback(address: Address): boolean {
  const host = parseAddress(address)?.host;
  return host !== undefined && (host.length === 4 ? host[0] === 127 : formatAddress(host, 0) === "[::1]:0");
}

/** The machine of an address, without its port. */
export const hostOf = (address: Address): string => address.slice(0, address.lastIndexOf(":"));
