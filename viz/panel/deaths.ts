/** The deaths of a run: who was declared dead, wrongly first of all, by whom first, and why. */

import { type Death, deathsIn } from "../model/deaths.ts";
import type { RunFacts } from "../model/run.ts";
import type { Desk, MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { runOf } from "../page/state.ts";
import { brokenList } from "./broken.ts";
import { askWhy } from "./chain.ts";

/** So many of a kind are listed at first. */
const MOST = 100;

const kinds: readonly { readonly verdict: Death["verdict"]; readonly title: string; readonly meaning: string }[] = [
  { verdict: "false", title: "Wrongly declared dead", meaning: "They ran, and no fault parted them from whoever declared it: false positives." },
  { verdict: "parted", title: "Declared dead across a fault", meaning: "They ran beyond a partition or a cut: evictions, as they must be." },
  { verdict: "unknown", title: "Declared dead", meaning: "Recordings of real members do not say who really ran." },
  { verdict: "right", title: "Rightly declared dead", meaning: "They had crashed, left, or stood still." },
];

export const deathsPart: MakePart = (region, desk) => {
  let seen: RunFacts["announcements"] | null = null;
  let seenBroken = 0;
  let open: Death | null = null;
  region.classList.add("deaths");
  return {
    show: (page) => {
      const facts = runOf(page, page.shown);
      const announcements = facts?.announcements ?? null;
      const broken = facts?.broken.length ?? 0;
      if (announcements === seen && seen !== null && broken === seenBroken) return;
      [seen, seenBroken] = [announcements, broken];
      if (facts === undefined) return region.replaceChildren(element("p", { class: "empty" }, "Who was declared dead, by whom first, and why, once a run is open."));
      const deaths = deathsIn(facts.announcements);
      region.replaceChildren(summaryOf(deaths, facts), ...brokenList(desk, facts), ...kinds.flatMap(({ verdict, title, meaning }) => {
        const some = deaths.filter((death) => death.verdict === verdict);
        if (some.length === 0) return [];
        return [element("h3", {}, `${title}: ${new Set(some.map(({ about }) => about)).size}`), element("p", { class: "meaning" }, meaning),
          element("ul", { class: "death-list" }, ...some.slice(0, MOST).map((death) => rowOf(desk, facts, death, (next) => { open = next; }, () => open)))];
      }));
      return undefined;
    },
  };
};

function summaryOf(deaths: readonly Death[], facts: RunFacts): HTMLElement {
  const count = (verdict: Death["verdict"]): number => new Set(deaths.filter((death) => death.verdict === verdict).map(({ about }) => about)).size;
  if (deaths.length === 0) return element("p", { class: "summary" }, facts.isComplete ? "Nobody was declared dead in this run." : "Nobody has been declared dead so far.");
  if (!facts.hasTruth) return element("p", { class: "summary" }, `Of ${facts.members.length} members, ${count("unknown")} were declared dead at least once. Choose one to see why.`);
  const parts = [count("false") > 0 ? `${count("false")} wrongly` : "nobody wrongly", `${count("parted")} across a fault`, `${count("right")} rightly`];
  return element("p", { class: "summary" }, `Of ${facts.members.length} members, declared dead at least once: ${parts.join(", ")}. Choose one to see why.`);
}

function rowOf(desk: Desk, facts: RunFacts, death: Death, opened: (death: Death | null) => void, whichIsOpen: () => Death | null): HTMLElement {
  const name = (who: number): string => facts.members[who]?.id ?? "somebody";
  const chain = element("div", { class: "why" });
  const row = element("button", { type: "button", "aria-expanded": "false", onclick: () => {
    const isOpen = whichIsOpen() === death;
    for (const other of row.closest(".deaths")?.querySelectorAll("[aria-expanded=true]") ?? []) other.setAttribute("aria-expanded", "false");
    for (const other of row.closest(".deaths")?.querySelectorAll(".why") ?? []) other.replaceChildren();
    opened(isOpen ? null : death);
    if (isOpen) return;
    row.setAttribute("aria-expanded", "true");
    desk.dispatch({ kind: "paused" });
    desk.dispatch({ kind: "sought", at: death.at, line: death.line, selection: { member: death.about, line: death.line } });
    askWhy(desk, chain, { run: facts.id, line: death.line, about: death.about });
  } }, element("b", {}, name(death.about)), ` at ${(death.at / 1e6).toFixed(1)} s, first by ${name(death.first)}`,
    element("small", {}, death.announcers === 1 ? "by nobody else" : `then by ${death.announcers - 1} more`));
  return element("li", { class: death.verdict }, row, chain);
}
