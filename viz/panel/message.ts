/** The selected message: its fields, its claims, its bytes part by part, its cause and its effects. */

import type { MessageDetail } from "../model/detail.ts";
import type { RunFacts } from "../model/run.ts";
import type { Desk, MakePart } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { latest } from "../page/latest.ts";
import { runOf } from "../page/state.ts";
import { swap } from "../page/swap.ts";
import { bytesView } from "./bytes.ts";
import { glimpseLink, lengthText, linked, memberLink, rowItem, timeLink } from "./links.ts";
import { badge } from "./member-parts.ts";

export const messagePart: MakePart = (region, desk) => {
  region.classList.add("message");
  const empty = element("p", { class: "empty" }, "No message is selected. Click one in the group while it is under way, in the log, or in a member's last events.");
  const place = element("div", {});
  let asked = "";
  const take = latest(desk, "message", (detail, { run, message }) => {
    const facts = runOf(desk.page(), run);
    if (desk.page().selection.message !== message || facts === undefined) return;
    swap(place, detail === null ? [element("p", { class: "empty" }, "This message is not in the recording.")] : whole(desk, facts, detail));
  });
  region.append(empty, place);
  return {
    show: (page) => {
      const facts = runOf(page, page.shown);
      const { message } = page.selection;
      empty.hidden = facts !== undefined && message !== null;
      place.hidden = !empty.hidden;
      const key = facts === undefined || message === null ? "" : `${facts.id} ${message} ${facts.isComplete}`;
      if (key === asked || facts === undefined || message === null) return;
      asked = key;
      take({ run: facts.id, message });
    },
  };
};

function whole(desk: Desk, facts: RunFacts, detail: MessageDetail): readonly HTMLElement[] {
  const { id, kind, source, target, sentAt, arrivals, claims, fields, size } = detail;
  return [
    element("div", { class: "title" }, element("h3", {}, kind), memberLink(desk, facts, source), " → ", memberLink(desk, facts, target)),
    element("p", {}, "Sent at ", timeLink(desk, sentAt, detail.cause?.line ?? null), arrivals.length === 0 ? "; " : "; arrived at ",
      ...(arrivals.length === 0 ? [element("b", { class: "lost" }, facts.hasTruth ? "✕ lost: it never arrived" : "✕ arrival not recorded"), "."] : arrivals.flatMap(({ at, line }, n) => [n === 0 ? "" : " and again at ", timeLink(desk, at, line), ` after ${lengthText(at - sentAt)}`])), arrivals.length === 0 ? "" : "."),
    element("dl", { class: "facts" }, ...fields.filter(([, value]) => value !== "").flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, ...linked(desk, facts, value))]), element("dt", {}, "size"), element("dd", {}, `${size} bytes`)),
    element("section", {}, element("h3", {}, `Claims in it: ${claims.length === 0 ? "none" : claims.length}`), ...(claims.length === 0 ? [] : [element("ul", { class: "rows" }, ...claims.map(({ says, about, incarnation, from }) =>
      element("li", {}, memberLink(desk, facts, about), " is ", badge(says), ` in incarnation ${incarnation}`, ...(says === "alive" ? [] : [", says ", memberLink(desk, facts, from)]))))])),
    ...causes(desk, facts, detail),
    bytesView(id, detail),
  ];
}

/** Backwards: the step that sent it, and the message that caused that step. Forwards: the steps that received it, and the messages that they sent. */
function causes(desk: Desk, facts: RunFacts, { id, cause, effects }: MessageDetail): readonly HTMLElement[] {
  const before = cause === null ? [element("p", { class: "soft" }, "The step that sent it is not in the recording.")] : [
    element("ol", { class: "rows" }, rowItem(desk, facts, { ...cause, sent: cause.sent.filter((one) => one.id !== id) }, true)),
    ...(cause.received === null ? [element("p", { class: "soft" }, "No message: a deadline or its application caused it.")] : [element("p", {}, "The sender had received ", glimpseLink(desk, facts, cause.received, "from"), ".")]),
  ];
  const after = effects.length === 0 ? [element("p", { class: "soft" }, facts.hasTruth ? "Nothing: it never arrived." : "Not known: no arrival is recorded.")] : [element("ol", { class: "rows" }, ...effects.map((row) => rowItem(desk, facts, row, true)))];
  return [element("section", {}, element("h3", {}, "Cause"), ...before), element("section", {}, element("h3", {}, "Effects"), ...after)];
}
