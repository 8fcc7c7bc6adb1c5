/** UDP and TCP on one port: the usual transport. */

import { MemberError } from "../error.ts";
import { tally } from "../tally.ts";
import { datagrams } from "./datagrams.ts";
import { listen } from "./listen.ts";
import { onceOpen } from "./once-open.ts";
import { placeOf, type PlaceOptions } from "./place.ts";
import { resolveAddress } from "./resolve.ts";
import { streams } from "./streams.ts";
import type { Transport } from "./transport.ts";

/** Where UDP and TCP listen. */
export type UdpTcpOptions = PlaceOptions;

/**
 * The transport that `createMember` uses by default; needed only to put `faulty` around it. Opening rejects with `port-in-use`, `address-not-ours`, `no-such-host`,
 * `bad-option` or `system`. Host names in `bind` and `advertise` are resolved once.
 */
export function udpTcp(options: UdpTcpOptions = {}): Transport {
  const lost = tally();
  const { open, close, parts } = onceOpen(async (receiver) => {
    const place = await placeOf(options);
    const { socket, server, port } = await listen(place.host, place.port);
    const opened = { datagrams: datagrams(socket, place.host, port, receiver, lost), streams: streams(server, place.host, port, receiver, lost) };
    return { parts: opened, address: place.reachedAt(port) };
  }, (opened) => Promise.all([opened.datagrams.close(), opened.streams.close()]));
  return {
    open,
    close,
    send: (to, packet) => parts()?.datagrams.send(to, packet),
    connect: (to, signal) => parts()?.streams.connect(to, signal) ?? Promise.reject(new MemberError("stopped", "the transport is not open")),
    resolve: (text) => resolveAddress(text),
    counts: lost.counts,
    receiveBuffer: () => parts()?.datagrams.receiveBuffer(),
  };
}
