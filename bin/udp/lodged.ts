/** Sockets that are open before their member begins: what comes in meanwhile is lost, as where nobody listens. */

import type { Receiver, Transport } from "../../adapter/index.ts";
import type { Address } from "../../engine/index.ts";

export type Lodged = { readonly address: Promise<Address>; readonly transport: Transport };

export function lodged(inner: Transport): Lodged {
  let receiver: Receiver | undefined;
  const address = inner.open({
    packet: (from, packet) => receiver?.packet(from, packet),
    connection: (connection) => (receiver === undefined ? connection.destroy() : receiver.connection(connection)),
    undeliverable: (to, why) => receiver?.undeliverable(to, why),
    mended: (why) => receiver?.mended?.(why),
  });
  return {
    address,
    transport: {
      ...inner,
      open: (member) => {
        receiver = member;
        return address;
      },
    },
  };
}
