/** Encodes and decodes messages: memberlist's wire format with keys, labels and checksums, or a codec of the user's. */

import type { Address, Answer, Datagram, Request } from "../../engine/index.ts";

/** A wire format. The option `codec` takes another one, which all members of a group must share. */
export type Codec = {
  /** How many bytes it adds at most to what `sizeOfDatagram` says: the engine's `datagramBudget` is lowered by them. */
  readonly overhead: number;
  /** The same for what a caller sends on a stream, within `ExchangeLimits.longest`. Default 0. */
  readonly streamOverhead?: number;
  /** `version` is the greatest protocol version that the peer understands (`versions[1]`, memberlist's `PMax`), null if unknown: checksums are sent only to 5 and later. */
  readonly encode: (message: Datagram, version: number | null) => Uint8Array;
  /** Never throws. */
  readonly decode: (packet: Uint8Array, from: Address) => DecodedPacket;
  /** `side`: who speaks, the caller that opened the stream or the answerer. Only the caller adds a label. */
  readonly encodeStream: (message: Request | Answer, side: StreamSide) => Uint8Array;
  /**
   * Decodes the bytes of a stream so far; `side` is the side that sent them. Never throws, and never keeps `bytes`. If the caller hands back the `seen` of the last
   * result, nothing is looked through twice, and all calls together take time proportional to the bytes. Not called again after it returned a message, because
   * an encrypted one would be `replayed`.
   */
  readonly decodeStream: (bytes: Uint8Array, from: Address, side: StreamSide, seen?: StreamSeen) => DecodedBytes;
  /** An answer to a caller that we cannot read, saying why (memberlist's `err`). Without it, the stream is closed. */
  readonly encodeRefusal?: (why: string) => Uint8Array;
};

/** How far a codec has looked through the bytes of one stream; only the codec itself interprets it. */
export type StreamSeen = { readonly at: number };

/** A side of a stream: the one that opened it, or the one that answers. */
export type StreamSide = "caller" | "answerer";

/** Why a packet or stream was dropped: the label of a counter. */
export type DropReason =
  /** Another format, or cut short. */
  | "malformed"
  /** The checksum does not fit. */
  | "damaged"
  /** In plain text, but encryption is required. */
  | "plain"
  /** None of our keys decrypts it, or it was altered. */
  | "undecipherable"
  /** Another label, none where one is required, or one where none is expected. */
  | "label"
  /** Longer than we accept. */
  | "too-long"
  /** The same encrypted packet or stream came before. */
  | "replayed"
  /** The peer answered on a stream that it could not read our message, or refused it. */
  | "refused";

/** A decoded datagram, or why it was dropped. */
export type DecodedPacket =
  /** `unread` says why parts of it were skipped, if any were. */
  | { readonly ok: true; readonly message: Datagram; readonly unread: readonly string[] }
  | { readonly ok: false; readonly reason: DropReason; readonly why: string };

/** What the bytes of a stream so far hold. */
export type DecodedBytes =
  | { readonly kind: "message"; readonly message: Request | Answer; readonly unread: readonly string[] }
  /** Valid so far, but incomplete: at least `atLeast` bytes in all are needed. */
  | { readonly kind: "more"; readonly atLeast: number; readonly seen?: StreamSeen }
  | { readonly kind: "refused"; readonly reason: DropReason; readonly why: string };
