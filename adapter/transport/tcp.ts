/** TCP alone, or TLS: for networks that do not let UDP pass, and groups whose members show certificates. */

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
  /** TLS, by which members are known as well as encrypted. Default: plain TCP. */
  readonly tls?: TlsOptions;
};

/**
 * A transport that needs TCP alone: `createMember({ name, transport: tcp({ bind }) })`. All members of the group must have it; memberlist's do not understand it. A member keeps a connection to each peer
 * that it has sent something to within a minute, at most 256. Opening rejects as that of `udpTcp` does, and with `bad-option` for a key or certificate that can't be used.
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
