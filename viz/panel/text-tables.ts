/** The tables of the text mode: members, suspicions, messages under way, latest announcements. */

import { bisectRight } from "d3";
import type { HeldSuspicions } from "../model/detail.ts";
import type { GroupPicture, Traffic } from "../model/picture.ts";
import { faultSentence } from "../model/fault.ts";
import type { MemberNumber, RunFacts } from "../model/run.ts";
import { announcementKinds, existences, messageKinds, statuses, verdicts, wordIn } from "../model/words.ts";
import type { Desk, Frame } from "../page/desk.ts";
import { element } from "../page/element.ts";
import type { Clock } from "../page/state.ts";
import { lengthText, memberLink, memberLinks, messageLink, nameIn, timeLink, timeText } from "./links.ts";
import { badge } from "./member-parts.ts";

/** The most rows of each table: nobody listens to longer ones. */
const [MEMBERS, MESSAGES, SAID] = [500, 60, 25];

/** The most members offered as observers, besides one that was chosen elsewhere. */
const OBSERVERS = 2_000;

export const observersOf = ({ length }: RunFacts["members"], chosen: MemberNumber | null): readonly MemberNumber[] =>
  [...Array.from({ length: Math.min(OBSERVERS, length) }, (_, who) => who), ...(chosen !== null && chosen >= OBSERVERS && chosen < length ? [chosen] : [])];

/** The most suspects that the sentence names. */
const NAMED = 5;

/** The state in a sentence or two. */
export function nowText(facts: RunFacts, { group }: Pick<Frame, "group">, clock: Clock): string {
  if (group === null) return timeText(clock.at);
  const suspects = facts.members.filter((_, who) => (group.suspectedBy[who] ?? 0) > 0).map(({ id }) => id);
  const parts = [
    `${timeText(clock.at)} of ${timeText(facts.ends)}${clock.isPlaying ? ", playing" : ""}`,
    facts.hasTruth ? `${group.running} of ${group.count} members are running, and the views of ${group.agreeing} of them are true` : `${group.count} members; recordings do not say which are running`,
    suspects.length === 0 ? "nobody is suspected" : `suspected: ${suspects.slice(0, NAMED).join(", ")}${suspects.length > NAMED ? ` and ${suspects.length - NAMED} more` : ""}`,
    ...(group.faults.length === 0 ? [] : [`in force: ${group.faults.map(faultSentence).join("; ")}`]),
  ];
  if (facts.broken.length > 0) parts.push(`${facts.broken.length} invariants or oracles were violated, first at ${timeText(facts.broken[0]?.at ?? 0)}: ${facts.broken[0]?.sentence ?? ""}`);
  const [last] = announcementsBefore(facts, clock.at, 1);
  return `${parts.join("; ")}.${last === undefined ? "" : ` Last: ${sentenceOf(facts, last)}.`}`;
}

export function tablesOf(desk: Desk, facts: RunFacts, { group, traffic }: Frame, suspicions: HeldSuspicions): readonly HTMLElement[] {
  const { clock } = desk.page();
  return [
    ...(group === null ? [] : [membersTable(desk, facts, group)]),
    table("Suspicions", suspicionsCaption(suspicions), ["who", "suspects", "begun by", "since", "ends", "confirmed by"], suspicions.first.map(({ who, about, by, since, until, confirmedBy }) => [
      [memberLink(desk, facts, who)], [memberLink(desk, facts, about)], [memberLink(desk, facts, by)], [timeLink(desk, since)], [timeLink(desk, until)], confirmedBy.length === 0 ? ["nobody"] : memberLinks(desk, facts, confirmedBy),
    ])),
    ...(traffic === null ? [] : [trafficTable(desk, facts, traffic, clock.at)]),
    table("Last announcements", "Newest first.", ["when", "what"], announcementsBefore(facts, clock.at, SAID).map((place) => [
      [timeLink(desk, facts.announcements.at[place]!, facts.announcements.line[place]!)], [sentenceOf(facts, place)],
    ])),
  ];
}

export function suspicionsCaption({ count, first }: HeldSuspicions): string {
  if (count === 0) return "No member suspects another.";
  const words = "Who suspects whom, ordered by deadline";
  return count === first.length ? `${words}.` : `${words}: ${first.length.toLocaleString("en")} of ${count.toLocaleString("en")}.`;
}

