/**
 * How far the message reaches that a stream begins with. Nothing of memberlist's says so in front, so it is looked through value by value; and each
 * look goes on where the last one stopped, so that a long message that comes in bit by bit costs no more than one that is there at once.
 */

import { readerOf, skipHead, takeByte } from "./reader.ts";
import { readHeader, readPatchHeader, readUserHeader } from "./stream-body.ts";
import { refusal, TYPE } from "./type-byte.ts";

/** How far the bytes of a stream were looked through: a value, to be handed in with the same bytes and more. */
export type Progress = {
  /** All before it was looked through. */
  readonly at: number;
  /** So many values of msgpack are to come, … */
  readonly values: number;
  /** … and then so many bytes as they are. */
  readonly rest: number;
  /** Is the first value one that says how many follow? */
  readonly isHeader: boolean;
};

/** How far the message at the beginning of a stream reaches. */
export type Measured =
  | { readonly kind: "whole"; readonly length: number }
  /** At least so many bytes are needed before it can be whole. */
  | { readonly kind: "more"; readonly atLeast: number; readonly progress: Progress }
  | { readonly kind: "refused"; readonly why: string };

/** Looks on. Never throws; takes time proportional to the bytes that were not looked through before. */
export function measureStream(bytes: Uint8Array, progress?: Progress): Measured {
  if (progress === undefined || progress.at === 0) return begin(bytes);
  const passed = pass(bytes, progress);
  if (passed.kind !== "passed") return passed;
  if (progress.isHeader) return announced(bytes, passed.at);
  const length = passed.at + progress.rest;
  return length <= bytes.length ? { kind: "whole", length } : { kind: "more", atLeast: length, progress: { ...progress, at: passed.at, values: 0 } };
}

function begin(bytes: Uint8Array): Measured {
  const [type] = bytes;
  switch (type) {
    case undefined:
      return { kind: "more", atLeast: 1, progress: { at: 0, values: 0, rest: 0, isHeader: false } };
    case TYPE.pushPull:
    case TYPE.patch:
    case TYPE.user:
      return measureStream(bytes, { at: 1, values: 1, rest: 0, isHeader: true });
    case TYPE.ping:
    case TYPE.ack:
    case TYPE.compare:
    case TYPE.error:
    case TYPE.compressed:
      return measureStream(bytes, { at: 1, values: 1, rest: 0, isHeader: false });
    default:
      return { kind: "refused", why: refusal(type) };
  }
}

/** The header is whole, and says what follows it. */
function announced(bytes: Uint8Array, at: number): Measured {
  const reader = readerOf(bytes, 1, at);
  let values = 0;
  let rest = 0;
  if (bytes[0] === TYPE.user) rest = readUserHeader(reader);
  else if (bytes[0] === TYPE.patch) values = readPatchHeader(reader).records;
  else ({ records: values, userState: rest } = readHeader(reader));
  return reader.why === null ? measureStream(bytes, { at, values, rest, isHeader: false }) : { kind: "refused", why: reader.why };
}

type Passed = Exclude<Measured, { kind: "whole" }> | { readonly kind: "passed"; readonly at: number };

/** Passes over as many of the values as are there, heads of lists and maps before what is in them. */
function pass(bytes: Uint8Array, { at, values, rest, isHeader }: Progress): Passed {
  const reader = readerOf(bytes, at);
  let left = values;
  while (left > 0) {
    const before = reader.at;
    // Each value that is left takes a byte at least.
    if (reader.end - before < left) return { kind: "more", atLeast: before + left + rest, progress: { at: before, values: left, rest, isHeader } };
    const within = skipHead(reader, takeByte(reader));
    if (reader.missing > 0) {
      return { kind: "more", atLeast: reader.end + reader.missing + left - 1 + rest, progress: { at: before, values: left, rest, isHeader } };
    }
    if (reader.why !== null) return { kind: "refused", why: reader.why };
    left += within - 1;
  }
  return { kind: "passed", at: reader.at };
}
