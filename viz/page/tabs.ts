/** Tabs: the views in the middle, and the panels at the side. One is visible, the others are hidden. */

import type { Desk, Frame, MakePart, Part } from "./desk.ts";
import { attribute, element } from "./element.ts";
import type { Action, PageState, Tab, View } from "./state.ts";
import { deathsPart } from "../panel/deaths.ts";
import { logPart } from "../panel/log.ts";
import { memberPart } from "../panel/member.ts";
import { messagePart } from "../panel/message.ts";
import { runsPart } from "../panel/runs.ts";
import { scenarioPart } from "../panel/scenario.ts";
import { textPart } from "../panel/text.ts";
import { lanesPart } from "./lanes-view.ts";
import { matrixPart } from "./views.ts";

/** A tab: its name, its title, its part, and whether it is a drawing (fills its region) or text (scrolls). */
export type TabOf<Name> = { readonly name: Name; readonly title: string; readonly make: MakePart; readonly isDrawn: boolean };

const views: readonly TabOf<View>[] = [
  { name: "matrix", title: "Matrix", make: matrixPart, isDrawn: true },
  { name: "lanes", title: "Space-time", make: lanesPart, isDrawn: true },
  { name: "log", title: "Log", make: logPart, isDrawn: false },
  { name: "text", title: "Text", make: textPart, isDrawn: false },
];

const panels: readonly TabOf<Tab>[] = [
  { name: "deaths", title: "Deaths", make: deathsPart, isDrawn: false },
  { name: "member", title: "Member", make: memberPart, isDrawn: false },
  { name: "message", title: "Message", make: messagePart, isDrawn: false },
  { name: "scenario", title: "Scenario", make: scenarioPart, isDrawn: false },
  { name: "runs", title: "Runs", make: runsPart, isDrawn: false },
];

export const middlePart: MakePart = tabs("Views", views, (page) => page.view, (view) => ({ kind: "view-turned", view }));
export const panelPart: MakePart = tabs("Details", panels, (page) => page.tab, (tab) => ({ kind: "tab-turned", tab }));

function tabs<Name extends string>(label: string, list: readonly TabOf<Name>[], turned: (page: PageState) => Name, turn: (name: Name) => Action): MakePart {
  return (region, desk) => {
    const made = list.map((tab) => tabIn(region.id, tab, desk, turn));
    const row = element("div", { role: "tablist", "aria-label": label, onkeydown: (event) => walk(event, made.map(({ button }) => button)) }, ...made.map(({ button }) => button));
    region.append(element("div", { class: "heading" }, row), ...made.map(({ place }) => place));
    return {
      show: (page: PageState, frame: Frame) => {
        for (const { name, button, place, part } of made) {
          const isTurned = name === turned(page);
          attribute(button, "aria-selected", String(isTurned));
          attribute(button, "tabindex", isTurned ? "0" : "-1");
          place.hidden = !isTurned;
          if (isTurned) part.show(page, frame);
        }
      },
    };
  };
}

function tabIn<Name extends string>(region: string, { name, title, make, isDrawn }: TabOf<Name>, desk: Desk, turn: (name: Name) => Action): { readonly name: Name; readonly button: HTMLElement; readonly place: HTMLElement; readonly part: Part } {
  const [buttonId, placeId] = [`${region}-tab-${name}`, `${region}-${name}`];
  const button = element("button", { type: "button", role: "tab", id: buttonId, "aria-controls": placeId, onclick: () => desk.dispatch(turn(name)) }, title);
  const place = element("div", { class: isDrawn ? "picture" : "body", role: "tabpanel", id: placeId, "aria-labelledby": buttonId, tabindex: 0 });
  return { name, button, place, part: make(place, desk) };
}

/** Arrow keys move between tabs. */
function walk(event: Event, buttons: readonly HTMLElement[]): void {
  if (!(event instanceof KeyboardEvent) || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return;
  const here = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[(here + (event.key === "ArrowRight" ? 1 : -1) + buttons.length) % buttons.length];
  next?.click();
  next?.focus();
  event.preventDefault();
}
