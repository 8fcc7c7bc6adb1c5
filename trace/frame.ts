/** Frames: payloads with a head that has their length and checksum. The layout is in `schema.ts`. */

import { checksum } from "./checksum.ts";
import { VERSION } from "./schema.ts";

/** The kinds of frames. */
export const kinds = { header: 1, chunk: 2, index: 3, key: 4, piece: 5 } as const;

const NAME = "swimlab";
const MARK = [0xf5, 0x73, 0x77] as const;
/** The bytes before a frame's payload. */
export const FRAME_HEAD = 16;

/** The first bytes of a file. */
export const signature = (version = VERSION): Uint8Array => Uint8Array.of(...Array.from(NAME, (letter) => letter.charCodeAt(0)), version);

/** Where the first frame begins. */
export const FIRST_FRAME = NAME.length + 1;

/** The version in a file's signature; undefined if it has none. */
export const versionOf = (bytes: Uint8Array): number | undefined =>
  Array.from(NAME).every((letter, at) => bytes[at] === letter.charCodeAt(0)) ? bytes[NAME.length] : undefined;

/** CRC-32 of the bytes from `start` up to `end`: `checksum`, or a host's own that is faster. */
export type Checksum = (bytes: Uint8Array, start: number, end: number) => number;

/** A frame whose payload is these parts, one after the other. */
export function frame(kind: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, FRAME_HEAD));
  let end = FRAME_HEAD;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  sealFrame(bytes, kind);
  return bytes;
}

/** Fills in the head of a frame whose payload is written already; `bytes` begins with room for it. `sum` may be a checksum of the caller's. */
export function sealFrame(bytes: Uint8Array, kind: number, sum: Checksum = checksum): void {
  const head = new DataView(bytes.buffer, bytes.byteOffset, FRAME_HEAD);
  bytes.set(MARK);
  bytes[MARK.length] = kind;
  head.setUint32(4, bytes.length - FRAME_HEAD, true);
  head.setUint32(8, sum(bytes, FRAME_HEAD, bytes.length), true);
  head.setUint32(12, checksum(bytes, 0, 12), true);
}

/** A frame that was found. */
export type Frame = {
  readonly kind: number;
  /** Where it begins in the file. */
  readonly offset: number;
  /** Null if it is damaged. */
  readonly payload: Uint8Array | null;
};

/** All frames of a file, and how many bytes at its end belong to none. */
export type Frames = { readonly frames: readonly Frame[]; readonly tail: number };

/**
 * Goes from frame to frame. Where there is none, it searches for the next mark with a valid head. A length is used only if the checksum
 * of its head is right and the file is that long, so a wrong length does no harm. Each byte is read once: time is linear in the file's length.
 */
export function framesIn(bytes: Uint8Array): Frames {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let at = Math.min(FIRST_FRAME, bytes.length);
  let end = at;
  while (at + FRAME_HEAD <= bytes.length) {
    if (!isHead(bytes, view, at)) {
      at++;
      continue;
    }
    const next = at + FRAME_HEAD + view.getUint32(4 + at, true);
    if (next > bytes.length) break;
    const isWhole = checksum(bytes, at + FRAME_HEAD, next) === view.getUint32(8 + at, true);
    frames.push({ kind: bytes[at + 3] ?? 0, offset: at, payload: isWhole ? bytes.subarray(at + FRAME_HEAD, next) : null });
    at = next;
    end = next;
  }
  return { frames, tail: bytes.length - end };
}

const isHead = (bytes: Uint8Array, view: DataView, at: number): boolean =>
  bytes[at] === MARK[0] && bytes[at + 1] === MARK[1] && bytes[at + 2] === MARK[2] && checksum(bytes, at, at + 12) === view.getUint32(at + 12, true);
