/** Names, times and messages as buttons that go there. */

import { instant } from "../../engine/index.ts";
import type { LineRow, MessageGlimpse } from "../model/detail.ts";
import type { LineNumber, MemberNumber, MessageId, RunFacts } from "../model/run.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";

/** `12.345 s`: an instant in all panels, in milliseconds. */
export const timeText = (at: number): string => `${(at / 1e6).toFixed(3)} s`;

/** `300 ms`, `2.4 s`: a length. */
export const lengthText = (micros: number): string => (micros < 1_000 ? `${Math.round(micros)} µs` : micros < 1_000_000 ? `${Number((micros / 1_000).toPrecision(3))} ms` : `${Number((micros / 1_000_000).toPrecision(3))} s`);

export const nameIn = (facts: RunFacts, who: MemberNumber): string => facts.members[who]?.id ?? "somebody";

/** A member's name: a click selects it. */
export function memberLink(desk: Desk, facts: RunFacts, who: MemberNumber): HTMLElement {
  const name = nameIn(facts, who);
  if (facts.members[who] === undefined) return element("span", {}, name);
  return element("button", { type: "button", class: "link", "data-key": `member ${who}`, title: `Inspect ${name}`, onclick: () => desk.dispatch({ kind: "selected", selection: { member: who }, tab: "member" }) }, name);
}

/** Several names, with commas. */
export const memberLinks = (desk: Desk, facts: RunFacts, members: readonly MemberNumber[]): readonly (Node | string)[] =>
  members.flatMap((who, n) => [...(n === 0 ? [] : [" "]), followed(memberLink(desk, facts, who), n < members.length - 1 ? "," : "")]);

/** A link with the punctuation that follows it, so that no line begins with the punctuation, as it may after a button. */
const followed = (link: HTMLElement, punctuation: string): HTMLElement => (punctuation === "" ? link : element("span", { class: "kept" }, link, punctuation));

/** An instant: a click moves the cursor there, after the line if there is one. */
export function timeLink(desk: Desk, at: number, line: LineNumber | null = null): HTMLElement {
  return element("button", { type: "button", class: "link time", "data-key": `time ${at} ${line ?? ""}`, title: "Go there", onclick: () => goTo(desk, at, line) }, timeText(at));
}

/** Stops the clock there. */
export function goTo(desk: Desk, at: number, line: LineNumber | null): void {
  desk.dispatch({ kind: "paused" });
  desk.dispatch({ kind: "sought", at: instant(at), ...(line === null ? {} : { line, selection: { line } }) });
}

/** A message: a click selects it. */
export function messageLink(desk: Desk, message: MessageId, text: string): HTMLElement {
  return element("button", { type: "button", class: "link", "data-key": `message ${message}`, title: "Inspect this message", onclick: () => desk.dispatch({ kind: "selected", selection: { message }, tab: "message" }) }, text);
}

/** `ping to m07`, with a word if it was lost. */
export const glimpseLink = (desk: Desk, facts: RunFacts, { id, kind, other, isLost }: MessageGlimpse, way: "to" | "from"): HTMLElement =>
  messageLink(desk, id, `${kind} ${way} ${nameIn(facts, other)}${isLost && way === "to" ? ` (${lostText(facts)})` : ""}`);

/** For a message that arrives nowhere in the run: recordings of real members do not contain what the network did. */
export const lostText = ({ hasTruth }: RunFacts): string => (hasTruth ? "lost" : "arrival not recorded");

const numbers = new WeakMap<RunFacts["members"], ReadonlyMap<string, MemberNumber>>();

/** Members' numbers by their names. */
export function numbersOf({ members }: RunFacts): ReadonlyMap<string, MemberNumber> {
  const known = numbers.get(members) ?? new Map(members.map(({ id }, who) => [id as string, who]));
  numbers.set(members, known);
  return known;
}

/** A sentence with clickable names and instants (instants have three decimals in all sentences, lengths never do). */
export function linked(desk: Desk, facts: RunFacts, sentence: string): readonly (Node | string)[] {
  const known = numbersOf(facts);
  return Array.from(sentence.matchAll(/(\d+\.\d{3} s\b|[\w.-]*\w)([^\w\s]*)|\s+|[^\w\s]/g), ([whole, word = "", punctuation = ""]) => {
    if (/^\d+\.\d{3} s$/.test(word)) return followed(timeLink(desk, Math.round(Number.parseFloat(word) * 1e6)), punctuation);
    const who = known.get(word);
    return who === undefined ? whole : followed(memberLink(desk, facts, who), punctuation);
  });
}

/** A line of a run: time, member, event; the messages that it received and sent; its announcements. */
export function rowItem(desk: Desk, facts: RunFacts, row: LineRow, isNamed: boolean): HTMLElement {
  const { line, at, who, what, asks, received, sent } = row;
  const kinds = sent.slice(0, 8).flatMap((glimpse) => [" ", glimpseLink(desk, facts, glimpse, "to")]);
  return element("li", {},
    timeLink(desk, at, line), " ", ...(isNamed && who >= 0 ? [memberLink(desk, facts, who), " "] : []),
    ...(received === null ? linked(desk, facts, what) : [messageLink(desk, received.id, what)]),
    ...(asks === "" ? [] : [element("div", { class: "asks" }, "→ ", ...(sent.length === 0 ? linked(desk, facts, asks) : [asks, element("div", {}, ...kinds, sent.length > 8 ? ` and ${sent.length - 8} more` : "")]))]));
}
