/** Reads a trace: all that is whole of it, and says what is not. */

import { after, micros } from "../engine/index.ts";
import { CHUNK_HEAD, placeOf } from "./chunk.ts";
import { type Frame, framesIn, kinds, versionOf } from "./frame.ts";
import { lineFrom } from "./line.ts";
import { whatIsMissing } from "./missing.ts";
import { unpack } from "./pack.ts";
import { type Body, type Chunk, type Header, type Index, type Line, type Place, VERSION } from "./schema.ts";
import { isBody, isHeader, isIndex, isLine } from "./shape.ts";

/** A trace in memory. */
export type Trace = {
  readonly header: Header;
  /** The chunks that are whole, in order. Those that are not are gaps between them. */
  readonly chunks: readonly Place[];
  /** How many lines the run wrote; null if the index is lost, and nobody knows. */
  readonly lines: number | null;
  /** Is everything there that was written? */
  readonly whole: boolean;
  /** If not: what is missing, in a sentence. */
  readonly missing: string | null;
  /** One of `chunks`, unpacked. Fails if there is none of this number, or if somebody wrote a chunk that is none. */
  readonly readChunk: (index: number) => ReadChunk;
};

export type ReadChunk = { readonly ok: true; readonly chunk: Chunk } | { readonly ok: false; readonly why: string };
export type OpenedTrace = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly why: string };

/** Opens a trace that lies in memory whole, or as much of it as there is. Any bytes are fine; of those that are no trace it says why. O(length). */
export function openTrace(bytes: Uint8Array): OpenedTrace {
  const { frames, tail } = framesIn(bytes);
  const header = valueIn(frames, kinds.header, isHeader);
  const index = valueIn(frames, kinds.index, isIndex);
  const found = chunksIn(frames);
  const signed = versionOf(bytes);
  const version = header?.v ?? signed;
  if (version === undefined) return { ok: false, why: "this is not a trace: it does not begin like one" };
  if (version > VERSION) {
    return { ok: false, why: `this trace is of version ${version}, and this swimlab reads version ${VERSION}: take a newer one` };
  }
  if (version < VERSION) {
    return { ok: false, why: `this trace is of version ${version}: its states are those of an older engine, which this one cannot play; take the swimlab that wrote it` };
  }
  if (header === undefined && found.length === 0) {
    return { ok: false, why: `this trace ends or is damaged before anything can be read of it: it has ${bytes.length} bytes` };
  }
  const chunks = found.map(({ place }) => place);
  const missing = whatIsMissing({ chunks, index, header, signed, hasIndexFrame: frames.some(({ kind }) => kind === kinds.index), tail });
  return {
    ok: true,
    trace: {
      header: header ?? { v: version, about: {} },
      chunks,
      lines: index?.lines ?? null,
      whole: missing === null,
      missing,
      readChunk: (number) => {
        const chunk = found[number];
        return chunk === undefined ? { ok: false, why: `there is no chunk ${number}: there are ${found.length}` } : chunkOf(chunk);
      },
    },
  };
}

/** What the first frame of a kind says, if it is whole and makes sense. */
function valueIn<T extends Header | Index>(frames: readonly Frame[], kind: number, isIt: (value: unknown) => value is T): T | undefined {
  const payload = frames.find((frame) => frame.kind === kind)?.payload;
  if (payload === null || payload === undefined) return undefined;
  const unpacked = unpack(payload);
  return unpacked.ok && isIt(unpacked.value) ? unpacked.value : undefined;
}

type Found = { readonly place: Place; readonly payload: Uint8Array };

/** The whole chunks. Lines go up: what would go back is no part of this trace. */
function chunksIn(frames: readonly Frame[]): readonly Found[] {
  const found: Found[] = [];
  let next = 0;
  for (const { kind, offset, payload } of frames) {
    if (kind !== kinds.chunk || payload === null) continue;
    const place = placeOf(payload, offset);
    if (place === undefined || place.first < next) continue;
    found.push({ place, payload });
    next = place.first + place.count;
  }
  return found;
}

function chunkOf({ place, payload }: Found): ReadChunk {
  const unpacked = unpack(payload.subarray(CHUNK_HEAD));
  if (!unpacked.ok) return { ok: false, why: `the chunk of line ${place.first} cannot be unpacked: ${unpacked.why}` };
  const body = unpacked.value;
  const lines = isBody(body) ? linesOf(body, place) : undefined;
  if (!isBody(body) || lines === undefined) return { ok: false, why: `the chunk of line ${place.first} does not hold what a chunk holds` };
  return { ok: true, chunk: { first: place.first, states: body.states, lines, check: body.check } };
}

/** The lines of a chunk, with their names and moments; undefined if one is none, or if they are more or fewer than the head says. */
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
