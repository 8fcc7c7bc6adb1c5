/** The deaths of a run: which members were declared dead, false ones first, by whom first, and why. */

import { type Death, deathsIn } from "../model/deaths.ts";
import type { RunFacts } from "../model/run.ts";
import type { MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { runOf } from "../page/state.ts";
import { swap } from "../page/swap.ts";
import { brokenList } from "./broken.ts";
import { askWhy } from "./chain.ts";
import { nameIn } from "./links.ts";

/** How many of a kind are listed at first, and how many more each time that the user asks for more. */
const [MOST, MORE] = [100, 500];

const kinds: readonly { readonly verdict: Death["verdict"]; readonly title: string; readonly meaning: string }[] = [
  { verdict: "false", title: "Wrongly declared dead", meaning: "They were running, and no fault separated them from the member that declared them dead: false positives." },
  { verdict: "parted", title: "Declared dead across a fault", meaning: "They were running on the other side of a partition or a cut: evictions, as expected." },
  { verdict: "unknown", title: "Declared dead", meaning: "Recordings of real members do not say which members were really running." },
  { verdict: "right", title: "Rightly declared dead", meaning: "They had crashed or left, or were paused or blocked." },
];

/** The death whose reasons are shown, and their element: both stay while the list around them is rebuilt. */
type Open = { readonly key: string; readonly chain: HTMLElement };

const keyOf = ({ line, about }: Death): string => `${line} ${about}`;

export const deathsPart: MakePart = (region, desk) => {
  let seen: readonly unknown[] = [];
  let open: Open | null = null;
  /** How many of a kind are listed, if the user asked for more. */
  let listed = new Map<Death["verdict"], number>();
  region.classList.add("deaths");
  const draw = (facts: RunFacts): void => {
    const deaths = deathsIn(facts.announcements);
    swap(region, [summaryOf(deaths, facts), ...brokenList(desk, facts), ...kinds.flatMap(({ verdict, title, meaning }) => {
      const some = deaths.filter((death) => death.verdict === verdict);
      if (some.length === 0) return [];
      const most = listed.get(verdict) ?? MOST;
      return [element("h3", {}, `${title}: ${new Set(some.map(({ about }) => about)).size}`), element("p", { class: "meaning" }, meaning),
        element("ul", { class: "death-list" }, ...some.slice(0, most).map((death) => rowOf(facts, death, open, () => turn(facts, death)))),
        ...(some.length <= most ? [] : [moreOf(some.length - most, () => more(facts, verdict, most, some[most]))])];
    })]);
  };
  /** Lists more of a kind, and focuses the first of these. */
  const more = (facts: RunFacts, verdict: Death["verdict"], before: number, next: Death | undefined): void => {
    listed.set(verdict, before + MORE);
    draw(facts);
    if (next !== undefined) region.querySelector<HTMLElement>(`[data-key="death ${keyOf(next)}"]`)?.focus();
  };
  /** Opens or closes a death. */
  const turn = (facts: RunFacts, death: Death): void => {
    const key = keyOf(death);
    open = open?.key === key ? null : { key, chain: element("div", { class: "why" }) };
    draw(facts);
    if (open === null) return;
    desk.dispatch({ kind: "paused" });
    desk.dispatch({ kind: "sought", at: death.at, line: death.line, selection: { member: death.about, line: death.line } });
    askWhy(desk, open.chain, { run: facts.id, line: death.line, about: death.about });
  };
  return {
    show: (page) => {
      const facts = runOf(page, page.shown);
      const looked = [page.shown, facts?.announcements, facts?.broken.length, facts?.isComplete];
      if (seen.length > 0 && looked.every((part, n) => part === seen[n])) return;
      if (page.shown !== seen[0]) [open, listed] = [null, new Map()];
      seen = looked;
      if (facts === undefined) return region.replaceChildren(element("p", { class: "empty" }, "No run is open. Once one is, this panel lists who was declared dead, by whom first, and why."));
      return draw(facts);
    },
  };
};

const moreOf = (left: number, act: () => void): HTMLElement =>
  element("button", { type: "button", class: "more", onclick: act }, left > MORE ? `Show ${MORE} more of ${left.toLocaleString("en")}` : `Show ${left} more`);

function summaryOf(deaths: readonly Death[], facts: RunFacts): HTMLElement {
  const count = (verdict: Death["verdict"]): number => new Set(deaths.filter((death) => death.verdict === verdict).map(({ about }) => about)).size;
  if (deaths.length === 0) return element("p", { class: "summary" }, facts.isComplete ? "Nobody was declared dead in this run." : "Nobody has been declared dead so far.");
  if (!facts.hasTruth) return element("p", { class: "summary" }, `Declared dead at least once: ${count("unknown")} of ${facts.members.length} members. Choose one to see why.`);
  const parts = [`${count("false")} wrongly`, `${count("parted")} across a fault`, `${count("right")} rightly`];
  return element("p", { class: "summary" }, `Of ${facts.members.length} members, declared dead at least once: ${parts.join(", ")}. Choose one to see why.`);
}

function rowOf(facts: RunFacts, death: Death, open: Open | null, turn: () => void): HTMLElement {
  const key = keyOf(death);
  const isOpen = open?.key === key;
  const row = element("button", { type: "button", "data-key": `death ${key}`, "aria-expanded": String(isOpen), onclick: turn },
    element("b", {}, nameIn(facts, death.about)), ` at ${(death.at / 1e6).toFixed(1)} s, first by ${nameIn(facts, death.first)}`,
    element("small", {}, death.announcers === 1 ? "by no other member" : `then by ${death.announcers - 1} more`));
  return element("li", { class: death.verdict }, row, isOpen ? open.chain : element("div", { class: "why" }));
}
