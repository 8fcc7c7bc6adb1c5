/** A member at a place, whole: what it holds, waits for, tells and has lately done. */

import { claimed, type Claim, deadlines, find, instant, type Instant, livingIn, type MemberId, membersOf, NEVER, rumoursIn, type State, subject, tellLimit } from "../../engine/index.ts";
import type { HeldDetail, LineRow, MemberDetail, SuspicionDetail } from "../model/detail.ts";
import type { LineNumber, MemberNumber } from "../model/run.ts";
import { existences, statuses, wordIn } from "../model/words.ts";
import { entriesOf } from "./agenda.ts";
import type { Place } from "./place.ts";
import { rowsAt } from "./rows.ts";

/** So much of a list is shown, so many lines, and so far back they are looked for. */
const [MOST, LAST, FAR] = [200, 25, 300_000];

export function memberDetail(place: Place, at: MemberDetail["at"], who: MemberNumber): MemberDetail | null {
  if (place.chronicle.roster.ids[who] === undefined) return null;
  const state = place.states[who];
  return { who, at, existence: wordIn(existences, place.truth.of(who)), held: state === undefined ? null : heldBy(place, who, state), last: lastLines(place, who) };
}

function heldBy(place: Place, who: MemberNumber, state: State): HeldDetail {
  const { self, config, probe } = state;
  const number = (id: MemberId): MemberNumber => place.chronicle.roster.numberOf(id) ?? -1;
  const attempt = probe.attempt;
  const ahead = place.chronicle.skews.aheadOf(who, place.cursor.lines);
  const runs = (at: Instant): Instant => instant(at - ahead);
  return {
    address: self.address,
    incarnation: self.incarnation,
    health: state.health,
    healthMax: config.healthMax,
    phase: state.phase.kind,
    seq: state.seq,
    clockAhead: ahead,
    ...viewOf(place, who, state),
    suspicions: suspicionsOf(place, who, state).map((suspicion) => ({ ...suspicion, since: runs(suspicion.since), until: runs(suspicion.until) })),
    rumours: rumoursIn(state.rumours).slice(0, MOST).map(({ claim, told }) => ({
      about: number(subject(claim)), says: statusOf(claim), incarnation: claimed(claim), told, limit: tellLimit(config, livingIn(state.view)),
    })),
    deadlines: deadlines(state).filter(({ at }) => at < NEVER).map(({ kind, at }) => ({ kind, at: runs(at) })).toSorted((one, other) => one.at - other.at),
    probe: attempt === null ? null : {
      ...attempt, startedAt: runs(attempt.startedAt), askRelaysAt: runs(attempt.askRelaysAt), failsAt: runs(attempt.failsAt), target: number(attempt.target), relays: attempt.relays.map(number),
    },
    oddities: Object.fromEntries(Object.entries(state.oddities).filter(([, count]) => count > 0)),
  };
}

const statusOf = (claim: Claim): "alive" | "suspect" | "dead" | "left" => claim.kind;

function viewOf({ chronicle: { roster }, truth, errors }: Place, who: MemberNumber, { view }: State): Pick<HeldDetail, "counts" | "view"> {
  const counts = { unknown: 0, alive: 0, suspect: 0, dead: 0, left: 0 };
  const shown: HeldDetail["view"][number][] = [];
  const side = truth.sideOf(who, roster.ids);
  for (const { id, status, incarnation } of membersOf(view)) {
    counts[status]++;
    const about = roster.numberOf(id) ?? -1;
    const isWrong = about >= 0 && errors.isWrong(about, find(view, id), side) === 1;
    if ((status !== "alive" || isWrong) && shown.length < MOST) shown.push({ about, status, incarnation, isWrong });
  }
  roster.ids.forEach((id, about) => {
    if (find(view, id) !== undefined) return;
    counts.unknown++;
    if (truth.isRunning(about) && shown.length < MOST) shown.push({ about, status: "unknown", incarnation: 0, isWrong: errors.isWrong(about, undefined, side) === 1 });
  });
  const rank = (status: HeldDetail["view"][number]["status"]): number => -statuses.indexOf(status);
  return { counts, view: shown.toSorted((one, other) => rank(one.status) - rank(other.status) || one.about - other.about) };
}

function suspicionsOf(place: Place, who: MemberNumber, state: State): readonly SuspicionDetail[] {
  const { chronicle: { roster, sayings }, cursor } = place;
  const number = (id: MemberId): MemberNumber => roster.numberOf(id) ?? -1;
  return entriesOf(state.suspicions).slice(0, MOST).map(({ rank, item }): SuspicionDetail => {
    const about = number(item.about);
    const said = sayings.lastOf(who, about, ["suspected"], cursor.lines - 1);
    const { cause } = item;
    return {
      about, incarnation: item.incarnation, by: number(item.by), since: item.since, until: rank as typeof item.since,
      confirmedBy: item.confirmedBy.map(number), wanted: item.wanted,
      cause: cause.kind === "probe"
        ? { kind: "probe", seq: cause.seq, at: cause.at, relays: cause.relays.map(number), nacks: cause.nacks }
        : { kind: cause.kind, via: roster.at(cause.via) ?? -1 },
      line: said < 0 ? null : sayings.line.at(said),
    };
  }).toSorted((one, other) => one.until - other.until);
}

function lastLines(place: Place, who: MemberNumber): readonly LineRow[] {
  const { chronicle: { lines }, cursor } = place;
  const found: LineNumber[] = [];
  for (let line = Math.min(cursor.lines, lines.count) - 1; line >= 0 && line > cursor.lines - FAR && found.length < LAST; line--) {
    if (lines.who.at(line) === who) found.unshift(line);
  }
  return rowsAt(place, found);
}
