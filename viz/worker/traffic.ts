/** What was under way, and what happened, between two instants. */

import type { Instant } from "../../engine/index.ts";
import { everything, type Filter, parseFilter } from "../model/filter.ts";
import type { Happenings, Traffic } from "../model/picture.ts";
import { type MemberNumber, messageId } from "../model/run.ts";
import type { Chronicle } from "./chronicle.ts";
import { firstAtLeast } from "./column.ts";
import { factOfLine, factOfMessage } from "./fact.ts";
import { NONE } from "./lines.ts";

/** Messages sent longer ago than this are not searched for among those under way, in microseconds. */
const LONGEST_WAY = 2_000_000;
/** The usual latency, until enough messages have arrived to measure it. */
const USUAL = 500;
/** The most messages that are examined for one picture; if there are more, an even sample. */
const LOOKED = 200_000;

/** The filter with this text; matches everything if the text is invalid. */
export function filterOf(text: string, { roster }: Chronicle): Filter {
  if (text.trim() === "") return everything;
  const parsed = parseFilter(text, roster.ids);
  return parsed.ok ? parsed.filter : everything;
}

/** Messages that may have been under way between two instants, by index: all of them, or of very many every `step`th. */
export function sampledSends({ lines, messages }: Chronicle, from: Instant, to: Instant, most: number): { readonly places: Iterable<number>; readonly step: number } {
  const begin = lines.sends.at(firstAtLeast(lines.at, from - LONGEST_WAY));
  const end = firstAtLeast(lines.at, to + 1);
  const last = end >= lines.count ? messages.count : lines.sends.at(end);
  const first = Number.isNaN(begin) ? messages.count : begin;
  const step = Math.max(1, Math.ceil((last - first) / most));
  function* places(): Generator<number> {
    for (let place = first; place < last; place += step) {
      const arrivesAt = messages.arrivesAt.at(place);
      const sentAt = lines.at.at(messages.line.at(place));
      // Messages that were sent and arrived before are left out; how far a lost one came is unknown.
      if (sentAt >= from || arrivesAt >= from || (Number.isNaN(arrivesAt) && sentAt >= from - 4 * USUAL)) yield place;
    }
  }
  return { places: { [Symbol.iterator]: places }, step };
}

export function trafficBetween(chronicle: Chronicle, from: Instant, to: Instant, { filter, most }: { readonly filter: Filter; readonly most: number }): Traffic {
  const { lines, messages } = chronicle;
  const { places, step } = sampledSends(chronicle, from, to, LOOKED);
  const found: number[] = [];
  for (const place of places) {
    if (messages.target.at(place) !== NONE && (filter === everything || filter.fits(factOfMessage(chronicle, place)))) found.push(place);
  }
  const stride = Math.max(1, found.length / Math.max(1, most));
  const kept = stride === 1 ? found : Array.from({ length: Math.floor(found.length / stride) }, (_, n) => found[Math.floor(n * stride)] ?? 0);
  const column = (of: (place: number) => number): Iterable<number> => kept.map(of);
  return {
    from, to, count: kept.length, usual: usualWay(chronicle), leftOut: found.length * step - kept.length,
    id: Float64Array.from(column((place) => messageId(messages.line.at(place), messages.effect.at(place)))),
    source: Uint32Array.from(column((place) => lines.who.at(messages.line.at(place)))),
    target: Uint32Array.from(column((place) => messages.target.at(place))),
    kind: Uint8Array.from(column((place) => messages.kind.at(place))),
    sentAt: Float64Array.from(column((place) => lines.at.at(messages.line.at(place)))),
    arrivesAt: Float64Array.from(column((place) => messages.arrivesAt.at(place))),
    carries: Uint8Array.from(column((place) => messages.carries.at(place))),
  };
}

export function happeningsBetween(chronicle: Chronicle, from: Instant, to: Instant, { filter, most, members }: { readonly filter: Filter; readonly most: number; readonly members: readonly MemberNumber[] | null }): Happenings {
  const { lines } = chronicle;
  const wanted = members === null ? null : new Set(members);
  const found: number[] = [];
  for (let line = firstAtLeast(lines.at, from); line < lines.count && lines.at.at(line) <= to; line++) {
    if ((wanted === null || wanted.has(lines.who.at(line))) && filter.fits(factOfLine(chronicle, line))) found.push(line);
  }
  const step = Math.max(1, found.length / Math.max(1, most));
  const kept = step === 1 ? found : Array.from({ length: Math.floor(found.length / step) }, (_, n) => found[Math.floor(n * step)] ?? 0);
  return {
    count: kept.length,
    line: Uint32Array.from(kept),
    at: Float64Array.from(kept, (line) => lines.at.at(line)),
    who: Uint32Array.from(kept, (line) => lines.who.at(line)),
    kind: Uint8Array.from(kept, (line) => lines.kind.at(line)),
    leftOut: found.length - kept.length,
  };
}

/** The median latency of the last messages that arrived. */
export function usualWay({ lines, messages }: Chronicle): number {
  const ways: number[] = [];
  for (let place = messages.count - 1; place >= 0 && ways.length < 255; place--) {
    const way = messages.arrivesAt.at(place) - lines.at.at(messages.line.at(place));
    if (!Number.isNaN(way)) ways.push(way);
  }
  return ways.toSorted((one, other) => one - other)[ways.length >> 1] ?? USUAL;
}
