/** The interface of exchanges: streams with one request and at most one answer. Deadlines, limits and framing are handled in this folder. */

import type { Address, Answer, ExchangeId, Request } from "../../engine/index.ts";
import type { DropReason } from "../codec/codec.ts";
import type { Connection } from "../transport/transport.ts";

/** The streams of one member. */
export type Exchanges = {
  /** Carries out the engine's `exchange`: opens a stream, sends the message, and calls `hear.answered` if an answer comes before the deadline. Never throws. */
  readonly ask: (to: Address, message: Request) => void;
  /** Carries out the engine's `answer`. Must be called before `hear.opened` returns, because then the stream is closed; a later answer is dropped. */
  readonly answer: (exchange: ExchangeId, message: Answer) => void;
  /** A peer opened a stream to us. */
  readonly accept: (connection: Connection) => void;
  /** Destroys all open streams; `hear` is not called any more. Idempotent. */
  readonly close: () => void;
  /** How many streams are open, ours and peers'. */
  readonly open: number;
};

/** Why a stream failed, apart from its content: past its deadline, cut off because of too many streams or bytes, or broken. */
export type StreamTrouble = "too-slow" | "too-many" | "broken";

/** Callbacks. None of them may throw; none is called synchronously from a method of `Exchanges`. */
export type ExchangeHearing = {
  /** A peer opened a stream, and sent this request. An answer, if there is one, must be given before this returns. */
  readonly opened: (from: Address, exchange: ExchangeId, message: Request) => void;
  /** The answer on a stream that we opened. */
  readonly answered: (from: Address, message: Answer) => void;
  /** An exchange that we opened failed: no connection, past its deadline, a malformed answer, a refusal. */
  readonly failed: (to: Address, why: string) => void;
  /**
   * A message was dropped; with `unread`, only parts of it. For an exchange that we opened, `failed` is called as well.
   */
  readonly dropped: (from: Address, reason: DropReason | StreamTrouble | "unread", why: string) => void;
};

/** Whole numbers from 1 up. */
export type ExchangeLimits = {
  /** For the whole of one exchange, in milliseconds: memberlist's `TCPTimeout`, 10 s. */
  readonly deadline: number;
  /** Bytes of one message, before and after decryption and decompression: memberlist's 20 MiB. All streams of peers together may hold four times that; beyond it, the one that has sent most is cut off. */
  readonly longest: number;
  /** Streams from peers at once: memberlist's 128 push-pulls. Beyond it, the one that has sent least is cut off, the oldest first. */
  readonly most: number;
};
