/** Streams as the engine means them: one request, one answer if it has one, then over. Deadlines, limits and framing live here. */

import type { Address, Answer, ExchangeId, Request } from "../../engine/index.ts";
import type { Connection } from "../transport/transport.ts";

export type Exchanges = {
  /** Carries out the engine's `exchange`: opens a stream, says this, and tells `hear.answered` what comes back, if it does before the deadline. Never throws. */
  readonly ask: (to: Address, message: Request) => void;
  /** Carries out the engine's `answer`. One whose stream is gone is dropped. */
  readonly answer: (exchange: ExchangeId, message: Answer) => void;
  /** A peer opened a stream to us. */
  readonly accept: (connection: Connection) => void;
  /** Destroys all that is open. */
  readonly close: () => void;
  readonly open: number;
};

export type ExchangeHearing = {
  readonly opened: (from: Address, exchange: ExchangeId, message: Request) => void;
  readonly answered: (from: Address, message: Answer) => void;
  /** An exchange that we opened came to nothing: nobody there, too slow, nonsense. */
  readonly failed: (to: Address, why: string) => void;
  /** Something came in that was dropped: a `DropReason`, or `too-many`, `too-slow`, `broken`. */
  readonly dropped: (from: Address, reason: string, why: string) => void;
};

export type ExchangeLimits = {
  /** For all of one exchange, in milliseconds: memberlist's `TCPTimeout`, 10 s. */
  readonly deadline: number;
  /** Bytes of one message, before and after it is decompressed or decrypted: memberlist's 20 MiB. */
  readonly longest: number;
  /** Streams from peers at once: memberlist's 128 pushes and pulls. Beyond it, new ones are destroyed. */
  readonly most: number;
};
