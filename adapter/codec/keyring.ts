/** The keys of a group: the primary encrypts, all decrypt. They can be changed while a member runs, without losing a packet. */

import { createSecretKey, type CipherGCMTypes, type KeyObject } from "node:crypto";
import { isUint8Array } from "node:util/types";
import { MemberError } from "../error.ts";

/** A key, ready for use. */
export type Key = {
  /** In base64, as operators know it. */
  readonly text: string;
  readonly secret: KeyObject;
  readonly algorithm: CipherGCMTypes;
};

/** As memberlist's `Keyring`: changes take effect with the next packet, and impossible ones throw a `MemberError` (`bad-option`). */
export type Keyring = {
  /** All keys in base64, the primary first. */
  readonly list: () => readonly { readonly key: string; readonly isPrimary: boolean }[];
  /** Decrypts with this key as well from now on. The first key added becomes the primary. Adding a key twice is no error. */
  readonly add: (key: string | Uint8Array) => void;
  /** Encrypts with this key from now on; it must have been added. */
  readonly use: (key: string | Uint8Array) => void;
  /** Forgets this key. The primary cannot be removed; removing an unknown key is no error. */
  readonly remove: (key: string | Uint8Array) => void;
  /** `add` and `use` at once; the other keys stay. */
  readonly rotate: (key: string | Uint8Array) => void;
  /** For ciphers, the primary first. An immutable list. */
  readonly keys: () => readonly Key[];
};

/** A keyring with these AES keys of 16, 24 or 32 bytes, as bytes or base64 text. The first is the primary one; without any, nothing is encrypted until one is added. */
export function keyringOf(keys: readonly (string | Uint8Array)[]): Keyring {
  let held: readonly Key[] = [];
  const find = (key: Key): Key | undefined => held.find(({ text }) => text === key.text);
  const add = (key: string | Uint8Array): void => {
    const added = keyOf(key);
    if (find(added) === undefined) held = [...held, added];
  };
  const use = (key: string | Uint8Array): void => {
    const used = find(keyOf(key));
    if (used === undefined) throw new MemberError("bad-option", "the key to use is not in the keyring: add it first, on every member");
    held = [used, ...held.filter((other) => other !== used)];
  };
  const remove = (key: string | Uint8Array): void => {
    const removed = find(keyOf(key));
    if (removed === undefined) return;
    if (removed === held[0]) throw new MemberError("bad-option", "the key to remove is the primary one, which encrypts: use another first, on every member");
    held = held.filter((other) => other !== removed);
  };
  for (const key of keys) add(key);
  return {
    list: () => held.map(({ text }, place) => ({ key: text, isPrimary: place === 0 })),
    add,
    use,
    remove,
    rotate: (key) => {
      add(key);
      use(key);
    },
    keys: () => held,
  };
}

/** By the length of a key, in bytes. */
const ALGORITHMS: Readonly<Record<number, CipherGCMTypes>> = { 16: "aes-128-gcm", 24: "aes-192-gcm", 32: "aes-256-gcm" };

/** Parses a key. Error messages never contain the key itself, because they end up in logs. */
function keyOf(key: string | Uint8Array): Key {
  if (typeof key !== "string" && !isUint8Array(key)) throw new MemberError("bad-option", "a key is base64 text or a Uint8Array");
  const raw = Buffer.from(typeof key === "string" ? Buffer.from(key, "base64") : key);
  const text = raw.toString("base64");
  if (typeof key === "string" && text !== key) throw new MemberError("bad-option", "a key is not base64 text: 24, 32 or 44 characters, as `serf keygen` and `consul keygen` print them");
  const algorithm = ALGORITHMS[raw.length];
  if (algorithm === undefined) throw new MemberError("bad-option", `a key of ${raw.length} bytes: it must have 16, 24 or 32, for AES-128, AES-192 or AES-256`);
  return { text, secret: createSecretKey(raw), algorithm };
}
