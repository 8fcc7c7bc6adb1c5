/** Where a member listens, and where peers reach it, as the user wrote both. */

import { networkInterfaces } from "node:os";
import { assert, type Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import { advertisedHost } from "./advertise.ts";
import { addressOf, isEverywhere, splitHostPort } from "./host.ts";
import { DEFAULT_PORT, hostsOf } from "./resolve.ts";

/** Where to listen: `bind` and `advertise` of a transport. */
export type PlaceOptions = {
  /** `host:port` to listen on; without a host all IPv4 addresses, without a port memberlist's 7946; port 0 for any free one. Default `0.0.0.0:7946`. */
  readonly bind?: string;
  /** `host:port`, or a host alone, where peers reach us, if that differs. */
  readonly advertise?: string;
};

export type Place = {
  readonly host: string;
  readonly port: number;
  /** Where peers reach us if we listen on this port. */
  readonly reachedAt: (port: number) => Address;
};

/** Resolves host names. Rejects with `bad-option` or `no-such-host`. */
export async function placeOf({ bind = "0.0.0.0", advertise }: PlaceOptions): Promise<Place> {
  const { host: asked, port = DEFAULT_PORT } = splitHostPort(bind, "bind address");
  const [host] = await hostsOf(asked === "" ? "0.0.0.0" : asked);
  const announced = advertise === undefined ? undefined : splitHostPort(advertise, "advertise address");
  const outside = announced === undefined || announced.host === "" ? undefined : (await hostsOf(announced.host))[0];
  if (outside !== undefined && isEverywhere(outside)) throw new MemberError("bad-option", `no peer reaches us at the advertise address "${advertise}"`);
  return {
    host, port,
    reachedAt: (listening) => {
      const reachable = outside ?? (isEverywhere(host) ? advertisedHost(host === "0.0.0.0" ? host : "::", networkInterfaces()) : host);
      const address = addressOf(reachable, announced?.port === undefined || announced.port === 0 ? listening : announced.port);
      assert(address !== undefined, "hosts are numbers by now");
      return address;
    },
  };
}
