/** AES-GCM around a message: sizes, padding, nonces. That it is memberlist's is shown by captures.test.ts. */

import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { nonceOf, open, seal, sealedOverhead, sealedSize, type CipherVersion } from "../../../adapter/codec/cipher.ts";
import { keyringOf } from "../../../adapter/codec/keyring.ts";
import { keyNumber } from "./messages.ts";

const keys = keyringOf([keyNumber(2)]).keys();
const [key] = keys;
if (key === undefined) throw new Error("no key");
const alongside = Buffer.from("blue");

const sealed = (message: Uint8Array, version: CipherVersion): Uint8Array => {
  const into = new Uint8Array(sealedSize(message.length, version));
  seal({ into, at: 0 }, message, key, version, alongside);
  return into;
};

describe("what is encrypted", () => {
  test.for([0, 1] as const)("in version %i is as long as was said, and opens to what it was", (version) => {
    for (let length = 0; length <= 48; length++) {
      const message = Uint8Array.from({ length }, (_, k) => k);
      const packet = sealed(message, version);
      expect(packet[0]).toBe(version);
      expect(packet.length - length).toBeLessThanOrEqual(sealedOverhead(version));
      const opened = open(packet, keys, alongside);
      expect(opened.ok && [...opened.message]).toEqual([...message]);
    }
  });

  test("never has the nonce of another", () => {
    const nonces = new Set(Array.from({ length: 2_000 }, () => nonceOf(sealed(new Uint8Array(3), 1))));
    expect(nonces.size).toBe(2_000);
    expect([...nonces].every(({ length }) => length === 12)).toBe(true);
  });

  test("has no nonce if it is too short for one", () => {
    expect([nonceOf(new Uint8Array()), nonceOf(new Uint8Array(12))]).toEqual(["", ""]);
  });
});

describe("version 0, by somebody with our key who cannot pad", () => {
  const padded = (plain: readonly number[]): Uint8Array => {
    const nonce = new Uint8Array(12).fill(7);
    const cipher = createCipheriv(key.algorithm, key.secret, nonce).setAAD(alongside);
    const body = Buffer.concat([cipher.update(Uint8Array.from(plain)), cipher.final()]);
    return Uint8Array.of(0, ...nonce, ...body, ...cipher.getAuthTag());
  };
  const filled = (length: number, ...end: readonly number[]): readonly number[] => [...Array.from({ length: length - end.length }, () => 9), ...end];

  test.for([
    ["no padding", filled(16, 0)],
    ["more than a block of it", filled(32, 17)],
    ["not as much as it says", filled(16, 9, 3, 3)],
    ["not whole blocks", filled(33, 1)],
  ] as const)("%s", ([, plain]) => {
    expect(open(padded(plain), keys, alongside)).toEqual({ ok: false, why: "padded incorrectly" });
  });

  test("less than a block is too short, whatever is in it", () => {
    expect(open(padded([1]), keys, alongside)).toEqual({ ok: false, why: "too short to be encrypted" });
  });

  test("a whole block of padding is nothing", () => {
    const opened = open(padded(Array.from({ length: 16 }, () => 16)), keys, alongside);
    expect(opened.ok && opened.message.length).toBe(0);
  });
});
