/** The help sheet: every command with its keys. */

import type { Desk, MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";

export const helpPart: MakePart = (region, desk) => {
  let isOpen = false;
  return {
    show: (page) => {
      if (isOpen === (page.overlay === "help")) return;
      isOpen = page.overlay === "help";
      region.replaceChildren(...(isOpen ? [sheetOf(desk)] : []));
      region.querySelector("button")?.focus();
    },
  };
};

function sheetOf(desk: Desk): HTMLElement {
  return element("div", { class: "sheet", role: "dialog", "aria-modal": true, "aria-label": "Keys" },
    element("div", { class: "heading" }, element("h2", {}, "Keys"), element("button", { type: "button", onclick: () => desk.dispatch({ kind: "overlaid", overlay: "none" }) }, "Close")),
    element("table", {}, ...desk.commands.filter(({ keys }) => keys.length > 0).map(({ title, keys }) =>
      element("tr", {}, element("td", {}, ...keys.flatMap((key) => [element("kbd", {}, key === " " ? "space" : key), " "])), element("td", {}, title)))));
}
