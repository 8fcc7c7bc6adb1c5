/** The selected member at the cursor: what it believes, suspects, tells, waits for, has counted and has done last. */

import type { HeldDetail, MemberDetail } from "../model/detail.ts";
import type { RunFacts } from "../model/run.ts";
import type { Desk, MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { latest } from "../page/latest.ts";
import { type PageState, runOf } from "../page/state.ts";
import { following, swap } from "../page/swap.ts";
import { accuserList } from "./accusers.ts";
import { memberLink, memberLinks, nameIn, rowItem } from "./links.ts";
import { badge, countersTable, deadlineList, factsOfHeld, probeLine, rumourTable } from "./member-parts.ts";
import { suspicionList, Whys } from "./suspicions.ts";

export const memberPart: MakePart = (region, desk) => {
  region.classList.add("member");
  const search = element("input", { type: "search", "aria-label": "Search its view by name or status", placeholder: "name or status", oninput: () => ask() });
  const [above, list, below] = [element("div", {}), element("ul", { class: "view-list" }), element("div", {})];
  const found = element("span", { class: "soft", role: "status" });
  const view = element("section", {}, element("h3", {}, "View"), element("p", { class: "row" }, search, found), list);
  const whys = new Whys(desk);
  const take = latest(desk, "member", (detail, { run, who }) => {
    const { shown, selection } = desk.page();
    const facts = runOf(desk.page(), run);
    if (run !== shown || who !== selection.member || facts === undefined || detail === null) return;
    swap(above, aboveOf(desk, facts, detail, whys));
    view.hidden = detail.held === null;
    if (detail.held !== null) {
      found.textContent = `${detail.held.viewFound > detail.held.view.length ? `the first ${detail.held.view.length} of ` : ""}${detail.held.viewFound}`;
      swap(list, viewItems(desk, facts, detail.held));
    }
    swap(below, belowOf(desk, facts, detail));
  });
  const ask = (): void => {
    const { shown, selection, clock } = desk.page();
    if (shown !== null && selection.member !== null) take({ run: shown, at: clock.at, who: selection.member, search: search.value });
  };
  const follow = following(ask);
  const empty = element("p", { class: "empty" }, "No member is selected. Click one in the group, press j, or press Ctrl+K and type its name.");
  region.append(empty, above, view, below);
  return {
    show: (page) => {
      const facts = runOf(page, page.shown);
      const isChosen = facts !== undefined && page.selection.member !== null;
      empty.hidden = isChosen;
      above.hidden = below.hidden = !isChosen;
      if (!isChosen) view.hidden = true;
      else follow(keyOf(page, facts), page.clock.isPlaying);
    },
  };
};

const keyOf = ({ clock, selection }: PageState, { id, knownUntil }: RunFacts): string => `${id} ${clock.at} ${selection.member} ${knownUntil}`;

function aboveOf(desk: Desk, facts: RunFacts, detail: MemberDetail, whys: Whys): readonly HTMLElement[] {
  const { who, existence, held } = detail;
  const name = nameIn(facts, who);
  const { observer } = desk.page();
  const press = (key: string, text: string, isOn: boolean, title: string, act: () => void): HTMLElement =>
    element("button", { type: "button", "data-key": key, "aria-pressed": String(isOn), title, onclick: act }, text);
  const filter = `at:${name}`;
  return [
    element("div", { class: "title" }, element("h3", {}, name), facts.hasTruth || existence !== "running" ? badge(existence) : element("span", { class: "soft" }, "assumed running: recordings do not say"),
      press("eyes", "Show its view", observer === who, "Colour the group by what this member believes (o)", () => desk.dispatch({ kind: "observed", observer: observer === who ? null : who })),
      press("lines", "Filter by it", desk.page().filter === filter, `Filter all views by ${filter}`, () => desk.dispatch({ kind: "filtered", filter: desk.page().filter === filter ? "" : filter }))),
    ...(held === null ? [element("p", { class: "empty" }, `${name} has not started yet, or there is no recording of it.`)] : [
      factsOfHeld(held),
      ...probeLine(desk, facts, held, detail.at),
      ...accuserList(desk, facts, who, detail.accusers, whys),
      suspicionList(desk, facts, held, detail.at, whys),
      rumourTable(desk, facts, held),
    ]),
  ];
}

function viewItems(desk: Desk, facts: RunFacts, { view }: HeldDetail): readonly HTMLElement[] {
  return view.map(({ about, status, incarnation, isWrong }) => element("li", { class: isWrong ? "wrong" : "" },
    memberLink(desk, facts, about), badge(status), element("span", { class: "soft" }, status === "unknown" ? "" : `incarnation ${incarnation}`), ...(isWrong ? [element("b", {}, "wrong")] : [])));
}

function belowOf(desk: Desk, facts: RunFacts, detail: MemberDetail): readonly HTMLElement[] {
  const { held, counters, last, at } = detail;
  return [
    ...(held === null ? [] : [deadlineList(desk, held, at)]),
    ...(held === null || held.errands.length === 0 ? [] : [element("section", {}, element("h3", {}, "Pings on behalf of others"), element("ul", {}, ...held.errands.map(({ target, client }) =>
      element("li", {}, memberLink(desk, facts, target), client < 0 ? " for its application" : " for ", ...(client < 0 ? [] : memberLinks(desk, facts, [client]))))))]),
    countersTable(facts, counters, held?.oddities ?? {}),
    element("section", {}, element("h3", {}, "Last events"), element("ol", { class: "rows" }, ...last.toReversed().map((row) => rowItem(desk, facts, row, false)))),
  ];
}
