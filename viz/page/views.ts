/** The drawn parts: the group, the matrix, the time line. Each turns its picture into marks, and what is pointed at into actions. */

import { instant } from "../../engine/index.ts";
import { groupScene } from "../scene/group.ts";
import { matrixScene } from "../scene/matrix.ts";
import type { Hit } from "../scene/mark.ts";
import { timelineScene } from "../scene/timeline.ts";
import type { Desk, MakePart } from "./desk.ts";
import { Picture } from "./picture.ts";
import { runOf } from "./state.ts";
import { uiOf } from "./ui.ts";

/** What a click on something means. */
export function choose(desk: Desk, hit: Hit | null): void {
  switch (hit?.kind) {
    case "member":  return desk.dispatch({ kind: "selected", selection: { member: hit.who } });
    case "message": return desk.dispatch({ kind: "selected", selection: { message: hit.message } });
    case "cell":    return desk.dispatch({ kind: "selected", selection: { member: hit.subject } });
    case "line":
      desk.dispatch({ kind: "sought", at: instant(hit.at), line: hit.line });
      return desk.dispatch({ kind: "selected", selection: { line: hit.line } });
    case "instant": return desk.dispatch({ kind: "sought", at: instant(hit.at) });
    case undefined: return undefined;
  }
}

export const groupPart: MakePart = (region, desk) => {
  let hovered: Hit | null = null;
  const show = (): void => {
    const page = desk.page();
    const facts = runOf(page, page.shown);
    const { group, traffic } = page.shown === null ? { group: null, traffic: null } : desk.frame(page.shown);
    picture.show(facts === undefined || group === null ? [] : groupScene({ group, traffic }, picture.size, uiOf(page, facts, hovered)));
  };
  const picture = new Picture(region, "The members of the group, and the messages under way between them", {
    clicked: (hit) => choose(desk, hit),
    hovered: (hit) => { hovered = hit; show(); },
  }, show);
  return { show };
};

export const matrixPart: MakePart = (region, desk) => {
  const show = (): void => {
    const page = desk.page();
    const facts = runOf(page, page.shown);
    const { matrix } = page.shown === null ? { matrix: null } : desk.frame(page.shown);
    picture.show(facts === undefined || matrix === null ? [] : matrixScene(matrix, picture.size, uiOf(page, facts, null)));
  };
  const picture = new Picture(region, "Who believes what of whom", { clicked: (hit) => choose(desk, hit) }, show);
  return { show };
};

export const timelinePart: MakePart = (region, desk) => {
  const show = (): void => {
    const page = desk.page();
    const facts = runOf(page, page.shown);
    picture.show(facts === undefined ? [] : timelineScene(facts, picture.size, uiOf(page, facts, null)));
  };
  const seek = (x: number): void => {
    const page = desk.page();
    const facts = runOf(page, page.shown);
    if (facts === undefined) return;
    const { span } = uiOf(page, facts, null);
    const share = (x - 12) / Math.max(1, picture.size.width - 24);
    desk.dispatch({ kind: "sought", at: instant(span.from + Math.max(0, Math.min(1, share)) * (span.to - span.from)) });
  };
  const picture = new Picture(region, "The run in time: faults, announcements, agreement, load, and the cursor", {
    clicked: (hit, x) => (hit === null ? seek(x) : choose(desk, hit)),
    dragged: (_, { x }) => seek(x),
  }, show);
  return { show };
};
