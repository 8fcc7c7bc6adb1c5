/** The gallery: the shipped scenarios, played with a click, and a button to open recordings. */

import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { take } from "../page/dropped.ts";
import { shelves, type Shipped } from "../page/gallery.ts";
import { play } from "../page/opening.ts";
import { overlayPart, sheet } from "../page/overlay.ts";
import { leaveTour, tourFrom } from "../page/touring.ts";

export const galleryPart = overlayPart("gallery", (desk: Desk) => {
  const files = element("input", { type: "file", multiple: true, "aria-label": "Recordings", onchange: () => {
    void take(desk, [...(files.files ?? [])]);
  } });
  const card = (title: string, about: string, does: () => void, more: Readonly<Record<string, string>>): HTMLElement =>
    element("li", {}, element("button", { type: "button", ...more, onclick: does }, element("b", {}, title), element("small", {}, about)));
  const shippedCard = ({ file, name, about, text }: Shipped): HTMLElement =>
    card(name, about, () => { leaveTour(desk); void play(desk, { file, text, seed: null, run: 0, edits: [] }); }, { "data-scenario": file });
  return sheet(desk, "Open",
    element("p", {}, "Open recordings (.trace, .flight) or scenarios (.yaml), here or by dropping files or a folder anywhere on the page. Recordings of one group's members are merged; of several runs you choose one. ", files),
    element("p", {}, "Or play a scenario:"),
    element("ul", { class: "cards" },
      card("The guided tour", "The protocol in seven steps, each with a small group: ping and ack, indirect probe, suspicion, refutation, gossip, local health, push-pull.", () => void tourFrom(desk, 0), { class: "tour-card", "data-first": "" })),
    ...shelves().flatMap(({ title, scenarios }) => [element("h3", {}, title), element("ul", { class: "cards" }, ...scenarios.map(shippedCard))]));
});
