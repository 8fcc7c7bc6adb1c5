/** From entries to disruptions: `every` and `for` expanded, and everything in order of time. */

import { after, type Instant, micros, type Micros, ORIGIN, stretch } from "../../../engine/index.ts";
import type { Disruption } from "../model.ts";
import { showCount, showLength } from "../quantity.ts";
import type { WrittenEntry } from "../schema/timeline.ts";
import type { Path, Report } from "../trouble.ts";
import { actionName, type Deed, deedOf, onceMore, type Stage } from "./action.ts";
import { type Recorded, recordedOf } from "./churn.ts";

/** The most disruptions of a run. */
const MOST_DISRUPTIONS = 100_000;

/** The interval of an entry that happens once. */
const ONCE = micros(0);

/** A disruption that has no index yet. An ending refers to its beginning; a repetition for the same members refers to the first occurrence. */
type Planned = { readonly at: Instant; readonly entry: number; readonly deed: Deed; readonly isAdded: boolean; readonly begun: Planned | null; readonly first: Planned | null;
  /** For a cascade: the previous step, and the chance that this one follows it. */
  readonly given?: { readonly as: Planned; readonly chance: number };
};

/**
 * The timeline, sorted by time; at equal times, by entry, and within an entry in the order of expansion (so what ends at an instant ends
 * before the same entry begins again). The indices in `same` and `of` refer to this sorted list. An end after the run's end
 * is left out. Entries with mistakes are undefined, and so is a wrong `duration`.
 */
export function timelineOf(entries: readonly (WrittenEntry | undefined)[], duration: Micros | undefined, stage: Stage, report: Report): readonly Disruption[] {
  const planned: Planned[] = [];
  let total = 0;
  entries.forEach((entry, index) => {
    if (entry === undefined) return;
    const path = ["timeline", index];
    const recorded = entry.churn?.events === undefined || actionName(entry) === undefined ? undefined : recordedOf(entry.churn, [...path, "churn"], stage.cast, report);
    const deed = recorded === undefined ? deedOf(entry, path, stage, report) : undefined;
    const count = timesOf(entry, duration, path, report);
    const before = total;
    total += recorded?.length ?? count * (entry.for === undefined ? 1 : 2) * (1 + (entry.cascade?.times ?? 0));
    if (total > MOST_DISRUPTIONS && before <= MOST_DISRUPTIONS) {
      report(entry.every === undefined ? path : [...path, "every"], `these are ${showCount(total)} disruptions, and ${showCount(MOST_DISRUPTIONS)} are the most`);
    }
    if (total <= MOST_DISRUPTIONS && deed !== undefined) planned.push(...unfold(entry, index, deed, count, duration));
    if (recorded !== undefined) planned.push(...replayed(recorded, entry, index, duration, path, report));
  });
  return inOrder(planned);
}

/** How many times an entry happens; reports if that is impossible. */
function timesOf(entry: WrittenEntry, duration: Micros | undefined, path: Path, report: Report): number {
  const { at, every, until, times, cascade } = entry;
  const spread = cascade === undefined ? 0 : at + stretch(cascade.every, cascade.times);
  if (cascade !== undefined && duration !== undefined && at < duration && spread >= duration) {
    report([...path, "cascade", "times"], `the last of these would not be before the end of the run, at ${showLength(duration)}`);
  }
  if (duration !== undefined && at >= duration) report([...path, "at"], `${showLength(at)} is not before the end of the run, at ${showLength(duration)}`);
  if (every === undefined) {
    if (until !== undefined) report([...path, "until"], "until works only with every: this happens once");
    if (times !== undefined) report([...path, "times"], "times works only with every: this happens once");
    return 1;
  }
  if (until === undefined && times === undefined) report([...path, "every"], "every needs an end: write until or times beside it");
  if (until !== undefined && times !== undefined) report([...path, "times"], "until and times can't be combined: write one of them");
  if (until !== undefined) {
    if (duration !== undefined && until > duration) report([...path, "until"], `${showLength(until)} is after the end of the run, at ${showLength(duration)}`);
    if (until <= at) report([...path, "until"], `${showLength(until)} is not after ${showLength(at)}, when this begins`);
    return Math.max(1, Math.ceil((until - at) / every));
  }
  const last = at + stretch(every, (times ?? 1) - 1);
  if (duration !== undefined && times !== undefined && at < duration && last >= duration) {
    const fit = Math.ceil((duration - at) / every);
    report([...path, "times"], `the last of ${showCount(times)} times would not be before the end of the run, at ${showLength(duration)}: ${showCount(fit)} fit`);
  }
  return times ?? 1;
}

