/** The gallery: the shipped scenarios, to be played at a click, and the way to open recordings. */

import type { Desk, MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { take } from "../page/dropped.ts";
import { shipped } from "../page/gallery.ts";
import { play } from "../page/opening.ts";

export const galleryPart: MakePart = (region, desk) => {
  let isOpen = false;
  return {
    show: (page) => {
      if (isOpen === (page.overlay === "gallery")) return;
      isOpen = page.overlay === "gallery";
      region.replaceChildren(...(isOpen ? [sheetOf(desk)] : []));
      region.querySelector("button")?.focus();
    },
  };
};

function sheetOf(desk: Desk): HTMLElement {
  const files = element("input", { type: "file", multiple: true, accept: ".trace,.yaml,.yml", "aria-label": "Recordings", onchange: () => {
    void take(desk, [...(files.files ?? [])]);
  } });
  return element("div", { class: "sheet", role: "dialog", "aria-modal": true, "aria-label": "Open" },
    element("div", { class: "heading" }, element("h2", {}, "Open"), element("button", { type: "button", onclick: () => desk.dispatch({ kind: "overlaid", overlay: "none" }) }, "Close")),
    element("p", {}, "A recording (.trace; several are merged) or a scenario (.yaml), from here or dropped anywhere on the page, folders too: ", files),
    element("p", {}, "Or play a scenario, right here:"),
    element("ul", { class: "cards" }, ...shipped.map(({ file, name, about, text }) => element("li", {},
      element("button", { type: "button", "data-scenario": file, onclick: () => void play(desk, { file, text, seed: null, run: 0, edits: [] }) },
        element("b", {}, name), element("small", {}, about))))));
}
