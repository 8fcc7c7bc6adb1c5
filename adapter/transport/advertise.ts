/** The address to advertise when we listen on all addresses of this machine. */

import type { NetworkInterfaceInfo } from "node:os";

export type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, "address" | "family" | "internal">[] | undefined>>;

/** Private networks: RFC 1918, RFC 6598; in IPv6, unique local addresses. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/i;
/** Valid on one link only, and only with the interface's name: useless to a peer. */
const LINK_LOCAL = /^(169\.254\.|fe[89ab])/i;

/**
 * As in memberlist, the first private address of an interface; where memberlist gives up, the first that is not the loopback's, or else the loopback's. `::`
 * listens for both families: IPv6 addresses come first, then IPv4 ones.
 */
export function advertisedHost(bound: "0.0.0.0" | "::", interfaces: Interfaces): string {
  const all = Object.values(interfaces).flatMap((addresses) => addresses ?? []).filter(({ address }) => !LINK_LOCAL.test(address));
  const families = bound === "::" ? ["IPv6", "IPv4"] : ["IPv4"];
  const outward = families.flatMap((family) => all.filter((one) => one.family === family && !one.internal)).map(({ address }) => address);
  return outward.find((address) => PRIVATE.test(address)) ?? outward[0] ?? (bound === "::" ? "::1" : "127.0.0.1");
}
