/** The drawn parts: the group and the matrix. Each turns its picture into marks, and pointer hits into actions. */

import { instant } from "../../engine/index.ts";
import { groupLayout, groupScene } from "../scene/group.ts";
import { matrixScene } from "../scene/matrix.ts";
import type { Hit, Scene } from "../scene/mark.ts";
import type { RunFacts } from "../model/run.ts";
import type { Desk, MakePart } from "./desk.ts";
import { attribute, element, say } from "./element.ts";
import { fork } from "./fork.ts";
import { lineMarks, type Point, sidesOfLine } from "./part-line.ts";
import { Picture } from "./picture.ts";
import { runOf } from "./state.ts";
import { titleOf } from "./title.ts";
import { uiOf } from "./ui.ts";

/** The action of a click on something. */
export function choose(desk: Desk, hit: Hit | null): void {
  switch (hit?.kind) {
    case "member":  return desk.dispatch({ kind: "selected", selection: { member: hit.who }, tab: "member" });
    case "message": return desk.dispatch({ kind: "selected", selection: { message: hit.message }, tab: "message" });
    case "cell":    return desk.dispatch({ kind: "selected", selection: { member: hit.subject }, tab: "member" });
    case "line":    return desk.dispatch({ kind: "sought", at: instant(hit.at), line: hit.line, selection: { line: hit.line } });
    case "instant": return desk.dispatch({ kind: "sought", at: instant(hit.at) });
    case undefined: return undefined;
  }
}

/** One run's group, `shown` or `beside`. */
function groupOf(region: HTMLElement, desk: Desk, which: "shown" | "beside"): { readonly show: () => void; readonly region: HTMLElement } {
  let hovered: Hit | null = null;
  let drawn: readonly [from: Point, to: Point] | null = null;
  const facts = (): RunFacts | undefined => runOf(desk.page(), desk.page()[which]);
  const places = (): Float32Array => groupLayout(facts()?.members ?? [], picture.size, desk.page().layout).points;
  const show = (): void => {
    const page = desk.page();
    const known = facts();
    const { group, traffic } = known === undefined ? { group: null, traffic: null } : desk.frame(known.id);
    const marks = known === undefined || group === null ? [] : groupScene({ group, traffic }, picture.size, uiOf(page, known, hovered));
    picture.show(drawn === null ? marks : [...marks, ...lineMarks(places(), ...drawn)]);
  };
  const picture = new Picture(region, "The members of the group, and the messages under way between them", {
    clicked: (hit) => choose(desk, hit),
    hovered: (hit) => { hovered = hit; show(); },
    dragged: (from, to, isOver) => {
      if (desk.page().mode !== "part" || which === "beside") return;
      drawn = isOver ? null : [from, to];
      show();
      if (!isOver) return;
      desk.dispatch({ kind: "mode-turned", mode: "look" });
      const sides = sidesOfLine(places(), from, to);
      if (sides.every((side) => side.length > 0)) void fork(desk, { kind: "partition", sides });
    },
  }, show);
  return { show, region };
}

/** The group; with a run beside, two of them on the same cursor. */
export const groupPart: MakePart = (region, desk) => {
  const halves = (["shown", "beside"] as const).map((which) => {
    const caption = element("p", { class: "caption" });
    const place = element("div", { class: "picture" });
    const half = element("div", { class: "half" }, caption, place);
    region.append(half);
    return { which, half, caption, ...groupOf(place, desk, which) };
  });
  const open = element("button", { type: "button", onclick: () => desk.dispatch({ kind: "overlaid", overlay: "gallery" }) }, "Open a scenario or a recording…");
  const empty = element("div", { class: "empty" }, element("p", {}, "No run is open. Drop a recording (.trace, .flight) or a scenario (.yaml) anywhere on this page, or choose one:"), open);
  region.append(empty);
  return {
    show: (page) => {
      empty.hidden = page.shown !== null;
      attribute(region, "data-mode", page.mode);
      for (const { which, half, caption, show } of halves) {
        const facts = runOf(page, page[which]);
        half.hidden = which === "beside" && facts === undefined;
        caption.hidden = page.beside === null;
        say(caption, facts === undefined ? "" : titleOf(facts));
        if (!half.hidden) show();
      }
    },
  };
};

export const matrixPart: MakePart = (region, desk) => {
  let known: { readonly key: readonly unknown[]; readonly scene: Scene } | null = null;
  const show = (): void => {
    const page = desk.page();
    const facts = runOf(page, page.shown);
    const { matrix } = page.shown === null ? { matrix: null } : desk.frame(page.shown);
    const key = [matrix, facts?.members, picture.size.width, picture.size.height];
    if (key.some((part, n) => part !== known?.key[n])) known = { key, scene: facts === undefined || matrix === null ? [] : matrixScene(matrix, picture.size, uiOf(page, facts, null)) };
    picture.show(known?.scene ?? []);
  };
  const picture = new Picture(region, "Who believes what about whom", { clicked: (hit) => choose(desk, hit) }, show);
  return { show };
};
