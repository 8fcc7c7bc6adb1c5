/** Commands that change how a run is shown, not where: speed, views, tabs, filter, theme, overlays, the tour. */

import type { Command, Desk } from "./desk.ts";
import type { PageState, Tab, View } from "./state.ts";
import { leaveTour, tourBack, tourFrom, tourOn } from "./touring.ts";
import { SPEEDS } from "./update.ts";

const always = (): boolean => true;
const hasRun = (page: PageState): boolean => page.shown !== null;

/** The next theme after each. */
const nextTheme = { system: "dark", dark: "light", light: "system" } as const;

function speed(desk: Desk, by: 1 | -1): void {
  const { clock } = desk.page();
  const next = by === 1 ? SPEEDS.find((speed) => speed > clock.speed) : SPEEDS.findLast((speed) => speed < clock.speed);
  if (next !== undefined) desk.dispatch({ kind: "sped", speed: next });
}

const views: readonly (readonly [view: View, key: string, title: string])[] = [
  ["matrix", "1", "the matrix: who believes what about whom"], ["log", "3", "the log"], ["text", "4", "everything as tables, for screen readers"],
];
const tabs: readonly (readonly [tab: Tab, title: string])[] = [
  ["deaths", "who was declared dead"], ["member", "the selected member"], ["message", "the selected message"], ["scenario", "the scenario"], ["runs", "the open runs"],
];

/** Focuses something: at once if possible, otherwise as soon as it is visible and nothing is above it. */
function focusOn(find: () => HTMLElement | null): void {
  const turn = ++asked;
  const look = (tries: number): void => {
    const found = find();
    // A later request wins.
    if (turn !== asked) return;
    if (found !== null && found.closest("[inert], [hidden]") === null) found.focus();
    else if (tries > 0) requestAnimationFrame(() => look(tries - 1));
  };
  look(30);
}

/** The number of requests for the focus. */
let asked = 0;

/** The field exists whatever is shown. */
const toFilter = (): void => focusOn(() => document.getElementById("filter-field"));

/** After switching to a view by key, the focus is in it. */
function toView(desk: Desk, view: View): void {
  desk.dispatch({ kind: "view-turned", view });
  focusOn(() => document.querySelector<HTMLElement>(`#middle-${view} [tabindex="0"]`) ?? document.getElementById(`middle-${view}`));
}

export const lookCommands: readonly Command[] = [
  ...SPEEDS.map((factor): Command => ({ name: `speed-${factor}`, title: `Play at ${factor}× speed`, keys: [], group: "speed", isPossible: hasRun, run: (desk) => desk.dispatch({ kind: "sped", speed: factor }) })),
  { name: "faster", title: "Faster", keys: ["+", "="], group: "speed", isPossible: hasRun, run: (desk) => speed(desk, 1) },
  { name: "slower", title: "Slower", keys: ["-"], group: "speed", isPossible: hasRun, run: (desk) => speed(desk, -1) },
  ...views.map(([view, key, title]): Command => ({ name: view, title: `Show ${title}`, keys: [key], group: "view", isPossible: always, run: (desk) => toView(desk, view) })),
  ...tabs.map(([tab, title]): Command => ({ name: `tab-${tab}`, title: `Show the panel: ${title}`, keys: [], group: "view", isPossible: always, run: (desk) => desk.dispatch({ kind: "tab-turned", tab }) })),
  { name: "filter", title: "Filter messages, lines and lanes", keys: ["/"], group: "view", isPossible: always, run: toFilter },
  { name: "unfilter", title: "Remove the filter", keys: [], group: "view", isPossible: ({ filter }) => filter !== "", run: (desk) => desk.dispatch({ kind: "filtered", filter: "" }) },
  { name: "zones", title: "Arrange the group by zones, or in a circle", keys: ["z"], group: "view", isPossible: always, run: (desk) => desk.dispatch({ kind: "laid-out", layout: desk.page().layout === "circle" ? "zones" : "circle" }) },
  { name: "theme", title: "Theme: light, dark, or that of the system", keys: ["t"], group: "view", isPossible: always, run: (desk) => desk.dispatch({ kind: "themed", theme: nextTheme[desk.page().theme] }) },
  { name: "gallery", title: "Open a scenario or a recording", keys: ["g"], group: "page", isPossible: always, run: (desk) => desk.dispatch({ kind: "overlaid", overlay: "gallery" }) },
  { name: "palette", title: "Find a command, member, scenario or instant", keys: ["ctrl+k", ":"], group: "page", isPossible: always, run: (desk) => desk.dispatch({ kind: "overlaid", overlay: desk.page().overlay === "palette" ? "none" : "palette" }) },
  { name: "tour", title: "Start the guided tour: seven steps", keys: [], group: "page", isPossible: always, run: (desk) => void tourFrom(desk, 0) },
  { name: "tour-on", title: "Next step of the tour", keys: ["pagedown"], group: "page", isPossible: ({ tour }) => tour !== null, run: (desk) => void tourOn(desk) },
  { name: "tour-back", title: "Previous step of the tour", keys: ["pageup"], group: "page", isPossible: ({ tour }) => tour !== null, run: (desk) => void tourBack(desk) },
  { name: "tour-leave", title: "Leave the tour", keys: [], group: "page", isPossible: ({ tour }) => tour !== null, run: leaveTour },
  { name: "help", title: "Help: keys, mouse, touch and filters", keys: ["?"], group: "page", isPossible: always, run: (desk) => desk.dispatch({ kind: "overlaid", overlay: desk.page().overlay === "help" ? "none" : "help" }) },
  { name: "undo", title: "Undo", keys: ["ctrl+z", "u"], group: "page", isPossible: always, run: (desk) => desk.dispatch({ kind: "undone" }) },
  { name: "redo", title: "Redo", keys: ["ctrl+shift+z", "ctrl+y"], group: "page", isPossible: always, run: (desk) => desk.dispatch({ kind: "redone" }) },
];
