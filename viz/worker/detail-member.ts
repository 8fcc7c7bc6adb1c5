/** All details of a member at a place: what it holds, waits for, tells and has done last. */

import { broadcastsWaiting, claimed, type Claim, deadlines, type Errand, find, instant, type Instant, livingIn, type MemberId, membersOf, NEVER, rumoursIn, rumoursWaiting, type State, subject, tellLimit } from "../../engine/index.ts";
import type { HeldDetail, HeldSuspicion, HeldSuspicions, LineRow, MemberDetail, SuspicionDetail } from "../model/detail.ts";
import type { LineNumber, MemberNumber } from "../model/run.ts";
import { existences, statuses, wordIn } from "../model/words.ts";
import { accusersOf } from "./accusers.ts";
import { entriesOf } from "./agenda.ts";
import { countersOf } from "./counters.ts";
import type { Place } from "./place.ts";
import { rowsAt } from "./rows.ts";

/** How many entries of a list are shown, how many lines, and how far back they are searched. */
const [MOST, LAST, FAR] = [200, 25, 300_000];

/** `search` filters the view: a part of a name, or a status. */
export function memberDetail(place: Place, at: MemberDetail["at"], who: MemberNumber, search: string): MemberDetail | null {
  if (place.chronicle.roster.ids[who] === undefined) return null;
  const state = place.states[who];
  return {
    who, at, existence: wordIn(existences, place.truth.of(who)), held: state === undefined ? null : heldBy(place, who, state, search.trim().toLowerCase()),
    accusers: accusersOf(place, who), counters: countersOf(place, who), last: lastLines(place, who),
  };
}

function heldBy(place: Place, who: MemberNumber, state: State, search: string): HeldDetail {
  const { self, config, probe } = state;
  const number = (id: MemberId): MemberNumber => place.chronicle.roster.numberOf(id) ?? -1;
  const attempt = probe.attempt;
  const runs = runsTime(place, who);
  return {
    address: self.address,
    incarnation: self.incarnation,
    health: state.health,
    healthMax: config.healthMax,
    phase: state.phase.kind,
    seq: state.seq,
    clockAhead: place.chronicle.skews.aheadOf(who, place.cursor.lines),
    ...viewOf(place, who, state, search),
    suspicions: suspicionsOf(place, who, state),
    rumours: rumoursIn(state.rumours).slice(0, MOST).map(({ claim, told }) => ({
      about: number(subject(claim)), says: statusOf(claim), incarnation: claimed(claim), told, limit: tellLimit(config, livingIn(state.view)),
    })),
    deadlines: deadlines(state).filter(({ at }) => at < NEVER).map(({ kind, at }) => ({ kind, at: runs(at) })).toSorted((one, other) => one.at - other.at),
    probe: attempt === null ? null : {
      ...attempt, startedAt: runs(attempt.startedAt), askRelaysAt: runs(attempt.askRelaysAt), failsAt: runs(attempt.failsAt), target: number(attempt.target), relays: attempt.relays.map(number),
    },
    telling: rumoursWaiting(state.rumours),
    broadcasts: broadcastsWaiting(state.mail),
    errands: entriesOf(state.errands).slice(0, MOST).map(({ item }) => errandOf(place, item, runs)).toSorted((one, other) => one.sentAt - other.sentAt),
    oddities: Object.fromEntries(Object.entries(state.oddities).filter(([, count]) => count > 0)),
  };
}

/** Converts instants of a member's own clock to the run's, by their present difference. */
function runsTime({ chronicle: { skews }, cursor }: Place, who: MemberNumber): (at: Instant) => Instant {
  const ahead = skews.aheadOf(who, cursor.lines);
  return ahead === 0 ? (at) => at : (at) => instant(at - ahead);
}

const statusOf = (claim: Claim): "alive" | "suspect" | "dead" | "left" => claim.kind;

const errandOf = ({ chronicle: { roster } }: Place, { target, sentAt, until, client }: Errand, runs: (at: Instant) => Instant): HeldDetail["errands"][number] =>
  ({ target: roster.numberOf(target) ?? -1, client: client.kind === "peer" ? (roster.at(client.address) ?? -1) : -1, sentAt: runs(sentAt), until: runs(until) });

