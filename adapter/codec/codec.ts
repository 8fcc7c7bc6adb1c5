/** What makes bytes of messages, and messages of bytes. memberlist's wire, with keys, labels and checksums, in life; whatever a user plugs in. */

import type { Address, Answer, Datagram, Request } from "../../engine/index.ts";

/** Another wire: plug it in by the option `codec`. Everybody in a group must have the same. */
export type Codec = {
  /** So many bytes at most it adds to what `sizeOfDatagram` says: the engine's `datagramBudget` is lowered by them. */
  readonly overhead: number;
  /** The same of what a caller says on a stream, for which `ExchangeLimits.longest` has to do. Without it, nothing is left for it. */
  readonly streamOverhead?: number;
  /** `version` is the greatest protocol version that the peer understands (`versions[1]`, memberlist's `PMax`), null if it is not known: checksums go to 5 and later only. */
  readonly encode: (message: Datagram, version: number | null) => Uint8Array;
  /** Never throws. */
  readonly decode: (packet: Uint8Array, from: Address) => DecodedPacket;
  /** `side`: does whoever opened the stream speak, or whoever answers? Labels are put on by the caller alone. */
  readonly encodeStream: (message: Request | Answer, side: StreamSide) => Uint8Array;
  /**
   * What the bytes of a stream so far come to; `side` is the side that sent them. Never throws, and never keeps `bytes`. Whoever hands back the `seen` of the
   * last answer spares it a second look at what it has looked through: then all looks together take time proportional to the bytes, however they come in.
   * Nobody asks again once it is a message: what was encrypted would be `replayed`.
   */
  readonly decodeStream: (bytes: Uint8Array, from: Address, side: StreamSide, seen?: StreamSeen) => DecodedBytes;
  /** An answer for a caller that we can't read, saying why (memberlist's `err`). Without it, such a caller is hung up on. */
  readonly encodeRefusal?: (why: string) => Uint8Array;
};

/** How far a codec has looked through the bytes of one stream: its own note to itself, a value, of which nobody else makes anything. */
export type StreamSeen = { readonly at: number };

/** Who says something on a stream: whoever opened it, or whoever answers. */
export type StreamSide = "caller" | "answerer";

/** Why something that came in was dropped: the label of a counter. */
export type DropReason =
  /** Not the format, or cut short. */
  | "malformed"
  /** The checksum does not fit. */
  | "damaged"
  /** In plain text, where encryption is required. */
  | "plain"
  /** None of our keys opens it, or it was altered. */
  | "undecipherable"
  /** Another group's label, or none where one is required, or one where none is. */
  | "label"
  /** More than we take in. */
  | "too-long"
  /** Seen before: the same encrypted packet, or the same encrypted stream, once more. */
  | "replayed"
  /** The peer could not read what we said on a stream, or did not like it, and said so. */
  | "refused";

/** What a datagram comes to. */
export type DecodedPacket =
  /** `unread` says why parts of it were passed over, if any were. */
  | { readonly ok: true; readonly message: Datagram; readonly unread: readonly string[] }
  | { readonly ok: false; readonly reason: DropReason; readonly why: string };

/** What the bytes of a stream so far come to. */
export type DecodedBytes =
  | { readonly kind: "message"; readonly message: Request | Answer; readonly unread: readonly string[] }
  /** All is well so far, but it is not all there: at least so many bytes are needed before it is worth another look. */
  | { readonly kind: "more"; readonly atLeast: number; readonly seen?: StreamSeen }
  | { readonly kind: "refused"; readonly reason: DropReason; readonly why: string };