function membersTable(desk: Desk, facts: RunFacts, group: GroupPicture): HTMLElement {
  const { observer } = group;
  const eyes = observer === null ? "most of the running members" : nameIn(facts, observer);
  const caption = `${group.count > MEMBERS ? `The first ${MEMBERS} of ${group.count}: ` : ""}${facts.hasTruth ? "the true state of each, and " : ""}what ${eyes} believe${observer === null ? "" : "s"} of it.`;
  return table("Members", caption, ["member", facts.hasTruth ? "in truth" : "assumed", "believed", "incarnation", "health", "suspected by", "held dead by"], Array.from({ length: Math.min(MEMBERS, group.count) }, (_, who) => [
    [memberLink(desk, facts, who)], [badge(wordIn(existences, group.existence[who]))], [badge(wordIn(statuses, group.status[who]))], [numberText(group.incarnation[who])], [numberText(group.health[who])],
    [numberText(group.suspectedBy[who])], [numberText(group.buriedBy[who])],
  ]));
}

function trafficTable(desk: Desk, facts: RunFacts, traffic: Traffic, at: number): HTMLElement {
  const { count, sentAt, arrivesAt, id, kind, source, target, usual } = traffic;
  const under = Array.from({ length: count }, (_, n) => n).filter((n) => sentAt[n]! <= at && (Number.isNaN(arrivesAt[n]!) ? sentAt[n]! + 4 * usual : arrivesAt[n]!) >= at);
  return table("Messages under way", under.length === 0 ? "None." : `${under.length}${under.length > MESSAGES ? `, of which the first ${MESSAGES}` : ""}.`, ["message", "from", "to", "sent", "arrives"], under.slice(0, MESSAGES).map((n) => [
    [messageLink(desk, id[n]!, wordIn(messageKinds, kind[n]))], [memberLink(desk, facts, source[n]!)], [memberLink(desk, facts, target[n]!)], [timeLink(desk, sentAt[n]!)],
    Number.isNaN(arrivesAt[n]!) ? [facts.hasTruth ? "never: lost" : "not recorded"] : [`in ${lengthText(arrivesAt[n]! - at)}`],
  ]));
}

type Cells = readonly (readonly (Node | string)[])[];

function table(title: string, caption: string, heads: readonly string[], rows: readonly Cells[]): HTMLElement {
  return element("section", {}, element("h3", {}, title), rows.length === 0 ? element("p", { class: "soft" }, caption) : element("table", {}, element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell, n) => (n === 0 ? element("th", { scope: "row" }, ...cell) : element("td", {}, ...cell))))))));
}

const numberText = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? "" : String(value));

/** The indices of the last announcements up to an instant, the newest first. */
function announcementsBefore({ announcements: { at, count } }: RunFacts, now: number, most: number): readonly number[] {
  const before = bisectRight(at, now, 0, count);
  return Array.from({ length: Math.min(most, before) }, (_, n) => before - 1 - n);
}

function sentenceOf(facts: RunFacts, place: number): string {
  const { who, kind, about, by, verdict } = facts.announcements;
  const [announcer, subject] = [nameIn(facts, who[place]!), nameIn(facts, about[place]!)];
  const word = wordIn(announcementKinds, kind[place]);
  const truth = wordIn(verdicts, verdict[place]);
  const whose = by[place]! >= 0 && by[place] !== who[place] ? `, as told by ${nameIn(facts, by[place]!)}` : "";
  const judged = truth === "none" || truth === "unknown" ? "" : truth === "right" ? ", rightly" : truth === "false" ? ", wrongly" : ", across a fault";
  switch (word) {
    case "suspected": return `${announcer} began to suspect ${subject}${whose}`;
    case "confirmed": return `${announcer} heard a confirmation of the suspicion of ${subject}${whose}`;
    case "cleared":   return `${announcer} no longer suspects ${subject}`;
    case "failed":    return `${announcer} declared ${subject} dead${whose}${judged}`;
    case "refuted":   return `${announcer} refuted an accusation${whose}`;
    case "joined":    return `${announcer} learned of ${subject}`;
    default:          return `${announcer} announced ${word}${subject === announcer ? "" : ` of ${subject}`}${whose}`;
  }
}
