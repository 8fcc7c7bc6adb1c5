/** Keeps the page's state and its history: what the user did can be undone, what happened by itself cannot. */

import type { RunId } from "../model/run.ts";
import type { Action, PageState } from "./state.ts";
import { update } from "./update.ts";

/** The most steps that can be undone. */
const DEEPEST = 200;

const undoable: ReadonlySet<Action["kind"]> = new Set(["run-shown", "run-put-beside", "sought", "selected", "observed", "filtered", "laid-out", "lanes-turned", "view-turned", "tab-turned", "zoomed"]);

type Past = Pick<PageState, "shown" | "beside" | "clock" | "selection" | "observer" | "filter" | "layout" | "lanes" | "view" | "tab" | "span">;

/** What an undo restores. Opened runs stay open. */
const goesBack = ({ shown, beside, clock, selection, observer, filter, layout, lanes, view, tab, span }: PageState): Past =>
  ({ shown, beside, clock: { ...clock, isPlaying: false }, selection, observer, filter, layout, lanes, view, tab, span });

export class Store {
  private now: PageState;
  private past: Past[] = [];
  private future: Past[] = [];
  private last: Action["kind"] | null = null;
  private readonly changed: () => void;

  constructor(first: PageState, changed: () => void) {
    this.now = first;
    this.changed = changed;
  }

  get page(): PageState {
    return this.now;
  }

  dispatch(action: Action): void {
    const before = this.now;
    if (action.kind === "undone" || action.kind === "redone") this.go(action.kind);
    else {
      const next = update(before, action);
      if (next === before) return;
      // A scrub, or typing, is a single step of the history, however many actions it has.
      const isMore = action.kind === this.last && ((action.kind === "sought" && action.line === undefined) || action.kind === "filtered" || action.kind === "zoomed");
      if (undoable.has(action.kind) && !isMore) {
        this.past = [...this.past.slice(1 - DEEPEST), goesBack(before)];
        this.future = [];
      }
      if (action.kind !== "passed" && action.kind !== "run-grew" && action.kind !== "run-progressed") this.last = action.kind;
      if (action.kind === "run-closed") this.forget(action.run);
      this.now = next;
    }
    if (this.now !== before) this.changed();
  }

  private go(where: "undone" | "redone"): void {
    const [from, to] = where === "undone" ? [this.past, this.future] : [this.future, this.past];
    const back = from.pop();
    if (back === undefined) return;
    to.push(goesBack(this.now));
    this.now = { ...this.now, ...back };
    this.last = null;
  }

  /** An undo never returns to a closed run, shown or beside another. */
  private forget(run: RunId): void {
    const without = (kept: readonly Past[]): Past[] => kept.filter(({ shown }) => shown !== run).map((one) => (one.beside === run ? { ...one, beside: null } : one));
    [this.past, this.future] = [without(this.past), without(this.future)];
  }
}
