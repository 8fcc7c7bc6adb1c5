/** The reducer of the page's state. Pure: the same state and action give the same state. */

import { instant, type Instant } from "../../engine/index.ts";
import type { RunFacts, RunId } from "../model/run.ts";
import { spanWithin } from "../model/span.ts";
import { type Action, type PageState, runOf } from "./state.ts";

export const SPEEDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export const firstState: PageState = {
  runs: [], work: {}, closed: [], shown: null, beside: null,
  clock: { at: instant(0), line: null, isPlaying: false, speed: 1 },
  selection: { member: null, message: null, line: null },
  observer: null, filter: "", layout: "circle", lanes: "all", view: "matrix", tab: "deaths", span: null, overlay: "none", openings: 0, draft: null, notices: [], theme: "system", mode: "look", difference: null, tour: null, offers: [], opened: {},
};

export function update(page: PageState, action: Action): PageState {
  switch (action.kind) {
    case "run-grew":       return grew(page, action.facts, action.work);
    case "run-progressed": return page.closed.includes(action.run) ? page : { ...page, work: { ...page.work, [action.run]: action.work } };
    case "run-shown":      return shown(page, action.run);
    case "run-put-beside": return { ...page, beside: action.run === page.shown || runOf(page, action.run) === undefined ? null : action.run };
    case "run-closed":     return closed(page, action.run);
    case "sought":         return { ...inSight(page, within(page, action.at)), clock: { ...page.clock, at: within(page, action.at), line: action.line ?? null }, selection: { ...page.selection, ...action.selection } };
    case "passed":         return passed(page, action.at);
    case "played":         return { ...page, clock: { ...page.clock, isPlaying: true, line: null, at: isAtEnd(page) ? (runOf(page, page.shown)?.begins ?? page.clock.at) : page.clock.at } };
    case "paused":         return { ...page, clock: { ...page.clock, isPlaying: false } };
    case "sped":           return { ...page, clock: { ...page.clock, speed: Math.min(1000, Math.max(0.01, action.speed)) } };
    case "selected":       return { ...page, selection: { ...page.selection, ...action.selection }, tab: action.tab ?? page.tab };
    case "observed":       return { ...page, observer: action.observer };
    case "filtered":       return { ...page, filter: action.filter };
    case "laid-out":       return { ...page, layout: action.layout };
    case "lanes-turned":   return { ...page, lanes: action.lanes };
    case "view-turned":    return { ...page, view: action.view };
    case "tab-turned":     return { ...page, tab: action.tab };
    case "zoomed":         return { ...page, span: action.span };
    case "overlaid":       return action.overlay === page.overlay ? page : { ...page, overlay: action.overlay, openings: page.openings + (action.overlay === "none" ? 0 : 1) };
    case "drafted":        return { ...page, draft: action.draft };
    case "noticed":        return { ...page, notices: [...page.notices.filter(({ kind, text }) => kind !== action.notice.kind || text !== action.notice.text), { ...action.notice, id: 1 + (page.notices.at(-1)?.id ?? 0) }] };
    case "dismissed":      return { ...page, notices: page.notices.filter(({ id }) => id !== action.id) };
    case "themed":         return { ...page, theme: action.theme };
    case "mode-turned":    return { ...page, mode: action.mode };
    case "differed":       return { ...page, difference: action.difference };
    case "offered":        return { ...page, offers: action.offers };
    case "offer-taken":    return runOf(page, action.run) === undefined ? page : { ...page, opened: { ...page.opened, [action.run]: action.offer } };
    case "toured":         return { ...page, tour: action.tour };
    // The store handles the history.
    case "undone":
    case "redone":         return page;
  }
}

/** Facts that the worker sent before it heard that the run is closed: they do not open it again. */
function grew(page: PageState, facts: RunFacts, work: PageState["work"][RunId] | null): PageState {
  if (page.closed.includes(facts.id)) return page;
  const isKnown = page.runs.some(({ id }) => id === facts.id);
  const runs = isKnown ? page.runs.map((run) => (run.id === facts.id ? facts : run)) : [...page.runs, facts];
  const others = without(page.work, facts.id);
  return { ...page, runs, work: work === null ? others : { ...others, [facts.id]: work } };
}

