/** Streams as the engine uses them: one request, an answer if there is one, then closed. With deadlines, limits and framing. */

import type { Address, Answer, ExchangeId, Request } from "../../engine/index.ts";
import type { DropReason } from "../codec/codec.ts";
import type { Connection } from "../transport/transport.ts";

/** The streams of one member. */
export type Exchanges = {
  /** Carries out the engine's `exchange`: opens a stream, sends this, and calls `hear.answered` with the answer, if one comes before the deadline. Never throws. */
  readonly ask: (to: Address, message: Request) => void;
  /** Carries out the engine's `answer`, before `hear.opened` returns: then the stream is closed, and later answers are dropped. */
  readonly answer: (exchange: ExchangeId, message: Answer) => void;
  /** A peer opened a stream to us. */
  readonly accept: (connection: Connection) => void;
  /** Destroys all open streams; `hear` is not called any more. Idempotent. */
  readonly close: () => void;
  /** How many streams are open, ours and peers'. */
  readonly open: number;
};

/** What may end a stream early: its deadline, a limit on the number of streams or bytes, or a broken connection. */
export type StreamTrouble = "too-slow" | "too-many" | "broken";

/** None of these throws, and none is called from within a call of the exchanges'. */
export type ExchangeHearing = {
  /** A peer opened a stream and sent this; answer it, if it needs an answer, before returning. */
  readonly opened: (from: Address, exchange: ExchangeId, message: Request) => void;
  /** This came back on a stream that we opened. */
  readonly answered: (from: Address, message: Answer) => void;
  /** An exchange that we opened failed: nobody there, too slow, unreadable, refused. */
  readonly failed: (to: Address, why: string) => void;
  /**
   * Input was dropped; with `unread`, parts of a message whose rest was used. For an exchange that we opened, `failed` is called as well.
   */
  readonly dropped: (from: Address, reason: DropReason | StreamTrouble | "unread", why: string) => void;
};

/** Duration, size and number of streams: whole numbers from 1 up. */
export type ExchangeLimits = {
  /** Milliseconds for a whole exchange: memberlist's `TCPTimeout`, 10 s. */
  readonly deadline: number;
  /** Bytes of one message, before and after decryption and decompression: memberlist's 20 MiB. All open streams of peers together may hold four times that; beyond it, the one that has sent most is cut off. */
  readonly longest: number;
  /** Streams opened by peers at once: memberlist's 128. Beyond it, the one that has sent least is cut off, the longest silent first. */
  readonly most: number;
};
