/** Several files of one recording as one trace: what a ring of files holds, oldest first. */

import { unended } from "./missing.ts";
import { grouped, secondsText } from "./numeral.ts";
import { openTrace, type Trace } from "./reader.ts";
import type { Place } from "./schema.ts";

type Placed = { readonly trace: Trace; readonly number: number; readonly place: Place };

/**
 * Joins the parts of one recording, in any order. Places say where chunks are in their own files. Undefined without parts.
 */
export function joinTraces(parts: readonly Trace[]): Trace | undefined {
  const ordered = parts.toSorted((one, other) => one.first - other.first);
  const [oldest] = ordered;
  const newest = ordered.at(-1);
  if (oldest === undefined || newest === undefined || ordered.length === 1) return oldest;
  const placed: Placed[] = [];
  for (const trace of ordered) {
    for (const [number, place] of trace.chunks.entries()) if (place.first >= endOf(placed.at(-1)?.place, oldest)) placed.push({ trace, number, place });
  }
  const lost = between(ordered);
  // The same file may be given twice, under two names.
  const missing = [...new Set(ordered.flatMap((part) => (isOnlyBegun(part) ? unended(placed.at(-1)?.place) : part.missing ?? []))), ...lost];
  return {
    header: newest.header,
    chunks: placed.map(({ place }) => place),
    first: oldest.first,
    lines: newest.lines,
    whole: missing.length === 0,
    missing: missing.length === 0 ? null : missing.join("; "),
    isHurt: lost.length > 0 || ordered.some(({ isHurt }) => isHurt),
    readChunk: (number) => {
      const found = placed[number];
      return found === undefined ? { ok: false, why: `there is no chunk ${number}: there are ${placed.length}` } : found.trace.readChunk(found.number);
    },
  };
}

/** Does it contain nothing but its header? */
const isOnlyBegun = ({ chunks, missing, isHurt }: Trace): boolean => chunks.length === 0 && missing !== null && !isHurt;

const endOf = (place: Place | undefined, { first }: Trace): number => (place === undefined ? first : place.first + place.count);

/** Lines between two files that are in neither: a file, or its end, was removed. */
function between(ordered: readonly Trace[]): readonly string[] {
  return ordered.slice(1).flatMap((trace, number) => {
    const before = ordered[number];
    const last = before?.chunks.at(-1);
    const end = before === undefined ? 0 : (before.lines ?? endOf(last, before));
    if (end >= trace.first) return [];
    const since = last === undefined ? "" : ` (from ${secondsText(last.until)} on)`;
    return [`lines ${grouped(end)} to ${grouped(trace.first - 1)}${since} are missing`];
  });
}

/** A file of bytes, and what to call it. */
export type Part = { readonly name: string; readonly bytes: Uint8Array };

/** A trace, and the names of the files that it was made from. */
export type Recording = { readonly names: readonly string[]; readonly trace: Trace };

/** The contents of some files: the recordings, each joined from the files of one life of one member; and the files that cannot be read. */
export type Recordings = { readonly recordings: readonly Recording[]; readonly unread: readonly { readonly name: string; readonly why: string }[] };

/**
 * Opens files, in any order, and joins those of one life of one member. A process that was killed may leave a newest file without a complete
 * header: it is reported, and the others are read.
 */
export function openParts(parts: readonly Part[]): Recordings {
  const unread: { readonly name: string; readonly why: string }[] = [];
  const groups = new Map<string, { readonly names: string[]; readonly traces: Trace[] }>();
  for (const { name, bytes } of parts) {
    const opened = openTrace(bytes);
    if (!opened.ok && bytes.length === 0) {
      unread.push({ name, why: "it is empty: its writer was stopped before it wrote anything" });
      continue;
    }
    if (!opened.ok) {
      unread.push({ name, why: opened.why });
      continue;
    }
    const { member, bornAt, by } = opened.trace.header.about;
    const key = by === "flight-recorder" ? `${member} ${bornAt}` : `file ${name}`;
    const group = groups.get(key) ?? { names: [], traces: [] };
    group.names.push(name);
    group.traces.push(opened.trace);
    groups.set(key, group);
  }
  const recordings = Array.from(groups.values()).flatMap(({ names, traces }): readonly Recording[] => {
    const trace = joinTraces(traces);
    return trace === undefined ? [] : [{ names, trace }];
  });
  return { recordings, unread };
}
