/** Translates between the addresses of sockets and of the engine, with a cache, so that no packet needs parsing. */

import { isIPv6 } from "node:net";
import { parseAddress, type Address } from "../../engine/index.ts";
import { addressOf, isEverywhere } from "./host.ts";

/** The destination of datagrams. `failed` is the callback for all packets to this address. */
export type Endpoint = {
  readonly host: string;
  readonly port: number;
  readonly failed: (error: Error | null) => void;
};

export type Endpoints = {
  /** Undefined if our socket cannot reach it: no valid address, or one of the other family. */
  readonly to: (address: Address) => Endpoint | undefined;
  /** Undefined if no peer can listen there. */
  readonly from: (host: string, port: number) => Address | undefined;
  /** How many addresses are cached, each way: at most `MOST`. */
  readonly remembered: () => { readonly to: number; readonly from: number };
};

/** More than a large group has. Packets from invented addresses may fill the cache; then it is cleared. */
export const MOST = 16_384;

/** `bound` is the address of our socket; `sent` is called for each packet, with the error if it could not be sent. */
export function endpoints(bound: string, sent: (to: Address, error: Error | null) => void): Endpoints {
  const towards = new Map<Address, Endpoint>();
  const senders = new Map<string, Map<number, Address>>();
  let count = 0;

  function remember(host: string, port: number): Address | undefined {
    const address = addressOf(host, port);
    if (address === undefined || port === 0) return undefined;
    if (++count > MOST) {
      senders.clear();
      count = 1;
    }
    const ports = senders.get(host);
    if (ports === undefined) senders.set(host, new Map([[port, address]]));
    else ports.set(port, address);
    return address;
  }

  return {
    to: (address) => {
      const known = towards.get(address);
      if (known !== undefined) return known;
      const parts = hostFor(address, bound);
      if (parts === undefined) return undefined;
      const endpoint: Endpoint = { ...parts, failed: (error) => sent(address, error) };
      if (towards.size >= MOST) towards.clear();
      towards.set(address, endpoint);
      return endpoint;
    },
    from: (host, port) => senders.get(host)?.get(port) ?? remember(host, port),
    remembered: () => ({ to: towards.size, from: [...senders.values()].reduce((sum, ports) => sum + ports.size, 0) }),
  };
}

/**
 * Host and port of an address, for a socket bound to `bound`. A socket for both families needs IPv4 addresses in IPv6 form; one bound to a link-local
 * address reaches others on that link. Undefined for an invalid address, or one that it cannot reach.
 */
export function hostFor(address: Address, bound: string): { readonly host: string; readonly port: number } | undefined {
  const endpoint = parseAddress(address);
  if (endpoint === undefined || endpoint.port === 0) return undefined;
  const { port } = endpoint;
  const written = address.slice(0, address.lastIndexOf(":")).replace(/^\[|\]$/g, "");
  const plain = addressOf(written, port) ?? address;
  const isV6 = plain.startsWith("[");
  if (!isIPv6(bound)) return isV6 ? undefined : { host: plain.slice(0, plain.lastIndexOf(":")), port };
  if (!isV6) return isEverywhere(bound) ? { host: `::ffff:${plain.slice(0, plain.lastIndexOf(":"))}`, port } : undefined;
  const zone = bound.indexOf("%");
  return { host: zone >= 0 && /^fe[89ab]/i.test(written) ? `${written}${bound.slice(zone)}` : written, port };
}
