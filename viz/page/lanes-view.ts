/** Space and time on the page: its picture, wheel and pointer actions, and the choice of lanes. */

import type { RunFacts } from "../model/run.ts";
import { LANES_AROUND, lanesScene } from "../scene/lanes.ts";
import type { Hit } from "../scene/mark.ts";
import type { MakePart } from "./desk.ts";
import { attribute, element, say } from "./element.ts";
import { Picture } from "./picture.ts";
import { runOf } from "./state.ts";
import { uiOf } from "./ui.ts";
import { choose } from "./views.ts";
import { momentAt, panTo, zoomButtons, zoomTo } from "./zooming.ts";

export const lanesPart: MakePart = (region, desk) => {
  let hovered: Hit | null = null;
  const facts = (): RunFacts | undefined => runOf(desk.page(), desk.page().shown);
  const show = (): void => {
    const [page, known] = [desk.page(), facts()];
    const { lanes } = page.shown === null ? { lanes: null } : desk.frame(page.shown);
    picture.show(known === undefined || lanes === null ? [] : lanesScene(lanes, picture.size, uiOf(page, known, hovered)));
  };
  const frame = { left: LANES_AROUND.left, right: LANES_AROUND.right };
  const window = (): { readonly from: number; readonly to: number } | null => { const known = facts(); return known === undefined ? null : uiOf(desk.page(), known, null).window; };
  const place = element("div", { class: "picture" });
  const near = element("button", { type: "button", title: "Show only the lanes of the selected member and of those it exchanges messages with", onclick: () => desk.dispatch({ kind: "lanes-turned", lanes: desk.page().lanes === "all" ? "near" : "all" }) }, "Selected and partners");
  const about = element("span", { class: "about" });
  region.classList.add("lanes");
  region.append(element("div", { class: "strip" }, near, about, ...zoomButtons(desk, "lanes")), place);
  const picture = new Picture(place, "Space-time diagram: a lane for each member, and the messages between them", {
    clicked: (hit, x) => {
      if (hit !== null) return choose(desk, hit);
      const at = momentAt(window(), picture.size, frame, x);
      return at === null ? undefined : desk.dispatch({ kind: "sought", at });
    },
    hovered: (hit) => { hovered = hit; show(); },
    dragged: (from, to) => panTo(desk, "lanes", (from.x - to.x) / Math.max(1, picture.size.width - frame.left - frame.right), from),
    wheeled: (x, factor, along) => zoomTo(desk, "lanes", momentAt(window(), picture.size, frame, x), factor, along),
  }, show);
  return {
    show: (page) => {
      near.disabled = page.selection.member === null && page.lanes === "all";
      attribute(near, "aria-pressed", String(page.lanes === "near"));
      const { lanes } = page.shown === null ? { lanes: null } : desk.frame(page.shown);
      say(about, lanes === null ? "" : `${lanes.lanes.length} lanes, ${lanes.fitting.toLocaleString("en")} messages`);
      show();
    },
  };
};
