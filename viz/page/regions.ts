/** Which part is in which region of the page: new parts are added only to this list. */

import { choicePart } from "../panel/choice.ts";
import { galleryPart } from "../panel/gallery.ts";
import { helpPart } from "../panel/help.ts";
import { noticesPart } from "../panel/notices.ts";
import { palettePart } from "../panel/palette.ts";
import { tourPart } from "../panel/tour.ts";
import { deedsPart } from "./deeds.ts";
import type { MakePart } from "./desk.ts";
import { element } from "./element.ts";
import { middlePart, panelPart } from "./tabs.ts";
import { toolbarPart } from "./toolbar.ts";
import { timelinePart } from "./timeline-view.ts";
import { groupPart } from "./views.ts";

export const regions = (): readonly (readonly [HTMLElement, MakePart])[] => [
  [region("toolbar"), toolbarPart],
  [headingIn(region("group"), "Group"), deedsPart],
  [bodyIn(region("group")), groupPart],
  [region("middle"), middlePart],
  [region("panel"), panelPart],
  [region("timeline"), timelinePart],
  [overlay(), galleryPart],
  [overlay(), choicePart],
  [overlay(), helpPart],
  [overlay(), palettePart],
  [region("tour"), tourPart],
  [region("notices"), noticesPart],
];

/** A region of `index.html`. */
function region(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no region ${id}`);
  return found;
}

function headingIn(parent: HTMLElement, title: string): HTMLElement {
  const heading = element("div", { class: "heading" }, element("h2", {}, title));
  parent.append(heading);
  return heading;
}

function bodyIn(parent: HTMLElement): HTMLElement {
  const body = element("div", { class: "halves" });
  parent.append(body);
  return body;
}

/** A container for each overlay: it fills itself when it is opened, and empties itself. */
function overlay(): HTMLElement {
  const place = element("div", { class: "overlay" });
  region("overlay").append(place);
  return place;
}
