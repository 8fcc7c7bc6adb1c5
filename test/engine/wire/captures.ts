/** What real agents said on a real wire: test/engine/wire/captures.jsonl, whose first line tells where it comes from. */

import { readFileSync } from "node:fs";

/** One of memberlist's messages, or one record of a push-pull, by the field names of memberlist; bytes in hexadecimal. */
export type Said = Readonly<Record<string, string | number | boolean | null>>;

export type Capture = {
  readonly by: string;
  readonly over: "datagram" | "stream";
  /** What is in what, from the outside in. */
  readonly types: string;
  readonly label?: string;
  /** It was encrypted; `hex` is what was in it. */
  readonly under?: string;
  readonly hex: string;
  /** What a reference decoder made of it; missing if it is encrypted, or nonsense. */
  readonly says?: readonly Said[];
};

const [, ...lines] = readFileSync(new URL("captures.jsonl", import.meta.url), "utf8").trim().split("\n");

export const captures: readonly Capture[] = lines.map((line) => JSON.parse(line));

/** Bytes from hexadecimal, and to it. */
export const raw = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
