/** Overlays: a sheet above the page that keeps the focus inside while it is open, and returns it afterwards. */

import type { Desk, MakePart } from "./desk.ts";
import { element } from "./element.ts";
import type { PageState } from "./state.ts";

/** The regions that are inert below an overlay. */
const below = ["toolbar", "stage", "timeline"];

/** A part that creates its sheet when it is opened, and removes it afterwards. The element with `data-first` gets the focus; without one, the sheet's first button. */
export function overlayPart(name: PageState["overlay"], makeSheet: (desk: Desk) => HTMLElement): MakePart {
  return (region, desk) => {
    /** The number of the shown opening; 0 for none. */
    let shown = 0;
    let before: Element | null = null;
    return {
      show: ({ overlay, openings }) => {
        const wanted = overlay === name ? openings : 0;
        if (wanted === shown) return;
        shown = wanted;
        if (shown > 0) {
          if (!(document.activeElement instanceof HTMLElement) || document.activeElement.closest(".overlay") === null) before = document.activeElement;
          const sheet = makeSheet(desk);
          region.replaceChildren(sheet);
          (sheet.querySelector<HTMLElement>("[data-first]") ?? sheet.querySelector<HTMLElement>("button"))?.focus();
        } else region.replaceChildren();
        for (const id of below) document.getElementById(id)?.toggleAttribute("inert", overlay !== "none");
        if (overlay === "none" && before instanceof HTMLElement) before.focus();
        if (overlay === "none") before = null;
      },
    };
  };
}

/** A sheet with its title and a close button. A click outside closes it as well. */
export function sheet(desk: Desk, title: string, ...children: readonly (Node | string)[]): HTMLElement {
  return element("div", { class: "sheet", role: "dialog", "aria-modal": true, "aria-label": title },
    element("div", { class: "heading" }, element("h2", {}, title), element("button", { type: "button", onclick: () => close(desk) }, "Close")), ...children);
}

export const close = (desk: Desk): void => desk.dispatch({ kind: "overlaid", overlay: "none" });
