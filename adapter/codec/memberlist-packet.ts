/** memberlist's datagrams, from the inside out: the message, compressed if that is shorter; a checksum; encryption; a label in plain text. */

import { addLabel, decode, encode, stripLabel, wrap, type Address, type Datagram } from "../../engine/index.ts";
import { nonceOf, open, seal, sealedOverhead, sealedSize } from "./cipher.ts";
import type { DecodedPacket, DropReason } from "./codec.ts";
import { mislabelled, sealingKey, sizeOfLabel, type Dialect } from "./dialect.ts";
import { looksEncrypted, looksPlain, reasonOf } from "./reason.ts";
import type { Replays } from "./replays.ts";

/** A checksum's type byte and its four bytes. */
const CHECKED = 5;
/** Messages up to this length never get shorter by compression, because the head alone takes half of it. Most acks are that short, so they are not compressed at all. */
export const INCOMPRESSIBLE = 24;
/** From this protocol version on a member understands checksums. */
const CRC_SINCE = 5;

/** The most bytes that the codec adds to a message. Keys that may be added later are allowed for, because the engine's budget is fixed. */
export function overheadOf(dialect: Dialect, hasKeyring: boolean): number {
  const { crc, cipherVersion, verifyOutgoing } = dialect;
  return (crc ? CHECKED : 0) + (hasKeyring && verifyOutgoing ? sealedOverhead(cipherVersion) : 0) + sizeOfLabel(dialect);
}

export function encodePacket(dialect: Dialect, message: Datagram, version: number | null): Uint8Array {
  const crc = dialect.crc && version !== null && version >= CRC_SINCE;
  const bytes = encode(message);
  const wrapped = wrap(bytes, { compress: dialect.compress && bytes.length > INCOMPRESSIBLE, crc });
  const key = sealingKey(dialect);
  if (key === undefined) return addLabel(wrapped, dialect.label);
  const sealed = new Uint8Array(sealedSize(wrapped.length, dialect.cipherVersion));
  seal({ into: sealed, at: 0 }, wrapped, key, dialect.cipherVersion, dialect.rawLabel);
  return addLabel(sealed, dialect.label);
}

export function decodePacket(dialect: Dialect, replays: Replays, packet: Uint8Array, from: Address): DecodedPacket {
  const unlabelled = stripLabel(packet);
  if (!unlabelled.ok) return dropped("malformed", unlabelled.why);
  const { label, rest } = unlabelled;
  if (label !== dialect.label) return dropped("label", mislabelled(label, dialect.label));
  return dialect.keys().length === 0 ? read(rest, from) : readSealed(dialect, replays, rest, from);
}

function readSealed(dialect: Dialect, replays: Replays, sealed: Uint8Array, from: Address): DecodedPacket {
  const nonce = nonceOf(sealed);
  // Checked before decryption, so that thousands of repeated packets cost us none.
  if (replays.has(nonce)) return dropped("replayed", "a replayed encrypted packet");
  const opened = open(sealed, dialect.keys(), dialect.rawLabel);
  if (opened.ok) {
    replays.remember(nonce);
    return read(opened.message, from);
  }
  if (!dialect.verifyIncoming) return read(sealed, from);
  return looksPlain(sealed, from) ? dropped("plain", "in plain text, where encryption is required") : dropped("undecipherable", opened.why);
}

function read(message: Uint8Array, from: Address): DecodedPacket {
  const decoded = decode(message, from);
  if (decoded.ok) return decoded;
  return dropped(looksEncrypted(message) ? "undecipherable" : reasonOf(decoded.why), decoded.why);
}

const dropped = (reason: DropReason, why: string): DecodedPacket => ({ ok: false, reason, why });
