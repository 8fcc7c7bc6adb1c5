/** The log: which lines match a filter, from a line on, in either direction; and the next line of a kind. */

import { instant, type Instant } from "../../engine/index.ts";
import type { Filter } from "../model/filter.ts";
import type { LineNumber, MemberNumber } from "../model/run.ts";
import { announcementKinds, codeIn, lineKinds, verdicts } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { firstAtLeast } from "./column.ts";
import { factOfLine, sendsOf } from "./fact.ts";
import type { Place } from "./place.ts";
import type { AnswerTo, Says, Stride } from "./protocol.ts";
import { rowsAt } from "./rows.ts";

/** Strides between announcements. */
type OfSayings = Extract<Stride, { by: "status" | "verdict" | "announcement" }>;

/** How many lines are examined for one question: in columns only, and if each has to be replayed for its text. */
const [FAR, FAR_IN_WORDS] = [40_000, 4_000];
/** How many are replayed at a time for their text. */
const BATCH = 2_000;

/** The lines that match a filter, from one on, in either direction; `scanned` is where to continue. */
export function search(place: Place, { from, direction, most, filter }: Pick<Says<"search">, "from" | "direction" | "most"> & { readonly filter: Filter }): AnswerTo<"search"> {
  const { chronicle } = place;
  const total = chronicle.lines.count;
  const found: LineNumber[] = [];
  let line = Math.max(-1, Math.min(total, from));
  for (let looked = 0; looked < (filter.readsText ? FAR_IN_WORDS : FAR) && line >= 0 && line < total && found.length < most; ) {
    if (!filter.readsText) {
      if (filter.fits(factOfLine(chronicle, line))) found.push(line);
      line += direction;
      looked++;
      continue;
    }
    const batch = Array.from({ length: BATCH }, (_, n) => line + n * direction).filter((number) => number >= 0 && number < total);
    for (const row of rowsAt(place, batch)) {
      if (found.length < most && filter.fits(factOfLine(chronicle, row.line, () => `${row.what} ${row.asks}`))) found.push(row.line);
    }
    line = ((found.length >= most ? found.at(-1) : batch.at(-1)) ?? line) + direction;
    looked += batch.length;
  }
  return { lines: Uint32Array.from(found), scanned: line, isEnd: line < 0 || line >= total };
}

/** The line that a stride leads to. Uses only columns. */
export function strideFrom(place: Place, { at, line, direction, stride }: Pick<Says<"step">, "at" | "line" | "direction" | "stride">): { readonly at: Instant; readonly line: LineNumber } | null {
  const { lines, sayings } = place.chronicle;
  // After everything that has happened at the instant, or at the line of the cursor.
  const here = line ?? firstAtLeast(lines.at, at + 1) - 1;
  const first = direction === 1 ? here + 1 : line === null ? here : here - 1;
  if (stride.by === "status" || stride.by === "verdict" || stride.by === "announcement") {
    const fits = fitsSaying(stride);
    const [start] = sayings.within(first, first);
    const behind = direction === 1 ? start : sayings.within(first, first)[1] - 1;
    for (let saying = behind; saying >= 0 && saying < sayings.line.length; saying += direction) {
      if (fits(sayings.kind.at(saying), sayings.about.at(saying), sayings.verdict.at(saying))) return found(place, sayings.line.at(saying));
    }
    return null;
  }
  const fits = fitsLine(place, stride);
  for (let number = first; number >= 0 && number < lines.count; number += direction) if (fits(number)) return found(place, number);
  return null;
}

const found = ({ chronicle }: Place, line: LineNumber): { readonly at: Instant; readonly line: LineNumber } => ({ at: instant(chronicle.lines.at.at(line)), line });

function fitsLine({ chronicle }: Place, stride: Exclude<Stride, OfSayings>): (line: LineNumber) => boolean {
  switch (stride.by) {
    case "line":       return () => true;
    case "disruption": {
      const disrupted = codeIn(lineKinds, "disrupted");
      return (line) => chronicle.lines.kind.at(line) === disrupted;
    }
    case "broken": {
      const lines = new Set(chronicle.broken.map(({ line }) => line));
      return (line) => lines.has(line);
    }
    case "message": return fitsMessage(chronicle, stride);
    case "member": {
      const members = new Set(stride.members);
      return (line) => members.has(chronicle.lines.who.at(line));
    }
  }
}

function fitsMessage(chronicle: Chronicle, { member, isLost }: Extract<Stride, { by: "message" }>): (line: number) => boolean {
  const { lines, messages } = chronicle;
  return (line) => {
    if (member !== null && lines.who.at(line) !== member) return false;
    const sent = sendsOf(chronicle, line);
    return isLost ? sent.some((place) => Number.isNaN(messages.arrivesAt.at(place))) : sent.length > 0 || lines.received.at(line) >= 0;
  };
}

/** Announcements that change a belief about a member. */
const beliefs: ReadonlySet<number> = new Set((["joined", "suspected", "cleared", "failed", "left", "forgotten", "refuted"] as const).map((kind) => codeIn(announcementKinds, kind)));

function fitsSaying(stride: OfSayings): (kind: number, about: MemberNumber, verdict: number) => boolean {
  if (stride.by === "verdict") {
    const wanted = codeIn(verdicts, stride.of);
    return (_kind, _about, verdict) => verdict === wanted;
  }
  if (stride.by === "announcement") {
    const kinds = new Set(stride.kinds.map((kind) => codeIn(announcementKinds, kind)));
    return (kind) => kinds.has(kind);
  }
  const members = stride.members === null ? null : new Set(stride.members);
  return (kind, about) => beliefs.has(kind) && (members === null || members.has(about));
}
