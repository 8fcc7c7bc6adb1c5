/** Plays the tour: plays a step's scenario, moves on to its next moment, and stops there. */

import { instant } from "../../engine/index.ts";
import type { LineRow } from "../model/detail.ts";
import type { RunId } from "../model/run.ts";
import { momentsIn } from "../model/tour-moments.ts";
import type { Desk } from "./desk.ts";
import { play } from "./opening.ts";
import { type PageState, runOf } from "./state.ts";
import { findFrom } from "./seeking.ts";
import { isStill } from "./theme.ts";
import { tour } from "./tour-steps.ts";
import { SPEEDS } from "./update.ts";

/** The minimum time from one moment to the next, in seconds of real time; it takes at most a few times as long. */
const WAY = 1;

/** The lines of each run's moments, once they are known. */
const known = new Map<RunId, readonly (LineRow | null)[]>();
/** Runs whose moments are being searched. */
const sought = new Set<RunId>();

/** Does the clock run because the tour moves to a moment? A clock started by hand is not stopped. */
let isUnderWay = false;

export const momentsOf = (run: RunId): readonly (LineRow | null)[] | undefined => known.get(run);

/** Starts a step, at its beginning or at one of its moments. */
export async function tourFrom(desk: Desk, step: number, moment = -1): Promise<void> {
  const chosen = tour[step];
  if (chosen === undefined) return;
  const before = desk.page().tour?.run ?? null;
  const run = await play(desk, chosen.experiment);
  if (run === null) return;
  desk.dispatch({ kind: "toured", tour: { step, moment: -1, run } });
  desk.dispatch({ kind: "paused" });
  desk.dispatch({ kind: "laid-out", layout: "circle" });
  if (before !== null && runOf(desk.page(), before) !== undefined) {
    void desk.ask("close", { run: before });
    desk.dispatch({ kind: "run-closed", run: before });
    known.delete(before);
  }
  if (moment >= 0) await goToMoment(desk, moment);
}

export const leaveTour = (desk: Desk): void => { if (desk.page().tour !== null) desk.dispatch({ kind: "toured", tour: null }); };

/** Forward: to the next moment, or after the last to the next step. While the clock is still moving, jumps to where it goes. */
export async function tourOn(desk: Desk): Promise<void> {
  const { tour: place, clock } = desk.page();
  if (place === null) return;
  const target = known.get(place.run)?.[place.moment];
  if (isUnderWay && clock.isPlaying && target !== null && target !== undefined) return arrive(desk, place.moment, target);
  if (place.moment + 1 < (tour[place.step]?.moments.length ?? 0)) return goToMoment(desk, place.moment + 1);
  return place.step + 1 < tour.length ? tourFrom(desk, place.step + 1) : leaveTour(desk);
}

/** Back: to the previous moment, to the beginning, or to the last moment of the previous step. */
export async function tourBack(desk: Desk): Promise<void> {
  const place = desk.page().tour;
  if (place === null) return;
  if (place.moment > 0) return goToMoment(desk, place.moment - 1, true);
  if (place.moment === 0) {
    desk.dispatch({ kind: "paused" });
    desk.dispatch({ kind: "toured", tour: { ...place, moment: -1 } });
    return desk.dispatch({ kind: "sought", at: instant(0), selection: { member: null, message: null, line: null } });
  }
  return place.step > 0 ? tourFrom(desk, place.step - 1, (tour[place.step - 1]?.moments.length ?? 0) - 1) : undefined;
}

/** Plays on to a moment; jumps there if it lies in the past, or if the user prefers reduced motion. */
async function goToMoment(desk: Desk, moment: number, isJump = false): Promise<void> {
  const place = desk.page().tour;
  if (place === null) return;
  if (desk.page().shown !== place.run) desk.dispatch({ kind: "run-shown", run: place.run });
  const target = (await lookFor(desk, place.run, place.step))[moment];
  if (target === null || target === undefined || desk.page().tour?.run !== place.run) return;
  desk.dispatch({ kind: "toured", tour: { ...place, moment } });
  const gap = target.at - desk.page().clock.at;
  if (isJump || isStill() || gap <= 0) return arrive(desk, moment, target);
  desk.dispatch({ kind: "sped", speed: SPEEDS.findLast((speed) => speed <= gap / 1e6 / WAY) ?? SPEEDS[0] });
  desk.dispatch({ kind: "played" });
  isUnderWay = true;
}

/** Stops at a moment, and selects what it is about. */
function arrive(desk: Desk, moment: number, { at, line, who, received, sent }: LineRow): void {
  isUnderWay = false;
  const place = desk.page().tour;
  const look = place === null ? "member" : (tour[place.step]?.moments[moment]?.look ?? "member");
  const message = look === "received" ? (received?.id ?? null) : look === "sent" ? (sent[0]?.id ?? null) : null;
  const member = who < 0 ? desk.page().selection.member : who;
  desk.dispatch({ kind: "paused" });
  desk.dispatch({ kind: "sought", at, line, selection: { line, member, message } });
  desk.dispatch({ kind: "selected", selection: {}, tab: message === null ? "member" : "message" });
}

/** The moments of a run, searched once it is complete. */
export async function lookFor(desk: Desk, run: RunId, step: number): Promise<readonly (LineRow | null)[]> {
  const chosen = tour[step];
  const there = known.get(run);
  if (there !== undefined || chosen === undefined) return there ?? [];
  while (runOf(desk.page(), run)?.isComplete === false) await new Promise((go) => { setTimeout(go, 30); });
  const found = await momentsIn(chosen, {
    find: (from, direction, filter) => findFrom(desk, run, from, direction, filter),
    row: async (line) => (await desk.ask("rows", { run, lines: [line] }))[0] ?? null,
    lines: runOf(desk.page(), run)?.lines ?? 0,
  });
  known.set(run, found);
  return found;
}

/** Stops the clock at its target; called whenever the page is shown. */
export function touring(desk: Desk, wake: () => void): (page: PageState) => void {
  return ({ tour: place, clock }) => {
    if (place === null) return;
    if (!known.has(place.run) && !sought.has(place.run)) {
      sought.add(place.run);
      void lookFor(desk, place.run, place.step).then(wake, () => undefined);
    }
    if (!clock.isPlaying) isUnderWay = false;
    const target = known.get(place.run)?.[place.moment];
    if (isUnderWay && target !== null && target !== undefined && clock.at >= target.at) arrive(desk, place.moment, target);
  };
}
