/** Finds the chunks of a file: those of runs, and those that consist of a flight's key-frame and pieces. */

import { CHUNK_HEAD, headOf, placeOf } from "./chunk.ts";
import { flightChunk, type Framed } from "./flight/reader.ts";
import { type Frame, kinds } from "./frame.ts";
import { lineFrom } from "./line.ts";
import { unpack } from "./pack.ts";
import type { Body, Chunk, Line, Place } from "./schema.ts";
import { isBody, isLine } from "./shape.ts";
import { after, micros } from "../engine/index.ts";

/** A chunk that was found, and a function that unpacks it: undefined, or a sentence, if it is malformed. */
export type Found = { readonly place: Place; readonly unpacked: () => Chunk | string | undefined };

export type Findings = {
  readonly found: readonly Found[];
  /** The number after the last line of which there is a trace, readable or not. */
  readonly end: number;
};

/** The complete chunks of a file. Line numbers must ascend: a chunk that goes back is ignored. */
export function chunksIn(frames: readonly Frame[]): Findings {
  const found: Found[] = [];
  let flight: Flight | null = null;
  let next = 0;
  let end = 0;
  for (const { kind, offset, payload } of frames) {
    const isFlights = kind === kinds.key || kind === kinds.piece;
    if (payload === null || !(isFlights || kind === kinds.chunk)) {
      // After a damaged frame, a piece cannot continue the ones before it.
      if (payload === null) flight = null;
      continue;
    }
    const place = kind === kinds.key ? headOf(payload, offset) : placeOf(payload, offset);
    if (place === undefined || place.first < next) continue;
    end = Math.max(end, endOf(place));
    if (kind === kinds.chunk) found.push({ place, unpacked: () => chunkOf(payload, place) });
    else if (kind === kinds.key) flight = { key: payload, offset, pieces: [] };
    else if (flight === null || !follows(flight, place)) continue;
    else if (flight.pieces.push({ place, payload }) === 1) found.push(foundFlight(flight, place));
    else found.splice(-1, 1, foundFlight(flight, place));
    if (kind !== kinds.key) next = endOf(place);
  }
  return { found, end };
}

const endOf = (place: Place): number => place.first + place.count;

/** A key-frame, and the pieces after it so far. */
type Flight = { readonly key: Uint8Array; readonly offset: number; readonly pieces: Framed[] };

function follows({ key, pieces }: Flight, place: Place): boolean {
  const last = pieces.at(-1)?.place ?? headOf(key, 0);
  return last !== undefined && endOf(last) === place.first;
}

function foundFlight({ key, offset, pieces }: Flight, last: Place): Found {
  const first = pieces[0]?.place ?? last;
  const place: Place = { first: first.first, count: endOf(last) - first.first, at: first.at, until: last.until, offset };
  return { place, unpacked: () => flightChunk(key, pieces) };
}

function chunkOf(payload: Uint8Array, place: Place): Chunk | string | undefined {
  const unpacked = unpack(payload.subarray(CHUNK_HEAD));
  if (!unpacked.ok) return unpacked.why;
  const body = unpacked.value;
  const lines = isBody(body) ? linesOf(body, place) : undefined;
  return isBody(body) && lines !== undefined ? { first: place.first, states: body.states, lines, check: body.check, proof: "run" } : undefined;
}

/** The lines of a chunk, with their names and moments; undefined if one is malformed, or if their number differs from the head's. */
function linesOf(body: Body, { count, at }: Place): readonly Line[] | undefined {
  const lines: Line[] = [];
  let now = at;
  for (const stored of body.lines) {
    now = after(now, micros(stored[1]));
    const line = lineFrom(stored, now, body);
    if (!isLine(line)) return undefined;
    lines.push(line);
  }
  return lines.length === count ? lines : undefined;
}
