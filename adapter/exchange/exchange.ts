/** Streams as the engine means them: one request, one answer if it has one, then over. Deadlines, limits and framing live here. */

import type { Address, Answer, ExchangeId, Request } from "../../engine/index.ts";
import type { DropReason } from "../codec/codec.ts";
import type { Connection } from "../transport/transport.ts";

/** The streams of one member. */
export type Exchanges = {
  /** Carries out the engine's `exchange`: opens a stream, says this, and tells `hear.answered` what comes back, if it does before the deadline. Never throws. */
  readonly ask: (to: Address, message: Request) => void;
  /** Carries out the engine's `answer`, before `hear.opened` returns: what is not answered by then never will be, and its stream is closed. Later it is dropped. */
  readonly answer: (exchange: ExchangeId, message: Answer) => void;
  /** A peer opened a stream to us. */
  readonly accept: (connection: Connection) => void;
  /** Destroys all that is open. Nothing is heard any more. Idempotent. */
  readonly close: () => void;
  /** How many streams are open, ours and peers'. */
  readonly open: number;
};

/** What may befall a stream but what is said on it: not over in time, cut off because there are too many or they say too much, or lost. */
export type StreamTrouble = "too-slow" | "too-many" | "broken";

/** None of these throws, and none is called from within a call of the exchanges'. */
export type ExchangeHearing = {
  /** A peer opened a stream, and said this: to be answered, if it wants an answer, before this returns. */
  readonly opened: (from: Address, exchange: ExchangeId, message: Request) => void;
  /** This came back on a stream that we opened. */
  readonly answered: (from: Address, message: Answer) => void;
  /** An exchange that we opened came to nothing: nobody there, too slow, nonsense, a refusal. */
  readonly failed: (to: Address, why: string) => void;
  /**
   * Something came in that was dropped; with `unread`, parts of a message of which the rest was heard. Of an exchange that we opened, `failed` tells as well.
   */
  readonly dropped: (from: Address, reason: DropReason | StreamTrouble | "unread", why: string) => void;
};

/** For how long, how much, how many at once: whole numbers from 1 up. */
export type ExchangeLimits = {
  /** For all of one exchange, in milliseconds: memberlist's `TCPTimeout`, 10 s. */
  readonly deadline: number;
  /** Bytes of one message, before and after it is decompressed or decrypted: memberlist's 20 MiB. All that peers have sent so far may be four times that: beyond it, whoever has said most is cut off. */
  readonly longest: number;
  /** Streams from peers at once: memberlist's 128 pushes and pulls. Beyond it, whoever has said least is cut off, the longest silent first. */
  readonly most: number;
};
