/** What real agents said on a real wire, encrypted: test/adapter/codec/encrypted.jsonl, whose first line tells where it comes from. */

import { readFileSync } from "node:fs";
import type { CipherVersion } from "../../../adapter/codec/cipher.ts";
import type { StreamSide } from "../../../adapter/codec/codec.ts";

export type EncryptedCapture = {
  readonly by: string;
  readonly over: "datagram" | "stream";
  readonly side?: StreamSide;
  readonly label?: string;
  readonly version: CipherVersion;
  readonly key: string;
  /** What was encrypted: what is in what, from the outside in. */
  readonly types: string;
  readonly hex: string;
};

const [, ...lines] = readFileSync(new URL("encrypted.jsonl", import.meta.url), "utf8").trim().split("\n");

export const encryptedCaptures: readonly EncryptedCapture[] = lines.map((line) => JSON.parse(line));

/** Every key that opens any of them. */
export const everyKey: readonly string[] = [...new Set(encryptedCaptures.map(({ key }) => key))];
