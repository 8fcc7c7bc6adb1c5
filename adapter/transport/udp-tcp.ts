/** UDP and TCP on one port: the usual transport. */

import { networkInterfaces } from "node:os";
import { assert, type Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import { tally } from "../tally.ts";
import { advertisedHost } from "./advertise.ts";
import { datagrams, type Datagrams } from "./datagrams.ts";
import { addressOf, isEverywhere, splitHostPort } from "./host.ts";
import { listen } from "./listen.ts";
import { DEFAULT_PORT, hostsOf } from "./resolve.ts";
import { streams, type Streams } from "./streams.ts";
import type { Receiver, Transport } from "./transport.ts";

/** Where UDP and TCP listen. */
export type UdpTcpOptions = {
  /** `host:port` to listen on; without a host all IPv4 addresses, without a port memberlist's 7946; port 0 for any free one. Default `0.0.0.0:7946`. */
  readonly bind?: string;
  /** `host:port`, or a host alone, where peers reach us, if that differs. */
  readonly advertise?: string;
};

/**
 * The transport that `createMember` uses by default; needed only to put `faulty` around it. Opening rejects with `port-in-use`, `address-not-ours`, `no-such-host`,
 * `bad-option` or `system`. Host names in `bind` and `advertise` are resolved once.
 */
export function udpTcp({ bind = "0.0.0.0", advertise }: UdpTcpOptions = {}): Transport {
  const lost = tally();
  let phase: "fresh" | "open" | "closed" = "fresh";
  let parts: { readonly datagrams: Datagrams; readonly streams: Streams } | undefined;
  let closing: Promise<void> | undefined;
  let opening: Promise<unknown> = Promise.resolve();

  async function open(receiver: Receiver): Promise<Address> {
    const { host: asked, port = DEFAULT_PORT } = splitHostPort(bind, "bind address");
    const [host] = await hostsOf(asked === "" ? "0.0.0.0" : asked);
    const announced = advertise === undefined ? undefined : splitHostPort(advertise, "advertise address");
    const outside = announced === undefined || announced.host === "" ? undefined : (await hostsOf(announced.host))[0];
    if (outside !== undefined && isEverywhere(outside)) throw new MemberError("bad-option", `no peer reaches us at the advertise address "${advertise}"`);
    const listening = await listen(host, port);
    const heard = heardWhile(() => phase === "open", receiver);
    parts = {
      datagrams: datagrams(listening.socket, host, listening.port, heard, lost),
      streams: streams(listening.server, host, listening.port, heard, lost),
    };
    // `close` was called meanwhile, and waits for us.
    if (phase === "closed") throw new MemberError("stopped", "the transport was closed while it was opening");
    const reachable = outside ?? (isEverywhere(host) ? advertisedHost(host === "0.0.0.0" ? host : "::", networkInterfaces()) : host);
    const address = addressOf(reachable, announced?.port === undefined || announced.port === 0 ? listening.port : announced.port);
    assert(address !== undefined, "hosts are numbers by now");
    return address;
  }

  async function closeParts(): Promise<void> {
    await Promise.all([parts?.datagrams.close(), parts?.streams.close()]);
    parts = undefined;
  }

  return {
    open: (receiver) => {
      if (phase !== "fresh") return Promise.reject(new MemberError("stopped", `the transport is ${phase} already`));
      phase = "open";
      const opened = open(receiver);
      opening = opened.catch(() => {
        if (phase === "open") phase = "fresh";
      });
      return opened;
    },
    send: (to, packet) => parts?.datagrams.send(to, packet),
    connect: (to, signal) => parts?.streams.connect(to, signal) ?? Promise.reject(new MemberError("stopped", "the transport is not open")),
    close: () => {
      phase = "closed";
      closing ??= opening.then(closeParts);
      return closing;
    },
    counts: lost.counts,
    receiveBuffer: () => parts?.datagrams.receiveBuffer(),
  };
}

/** A receiver that is not called any more once the transport is closed. */
function heardWhile(isOpen: () => boolean, receiver: Receiver): Receiver {
  return {
    packet: (from, packet) => {
      if (isOpen()) receiver.packet(from, packet);
    },
    connection: (connection) => {
      if (isOpen()) receiver.connection(connection);
      else connection.destroy();
    },
    undeliverable: (to, why) => {
      if (isOpen()) receiver.undeliverable(to, why);
    },
    mended: (why) => receiver.mended?.(why),
  };
}
