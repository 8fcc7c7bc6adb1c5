/** The head of a chunk: which lines it has and when they happened, readable without unpacking the chunk. The layout is in `schema.ts`. */

import { type Instant, instant } from "../engine/index.ts";
import type { Place } from "./schema.ts";

/** The bytes of the head. */
export const CHUNK_HEAD = 28;

/** Encodes a head. */
export function chunkHead(place: Omit<Place, "offset">): Uint8Array {
  const bytes = new Uint8Array(CHUNK_HEAD);
  putChunkHead(bytes, 0, place);
  return bytes;
}

/** Writes a head into `bytes`, from `start` on. */
export function putChunkHead(bytes: Uint8Array, start: number, { first, count, at, until }: Omit<Place, "offset">): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, CHUNK_HEAD);
  view.setFloat64(0, first, true);
  view.setUint32(8, count, true);
  view.setFloat64(12, at, true);
  view.setFloat64(20, until, true);
}

/** Reads the head of a chunk whose frame begins at `offset`; undefined if it makes no sense. */
export function placeOf(payload: Uint8Array, offset: number): Place | undefined {
  const place = headOf(payload, offset);
  return place === undefined || place.count === 0 ? undefined : place;
}

/** The same for a key-frame, which has no lines. */
export function headOf(payload: Uint8Array, offset: number): Place | undefined {
  if (payload.length < CHUNK_HEAD) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, CHUNK_HEAD);
  const [first, count] = [view.getFloat64(0, true), view.getUint32(8, true)];
  const [at, until] = [moment(view, 12), moment(view, 20)];
  if (!Number.isSafeInteger(first) || first < 0 || at === undefined || until === undefined) return undefined;
  return { first, count, at, until, offset };
}

function moment(view: DataView, at: number): Instant | undefined {
  const point = view.getFloat64(at, true);
  return Number.isSafeInteger(point) ? instant(point) : undefined;
}
