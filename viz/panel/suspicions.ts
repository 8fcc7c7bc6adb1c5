/** The suspicions that a member holds, with their causes: who began each, by which probe, through which relays, who confirmed it, when it expires. */

import type { Instant } from "../../engine/index.ts";
import type { HeldDetail, SuspicionDetail } from "../model/detail.ts";
import type { MemberNumber, RunFacts } from "../model/run.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { askWhy } from "./chain.ts";
import { lengthText, memberLink, memberLinks, nameIn, timeLink } from "./links.ts";

/** The open chains, by the line at which they begin: they stay while the list around them is rebuilt. */
export class Whys {
  private readonly desk: Desk;
  private readonly open = new Map<string, HTMLElement>();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** A button that opens and closes the chain, and the chain's element. */
  at(run: number, line: number, about: MemberNumber, name: string, status: "suspect" | "dead" = "suspect"): readonly HTMLElement[] {
    const key = `${run} ${line} ${about}`;
    const place = this.open.get(key) ?? element("div", { class: "why" });
    const button = element("button", { type: "button", "data-key": `why ${key}`, "aria-expanded": String(this.open.has(key)), title: `Why is ${name} ${status === "suspect" ? "suspected" : "held dead"}? Shows the chain of causes`, onclick: () => {
      const isOpen = this.open.has(key);
      button.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) {
        this.open.delete(key);
        place.replaceChildren();
      } else {
        this.open.set(key, place);
        askWhy(this.desk, place, { run, line, about });
      }
    } }, "Why?");
    return [button, place];
  }
}

/** Each suspect appears once. The view has their number; the list may contain only the first. */
export function suspicionList(desk: Desk, facts: RunFacts, { suspicions, counts }: HeldDetail, now: Instant, whys: Whys): HTMLElement {
  return element("section", {}, element("h3", {}, `Members that it suspects: ${counts.suspect === 0 ? "none" : counts.suspect}`),
    ...(suspicions.length < counts.suspect ? [element("p", { class: "soft" }, `Shown are the ${suspicions.length} that end first.`)] : []),
    ...(suspicions.length === 0 ? [] : [element("ul", { class: "suspicions" }, ...suspicions.map((one) => suspicionItem(desk, facts, one, now, whys)))]));
}

function suspicionItem(desk: Desk, facts: RunFacts, suspicion: SuspicionDetail, now: Instant, whys: Whys): HTMLElement {
  const { about, incarnation, since, until, confirmedBy, wanted, line } = suspicion;
  const left = Math.max(0, until - now);
  return element("li", {},
    element("p", {}, memberLink(desk, facts, about), ` in incarnation ${incarnation}, since `, timeLink(desk, since, line), ". ", ...begun(desk, facts, suspicion)),
    element("p", {}, confirmedBy.length === 0 ? "No confirmation yet" : "Confirmed by ", ...memberLinks(desk, facts, confirmedBy),
      wanted === 0 ? "." : `: ${confirmedBy.length} of ${wanted} that reduce the wait to its minimum.`),
    element("p", {}, element("meter", { min: 0, max: Math.max(1, until - since), value: left, "aria-label": "How much of the wait is left" }),
      " If not refuted, the member is declared dead at ", timeLink(desk, until), left === 0 ? "." : `, in ${lengthText(left)}.`),
    ...(line === null ? [] : whys.at(facts.id, line, about, nameIn(facts, about))));
}

/** Who began it, and how this member learnt of it. */
function begun(desk: Desk, facts: RunFacts, { by, cause }: SuspicionDetail): readonly (Node | string)[] {
  if (cause.kind === "probe") {
    const { seq, at, relays, nacks } = cause;
    return ["Its own probe failed: ping ", `${seq} of `, timeLink(desk, at), " was not answered, ",
      ...(relays.length === 0 ? ["and no relay was asked."] : ["nor through ", ...memberLinks(desk, facts, relays), nacks === null ? "." : `, of whom ${nacks} answered with a nack.`])];
  }
  return [memberLink(desk, facts, by), " began it; heard from ", memberLink(desk, facts, cause.via), cause.kind === "view" ? "'s view." : "'s gossip."];
}
