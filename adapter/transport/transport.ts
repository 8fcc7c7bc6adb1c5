/** Carries packets and streams between members: UDP and TCP, memory in tests, or a transport of the user's. Knows bytes and addresses, no protocol. */

import type { Address } from "../../engine/index.ts";

/** Carries datagrams and streams for one member. The option `transport` takes another implementation. */
export type Transport = {
  /**
   * Begins to listen, and hands whatever comes in to `receiver` until it is closed. Resolves with the address at which peers reach us, which is the bound one
   * unless another is advertised. Rejects with a `MemberError` (`port-in-use`, `address-not-ours`, ...), and then leaves nothing open.
   */
  readonly open: (receiver: Receiver) => Promise<Address>;
  /** Sends one datagram, best effort, in the order of calls. Never throws; a known failure is reported to `receiver.undeliverable`. The caller does not change `packet` later. */
  readonly send: (to: Address, packet: Uint8Array) => void;
  /** Opens a stream. Rejects if nobody listens there, when `signal` aborts, or when the transport is closed. */
  readonly connect: (to: Address, signal: AbortSignal) => Promise<Connection>;
  /** All addresses of a text that a user wrote, such as a seed. Rejects with a `MemberError`. Without it, addresses are as they are written. */
  readonly resolve?: (text: string) => Promise<readonly Address[]>;
  /** Closes everything: sockets, open connections, timers. Idempotent; afterwards `receiver` is not called any more. */
  readonly close: () => Promise<void>;
  /** What was lost on the way in or out since it opened, by reason: for metrics. */
  readonly counts?: () => Readonly<Record<string, number>>;
  /**
   * The size of the receive buffer in bytes, as the system counts them (Linux: twice what it was asked for, its own bookkeeping included). Undefined before it is
   * open, after it is closed, and where there is none.
   */
  readonly receiveBuffer?: () => number | undefined;
};

/** What a transport calls. None of these throws, and none is called from within a call of the transport's, so that no step begins inside another. */
export type Receiver = {
  /** A datagram came in. The receiver may keep `packet`. */
  readonly packet: (from: Address, packet: Uint8Array) => void;
  /** A peer opened a stream. The receiver destroys it if it does not want it. */
  readonly connection: (connection: Connection) => void;
  /** A datagram to this address could not be sent (memberlist rule 13). */
  readonly undeliverable: (to: Address, why: string) => void;
  /** A socket had broken, and listens again. */
  readonly mended?: (why: string) => void;
};

/**
 * A stream, from either end. Iterating gives the pieces that come in, until the peer ends; it throws if the stream breaks. Iterating may stop and go on later
 * without losing anything.
 */
export type Connection = AsyncIterable<Uint8Array> & {
  /** The peer's end of the stream, as far as it is known; its port is not the one it listens on. */
  readonly peer: Address;
  /** Resolves when the transport has taken the bytes and has room for more (back-pressure). Rejects if the stream breaks. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Ends our side; the peer may go on. */
  readonly end: () => void;
  /** Ends both sides at once. Idempotent; a pending `write` or iteration ends with an error. */
  readonly destroy: () => void;
};
