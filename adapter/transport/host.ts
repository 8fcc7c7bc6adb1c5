/** Parses hosts and ports as users write them, and makes the canonical addresses of the engine. */

import { isIP, isIPv4 } from "node:net";
import { address, formatAddress, parseAddress, type Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";

export type HostAndPort = {
  /** A host name or an IP address, without brackets; empty if none was given. */
  readonly host: string;
  /** Undefined if none was given. */
  readonly port: number | undefined;
};

/** Parses `10.0.0.1:7946`, `[::1]:7946`, `::1`, `db.example:7946`, `db.example` or `:7946`. Throws `bad-option` for anything else. */
export function splitHostPort(text: string, what = "address"): HostAndPort {
  if (isIP(text) === 6) return { host: text, port: undefined };
  const [, bracketed, plain, digits] = /^(?:\[([^[\]]*)\]|([^:[\]/\s]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? undefined : Number(digits);
  const isWrong = host === undefined || (host === "" && port === undefined) || (port ?? 0) > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6);
  if (isWrong) throw new MemberError("bad-option", `the ${what} "${text}" is not host:port, such as 10.0.0.1:7946, [fd00::1]:7946 or db.example:7946`);
  return { host, port };
}

/** `[::1]:7946`, `10.0.0.1:7946`. */
export const joinHostPort = (host: string, port: number): string => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`);

/**
 * The engine's address of this IP address and port; undefined if the host is not numeric. A v4-mapped address (`::ffff:10.0.0.1`, as a socket for both
 * families shows it) becomes the IPv4 address; a zone (`%eth0`), which means nothing on another machine, is left out.
 */
export function addressOf(host: string, port: number): Address | undefined {
  // Sockets give it in canonical form already: the cheapest case, for packets from strangers.
  if (isIPv4(host)) return address(`${host}:${port}`);
  const zone = host.indexOf("%");
  const endpoint = parseAddress(joinHostPort(zone < 0 ? host : host.slice(0, zone), port));
  return endpoint === undefined ? undefined : formatAddress(unmapped(endpoint.host), port);
}

function unmapped(host: Uint8Array): Uint8Array {
  const isMapped = host.length === 16 && host[10] === 0xff && host[11] === 0xff && host.subarray(0, 10).every((byte) => byte === 0);
  return isMapped ? host.subarray(12) : host;
}

/** `0.0.0.0` and `::` stand for every address of this machine; a peer cannot use them. */
export const isEverywhere = (host: string): boolean => host === "0.0.0.0" || /^[0:]+$/.test(host);
