/** Zooming and moving along in time: how wheel, fingers, buttons and keys change the span that lanes and time line show. */

import { type Instant, instant } from "../../engine/index.ts";
import { moved, type Span, zoomed } from "../model/span.ts";
import type { Size } from "../scene/mark.ts";
import type { Desk } from "./desk.ts";
import { element } from "./element.ts";
import { runOf } from "./state.ts";
import { uiOf } from "./ui.ts";

/** Which picture is zoomed: until the first zoom, they show different spans. */
export type Zoomable = "lanes" | "timeline";

/** The factor of one press of a key or a button. */
const STEP = 2;

const stretchOf = (desk: Desk, which: Zoomable): Span | null => {
  const facts = runOf(desk.page(), desk.page().shown);
  if (facts === undefined) return null;
  const { span, window } = uiOf(desk.page(), facts, null);
  return which === "lanes" ? window : span;
};

/** Zooms by a factor about a moment (by default the cursor), and moves along by a share. */
export function zoomTo(desk: Desk, which: Zoomable, at: Instant | null, factor: number, along = 0): void {
  const { shown, clock } = desk.page();
  const [facts, stretch] = [runOf(desk.page(), shown), stretchOf(desk, which)];
  if (facts === undefined || stretch === null) return;
  const about = at ?? (clock.at >= stretch.from && clock.at <= stretch.to ? clock.at : (stretch.from + stretch.to) / 2);
  const next = factor === 1 ? stretch : zoomed(stretch, about, factor, facts);
  if (factor === 1 && desk.page().span === null && which === "timeline") return;
  desk.dispatch({ kind: "zoomed", span: next === null ? null : moved(next, along, facts) });
}

/** The span at the beginning of a drag. */
let held: { readonly from: unknown; readonly span: Span } | null = null;

/** Moves along by a share of the span at the beginning of the drag. */
export function panTo(desk: Desk, which: Zoomable, share: number, from: unknown): void {
  const facts = runOf(desk.page(), desk.page().shown);
  const stretch = held?.from === from ? held?.span : stretchOf(desk, which);
  if (facts === undefined || stretch === null || stretch === undefined) return;
  held = { from, span: stretch };
  desk.dispatch({ kind: "zoomed", span: moved(stretch, share, facts) });
}

/** The moment at a place of a picture; null if there is none. */
export function momentAt(stretch: { readonly from: number; readonly to: number } | null, { width }: Size, { left, right }: { readonly left: number; readonly right: number }, x: number): Instant | null {
  if (stretch === null) return null;
  const share = Math.max(0, Math.min(1, (x - left) / Math.max(1, width - left - right)));
  return instant(Math.round(stretch.from + share * (stretch.to - stretch.from)));
}

export const zoomIn = (desk: Desk): void => zoomTo(desk, zoomableIn(desk), null, 1 / STEP);
export const zoomOut = (desk: Desk): void => zoomTo(desk, zoomableIn(desk), null, STEP);
export const along = (desk: Desk, share: number): void => zoomTo(desk, zoomableIn(desk), null, 1, share);

/** What keys zoom: the lanes while they are visible. */
const zoomableIn = (desk: Desk): Zoomable => (desk.page().view === "lanes" ? "lanes" : "timeline");

/** Buttons: zoom in, zoom out, whole run. */
export function zoomButtons(desk: Desk, which: Zoomable): readonly HTMLElement[] {
  const press = (text: string, title: string, onclick: () => void): HTMLElement => element("button", { type: "button", title, "aria-label": title, onclick }, text);
  return [
    press("+", "Zoom in around the cursor (.)", () => zoomTo(desk, which, null, 1 / STEP)),
    press("−", "Zoom out (,)", () => zoomTo(desk, which, null, STEP)),
    press(which === "lanes" ? "Near" : "All", which === "lanes" ? "Near: show the time around the cursor (0)" : "All: show the whole run (0)", () => desk.dispatch({ kind: "zoomed", span: null })),
  ];
}
