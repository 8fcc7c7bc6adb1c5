/**
 * The length of the message at the beginning of a stream. memberlist's messages have no length prefix, so they are scanned value by value. Each
 * scan goes on where the last one stopped, so that a long message that arrives in pieces costs no more than one that is complete at once.
 */

import { readerOf, skipHead, takeByte } from "./reader.ts";
import { readHeader, readPatchHeader, readUserHeader } from "./stream-body.ts";
import { refusal, TYPE } from "./type-byte.ts";

/** How far a stream was scanned: a value, to be passed with the same bytes and more. */
export type Progress = {
  /** The bytes before this place were scanned. */
  readonly at: number;
  /** How many msgpack values are to come, … */
  readonly values: number;
  /** … and how many raw bytes after them. */
  readonly rest: number;
  /** Is the first value a header that says how many follow? */
  readonly isHeader: boolean;
};

/** How far the message at the beginning of a stream reaches. */
export type Measured =
  | { readonly kind: "whole"; readonly length: number }
  /** At least `atLeast` bytes are needed before the message can be whole. */
  | { readonly kind: "more"; readonly atLeast: number; readonly progress: Progress }
  | { readonly kind: "refused"; readonly why: string };

/** Goes on scanning. Never throws; takes time proportional to the bytes that were not scanned before. */
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

/** The header is whole: scans what it announces. */
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

/** Skips as many of the values as are there; a list or map is skipped head first, then its items. */
function pass(bytes: Uint8Array, { at, values, rest, isHeader }: Progress): Passed {
  const reader = readerOf(bytes, at);
  let left = values;
  while (left > 0) {
    const before = reader.at;
    // Each remaining value takes at least one byte.
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
