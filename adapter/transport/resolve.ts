/** From text to addresses: host names are looked up. */

import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import { addressOf, splitHostPort } from "./host.ts";

/** memberlist's port. */
export const DEFAULT_PORT = 7946;

/** Options of `resolveAddress`. */
export type Resolving = {
  /** The port of a text without one. Default 7946. */
  readonly port?: number;
  /** Stops the wait when it aborts: rejects with `aborted`. */
  readonly signal?: AbortSignal;
};

/**
 * All addresses of this text, in the resolver's order: one for an IP address, perhaps several for a host name. Rejects with `bad-option` for what is no address,
 * `no-such-host` for an unknown name, and `aborted`.
 */
export async function resolveAddress(text: string, { port: usual, signal }: Resolving = {}): Promise<readonly Address[]> {
  const { host, port } = checkedAddress(text, usual);
  const hosts = await hostsOf(host, signal);
  const addresses = hosts.flatMap((number) => addressOf(number, port) ?? []);
  return [...new Set(addresses)];
}

/** Parses the address of a peer, without resolving it. Throws `bad-option` if it is invalid, or lacks its host or its port. */
export function checkedAddress(text: string, usual: number = DEFAULT_PORT): { readonly host: string; readonly port: number } {
  const { host, port = usual } = splitHostPort(text);
  if (host === "" || port === 0) throw new MemberError("bad-option", `the address "${text}" has no ${host === "" ? "host" : "port"}`);
  return { host, port };
}

/** The IP addresses of a host, at least one; the host itself if it is an IP address. */
export async function hostsOf(host: string, signal?: AbortSignal): Promise<readonly [string, ...string[]]> {
  if (isIP(host) !== 0) return [host];
  const answer = await unlessAborted(lookup(host, { all: true }), signal).catch((error: unknown) => {
    throw error instanceof MemberError ? error : new MemberError("no-such-host", `no host is called "${host}"`, error);
  });
  const [first, ...others] = answer.map(({ address }) => address);
  if (first === undefined) throw new MemberError("no-such-host", `no host is called "${host}"`);
  return [first, ...others];
}

/** A lookup cannot be cancelled: after an abort its result is ignored. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new MemberError("aborted", "the host lookup was aborted", signal.reason));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
