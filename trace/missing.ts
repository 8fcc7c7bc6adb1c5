/** Describes in words what is missing from a trace. */

import { type Header, type Index, type Place, VERSION } from "./schema.ts";
import { grouped, secondsText } from "./numeral.ts";

/** What was found. */
export type Findings = {
  readonly chunks: readonly Place[];
  /** The number after the last line of which there is a trace, readable or not. */
  readonly end: number;
  readonly header: Header | undefined;
  /** The version in the signature, if it is valid. */
  readonly signed: number | undefined;
  readonly index: Index | undefined;
  /** Is there an index, valid or not? */
  readonly hasIndexFrame: boolean;
  /** Bytes at the end that belong to no frame. */
  readonly tail: number;
};

/** `missing`: one or more sentences, or null if nothing is missing. `isHurt`: is more missing than the end, which is not written when the writer is stopped? */
export type Missing = { readonly missing: string | null; readonly isHurt: boolean };

export function whatIsMissing(findings: Findings): Missing {
  const { header, signed, index, chunks, end } = findings;
  const first = header?.first ?? 0;
  // Lines of a flight may also be missing because its recorder lost them.
  const fate = signed === VERSION ? "damaged" : "missing";
  const losses = [
    ...(header !== undefined && header.v !== signed ? ["the signature is damaged"] : []),
    ...(header === undefined ? ["the header is damaged: the trace's description is lost"] : []),
    ...gaps(chunks, first, fate),
    ...lateGap(chunks, index?.lines ?? Math.max(end, endOf(chunks.at(-1), first)), first, fate),
  ];
  const isUnended = index === undefined;
  const parts = isUnended ? [...losses, ending(findings)] : losses;
  return { missing: parts.length === 0 ? null : parts.join("; "), isHurt: losses.length > 0 || (isUnended && (findings.tail > 0 || findings.hasIndexFrame)) };
}

const endOf = (place: Place | undefined, first: number): number => (place === undefined ? first : place.first + place.count);

/** Lines that are in no chunk, between the chunks. */
function gaps(chunks: readonly Place[], first: number, fate: string): readonly string[] {
  return chunks.flatMap((chunk, number) => {
    const before = chunks[number - 1];
    if (chunk.first === endOf(before, first)) return [];
    const from = before === undefined ? "before" : `between ${secondsText(before.until)} and`;
    return [`${span(endOf(before, first), chunk.first)} (${from} ${secondsText(chunk.at)}) are ${fate}`];
  });
}

function lateGap(chunks: readonly Place[], lines: number, first: number, fate: string): readonly string[] {
  const last = chunks.at(-1);
  if (endOf(last, first) === lines) return [];
  return [`${span(endOf(last, first), lines)} (${last === undefined ? "all" : `from ${secondsText(last.until)} to the end`}) are ${fate}`];
}

const span = (from: number, to: number): string => `lines ${grouped(from)} to ${grouped(to - 1)}`;

/** There is no valid index: the writer was stopped, or the end of the file is lost. */
function ending({ chunks, tail, hasIndexFrame }: Findings): string {
  const last = chunks.at(-1);
  if (tail > 0) return `the last ${grouped(tail)} bytes are not a whole chunk: ${recovered(last)}`;
  return hasIndexFrame ? `the index is damaged: ${recovered(last)}` : unended(last);
}

/** The sentence for a trace whose end was not written. `last`: its last chunk. */
export const unended = (last: Place | undefined): string => `it ends without an index, as when its writer is stopped: ${recovered(last)}`;

const recovered = (last: Place | undefined): string => (last === undefined ? "no line was recovered" : `everything up to ${secondsText(last.until)} was recovered`);
