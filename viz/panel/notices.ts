/** Notices: messages to the user that stay until they are dismissed. */

import type { MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import type { PageState } from "../page/state.ts";

export const noticesPart: MakePart = (region, desk) => {
  let shown: PageState["notices"] = [];
  return {
    show: ({ notices }) => {
      if (notices === shown) return;
      shown = notices;
      region.replaceChildren(...notices.map(({ id, kind, text }) => element("div", { class: `notice ${kind}` },
        element("p", {}, text), element("button", { type: "button", "aria-label": "Dismiss", onclick: () => desk.dispatch({ kind: "dismissed", id }) }, "✕"))));
    },
  };
};
