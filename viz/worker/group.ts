/** The picture of the group at a place. */

import { type Instant, membersOf } from "../../engine/index.ts";
import type { GroupPicture } from "../model/picture.ts";
import type { MemberNumber } from "../model/run.ts";
import { codeIn, statuses } from "../model/words.ts";
import { entriesOf, sizeOfAgenda } from "./agenda.ts";
import type { Tally } from "./beliefs.ts";
import type { Place } from "./place.ts";

/** With more suspicions than this, over all members, the one that expires first is not searched. */
const MOST_SUSPICIONS = 20_000;

const [ALIVE, SUSPECT, DEAD, LEFT] = [codeIn(statuses, "alive"), codeIn(statuses, "suspect"), codeIn(statuses, "dead"), codeIn(statuses, "left")];

export function groupPicture(place: Place, at: Instant, observer: MemberNumber | null): GroupPicture {
  const { chronicle: { roster }, truth, tally, states, cursor } = place;
  const count = roster.ids.length;
  const [existence, side, wrong] = [new Uint8Array(count), new Uint16Array(count), new Uint32Array(count)];
  const [incarnation, health] = [new Float64Array(count), new Uint8Array(count)];
  let [running, agreeing] = [0, 0];
  for (let who = 0; who < count; who++) {
    const state = states[who];
    existence[who] = truth.of(who);
    side[who] = truth.sideOf(who, roster.ids);
    incarnation[who] = state?.self.incarnation ?? 0;
    health[who] = state?.health ?? 0;
    if (!truth.isRunning(who)) continue;
    running++;
    wrong[who] = state === undefined ? 0 : place.errors.in(state.view, side[who]!);
    if (wrong[who] === 0) agreeing++;
  }
  return {
    at,
    lines: cursor.lines,
    observer,
    count,
    existence,
    status: observer === null ? majority(place, count, running) : beliefsOf(place, count, observer),
    suspectedBy: counted(tally, count, SUSPECT),
    buriedBy: counted(tally, count, DEAD, LEFT),
    incarnation,
    health,
    wrong,
    ...suspicionsOf(place, count, observer),
    side,
    faults: truth.forces.map(({ fact }) => fact),
    running,
    agreeing,
    isSketch: false,
  };
}

/** How many members hold each member to have one of these statuses. */
function counted(tally: Tally, count: number, ...codes: readonly number[]): Uint32Array {
  const sums = new Uint32Array(count);
  for (const code of codes) {
    const column = tally[code];
    if (column !== undefined) for (let who = 0; who < count; who++) sums[who]! += column[who] ?? 0;
  }
  return sums;
}

/** The most frequent belief of running members about each member. */
function majority({ tally }: Place, count: number, running: number): Uint8Array {
  const best = new Uint8Array(count);
  if (running === 0) return best;
  for (let who = 0; who < count; who++) {
    let most = 0;
    for (const code of [ALIVE, SUSPECT, DEAD, LEFT]) {
      const held = tally[code]?.[who] ?? 0;
      if (held > most) [most, best[who]] = [held, code];
    }
  }
  return best;
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

