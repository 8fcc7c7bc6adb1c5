/** Reads a trace: everything that is intact, with a description of what is not. */

import { chunksIn, type Found } from "./found.ts";
import { type Frame, framesIn, kinds, versionOf } from "./frame.ts";
import { whatIsMissing } from "./missing.ts";
import { unpack } from "./pack.ts";
import { type Chunk, FLIGHT_VERSION, type Header, type Index, type Place, VERSION } from "./schema.ts";
import { isHeader, isIndex } from "./shape.ts";

/** A trace in memory. */
export type Trace = {
  readonly header: Header;
  /** The intact chunks, in order. Damaged ones are gaps between them. */
  readonly chunks: readonly Place[];
  /** The number of its first line: not 0 for a later file of a ring, whose earlier lines are in older files, or overwritten. */
  readonly first: number;
  /** The number after the last line that was written; null if that is unknown because the index is lost. */
  readonly lines: number | null;
  /** Is it complete? */
  readonly whole: boolean;
  /** If not: what is missing, in a sentence. */
  readonly missing: string | null;
  /** Is more missing than the end, which is not written when the writer is stopped? */
  readonly isHurt: boolean;
  /** Unpacks one of `chunks`. Fails if there is none of this number, or if it is malformed. */
  readonly readChunk: (index: number) => ReadChunk;
};

/** A chunk, or why it cannot be read. */
export type ReadChunk = { readonly ok: true; readonly chunk: Chunk } | { readonly ok: false; readonly why: string };
/** A trace, or why the bytes are none. */
export type OpenedTrace = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly why: string };

/** Opens a trace in memory, complete or not. Returns for any bytes; if they are no trace, it says why. O(length). */
export function openTrace(bytes: Uint8Array): OpenedTrace {
  const { frames, tail } = framesIn(bytes);
  const header = valueIn(frames, kinds.header, isHeader);
  const index = valueIn(frames, kinds.index, isIndex);
  const signed = versionOf(bytes);
  const version = header?.v ?? signed;
  if (version === undefined) return { ok: false, why: "this is not a trace: it does not begin like one" };
  if (version > FLIGHT_VERSION) {
    return { ok: false, why: `this trace is of version ${version}, and this swimlab reads versions ${VERSION} and ${FLIGHT_VERSION}: use a newer one` };
  }
  if (version < VERSION) {
    return { ok: false, why: `this trace is of version ${version}: its states are those of an older engine, which this one cannot replay; use the swimlab that wrote it` };
  }
  const { found, end } = chunksIn(frames);
  if (header === undefined && found.length === 0) {
    return { ok: false, why: `this trace ends or is damaged before anything in it can be read: it has ${bytes.length} bytes` };
  }
  const chunks = found.map(({ place }) => place);
  const { missing, isHurt } = whatIsMissing({ chunks, end, index, header, signed, hasIndexFrame: frames.some(({ kind }) => kind === kinds.index), tail });
  return {
    ok: true,
    trace: {
      header: header ?? { v: version, about: {} },
      chunks,
      first: header?.first ?? 0,
      lines: index?.lines ?? null,
      whole: missing === null,
      missing,
      isHurt,
      readChunk: (number) => {
        const chunk = found[number];
        return chunk === undefined ? { ok: false, why: `there is no chunk ${number}: there are ${found.length}` } : read(chunk);
      },
    },
  };
}

/** The value in the first frame of a kind, if it is intact and valid. */
function valueIn<T extends Header | Index>(frames: readonly Frame[], kind: number, isIt: (value: unknown) => value is T): T | undefined {
  const payload = frames.find((frame) => frame.kind === kind)?.payload;
  if (payload === null || payload === undefined) return undefined;
  const unpacked = unpack(payload);
  return unpacked.ok && isIt(unpacked.value) ? unpacked.value : undefined;
}

function read({ place, unpacked }: Found): ReadChunk {
  const chunk = unpacked();
  if (chunk === undefined) return { ok: false, why: `the chunk of line ${place.first} is malformed` };
  return typeof chunk === "string" ? { ok: false, why: `the chunk of line ${place.first} cannot be unpacked: ${chunk}` } : { ok: true, chunk };
}
