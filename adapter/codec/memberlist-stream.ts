/**
 * What memberlist says on streams: one message each way. The caller's label first, in the open; then either the message as it is, or
 * `10 length(4) version nonce ciphertext tag`, of which the head and the label are authenticated. The answerer puts no label in front, but authenticates it.
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

/** memberlist's type of what is encrypted on a stream. */
const ENCRYPTED = 10;
/** The type, and the length of what follows. */
const HEAD = 5;

/** The most that all this adds to what a caller says. Keys that may come later count already. */
export const streamOverheadOf = (dialect: Dialect): number => sizeOfLabel(dialect) + HEAD + sealedOverhead(dialect.cipherVersion);

export function encodeStreamIn(dialect: Dialect, message: Request | Answer, side: StreamSide): Uint8Array {
  const said = enveloped(dialect, encode(message));
  return side === "caller" ? addLabel(said, dialect.label) : said;
}

/** An answer, as any other. */
export const encodeRefusalIn = (dialect: Dialect, why: string): Uint8Array => enveloped(dialect, complaint(why));

function enveloped(dialect: Dialect, message: Uint8Array): Uint8Array {
  const packed = wrapStream(message, { compress: dialect.compress });
  // What packing made longer than peers take in goes as it is, though memberlist would send it.
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

/** What is authenticated besides: the head of the frame, and the label. */
const alongside = (frame: Uint8Array, rawLabel: Uint8Array): Uint8Array => Buffer.concat([frame.subarray(0, HEAD), rawLabel]);

export type Heard = { readonly bytes: Uint8Array; readonly from: Address; readonly side: StreamSide; readonly seen?: StreamSeen | undefined };

export function decodeStreamIn(dialect: Dialect, replays: Replays, { bytes, from, side, seen }: Heard): DecodedBytes {
  const unlabelled = stripLabel(bytes);
  // A label stands in the first bytes, and says in its second how long it is.
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

/** What was encrypted, once the frame is whole: not asked about before, nor remembered, so that one that grows is no repetition of itself. */
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
  // What we handed out ourselves with the last answer.
  const look = measureStream(bytes, seen as Progress | undefined);
  if (look.kind === "refused") return refused(reasonOf(look.why), look.why);
  return look.kind === "whole" ? { kind: "whole", message: bytes.subarray(0, look.length) } : { kind: "more", atLeast: look.atLeast, seen: look.progress };
}

/** A peer without keys cannot read us, and says so in plain text: that much is worth repeating. */
function plainly(bytes: Uint8Array, from: Address): string {
  const why = "in plain text, where encryption is required";
  const read = decodeStream(bytes.subarray(0, GLIMPSE), from, 0);
  return !read.ok && reasonOf(read.why) === "refused" ? `${why}; ${read.why}` : why;
}

/** A complaint is one sentence. */
const GLIMPSE = 512;

/** A message that is whole as far as the stream goes: what is wrong with it now, no more bytes will mend. */
function read(dialect: Dialect, message: Uint8Array, from: Address): DecodedBytes {
  if (message.length > dialect.longest) return tooLong(dialect, message.length);
  const decoded = decodeStream(message, from, dialect.longest);
  return decoded.ok ? { kind: "message", message: decoded.message, unread: decoded.unread } : refused(reasonOf(decoded.why), decoded.why);
}

const withinLimit = (dialect: Dialect, more: Extract<DecodedBytes, { kind: "more" }>): DecodedBytes =>
  more.atLeast > dialect.longest ? tooLong(dialect, more.atLeast) : more;

const tooLong = (dialect: Dialect, length: number): DecodedBytes => refused("too-long", `a message of at least ${length} bytes: more than ${dialect.longest}`);

const refused = (reason: DropReason, why: string): Extract<DecodedBytes, { kind: "refused" }> => ({ kind: "refused", reason, why });
