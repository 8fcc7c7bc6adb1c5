/** The parts of the member's panel that list figures: what it is, what it pings, tells, waits for, and has counted. */

import type { Instant } from "../../engine/index.ts";
import type { Counters, HeldDetail } from "../model/detail.ts";
import type { RunFacts } from "../model/run.ts";
import type { ExistenceWord, StatusWord } from "../model/words.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { lengthText, memberLink, memberLinks, timeLink } from "./links.ts";

/** Signs beside the words, so that colours are not needed to tell them apart. */
const signs: Readonly<Record<StatusWord | ExistenceWord, string>> = {
  unknown: "·", alive: "●", suspect: "▲", dead: "✕", left: "⊣", absent: "·", running: "●", paused: "‖", blocked: "■", leaving: "⊣", crashed: "✕", departed: "⊣",
};

/** A status or an existence: its sign, its word, its colour. */
export const badge = (word: StatusWord | ExistenceWord): HTMLElement => element("span", { class: `badge ${word}` }, element("span", { "aria-hidden": "true" }, `${signs[word]} `), word);

export function factsOfHeld({ address, incarnation, health, healthMax, phase, seq, counts }: HeldDetail): HTMLElement {
  const views = (Object.entries(counts) as [StatusWord, number][]).filter(([, count]) => count > 0);
  const rows: readonly (readonly [string, readonly (Node | string)[]])[] = [
    ["address", [address]], ["incarnation", [String(incarnation)]], ["phase", [phase]], ["last seq", [String(seq)]],
    ["health", [element("meter", { min: 0, max: Math.max(1, healthMax), value: health, "aria-label": "Local health: 0 is good" }), ` ${health} of ${healthMax}${health === 0 ? ", good" : ""}`]],
    ["view", views.flatMap(([status, count], n) => [...(n === 0 ? [] : [" "]), `${count} `, badge(status)])],
  ];
  return element("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, ...value)]));
}

/** The probe that waits for its ack. */
export function probeLine(desk: Desk, facts: RunFacts, { probe }: HeldDetail, now: Instant): readonly HTMLElement[] {
  if (probe === null) return [];
  const { target, seq, startedAt, askRelaysAt, failsAt, relays } = probe;
  return [element("p", { class: "probe" }, "Probes ", memberLink(desk, facts, target), ` (ping ${seq}) since `, timeLink(desk, startedAt), "; ",
    ...(relays.length > 0 ? ["asked through ", ...memberLinks(desk, facts, relays)] : askRelaysAt > now ? ["asks relays at ", timeLink(desk, askRelaysAt)] : ["asked no relay"]), "; fails at ", timeLink(desk, failsAt), ".")];
}

export function rumourTable(desk: Desk, facts: RunFacts, { rumours, telling, broadcasts }: HeldDetail): HTMLElement {
  const rows = rumours.map(({ about, says, incarnation, told, limit }) => element("tr", {},
    element("td", {}, memberLink(desk, facts, about)), element("td", {}, badge(says)), element("td", {}, String(incarnation)), element("td", {}, `${told} of ${limit}`)));
  return element("section", {}, element("h3", {}, `Rumours left to tell: ${telling}`),
    ...(telling === 0 ? [] : [element("table", { class: "figures" }, headOf("about", "says", "incarnation", "told"), element("tbody", {}, ...rows))]),
    ...(broadcasts === 0 ? [] : [element("p", {}, `And ${broadcasts} broadcasts of its application.`)]));
}

export function deadlineList(desk: Desk, { deadlines }: HeldDetail, now: Instant): HTMLElement {
  return element("section", {}, element("h3", {}, "Deadlines"), element("table", { class: "figures" }, headOf("what", "at", "from now"), element("tbody", {}, ...deadlines.map(({ kind, at }) =>
    element("tr", {}, element("th", { scope: "row" }, kind.replaceAll("-", " ")), element("td", {}, timeLink(desk, at)), element("td", {}, at <= now ? "due" : lengthText(at - now)))))));
}

export function countersTable(facts: RunFacts, { sent, received, lost, bytes, woken }: Counters, oddities: HeldDetail["oddities"]): HTMLElement {
  const kinds = [...new Set([...Object.keys(sent), ...Object.keys(received)])];
  const count = (of: number | undefined): string => (of ?? 0).toLocaleString("en-US");
  return element("section", {}, element("h3", {}, "Counters so far"),
    element("p", { class: "soft" }, `${count(bytes)} bytes sent; ${count(lost)} messages ${facts.hasTruth ? "lost" : "whose arrival is not recorded"}; woken by its alarm ${count(woken)} times.`),
    ...(kinds.length === 0 ? [] : [element("table", { class: "figures" }, headOf("kind", "sent", "received"), element("tbody", {}, ...kinds.map((kind) =>
      element("tr", {}, element("th", { scope: "row" }, kind), element("td", {}, count(sent[kind])), element("td", {}, count(received[kind]))))))]),
    ...Object.entries(oddities).map(([name, many]) => element("p", { class: "soft" }, `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${many}`)));
}

const headOf = (...names: readonly string[]): HTMLElement => element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));
