/** What carries packets and streams between members. UDP and TCP in life; memory in tests; whatever a user plugs in. Knows bytes and addresses, no protocol. */

import type { Address } from "../../engine/index.ts";

/** Carries datagrams and streams for one member: plug another in by the option `transport`. */
export type Transport = {
  /**
   * Begins to listen, and hands whatever comes in to `receiver` until it is closed. Resolves with the address under which peers reach us, which is the
   * bound one unless another is advertised. Rejects with a `MemberError` (`port-in-use`, `address-not-ours`, ...): the user's mistake, nothing half-open.
   */
  readonly open: (receiver: Receiver) => Promise<Address>;
  /** One datagram, best effort, in the order of calls. Never throws; a failure that is known at all is told to `receiver.undeliverable`. `packet` is not changed later. */
  readonly send: (to: Address, packet: Uint8Array) => void;
  /** Opens a stream. Rejects if nobody listens there, when `signal` aborts, or when the transport is closed. */
  readonly connect: (to: Address, signal: AbortSignal) => Promise<Connection>;
  /** Ends everything: sockets, open connections, timers. Idempotent; after it `receiver` hears nothing. */
  readonly close: () => Promise<void>;
  /** What was lost on the way in or out, by reason, since it opened: for metrics. */
  readonly counts?: () => Readonly<Record<string, number>>;
  /**
   * How much of what comes in the system keeps while nobody reads, in bytes as the system counts them (Linux: twice what it was asked for, its own bookkeeping
   * included). Undefined before it is open, after it is closed, and where that means nothing.
   */
  readonly receiveBuffer?: () => number | undefined;
};

/** Who hears what a transport brings. None of these throws; and none is called from within a call of the transport's, so that no step begins inside another. */
export type Receiver = {
  /** A datagram came in. `packet` is the receiver's to keep. */
  readonly packet: (from: Address, packet: Uint8Array) => void;
  /** A peer opened a stream. The receiver destroys what it does not want. */
  readonly connection: (connection: Connection) => void;
  /** A datagram to this address could not be sent (memberlist rule 13). */
  readonly undeliverable: (to: Address, why: string) => void;
  /** What listens had broken, and listens again. */
  readonly mended?: (why: string) => void;
};

/**
 * A stream, from either end. Iterating gives the pieces that come in, until the peer ends; it throws if the stream breaks. Whoever stops iterating may go on
 * later: stopping destroys nothing, and loses nothing.
 */
export type Connection = AsyncIterable<Uint8Array> & {
  /** As far as it is known: the peer's end of the stream, whose port is not the one it listens on. */
  readonly peer: Address;
  /** Resolves when the transport has taken the bytes and has room for more: back-pressure. Rejects if the stream breaks. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Nothing more to say; the peer may go on. */
  readonly end: () => void;
  /** Over, both ways, at once. Idempotent; a pending `write` or iteration ends with an error. */
  readonly destroy: () => void;
};
