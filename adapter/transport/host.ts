/** Hosts and ports as people write them, and the one form of an address that the engine knows. */

import { isIP, isIPv4 } from "node:net";
import { address, formatAddress, parseAddress, type Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";

export type HostAndPort = {
  /** A name or a number, without brackets; empty if none was given. */
  readonly host: string;
  /** Undefined if none was given. */
  readonly port: number | undefined;
};

/** Takes `10.0.0.1:7946`, `[::1]:7946`, `::1`, `db.example:7946`, `db.example` or `:7946` apart. Throws `bad-option` for what is none of these. */
export function splitHostPort(text: string, what = "address"): HostAndPort {
  if (isIP(text) === 6) return { host: text, port: undefined };
  const [, bracketed, plain, digits] = /^(?:\[([^[\]]*)\]|([^:[\]/\s]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? undefined : Number(digits);
  const isWrong = host === undefined || (host === "" && port === undefined) || (port ?? 0) > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6);
  if (isWrong) throw new MemberError("bad-option", `the ${what} "${text}" is not host:port, such as 10.0.0.1:7946, [fd00::1]:7946 or db.example:7946`);
  return { host, port };
}

/** `[::1]:7946`, `10.0.0.1:7946`: as people write it. */
export const joinHostPort = (host: string, port: number): string => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`);

/**
 * The engine's address of this number and port; undefined if it is no number. An IPv4 address in IPv6 clothes (`::ffff:10.0.0.1`, as a socket for both
 * shows it) is the IPv4 address; a zone (`%eth0`) means nothing on another machine, and is left out.
 */
export function addressOf(host: string, port: number): Address | undefined {
  // As sockets write it, and as it stays: what strangers send costs least.
  if (isIPv4(host)) return address(`${host}:${port}`);
  const zone = host.indexOf("%");
  const endpoint = parseAddress(joinHostPort(zone < 0 ? host : host.slice(0, zone), port));
  return endpoint === undefined ? undefined : formatAddress(unmapped(endpoint.host), port);
}

function unmapped(host: Uint8Array): Uint8Array {
  const isMapped = host.length === 16 && host[10] === 0xff && host[11] === 0xff && host.subarray(0, 10).every((byte) => byte === 0);
  return isMapped ? host.subarray(12) : host;
}

/** `0.0.0.0` and `::`: every address of this machine, and none that a peer could use. */
export const isEverywhere = (host: string): boolean => host === "0.0.0.0" || /^[0:]+$/.test(host);