function without<What>(record: Readonly<Record<RunId, What>>, run: RunId): Readonly<Record<RunId, What>> {
  const { [run]: _, ...others } = record;
  return others;
}

function shown(page: PageState, run: RunId): PageState {
  const facts = runOf(page, run);
  return page.shown === run || facts === undefined ? page : turnedTo(page, runOf(page, page.shown), facts);
}

/** Switches from one run to another, and keeps what also exists in the new one. */
function turnedTo(page: PageState, from: RunFacts | undefined, facts: RunFacts): PageState {
  const next = { ...page, shown: facts.id, beside: page.beside === facts.id ? null : page.beside };
  // Another group: members, messages and times do not correspond.
  if (from === undefined || !isSameGroup(from, facts)) return { ...next, ...fresh, clock: { ...page.clock, at: facts.begins, line: null } };
  const { clock, selection, span } = page;
  const place = { ...next, clock: { ...clock, at: within(next, clock.at) }, span: span === null ? null : spanWithin(span.from, span.to - span.from, facts) };
  // Only in forks do lines, and thus messages, have the same numbers, up to where they differ.
  return isKin(page, from, facts) ? place : { ...place, clock: { ...place.clock, line: null }, selection: { member: selection.member, message: null, line: null } };
}

const isSameGroup = (one: RunFacts, other: RunFacts): boolean =>
  one.members.length === other.members.length && one.members.every(({ id }, who) => id === other.members[who]?.id);

const isKin = (page: PageState, one: RunFacts, other: RunFacts): boolean => rootOf(page, one) === rootOf(page, other);

/** The root of a chain of forks, as far as these runs are open. */
function rootOf(page: PageState, { id, origin }: RunFacts): RunId {
  const parent = origin.kind === "played" ? origin.parent : null;
  const facts = runOf(page, parent);
  return parent === null ? id : facts === undefined ? parent : rootOf(page, facts);
}

const fresh = { selection: firstState.selection, observer: null, span: null } as const;

function closed(page: PageState, run: RunId): PageState {
  const runs = page.runs.filter(({ id }) => id !== run);
  const left = { ...page, runs, work: without(page.work, run), opened: without(page.opened, run), closed: [...page.closed, run], beside: page.beside === run ? null : page.beside, tour: page.tour?.run === run ? null : page.tour };
  if (page.shown !== run) return left;
  const next = runs.at(-1);
  if (next !== undefined) return turnedTo(left, runOf(page, run), next);
  return { ...left, ...fresh, shown: null, mode: firstState.mode, clock: { ...firstState.clock, speed: page.clock.speed } };
}

function passed(page: PageState, at: Instant): PageState {
  const facts = runOf(page, page.shown);
  if (facts === undefined) return page;
  // If a run is still being played or read, the clock waits for it.
  const reached = instant(Math.max(page.clock.at, Math.min(at, facts.seenUntil)));
  return { ...inSight(page, reached), clock: { ...page.clock, at: within(page, reached), line: null, isPlaying: page.clock.isPlaying && !(at >= facts.ends && facts.isComplete) } };
}

/** If the cursor leaves the zoomed span, the span follows: by whole lengths while playing, so that it need not be redrawn all the time. */
function inSight(page: PageState, at: Instant): PageState {
  const { span } = page;
  if (span === null || (at >= span.from && at <= span.to)) return page;
  const length = span.to - span.from;
  return { ...page, span: spanWithin(at < span.from ? at - 0.8 * length : at - 0.2 * length, length, runOf(page, page.shown)) };
}

/** Limits an instant to what is known of the shown run. */
function within(page: PageState, at: Instant): Instant {
  const facts = runOf(page, page.shown);
  return facts === undefined ? at : instant(Math.min(facts.ends, Math.max(facts.begins, at)));
}

const isAtEnd = (page: PageState): boolean => page.clock.at >= (runOf(page, page.shown)?.ends ?? Infinity);
