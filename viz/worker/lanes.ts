/** The picture of space and time: which members have lanes, and the messages between them, one by one or, if there are too many, counted. */

import type { Instant } from "../../engine/index.ts";
import { everything, type Filter } from "../model/filter.ts";
import type { LaneDensity, LaneMarks, LaneMessages, LanesPicture, LanesWish } from "../model/picture-lanes.ts";
import { type MemberNumber, messageId } from "../model/run.ts";
import { codeIn, densityKinds } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { firstAtLeast } from "./column.ts";
import { factOfMessage, factOfSaying } from "./fact.ts";
import { NONE } from "./lines.ts";
import { announcedStretches, truthStretches } from "./stretches.ts";
import { filterOf, sampledSends, usualWay } from "./traffic.ts";

/** The most messages that are examined for one picture; if there are more, an even sample. */
const LOOKED = 400_000;
/** The most announcements that get marks. */
const MOST_MARKS = 4_000;

export function lanesPicture(chronicle: Chronicle, from: Instant, to: Instant, wish: LanesWish): LanesPicture {
  const filter = filterOf(wish.filter, chronicle);
  const usual = usualWay(chronicle);
  const sends = sampledSends(chronicle, from, to, LOOKED);
  const lanes = wish.focus === null ? allLanes(chronicle.roster.ids.length, wish.mostLanes) : lanesAround(chronicle, sends.places, wish.focus, wish.mostLanes);
  const fitting: number[] = [];
  for (const place of sends.places) if (isBetween(chronicle, lanes, place) && fits(chronicle, filter, place)) fitting.push(place);
  const isFew = sends.step === 1 && fitting.length <= wish.mostMessages;
  const members = lanes.binned === 1 ? lanes.first : [];
  return {
    from, to, usual, subject: wish.subject, lanes: Uint32Array.from(lanes.first), binned: lanes.binned, fitting: fitting.length * sends.step,
    messages: messagesIn(chronicle, lanes, isFew ? fitting : []),
    density: isFew ? null : densityIn(chronicle, lanes, fitting, { from, to, columns: wish.columns, weight: sends.step }),
    marks: marksIn(chronicle, lanes, filter, from, to),
    outages: truthStretches(chronicle, from, to, members).filter(({ code }) => code !== 1),
    beliefs: wish.subject === null ? [] : announcedStretches(chronicle, from, to, members, wish.subject),
  };
}

/** The first member of each lane, and the lane of each member; −1 for none. */
type Lanes = { readonly first: readonly MemberNumber[]; readonly binned: number; readonly laneOf: Int32Array };

function allLanes(members: number, most: number): Lanes {
  const binned = Math.max(1, Math.ceil(members / Math.max(1, most)));
  const first = Array.from({ length: Math.ceil(members / binned) }, (_, lane) => lane * binned);
  return { first, binned, laneOf: Int32Array.from({ length: members }, (_, who) => Math.floor(who / binned)) };
}

/** One member, and those with which it exchanges the most messages, in the order of their numbers. */
function lanesAround({ lines, messages, roster }: Chronicle, places: Iterable<number>, focus: MemberNumber, most: number): Lanes {
  const counts = new Map<MemberNumber, number>();
  for (const place of places) {
    const [source, target] = [lines.who.at(messages.line.at(place)), messages.target.at(place)];
    const other = source === focus ? target : target === focus ? source : NONE;
    if (other !== NONE && other !== focus) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  const partners = [...counts].toSorted(([one, often], [other, more]) => more - often || one - other).slice(0, Math.max(0, most - 1)).map(([who]) => who);
  const first = [focus, ...partners].toSorted((one, other) => one - other);
  const laneOf = new Int32Array(roster.ids.length).fill(-1);
  first.forEach((who, lane) => { laneOf[who] = lane; });
  return { first, binned: 1, laneOf };
}

const laneOf = ({ laneOf: places }: Lanes, who: number): number => places[who] ?? -1;

/** Is a message between two lanes? */
const isBetween = ({ lines, messages }: Chronicle, lanes: Lanes, place: number): boolean =>
  laneOf(lanes, lines.who.at(messages.line.at(place))) >= 0 && laneOf(lanes, messages.target.at(place)) >= 0;

const fits = (chronicle: Chronicle, filter: Filter, place: number): boolean => filter === everything || filter.fits(factOfMessage(chronicle, place));

function messagesIn({ lines, messages }: Chronicle, lanes: Lanes, places: readonly number[]): LaneMessages {
  return {
    count: places.length,
    id: Float64Array.from(places, (place) => messageId(messages.line.at(place), messages.effect.at(place))),
    source: Uint32Array.from(places, (place) => laneOf(lanes, lines.who.at(messages.line.at(place)))),
    target: Uint32Array.from(places, (place) => laneOf(lanes, messages.target.at(place))),
    kind: Uint8Array.from(places, (place) => messages.kind.at(place)),
    carries: Uint8Array.from(places, (place) => messages.carries.at(place)),
    sentAt: Float64Array.from(places, (place) => lines.at.at(messages.line.at(place))),
    arrivesAt: Float64Array.from(places, (place) => messages.arrivesAt.at(place)),
  };
}

const [PLAIN, LOST, SUSPECT, DEAD] = (["message", "lost", "tells-suspect", "tells-dead"] as const).map((word) => codeIn(densityKinds, word));

function densityIn({ lines, messages }: Chronicle, lanes: Lanes, places: readonly number[], { from, to, columns, weight }: { readonly from: Instant; readonly to: Instant; readonly columns: number; readonly weight: number }): LaneDensity {
  const counts = new Float32Array(lanes.first.length * columns);
  const tells = new Uint8Array(counts.length);
  let most = 0;
  for (const place of places) {
    const line = messages.line.at(place);
    const column = Math.max(0, Math.min(columns - 1, Math.floor(((lines.at.at(line) - from) / Math.max(1, to - from)) * columns)));
    const cell = laneOf(lanes, lines.who.at(line)) * columns + column;
    const carries = messages.carries.at(place);
    const kind = (carries & 4) !== 0 ? DEAD : (carries & 2) !== 0 ? SUSPECT : Number.isNaN(messages.arrivesAt.at(place)) ? LOST : PLAIN;
    counts[cell] = (counts[cell] ?? 0) + weight;
    tells[cell] = Math.max(tells[cell] ?? 0, kind ?? 0);
    most = Math.max(most, counts[cell] ?? 0);
  }
  return { columns, counts, tells, most };
}

function marksIn(chronicle: Chronicle, lanes: Lanes, filter: Filter, from: Instant, to: Instant): LaneMarks {
  const { sayings } = chronicle;
  const found: number[] = [];
  for (let saying = firstAtLeast(sayings.at, from); saying < sayings.at.length && sayings.at.at(saying) <= to && found.length < MOST_MARKS; saying++) {
    if (laneOf(lanes, sayings.who.at(saying)) >= 0 && (filter === everything || filter.fits(factOfSaying(chronicle, saying)))) found.push(saying);
  }
  return {
    count: found.length,
    line: Uint32Array.from(found, (saying) => sayings.line.at(saying)),
    at: Float64Array.from(found, (saying) => sayings.at.at(saying)),
    lane: Uint32Array.from(found, (saying) => laneOf(lanes, sayings.who.at(saying))),
    kind: Uint8Array.from(found, (saying) => sayings.kind.at(saying)),
    about: Uint32Array.from(found, (saying) => sayings.about.at(saying)),
    verdict: Uint8Array.from(found, (saying) => sayings.verdict.at(saying)),
  };
}
