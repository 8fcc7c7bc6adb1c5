/** TCP alone, or TLS: for networks that do not carry UDP, and groups whose members prove by certificates that they belong to it. */

import { MemberError } from "../error.ts";
import { tally } from "../tally.ts";
import { onceOpen } from "./once-open.ts";
import { overStreams } from "./over-streams.ts";
import { placeOf, type PlaceOptions } from "./place.ts";
import { resolveAddress } from "./resolve.ts";
import { plainSockets, secureSockets, type TlsOptions } from "./sockets.ts";
import { streams } from "./streams.ts";
import type { Transport } from "./transport.ts";

/** Where TCP listens, and whether it is encrypted. */
export type TcpOptions = PlaceOptions & {
  /** Encrypts with TLS, and accepts only peers with a certificate of the group. Default: plain TCP. */
  readonly tls?: TlsOptions;
};

/**
 * A transport that needs TCP only: `createMember({ name, transport: tcp({ bind }) })`. All members of the group must use it; those of memberlist cannot. A member keeps a connection to each
 * peer to which it sent something within the last minute, at most 256. Opening rejects like that of `udpTcp`, and with `bad-option` for an invalid key or certificate.
 */
export function tcp({ tls, ...place }: TcpOptions = {}): Transport {
  const lost = tally();
  const { open, close, parts } = onceOpen(async (receiver) => {
    const sockets = tls === undefined ? plainSockets : secureSockets(tls);
    const { host, port: asked, reachedAt } = await placeOf(place);
    const server = await sockets.listen(host, asked);
    const bound = server.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : asked;
    return { parts: streams(server, host, port, receiver, lost, sockets), address: reachedAt(port) };
  }, (opened) => opened.close());
  return overStreams({
    open,
    close,
    connect: (to, signal) => parts()?.connect(to, signal) ?? Promise.reject(new MemberError("stopped", "the transport is not open")),
    resolve: (text) => resolveAddress(text),
    counts: lost.counts,
  });
}
