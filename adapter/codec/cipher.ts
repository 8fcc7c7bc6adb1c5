/**
 * AES-GCM around a message, as in memberlist: `version(1) nonce(12) ciphertext tag(16)`. In version 0, of the first protocol, the message is
 * padded to whole blocks before. The plain text around it (a label, a stream's head) is authenticated with it.
 */

import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto";
import type { Key } from "./keyring.ts";

/** memberlist's encryption versions: 1 from protocol 2 on. */
export type CipherVersion = 0 | 1;

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const BLOCK = 16;

/** The most bytes that encryption adds to a message. */
export const sealedOverhead = (version: CipherVersion): number => VERSION + NONCE + TAG + (version === 0 ? BLOCK : 0);

/** The encrypted length of a message of `length` bytes. Padding is at least one byte: its last byte is its length. */
export const sealedSize = (length: number, version: CipherVersion): number =>
  VERSION + NONCE + TAG + (version === 0 ? length - (length % BLOCK) + BLOCK : length);

/** Random bytes for nonces, many at a time, because a call costs more than the bytes. */
const nonces = Buffer.alloc(NONCE * 256);
let spent = nonces.length;

function freshNonce(): Buffer {
  if (spent === nonces.length) {
    randomFillSync(nonces);
    spent = 0;
  }
  spent += NONCE;
  return nonces.subarray(spent - NONCE, spent);
}

/** Where to write an encrypted message: from `at` on there must be room for `sealedSize`. */
export type Place = { readonly into: Uint8Array; readonly at: number };

/** Encrypts a message with this key. `alongside` is authenticated, but not encrypted. No nonce is used twice (except by tests). */
export function seal({ into, at }: Place, message: Uint8Array, key: Key, version: CipherVersion, alongside: Uint8Array, nonce: Uint8Array = freshNonce()): void {
  const cipher = createCipheriv(key.algorithm, key.secret, nonce);
  if (alongside.length > 0) cipher.setAAD(alongside);
  into[at] = version;
  into.set(nonce, at + VERSION);
  into.set(cipher.update(version === 0 ? padded(message) : message), at + VERSION + NONCE);
  cipher.final();
  into.set(cipher.getAuthTag(), at + sealedSize(message.length, version) - TAG);
}

/** The result of decryption. `key`: the index of the key that fitted, 0 for the primary. */
export type Opened =
  | { readonly ok: true; readonly message: Uint8Array; readonly key: number }
  | { readonly ok: false; readonly why: string };

/** Decrypts with one of these keys, tried in this order. Never throws. */
export function open(sealed: Uint8Array, keys: readonly Key[], alongside: Uint8Array): Opened {
  const version = sealed[0] ?? 0;
  if (version > 1) return { ok: false, why: `encrypted in unknown version ${version}` };
  if (sealed.length < sealedSize(0, version === 0 ? 0 : 1)) return { ok: false, why: "too short to be encrypted" };
  for (const [place, key] of keys.entries()) {
    const plain = opened(sealed, key, alongside);
    if (plain === undefined) continue;
    const message = version === 0 ? unpadded(plain) : plain;
    return message === undefined ? { ok: false, why: "padded incorrectly" } : { ok: true, message, key: place };
  }
  return { ok: false, why: keys.length === 1 ? "our key does not decrypt it" : `none of our ${keys.length} keys decrypts it` };
}

/** The nonce of an encrypted message, as a text. Empty if there is none. */
export const nonceOf = (sealed: Uint8Array): string =>
  sealed.length < VERSION + NONCE ? "" : Buffer.from(sealed.buffer, sealed.byteOffset + VERSION, NONCE).toString("latin1");

function opened(sealed: Uint8Array, key: Key, alongside: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv(key.algorithm, key.secret, sealed.subarray(VERSION, VERSION + NONCE));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  if (alongside.length > 0) decipher.setAAD(alongside);
  const plain = decipher.update(sealed.subarray(VERSION + NONCE, sealed.length - TAG));
  try {
    decipher.final();
    return plain;
  } catch {
    // Node.js throws if the key is a different one, or the message was altered.
    return undefined;
  }
}

function padded(message: Uint8Array): Uint8Array {
  const more = BLOCK - (message.length % BLOCK);
  const whole = new Uint8Array(message.length + more).fill(more);
  whole.set(message);
  return whole;
}

function unpadded(whole: Uint8Array): Uint8Array | undefined {
  const more = whole.at(-1) ?? 0;
  if (more === 0 || more > BLOCK || whole.length % BLOCK !== 0) return undefined;
  for (let at = whole.length - more; at < whole.length; at++) if (whole[at] !== more) return undefined;
  return whole.subarray(0, whole.length - more);
}
