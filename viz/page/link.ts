/** The link: the page's address always describes what is shown, so that anyone who opens it sees the same. */

import { type Bundle, bundleFrom, packed, type Packed, type Spot, spotFrom, unpacked, wordsOf } from "../model/link.ts";
import type { RunFacts } from "../model/run.ts";
import { tourPlaceFrom, tourPlaceText } from "../model/tour.ts";
import type { Desk } from "./desk.ts";
import { experimentOf } from "./fork.ts";
import { shippedFiles } from "./gallery.ts";
import { play } from "./opening.ts";
import { type PageState, runOf, type Tab, type View } from "./state.ts";
import { squeeze, unsqueeze } from "./squeeze.ts";

/** The address is updated this long after the last change, in milliseconds. */
const REST = 400;

/** Keeps the address up to date. `isReady` says whether what it asked for has been shown: before that, it is left alone. */
export function linking(isReady: () => boolean): (page: PageState) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: readonly unknown[] = [];
  return (page) => {
    const { clock, selection, observer, filter, view, tab, layout, lanes, span, shown, beside, tour, opened } = page;
    const looked = [clock.at, clock.line, selection, observer, filter, view, tab, layout, lanes, span, shown, beside, tour, opened];
    if (clock.isPlaying || looked.every((part, n) => part === seen[n])) return;
    seen = looked;
    clearTimeout(timer);
    timer = setTimeout(() => { if (isReady()) void write(page); }, REST);
  };
}

async function write(page: PageState): Promise<void> {
  history.replaceState(null, "", `#${await fragmentOf(page)}`);
}

/** The part after the `#`. */
export async function fragmentOf(page: PageState): Promise<string> {
  const facts = runOf(page, page.shown);
  if (facts === undefined) return "";
  const words = new URLSearchParams();
  const addressesOf = (run: number | null): string => (run === null ? "" : (page.opened[run]?.addresses ?? []).join());
  if (facts.origin.kind === "recorded" && addressesOf(page.shown) !== "") {
    words.set("open", addressesOf(page.shown));
    if (page.offers.length > 1) words.set("of", page.offers.flatMap(({ addresses }) => addresses).join());
    if (addressesOf(page.beside) !== "") words.set("beside", addressesOf(page.beside));
  }
  if (facts.origin.kind === "played") words.set("x", await squeeze(JSON.stringify(bundleOf(facts, runOf(page, page.beside)))));
  for (const [name, value] of wordsOf(spotOf(page, facts))) words.set(name, value);
  return words.toString();
}

function bundleOf(shown: RunFacts, beside: RunFacts | undefined): Bundle {
  const all = beside === undefined || beside.origin.kind === "recorded" ? [shown] : [shown, beside];
  return all.flatMap((facts): Packed[] => {
    const experiment = experimentOf(facts);
    if (experiment === null) return [];
    const { origin } = facts;
    const parent = origin.kind === "played" ? all.findIndex(({ id }) => id === origin.parent) : -1;
    const fork = parent === -1 || origin.kind !== "played" ? {} : { parent, at: origin.forkedAt ?? 0 };
    return [{ ...packed(experiment, shippedFiles[experiment.file]), ...fork }];
  });
}

function spotOf({ clock, selection, observer, filter, view, tab, layout, lanes, span, tour, shown }: PageState, { members }: RunFacts): Spot {
  const name = (who: number | null): string | null => (who === null ? null : (members[who]?.id ?? null));
  return { at: clock.at, line: clock.line, chosen: selection.line, member: name(selection.member), message: selection.message, observer: name(observer), filter, view, tab, layout, lanes, span, tour: tour === null || tour.run !== shown ? "" : tourPlaceText(tour) };
}

/** Plays the experiments of a link; true if it could. */
export async function follow(desk: Desk, letters: string): Promise<boolean> {
  const bundle = await unpack(letters);
  const experiments = bundle?.map((one) => unpacked(one, shippedFiles[one.file])) ?? [];
  const ids: number[] = [];
  const isFork = (n: number): number => Number(bundle?.[n]?.parent !== undefined);
  // A fork must be played after its parent.
  for (const [n, experiment] of [...experiments.entries()].toSorted(([one], [other]) => isFork(one) - isFork(other))) {
    const { parent, at } = bundle?.[n] ?? {};
    const from = parent === undefined ? undefined : ids[parent];
    const id = experiment === null ? null : await play(desk, experiment, from === undefined ? null : { parent: from, at: (at ?? 0) as PageState["clock"]["at"] });
    if (id === null) return complain(desk, "this link contains a scenario that cannot be played here");
    ids[n] = id;
  }
  if (ids.length === 0) return complain(desk, "this link is damaged");
  if (ids[0] !== undefined) desk.dispatch({ kind: "run-shown", run: ids[0] });
  if (ids[1] !== undefined) desk.dispatch({ kind: "run-put-beside", run: ids[1] });
  return true;
}

function complain(desk: Desk, text: string): false {
  desk.dispatch({ kind: "noticed", notice: { kind: "error", text } });
  return false;
}

async function unpack(letters: string): Promise<Bundle | null> {
  try {
    return bundleFrom(JSON.parse(await unsqueeze(letters)));
  } catch {
    return null;
  }
}

/** Goes to the place in an address. What needs only the page is done at once; the rest waits until enough of the run is known, and does not override what the user did meanwhile. */
export async function goTo(desk: Desk, words: URLSearchParams): Promise<void> {
  const spot = spotFrom((name) => words.get(name));
  const { shown: run, clock, observer, span } = desk.page();
  const among = <Word extends string>(word: string, ...known: readonly Word[]): Word | undefined => known.find((one) => one === word);
  const view = among<View>(spot.view, "matrix", "lanes", "log", "text");
  const tab = among<Tab>(spot.tab, "deaths", "member", "message", "scenario", "runs");
  const layout = among(spot.layout, "circle", "zones");
  const lanes = among(spot.lanes, "all", "near");
  desk.dispatch({ kind: "filtered", filter: spot.filter });
  if (view !== undefined) desk.dispatch({ kind: "view-turned", view });
  if (tab !== undefined) desk.dispatch({ kind: "tab-turned", tab });
  if (lanes !== undefined) desk.dispatch({ kind: "lanes-turned", lanes });
  if (layout !== undefined) desk.dispatch({ kind: "laid-out", layout });
  await until(desk, () => { const facts = runOf(desk.page(), run); return facts === undefined || facts.isComplete || facts.seenUntil >= spot.at; });
  const facts = runOf(desk.page(), run);
  // If the user has switched to another run meanwhile, nothing more is done.
  if (facts === undefined || desk.page().shown !== run) return;
  const number = (name: string | null): number | null => { const at = facts.members.findIndex(({ id }) => id === name); return at < 0 ? null : at; };
  const selection = { member: number(spot.member), message: spot.message, line: spot.chosen };
  const now = desk.page();
  if (words.has("t") && now.clock.at === clock.at && !now.clock.isPlaying) desk.dispatch({ kind: "sought", at: spot.at, line: spot.line, selection });
  if (now.observer === observer) desk.dispatch({ kind: "observed", observer: number(spot.observer) });
  if (now.span === span) desk.dispatch({ kind: "zoomed", span: spot.span });
  const tour = tourPlaceFrom(spot.tour);
  if (tour !== null && run !== null) desk.dispatch({ kind: "toured", tour: { ...tour, run } });
}

/** Polls until a condition is true. */
async function until(desk: Desk, isTrue: () => boolean): Promise<void> {
  while (!isTrue() && desk.page().shown !== null) await new Promise((go) => { setTimeout(go, 50); });
}
