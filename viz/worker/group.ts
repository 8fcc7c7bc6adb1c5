/** The picture of the group at a place. */

import { type Instant, membersOf } from "../../engine/index.ts";
import type { GroupPicture } from "../model/picture.ts";
import type { MemberNumber } from "../model/run.ts";
import { codeIn, statuses } from "../model/words.ts";
import { entriesOf, sizeOfAgenda } from "./agenda.ts";
import type { Place } from "./place.ts";

/** More suspicions than these, over all members, are not looked through for the one that runs out first. */
const MOST_SUSPICIONS = 20_000;

const [ALIVE, SUSPECT, DEAD, LEFT] = [codeIn(statuses, "alive"), codeIn(statuses, "suspect"), codeIn(statuses, "dead"), codeIn(statuses, "left")];

export function groupPicture(place: Place, at: Instant, observer: MemberNumber | null): GroupPicture {
  const { chronicle: { roster }, truth, tally, states, cursor } = place;
  const count = roster.ids.length;
  const sum = (one: number, other: number): Uint32Array => Uint32Array.from({ length: count }, (_, who) => (tally[one]?.[who] ?? 0) + (tally[other]?.[who] ?? 0));
  const existence = Uint8Array.from({ length: count }, (_, who) => truth.of(who));
  const side = Uint16Array.from({ length: count }, (_, who) => truth.sideOf(who, roster.ids));
  const wrong = Uint32Array.from({ length: count }, (_, who) => {
    const state = states[who];
    return state === undefined || !truth.isRunning(who) ? 0 : place.errors.in(state.view, side[who] ?? 0);
  });
  const running = existence.reduce((all, _, who) => all + Number(truth.isRunning(who)), 0);
  const agreeing = wrong.reduce((all, errors, who) => all + Number(errors === 0 && truth.isRunning(who)), 0);
  return {
    at,
    lines: cursor.lines,
    observer,
    count,
    existence,
    status: observer === null ? majority(place, count, running) : beliefsOf(place, count, observer),
    suspectedBy: Uint32Array.from({ length: count }, (_, who) => tally[SUSPECT]?.[who] ?? 0),
    buriedBy: sum(DEAD, LEFT),
    incarnation: Float64Array.from({ length: count }, (_, who) => states[who]?.self.incarnation ?? 0),
    health: Uint8Array.from({ length: count }, (_, who) => states[who]?.health ?? 0),
    wrong,
    ...suspicionsOf(place, count, observer),
    side,
    faults: truth.forces.map(({ fact }) => fact),
    running,
    agreeing,
    isSketch: false,
  };
}

/** What most of those who run hold of each. */
function majority({ tally }: Place, count: number, running: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, who) => {
    const best = [ALIVE, SUSPECT, DEAD, LEFT].reduce((one, other) => ((tally[other]?.[who] ?? 0) > (tally[one]?.[who] ?? 0) ? other : one), ALIVE);
    return running > 0 && (tally[best]?.[who] ?? 0) > 0 ? best : 0;
  });
}

function beliefsOf({ states, chronicle: { roster } }: Place, count: number, observer: MemberNumber): Uint8Array {
  const beliefs = new Uint8Array(count);
  const state = states[observer];
  if (state === undefined) return beliefs;
  for (const { id, status } of membersOf(state.view)) {
    const number = roster.numberOf(id);
    if (number !== undefined) beliefs[number] = codeIn(statuses, status);
  }
  return beliefs;
}

type Waits = Pick<GroupPicture, "suspectedSince" | "suspectedUntil">;

function suspicionsOf({ states, truth, chronicle: { roster } }: Place, count: number, observer: MemberNumber | null): Waits {
  const suspectedSince = new Float64Array(count).fill(Number.NaN);
  const suspectedUntil = new Float64Array(count).fill(Number.NaN);
  const observers = observer === null ? states.filter((_, who) => truth.isPresent(who)) : [states[observer]];
  const all = observers.reduce((total, state) => total + sizeOfAgenda(state?.suspicions ?? null), 0);
  if (observer === null && all > MOST_SUSPICIONS) return { suspectedSince, suspectedUntil };
  for (const state of observers) {
    for (const { rank, item } of entriesOf(state?.suspicions ?? null)) {
      const about = roster.numberOf(item.about);
      if (about === undefined || suspectedUntil[about]! <= rank) continue;
      suspectedSince[about] = item.since;
      suspectedUntil[about] = rank;
    }
  }
  return { suspectedSince, suspectedUntil };
}

