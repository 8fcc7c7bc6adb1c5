/** The keyring, as operators turn it: what may be done, and what is refused with one clear sentence. */

import { describe, expect, test } from "vitest";
import { keyringOf } from "../../../adapter/codec/keyring.ts";
import { MemberError } from "../../../adapter/error.ts";

const key = (byte: number, length = 16): Uint8Array => new Uint8Array(length).fill(byte);
const text = (byte: number, length = 16): string => Buffer.from(key(byte, length)).toString("base64");

describe("a keyring", () => {
  test("holds keys of 16, 24 and 32 bytes, as bytes or as base64, and the first is the primary one", () => {
    const ring = keyringOf([key(1), text(2, 24), key(3, 32)]);
    expect(ring.list()).toEqual([{ key: text(1), isPrimary: true }, { key: text(2, 24), isPrimary: false }, { key: text(3, 32), isPrimary: false }]);
    expect(ring.keys().map(({ algorithm }) => algorithm)).toEqual(["aes-128-gcm", "aes-192-gcm", "aes-256-gcm"]);
  });

  test("takes the same key once", () => {
    const ring = keyringOf([key(1), text(1)]);
    ring.add(key(1));
    expect(ring.list()).toEqual([{ key: text(1), isPrimary: true }]);
  });

  test("that is empty gets its primary key with the first", () => {
    const ring = keyringOf([]);
    expect(ring.list()).toEqual([]);
    ring.add(key(1));
    ring.add(key(2));
    expect(ring.list()).toEqual([{ key: text(1), isPrimary: true }, { key: text(2), isPrimary: false }]);
  });

  test("uses what was added, removes what is not used, and rotates in one step", () => {
    const ring = keyringOf([key(1), key(2)]);
    ring.use(text(2));
    expect(ring.list().map((each) => each.key)).toEqual([text(2), text(1)]);
    ring.remove(key(1));
    ring.remove(key(1));
    expect(ring.list()).toEqual([{ key: text(2), isPrimary: true }]);
    ring.rotate(key(3));
    expect(ring.list()).toEqual([{ key: text(3), isPrimary: true }, { key: text(2), isPrimary: false }]);
  });

  test("hands out keys as values", () => {
    const ring = keyringOf([key(1)]);
    const before = ring.keys();
    ring.rotate(key(2));
    expect(before.map((each) => each.text)).toEqual([text(1)]);
  });
});

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof MemberError ? [error.code, error.message] : error;
  }
};

describe("what is refused", () => {
  test.for([0, 1, 15, 17, 23, 31, 33, 64])("a key of %i bytes", (length) => {
    const expected = ["bad-option", `a key of ${length} bytes: it must have 16, 24 or 32, for AES-128, AES-192 or AES-256`];
    expect(refusal(() => keyringOf([key(7, length)]))).toEqual(expected);
    expect(refusal(() => keyringOf([text(7, length)]))).toEqual(expected);
    expect(refusal(() => keyringOf([]).add(key(7, length)))).toEqual(expected);
  });

  test.for(["not a key at all", "AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODw==\n", "____AwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODx=="])("text that is no base64: %j", (wrong) => {
    const error = refusal(() => keyringOf([wrong]));
    expect(error).toEqual(["bad-option", expect.stringMatching(/^a key is not base64 text: /)]);
    expect(JSON.stringify(error), "no key ends up in a log").not.toContain(wrong);
  });

  test("using a key that was not added", () => {
    expect(refusal(() => keyringOf([key(1)]).use(key(2)))).toEqual(["bad-option", "the key to use is not in the keyring: add it first, on every member"]);
  });

  test("removing the primary key", () => {
    const ring = keyringOf([key(1), key(2)]);
    expect(refusal(() => ring.remove(key(1)))).toEqual(["bad-option", "the key to remove is the primary one, which encrypts: use another first, on every member"]);
    expect(ring.list().length).toBe(2);
  });
});
