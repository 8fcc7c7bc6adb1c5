/** "Why is m07 suspected?": from an announcement back through the members that told it, to the probe that failed and the message that was lost. */

import { type Change, instant, type Instant, type MemberId } from "../../engine/index.ts";
import type { Reason } from "../model/detail.ts";
import { type LineNumber, type MemberNumber, messageId } from "../model/run.ts";
import { NONE } from "./lines.ts";
import type { Place } from "./place.ts";
import { failedProbe } from "./failed-probe.ts";
import { stepAt } from "./rows.ts";

/** A longer chain is circular, or nobody reads it. */
const LONGEST = 64;

type Accusing = Extract<Change, { kind: "suspected" | "confirmed" | "failed" | "left" }>;

/** The chain, from an announcement about a member at a line back to its origin. */
export function whyAt(place: Place, line: LineNumber, about: MemberNumber): readonly Reason[] {
  const reasons: Reason[] = [];
  let next: LineNumber | null = line;
  while (next !== null && reasons.length < LONGEST) next = explain(place, next, about, reasons);
  return reasons;
}

/** Explains one announcement, and returns the line of the one that it is based on. */
function explain(place: Place, line: LineNumber, about: MemberNumber, reasons: Reason[]): LineNumber | null {
  const { chronicle: { roster, lines, messages, sayings } } = place;
  const step = stepAt(place, line);
  if (step === undefined || step.line.kind !== "stepped") return null;
  const who = roster.numberOf(step.line.who) ?? -1;
  const { at, event } = step.line;
  const change = step.effects.flatMap((effect) => (effect.kind === "announce" && isAccusing(effect.change) && effect.change.member.id === roster.ids[about] ? [effect.change] : [])).at(-1);
  const say = (kind: Reason["kind"], sentence: string, more: Partial<Reason> = {}): void => void reasons.push({ at, who, kind, sentence, line, message: null, ...more });
  const subject = roster.nameOf(about);
  if (change === undefined) {
    say("announced", `${roster.nameOf(who)} announced nothing about ${subject} here`);
    return null;
  }
  say("announced", `${roster.nameOf(who)} ${phrase(change, subject, roster.nameOf(who))}`);
  if ("message" in event) {
    const received = lines.received.at(line);
    const via = roster.names(event.from);
    if (received < 0) {
      say("heard", `it heard this from ${via}, in a ${event.message.kind}; when that was sent is not recorded`);
      return null;
    }
    const sentIn = messages.line.at(received);
    const teller = lines.who.at(sentIn);
    const id = messageId(sentIn, messages.effect.at(received));
    say("heard", `it heard this from ${via}, in a ${event.message.kind}`, { message: id });
    reasons.push({ at: instant(lines.at.at(sentIn)), who: teller, kind: "told", sentence: `${via} had sent it ${lengthText(at - lines.at.at(sentIn))} earlier`, line: sentIn, message: id });
    return tellersGrounds(place, teller, about, change.kind, sentIn, reasons);
  }
  if (change.kind === "failed" && change.cause.kind === "unrefuted") {
    const said = sayings.lastOf(who, about, ["suspected"], line - 1);
    if (said < 0) return null;
    const grounds = change.grounds;
    const others = grounds === null || grounds.confirmedBy.length === 0 ? "no other member confirmed it" : `${grounds.confirmedBy.join(", ")} confirmed it`;
    say("waited", `its own suspicion reached its deadline: ${subject} did not refute it within ${lengthText(at - sayings.at.at(said))}, and ${others}`);
    return sayings.line.at(said);
  }
  if ((change.kind === "suspected" || change.kind === "failed") && change.cause.kind === "probe") {
    const { seq, at: asked, relays, nacks } = change.cause;
    reasons.push(...failedProbe(place, { who, about, seq, asked, failed: at, relays: relays.map((id: MemberId) => roster.numberOf(id) ?? NONE), nacks, line }));
  }
  return null;
}

const isAccusing = (change: Change): change is Accusing => change.kind === "suspected" || change.kind === "confirmed" || change.kind === "failed" || change.kind === "left";

function phrase(change: Accusing, subject: string, who: string): string {
  const word = "by" in change && change.by !== who ? `, as told by ${change.by}` : "";
  switch (change.kind) {
    case "suspected": return `began to suspect ${subject}${word}`;
    case "confirmed": return `heard that ${change.by} also suspects ${subject}`;
    case "failed":    return `declared ${subject} dead${word}`;
    case "left":      return `heard that ${subject} has left`;
  }
}

/** The teller's own announcement: a member tells a rumour only if it believes it. */
function tellersGrounds({ chronicle: { sayings, roster } }: Place, teller: MemberNumber, about: MemberNumber, kind: Accusing["kind"], upTo: LineNumber, reasons: Reason[]): LineNumber | null {
  const said = sayings.lastOf(teller, about, kind === "confirmed" ? ["confirmed", "suspected"] : [kind], upTo);
  if (said >= 0) return sayings.line.at(said);
  reasons.push({ at: instant(0) as Instant, who: teller, kind: "told", sentence: `when ${roster.nameOf(teller)} learned this is not recorded`, line: null, message: null });
  return null;
}

/** `12 ms`, `8.43 s`. */
export const lengthText = (micros: number): string => (micros < 1_000 ? `${micros} µs` : micros < 1_000_000 ? `${Number((micros / 1_000).toPrecision(3))} ms` : `${Number((micros / 1_000_000).toPrecision(3))} s`);
