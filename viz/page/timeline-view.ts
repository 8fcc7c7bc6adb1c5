/** The time line on the page: scrubbing, zooming, an overview for moving along, and steps to the next of anything. */

import { instant } from "../../engine/index.ts";
import { spanWithin } from "../model/span.ts";
import type { RunFacts } from "../model/run.ts";
import type { Scene } from "../scene/mark.ts";
import { legendMarks } from "../scene/legend.ts";
import { overviewMoment, overviewTop, TIMELINE_AROUND, timelineCursor, timelineGround } from "../scene/timeline.ts";
import type { Desk, MakePart } from "./desk.ts";
import { element } from "./element.ts";
import { Picture } from "./picture.ts";
import { runOf } from "./state.ts";
import { type Aim, aims, stepBy, strideOf } from "./stepping.ts";
import { uiOf } from "./ui.ts";
import { choose } from "./views.ts";
import { momentAt, zoomButtons, zoomTo } from "./zooming.ts";

export const timelinePart: MakePart = (region, desk) => {
  const place = element("div", { class: "picture" });
  const legend = element("div", { class: "picture about" });
  region.append(stripOf(desk, legend), place);
  let known: { readonly key: readonly unknown[]; readonly ground: Scene; readonly legend: Scene } | null = null;
  let cursor: { readonly key: string; readonly scene: Scene } | null = null;
  const facts = (): RunFacts | undefined => runOf(desk.page(), desk.page().shown);
  const show = (): void => {
    const [page, run] = [desk.page(), facts()];
    if (run === undefined) {
      words.show([]);
      return picture.show([]);
    }
    const ui = uiOf(page, run, null);
    const key = [run, picture.size.width, picture.size.height, words.size.width, ui.span.from, ui.span.to, ui.beside, ui.difference, ui.selected.member];
    if (known === null || key.some((part, n) => part !== known?.key[n])) {
      const ground = timelineGround(run, picture.size, ui);
      known = { key, ground, legend: legendMarks(ground, { x: 0, y: 5, width: words.size.width, rows: 1 }) };
    }
    words.show(known.legend);
    // In a long run the cursor moves less than a pixel per frame: then nothing needs painting.
    const place = placesOfCursor(timelineCursor(run, picture.size, ui));
    if (cursor?.key !== place.key) cursor = place;
    picture.show(cursor.scene, known.ground);
  };
  const seek = (x: number): void => {
    const run = facts();
    const at = run === undefined ? null : momentAt(uiOf(desk.page(), run, null).span, picture.size, TIMELINE_AROUND, x);
    if (at !== null) desk.dispatch({ kind: "sought", at });
  };
  const goAlong = (x: number): void => {
    const run = facts();
    if (run === undefined) return;
    const { span } = desk.page();
    const at = overviewMoment(run, picture.size, x);
    if (span === null) return desk.dispatch({ kind: "sought", at: instant(Math.round(at)) });
    const length = span.to - span.from;
    desk.dispatch({ kind: "zoomed", span: spanWithin(at - length / 2, length, run) });
  };
  const words = new Picture(legend, "What the marks of the time line mean", {}, show);
  const isBelow = (y: number): boolean => y >= overviewTop(picture.size) - 2;
  const picture = new Picture(place, "Time line of the run: faults, announcements, agreement, load, and the cursor", {
    clicked: (hit, x, y) => (isBelow(y) ? goAlong(x) : hit === null ? seek(x) : choose(desk, hit)),
    dragged: (from, { x }) => (isBelow(from.y) ? goAlong(x) : seek(x)),
    wheeled: (x, factor, along) => {
      const run = facts();
      if (run !== undefined) zoomTo(desk, "timeline", momentAt(uiOf(desk.page(), run, null).span, picture.size, TIMELINE_AROUND, x), factor, along);
    },
  }, show);
  return { show };
};

/** A cursor on whole pixels, and its position. */
function placesOfCursor(scene: Scene): { readonly key: string; readonly scene: Scene } {
  const whole = scene.map((mark) => (mark.kind === "line" ? { ...mark, x1: Math.round(mark.x1), x2: Math.round(mark.x2) } : mark));
  return { key: whole.map((mark) => (mark.kind === "line" ? `${mark.x1} ${mark.y1} ${mark.y2}` : "")).join(), scene: whole };
}

/** The strip with buttons for steps and zooming. */
function stripOf(desk: Desk, legend: HTMLElement): HTMLElement {
  const choice = element("select", { "aria-label": "What to step to" }, ...aims.map(({ name, title }) => element("option", { value: name }, title)));
  const step = (direction: 1 | -1): void => {
    const aim: Aim | undefined = aims.find(({ name }) => name === choice.value);
    const stride = aim === undefined ? null : strideOf(aim, desk.page());
    if (stride !== null) void stepBy(desk, direction, stride);
    else desk.dispatch({ kind: "noticed", notice: { kind: "info", text: "Select a member first: these steps go to events of the selected member." } });
  };
  return element("div", { class: "strip" },
    element("label", {}, "Step to ", choice),
    element("button", { type: "button", "aria-label": "Step to the previous", title: "Step to the previous", onclick: () => step(-1) }, "◂"),
    element("button", { type: "button", "aria-label": "Step to the next", title: "Step to the next", onclick: () => step(1) }, "▸"),
    legend, ...zoomButtons(desk, "timeline"));
}
