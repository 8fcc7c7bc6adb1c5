/** Opens the parts of a transport once, and closes them, in whatever order the two are asked for. */

import type { Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Receiver, Transport } from "./transport.ts";

/** What was opened, and where peers reach it. */
export type Opened<P> = { readonly parts: P; readonly address: Address };

export type OnceOpen<P> = Pick<Transport, "open" | "close"> & {
  /** Undefined before they are open, and after they are closed. */
  readonly parts: () => P | undefined;
};

/** `make` opens the parts for a receiver, which is not called any more once the transport is closed; `closeParts` closes them. */
export function onceOpen<P>(make: (receiver: Receiver) => Promise<Opened<P>>, closeParts: (parts: P) => Promise<unknown>): OnceOpen<P> {
  let phase: "fresh" | "open" | "closed" = "fresh";
  let parts: P | undefined;
  let closing: Promise<void> | undefined;
  let opening: Promise<unknown> = Promise.resolve();

  async function open(receiver: Receiver): Promise<Address> {
    const opened = await make(heardWhile(() => phase === "open", receiver));
    parts = opened.parts;
    // `close` was called meanwhile, and waits for us.
    if (phase === "closed") throw new MemberError("stopped", "the transport was closed while it was opening");
    return opened.address;
  }

  async function closeAll(): Promise<void> {
    if (parts !== undefined) await closeParts(parts);
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
    close: () => {
      phase = "closed";
      closing ??= opening.then(closeAll);
      return closing;
    },
    parts: () => parts,
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