function unfold(entry: WrittenEntry, index: number, deed: Deed, count: number, duration: Micros | undefined): readonly Planned[] {
  const planned: Planned[] = [];
  const isAdded = entry.added === true;
  const { cascade } = entry;
  let last: Planned | undefined;
  for (let time = 0; time < count + (cascade?.times ?? 0); time++) {
    const at = after(after(ORIGIN, entry.at), stretch(entry.every ?? cascade?.every ?? ONCE, time));
    const given = cascade === undefined || last === undefined ? {} : { given: { as: last, chance: cascade.chance } };
    const begun: Planned = { at, entry: index, deed, isAdded, begun: null, first: entry.again === "same" ? (planned[0] ?? null) : null, ...given };
    last = begun;
    planned.push(begun);
    if (deed.ending === undefined || entry.for === undefined) continue;
    const endsAt = after(at, entry.for);
    if (duration === undefined || endsAt < duration) planned.push({ at: endsAt, entry: index, deed, isAdded, begun, first: null });
  }
  return planned;
}

/** A recorded churn, line by line, up to the moment that `for` names. */
function replayed(recorded: readonly Recorded[], entry: WrittenEntry, index: number, duration: Micros | undefined, path: Path, report: Report): readonly Planned[] {
  const until = entry.for === undefined ? duration : micros(entry.at + entry.for);
  const wrong = entry.for === undefined && duration !== undefined ? recorded.findIndex(({ wait }) => entry.at + wait >= duration) : -1;
  if (wrong >= 0) report([...path, "churn", "events", wrong, "at"], `this is not before the end of the run, at ${showLength(duration ?? ONCE)}: write for, and what comes later is left out`);
  return recorded.filter(({ wait }) => until === undefined || entry.at + wait < until).map(({ wait, action }): Planned =>
    ({ at: after(after(ORIGIN, entry.at), wait), entry: index, deed: { action, ending: undefined }, isAdded: entry.added === true, begun: null, first: null }));
}

function inOrder(planned: readonly Planned[]): readonly Disruption[] {
  const sorted = planned.toSorted((one, other) => one.at - other.at);
  const indexOf = new Map(sorted.map((item, index) => [item, index]));
  const placeOf = (item: Planned): number => indexOf.get(item) ?? 0;
  const dice = diceOf(sorted);
  return sorted.map(({ at, entry, deed, begun, first, given }, index): Disruption => {
    const named = { ...dice[index], ...(given === undefined ? {} : { given: { as: placeOf(given.as), chance: given.chance } }) };
    if (begun !== null) return { at, entry, action: deed.ending?.(placeOf(begun)) ?? deed.action, ...named };
    return { at, entry, action: first === null ? deed.action : onceMore(deed.action, placeOf(first)), ...named };
  });
}

/** The names of the dice, if entries were added: all others are numbered as if the added ones were not there. */
function diceOf(sorted: readonly Planned[]): readonly { readonly dice: string }[] {
  if (!sorted.some(({ isAdded }) => isAdded)) return [];
  let [before, added] = [0, 0];
  return sorted.map(({ isAdded }) => ({ dice: isAdded ? `added ${added++}` : `disruption ${before++}` }));
}