function viewOf({ chronicle: { roster }, truth, errors }: Place, who: MemberNumber, { view }: State, search: string): Pick<HeldDetail, "counts" | "view" | "viewFound"> {
  const counts = { unknown: 0, alive: 0, suspect: 0, dead: 0, left: 0 };
  const found: HeldDetail["view"][number][] = [];
  const side = truth.sideOf(who, roster.ids);
  const fits = (id: string, status: string): boolean => search === "" || id.toLowerCase().includes(search) || status.startsWith(search);
  for (const { id, status, incarnation } of membersOf(view)) {
    counts[status]++;
    if (!fits(id, status)) continue;
    const about = roster.numberOf(id) ?? -1;
    found.push({ about, status, incarnation, isWrong: about >= 0 && errors.isWrong(about, find(view, id), side) === 1 });
  }
  roster.ids.forEach((id, about) => {
    if (find(view, id) !== undefined) return;
    counts.unknown++;
    if (fits(id, "unknown")) found.push({ about, status: "unknown", incarnation: 0, isWrong: errors.isWrong(about, undefined, side) === 1 });
  });
  const rank = ({ isWrong, status }: HeldDetail["view"][number]): number => (isWrong ? 0 : status === "alive" ? 20 : status === "unknown" ? 10 : statuses.length - statuses.indexOf(status));
  return { counts, viewFound: found.length, view: found.toSorted((one, other) => rank(one) - rank(other) || one.about - other.about).slice(0, MOST) };
}

function suspicionsOf(place: Place, who: MemberNumber, state: State): readonly SuspicionDetail[] {
  const { chronicle: { roster, sayings }, cursor } = place;
  const number = (id: MemberId): MemberNumber => roster.numberOf(id) ?? -1;
  const runs = runsTime(place, who);
  return entriesOf(state.suspicions).slice(0, MOST).map(({ rank, item }): SuspicionDetail => {
    const about = number(item.about);
    const said = sayings.lastOf(who, about, ["suspected"], cursor.lines - 1);
    const { cause } = item;
    return {
      about, incarnation: item.incarnation, by: number(item.by), since: runs(item.since), until: runs(rank as Instant),
      confirmedBy: item.confirmedBy.map(number), wanted: item.wanted,
      cause: cause.kind === "probe"
        ? { kind: "probe", seq: cause.seq, at: runs(cause.at), relays: cause.relays.map(number), nacks: cause.nacks }
        : { kind: cause.kind, via: roster.at(cause.via) ?? -1 },
      line: said < 0 ? null : sayings.line.at(said),
    };
  }).toSorted((one, other) => one.until - other.until);
}

/** The suspicions that are held at the place: their number, and the 200 that expire first. */
export function suspicionsHeld(place: Place): HeldSuspicions {
  const { chronicle: { roster }, states, truth } = place;
  const number = (id: MemberId): MemberNumber => roster.numberOf(id) ?? -1;
  const all = states.flatMap((state, who): readonly HeldSuspicion[] => {
    if (state === undefined || !truth.isPresent(who)) return [];
    const runs = runsTime(place, who);
    return entriesOf(state.suspicions).map(({ rank, item }) => (
      { who, about: number(item.about), by: number(item.by), since: runs(item.since), until: runs(rank as Instant), confirmedBy: item.confirmedBy.map(number) }
    ));
  });
  return { count: all.length, first: all.toSorted((one, other) => one.until - other.until).slice(0, MOST) };
}

function lastLines(place: Place, who: MemberNumber): readonly LineRow[] {
  const { chronicle: { lines }, cursor } = place;
  const found: LineNumber[] = [];
  for (let line = Math.min(cursor.lines, lines.count) - 1; line >= 0 && line > cursor.lines - FAR && found.length < LAST; line--) {
    if (lines.who.at(line) === who) found.unshift(line);
  }
  return rowsAt(place, found);
}
