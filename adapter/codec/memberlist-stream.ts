/**
 * memberlist's streams: one message each way. First the caller's label, in plain text; then either the message as it is, or
 * `10 length(4) version nonce ciphertext tag`; head and label are authenticated. The answerer sends no label, but authenticates it.
 */

import {
  addLabel, decodeStream, encode, measureStream, stripLabel, wrapStream, type Address, type Answer, type Progress, type Request,
} from "../../engine/index.ts";
import { nonceOf, open, seal, sealedOverhead, sealedSize } from "./cipher.ts";
import type { DecodedBytes, DropReason, StreamSeen, StreamSide } from "./codec.ts";
import { complaint } from "./complaint.ts";
import { mislabelled, sealingKey, sizeOfLabel, type Dialect } from "./dialect.ts";
import type { Key } from "./keyring.ts";
import { reasonOf } from "./reason.ts";
import type { Replays } from "./replays.ts";

/** memberlist's type of an encrypted message on a stream. */
const ENCRYPTED = 10;
/** The type, and the length of what follows. */
const HEAD = 5;

/** The most bytes that the codec adds to a request. Keys that may be added later are allowed for. */
export const streamOverheadOf = (dialect: Dialect): number => sizeOfLabel(dialect) + HEAD + sealedOverhead(dialect.cipherVersion);

export function encodeStreamIn(dialect: Dialect, message: Request | Answer, side: StreamSide): Uint8Array {
  const said = enveloped(dialect, encode(message));
  return side === "caller" ? addLabel(said, dialect.label) : said;
}

/** A refusal, encrypted like any other answer. */
export const encodeRefusalIn = (dialect: Dialect, why: string): Uint8Array => enveloped(dialect, complaint(why));

function enveloped(dialect: Dialect, message: Uint8Array): Uint8Array {
  const packed = wrapStream(message, { compress: dialect.compress });
  // If compression makes it longer than peers accept, it is sent uncompressed. (memberlist would send it all the same.)
  const wrapped = packed.length > dialect.longest - streamOverheadOf(dialect) ? message : packed;
  const key = sealingKey(dialect);
  return key === undefined ? wrapped : sealed(dialect, wrapped, key);
}

function sealed({ cipherVersion, rawLabel }: Dialect, message: Uint8Array, key: Key): Uint8Array {
  const length = sealedSize(message.length, cipherVersion);
  const whole = new Uint8Array(HEAD + length);
  whole[0] = ENCRYPTED;
  new DataView(whole.buffer).setUint32(1, length);
  seal({ into: whole, at: HEAD }, message, key, cipherVersion, alongside(whole, rawLabel));
  return whole;
}

/** The additional authenticated data: the head of the frame, and the label. */
const alongside = (frame: Uint8Array, rawLabel: Uint8Array): Uint8Array => Buffer.concat([frame.subarray(0, HEAD), rawLabel]);

export type Heard = { readonly bytes: Uint8Array; readonly from: Address; readonly side: StreamSide; readonly seen?: StreamSeen | undefined };

export function decodeStreamIn(dialect: Dialect, replays: Replays, { bytes, from, side, seen }: Heard): DecodedBytes {
  const unlabelled = stripLabel(bytes);
  // The second byte of a label is its length.
  if (!unlabelled.ok) return unlabelled.cutShort ? { kind: "more", atLeast: 2 + (bytes[1] ?? 0) } : refused("malformed", unlabelled.why);
  const { label, rest } = unlabelled;
  if (bytes.length === 0) return { kind: "more", atLeast: 1 };
  if (side === "answerer" && label !== "") return refused("label", "a label, which an answer must not have");
  if (side === "caller" && label !== dialect.label) return refused("label", mislabelled(label, dialect.label));
  if (rest.length === 0) return { kind: "more", atLeast: bytes.length + 1 };
  const said = rest[0] === ENCRYPTED ? unsealed(dialect, replays, rest) : measured(dialect, rest, from, seen);
  if (said.kind === "more") return withinLimit(dialect, { ...said, atLeast: said.atLeast + (bytes.length - rest.length) });
  return said.kind === "refused" ? said : read(dialect, said.message, from);
}

type Whole = { readonly kind: "whole"; readonly message: Uint8Array };
type Look = Whole | Exclude<DecodedBytes, { kind: "message" }>;

/** Decrypts a frame once it is whole. Before that its nonce is neither checked nor remembered, so that an incomplete frame does not count as a replay of itself. */
function unsealed(dialect: Dialect, replays: Replays, frame: Uint8Array): Look {
  const keys = dialect.keys();
  if (keys.length === 0) return refused("undecipherable", "encrypted, and we have no key");
  if (frame.length < HEAD) return { kind: "more", atLeast: HEAD };
  const end = HEAD + new DataView(frame.buffer, frame.byteOffset).getUint32(1);
  if (frame.length < end) return { kind: "more", atLeast: end };
  const sealed = frame.subarray(HEAD, end);
  const nonce = nonceOf(sealed);
  if (replays.has(nonce)) return refused("replayed", "a replayed encrypted stream");
  const opened = open(sealed, keys, alongside(frame, dialect.rawLabel));
  if (!opened.ok) return refused("undecipherable", opened.why);
  replays.remember(nonce);
  return { kind: "whole", message: opened.message };
}

/** A plain message, once it is whole. */
function measured(dialect: Dialect, bytes: Uint8Array, from: Address, seen?: StreamSeen): Look {
  if (dialect.keys().length > 0 && dialect.verifyIncoming) return refused("plain", plainly(bytes, from));
  // `seen` is what we returned ourselves last time.
  const look = measureStream(bytes, seen as Progress | undefined);
  if (look.kind === "refused") return refused(reasonOf(look.why), look.why);
  return look.kind === "whole" ? { kind: "whole", message: bytes.subarray(0, look.length) } : { kind: "more", atLeast: look.atLeast, seen: look.progress };
}

/** A peer without keys cannot decrypt our request, and says so in plain text: its reason is included. */
function plainly(bytes: Uint8Array, from: Address): string {
  const why = "in plain text, where encryption is required";
  const read = decodeStream(bytes.subarray(0, GLIMPSE), from, 0);
  return !read.ok && reasonOf(read.why) === "refused" ? `${why}; ${read.why}` : why;
}

/** How many bytes are read for such a reason, which is one sentence. */
const GLIMPSE = 512;

/** Decodes a message that is complete: an error in it is final. */
function read(dialect: Dialect, message: Uint8Array, from: Address): DecodedBytes {
  if (message.length > dialect.longest) return tooLong(dialect, message.length);
  const decoded = decodeStream(message, from, dialect.longest);
  return decoded.ok ? { kind: "message", message: decoded.message, unread: decoded.unread } : refused(reasonOf(decoded.why), decoded.why);
}

const withinLimit = (dialect: Dialect, more: Extract<DecodedBytes, { kind: "more" }>): DecodedBytes =>
  more.atLeast > dialect.longest ? tooLong(dialect, more.atLeast) : more;

const tooLong = (dialect: Dialect, length: number): DecodedBytes => refused("too-long", `a message of at least ${length} bytes: more than ${dialect.longest}`);

const refused = (reason: DropReason, why: string): Extract<DecodedBytes, { kind: "refused" }> => ({ kind: "refused", reason, why });
