/** The choice between several runs in one folder. */

import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { openOffer } from "../page/many.ts";
import { overlayPart, sheet } from "../page/overlay.ts";
import { type Offer, offersLeft, type PageState } from "../page/state.ts";

export const choicePart = overlayPart("choice", (desk: Desk) =>
  sheet(desk, "Choose a run",
    element("p", {}, "These files are separate runs, not recordings of one group. Choose one to open it. The others stay listed in the panel Runs, where you can open a second one beside the first."),
    element("ul", { class: "cards" }, ...desk.page().offers.map((offer, n) => element("li", {}, cardOf(desk, offer, n))))));

function cardOf(desk: Desk, offer: Offer, number: number): HTMLElement {
  return element("button", { type: "button", "data-offer": String(number), onclick: () => void openOffer(desk, offer) }, element("b", {}, offer.title), element("small", {}, offer.about));
}

/** The runs that are not open yet, for the panel of runs. */
export function offersLeftList(page: PageState, desk: Desk): readonly HTMLElement[] {
  const left = offersLeft(page);
  if (page.offers.length < 2 || left.length === 0) return [];
  return [element("h3", {}, "In the same folder"), element("ul", { class: "offers-left" }, ...left.map((offer) =>
    element("li", {}, element("button", { type: "button", class: "link", "data-key": `offer ${offer.title}`, title: offer.about, onclick: () => void openOffer(desk, offer) }, offer.title), ` ${offer.about}`)))];
}
