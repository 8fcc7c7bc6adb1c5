/** Ranges of addresses in CIDR notation, and which addresses lie within them. */

import type { Address } from "./words/units.ts";
import { parseAddress } from "./wire/address.ts";

/** All addresses whose first `bits` equal those of these four or sixteen bytes. */
type Range = { readonly host: Uint8Array; readonly bits: number };

/**
 * Does an address lie in one of these ranges, such as `10.0.0.0/8` or `fd00::/8`? memberlist's `CIDRsAllowed`: IPv4 ranges hold no IPv6 address, nor
 * the other way round, but a v4-mapped address counts as IPv4. An empty list holds no address, and no range holds a host name.
 * Throws a `RangeError` at once if one of them is not a valid range: that is the user's mistake.
 */
export function withinCidrs(cidrs: readonly string[]): (address: Address) => boolean {
  const ranges = cidrs.map(parseRange);
  return (address) => {
    const endpoint = parseAddress(address);
    if (endpoint === undefined) return false;
    const host = isMapped(endpoint.host) ? endpoint.host.subarray(MAPPED_BYTES) : endpoint.host;
    return ranges.some((range) => holds(range, host));
  };
}

function parseRange(text: string): Range {
  const slash = text.lastIndexOf("/");
  const [base, digits] = [text.slice(0, Math.max(0, slash)).trim(), text.slice(slash + 1).trim()];
  // `parseAddress` needs a port; a range has none, so any will do.
  const host = parseAddress(base.includes(":") ? `[${base}]:1` : `${base}:1`)?.host;
  const bits = /^(0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Infinity;
  if (slash < 0 || host === undefined || bits > 8 * host.length) {
    throw new RangeError(`${JSON.stringify(text)} is no range of addresses: write it like 10.0.0.0/8 or fd00::/8`);
  }
  const isInner = isMapped(host) && bits >= 8 * MAPPED_BYTES;
  return isInner ? { host: host.subarray(MAPPED_BYTES), bits: bits - 8 * MAPPED_BYTES } : { host, bits };
}

/** A v4-mapped address begins with ten zeros and two 0xff. */
const MAPPED_BYTES = 12;

const isMapped = (host: Uint8Array): boolean =>
  host.length === 16 && host.subarray(0, MAPPED_BYTES).every((byte, k) => byte === (k < 10 ? 0 : 0xff));

function holds({ host, bits }: Range, other: Uint8Array): boolean {
  if (host.length !== other.length) return false;
  return host.every((byte, k) => {
    const ignored = Math.min(8, Math.max(0, 8 * (k + 1) - bits));
    return byte >> ignored === (other[k] ?? 0) >> ignored;
  });
}
