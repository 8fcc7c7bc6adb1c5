/** The quantities of the protocol: numbers and texts whose types say what they measure or name. */

declare const unit: unique symbol;
type NumberOf<Name extends string> = number & { readonly [unit]: Name };
type TextOf<Name extends string> = string & { readonly [unit]: Name };

/** A length of time, in whole microseconds. */
export type Micros = NumberOf<"Micros">;
/** A point in time, in whole microseconds since the driver's own origin. Never a wall clock. */
export type Instant = NumberOf<"Instant">;
/** Numbers a member's claims about itself: only that member may raise it (SWIM §4.2). */
export type Incarnation = NumberOf<"Incarnation">;
/** Tells which answer belongs to which question. The asker counts from 1, and after `GREATEST_SEQ` from 1 again. */
export type SeqNo = NumberOf<"SeqNo">;
/** A length in encoded bytes. */
export type ByteCount = NumberOf<"ByteCount">;
/** Names one stream that a peer opened to us, so that the driver can send our answer on it. Chosen by the driver. */
export type ExchangeId = NumberOf<"ExchangeId">;

/** A time on a Lamport clock, which counts messages. An answer is later than what it answers; 0 is before everything. */
export type LamportTime = NumberOf<"LamportTime">;

/** The name of a member, unique in its group. */
export type MemberId = TextOf<"MemberId">;
/** Where a member listens: `10.0.0.1:7946` or `[fd00::1]:7946`. */
export type Address = TextOf<"Address">;
/** Opaque bytes, one character (U+0000 to U+00FF) for each, so that they can be compared, frozen and hashed like other values. */
export type Bytes = TextOf<"Bytes">;

/** A length in microseconds, rounded to whole ones. */
export const micros = (length: number): Micros => Math.round(length) as Micros;
/** A length in milliseconds, as microseconds. */
export const milliseconds = (length: number): Micros => micros(length * 1_000);
/** A length in seconds, as microseconds. */
export const seconds = (length: number): Micros => micros(length * 1_000_000);
/** A point in time, so many microseconds after the origin: `instant(seconds(10))`. */
export const instant = (point: number): Instant => Math.round(point) as Instant;
/** An incarnation from a number. */
export const incarnation = (count: number): Incarnation => count as Incarnation;
/** A seq from a number. */
export const seqNo = (count: number): SeqNo => count as SeqNo;
/** A number of bytes. */
export const byteCount = (count: number): ByteCount => count as ByteCount;
/** The name of an open stream, which its driver chose. */
export const exchangeId = (name: number): ExchangeId => name as ExchangeId;
/** A Lamport time of Serf's layer. */
export const lamportTime = (count: number): LamportTime => count as LamportTime;
/** A member's id from its name. */
export const memberId = (name: string): MemberId => name as MemberId;
/** An address from `host:port`. */
export const address = (hostAndPort: string): Address => hostAndPort as Address;
/** Bytes as a text of one character for each, U+0000 to U+00FF. */
export const bytes = (characters: string): Bytes => characters as Bytes;

/** The instant `wait` after `from`. */
export const after = (from: Instant, wait: Micros): Instant => (from + wait) as Instant;
/** How long ago `past` was. */
export const since = (now: Instant, past: Instant): Micros => (now - past) as Micros;
/** `length` made `factor` times as long, in whole microseconds. */
export const stretch = (length: Micros, factor: number): Micros => Math.round(length * factor) as Micros;
/** The next incarnation above both. */
export const above = (one: Incarnation, other: Incarnation): Incarnation => (Math.max(one, other) + 1) as Incarnation;

/** The greatest that fits in the wire's 32 bits. With two questions a second it is reached in 68 years; by a busy relay much sooner. */
export const GREATEST_SEQ: SeqNo = 4_294_967_295 as SeqNo;
/** The seq of the next question. No question that still waits for its answer has it: that would take four thousand million questions within the seconds that we wait for an answer. */
export const nextSeq = (last: SeqNo): SeqNo => (last >= GREATEST_SEQ ? 1 : last + 1) as SeqNo;
/** How many questions later `later` was asked than `earlier`. More than half of all numbers means that it was asked before. */
export const seqsBetween = (earlier: SeqNo, later: SeqNo): number => (later >= earlier ? later - earlier : later - earlier + GREATEST_SEQ);

/** The greatest that fits in the wire's 32 bits. No refutation can exceed it, so no accusation may use it; a refutation may. */
export const GREATEST_INCARNATION: Incarnation = 4_294_967_295 as Incarnation;
/** A point that no run reaches: the deadline when nothing is awaited. 285 years, and still an exact integer. */
export const NEVER: Instant = 9_007_199_254_740_991 as Instant;
/** The driver's origin. */
export const ORIGIN: Instant = 0 as Instant;
