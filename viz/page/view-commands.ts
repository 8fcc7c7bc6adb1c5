/** Commands for views: which is shown, zooming, and the choice of lanes. */

import type { Command } from "./desk.ts";
import { along, zoomIn, zoomOut } from "./zooming.ts";

const hasRun: Command["isPossible"] = (page) => page.shown !== null;

const view = (name: string, title: string, keys: readonly string[], run: Command["run"], isPossible = hasRun): Command => ({ name, title, keys, group: "view", run, isPossible });

export const viewCommands: readonly Command[] = [
  view("lanes", "Show the space-time diagram", ["2"], (desk) => desk.dispatch({ kind: "view-turned", view: "lanes" })),
  view("near", "Show only the lanes of the selected member and its partners, or all lanes", ["shift+l"], (desk) => desk.dispatch({ kind: "lanes-turned", lanes: desk.page().lanes === "all" ? "near" : "all" }),
    ({ shown, selection, lanes }) => shown !== null && (selection.member !== null || lanes === "near")),
  view("zoom-in", "Zoom in around the cursor", ["."], zoomIn),
  view("zoom-out", "Zoom out", [","], zoomOut),
  view("zoom-all", "Show the whole run, or only the time near the cursor", ["0"], (desk) => desk.dispatch({ kind: "zoomed", span: null })),
  view("along", "Move forward by half of the visible range", [">"], (desk) => along(desk, 0.5)),
  view("along-back", "Move back by half of the visible range", ["<"], (desk) => along(desk, -0.5)),
];
