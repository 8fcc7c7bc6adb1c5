/** The text mode: the run at the cursor as a sentence and tables, updated without flooding users of screen readers. */

import type { HeldSuspicions } from "../model/detail.ts";
import type { MemberNumber, RunFacts } from "../model/run.ts";
import type { Frame, MakePart } from "../page/desk.ts";
import { element, say } from "../page/element.ts";
import { latest } from "../page/latest.ts";
import { runOf } from "../page/state.ts";
import { following, swap } from "../page/swap.ts";
import { nameIn } from "./links.ts";
import { nowText, observersOf, tablesOf } from "./text-tables.ts";

/** While the clock runs, the sentence is updated at this interval, in milliseconds: a listener must be able to hear all of it. */
const CALM = 4_000;

export const textPart: MakePart = (region, desk) => {
  region.classList.add("text");
  const now = element("p", { class: "now", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const eyes = element("select", { "aria-label": "Whose belief the tables show", onchange: () => desk.dispatch({ kind: "observed", observer: eyes.value === "" ? null : Number(eyes.value) }) });
  const tables = element("div", {});
  /** The run and the instant of these suspicions. */
  let held: { readonly run: RunFacts["id"] | null; readonly at: number; readonly suspicions: HeldSuspicions } = { run: null, at: 0, suspicions: { count: 0, first: [] } };
  let saidAt = 0;
  let members: RunFacts["members"] = [];
  let last: MemberNumber | undefined;
  const ask = latest(desk, "suspicions", (suspicions, { run, at }) => { held = { run, at, suspicions }; draw(); });
  const draw = (): void => {
    const page = desk.page();
    const facts = runOf(page, page.shown);
    if (facts === undefined) return;
    const frame: Frame = desk.frame(facts.id);
    // Suspicions of another instant would be wrong here. While the clock runs, a small delay is acceptable.
    if (!page.clock.isPlaying && (held.run !== facts.id || held.at !== page.clock.at || frame.group?.at !== page.clock.at)) return;
    swap(tables, tablesOf(desk, facts, frame, held.suspicions));
    if (page.clock.isPlaying && performance.now() - saidAt < CALM) return;
    saidAt = performance.now();
    say(now, nowText(facts, frame, page.clock));
  };
  const followClock = following(() => { const { shown, clock } = desk.page(); if (shown !== null) ask({ run: shown, at: clock.at }); });
  const followFrame = following(draw);
  const eyesOf = element("p", {}, element("label", {}, "Beliefs of ", eyes));
  region.append(now, eyesOf, tables);
  return {
    show: (page, frame) => {
      const facts = runOf(page, page.shown);
      eyesOf.hidden = facts === undefined;
      if (facts === undefined) {
        tables.replaceChildren();
        return say(now, "No run is open: press g.");
      }
      const offered = observersOf(facts.members, page.observer);
      if (facts.members !== members || offered.length !== eyes.options.length - 1 || offered.at(-1) !== last) {
        [members, last] = [facts.members, offered.at(-1)];
        eyes.replaceChildren(element("option", { value: "" }, "most running members"), ...offered.map((who) => element("option", { value: who }, nameIn(facts, who))));
      }
      eyes.value = page.observer === null ? "" : String(page.observer);
      const { at, isPlaying } = page.clock;
      followClock(`${facts.id} ${at} ${facts.isComplete}`, isPlaying);
      followFrame(`${facts.id} ${at} ${frame.group?.at} ${frame.group?.observer} ${frame.traffic?.from} ${page.observer} ${page.filter} ${facts.isComplete}`, isPlaying);
      return undefined;
    },
  };
};
