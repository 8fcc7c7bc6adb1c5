/** A failed probe: what was asked, through which relays, and what happened to each question and answer. */

import { instant, type Instant, NEVER } from "../../engine/index.ts";
import type { Reason } from "../model/detail.ts";
import { betweenText, parts } from "../model/fault.ts";
import { type FaultFact, type MemberNumber, messageId } from "../model/run.ts";
import { codeIn, existences, messageKinds, type MessageWord, wordIn } from "../model/words.ts";
import { firstAtLeast } from "./column.ts";
import { sendsOf } from "./fact.ts";
import { NONE } from "./lines.ts";
import type { Place } from "./place.ts";

/** The probe, from the suspicion's cause. */
export type FailedProbe = {
  readonly who: MemberNumber;
  readonly about: MemberNumber;
  readonly seq: number;
  /** When it began and when it was given up. */
  readonly asked: Instant;
  readonly failed: Instant;
  readonly relays: readonly MemberNumber[];
  readonly nacks: number | null;
  readonly line: number;
};

export function failedProbe(place: Place, probe: FailedProbe): readonly Reason[] {
  const { chronicle: { roster } } = place;
  const { who, about, seq, asked, failed, relays, nacks, line } = probe;
  const [me, it] = [roster.nameOf(who), roster.nameOf(about)];
  const asking = relays.length === 0 ? "no relay was asked" : `relays asked: ${relays.map((relay) => roster.nameOf(relay)).join(", ")}${nacks === null ? "" : `, of which ${nacks} answered with a nack`}`;
  const reasons: Reason[] = [{
    at: failed, who, kind: "began", line, message: null,
    sentence: `${me}'s own probe failed: ping ${seq}, sent at ${(asked / 1e6).toFixed(3)} s, had no answer by ${(failed / 1e6).toFixed(3)} s; ${asking}`,
  }];
  reasons.push(...fate(place, { source: who, target: about, kind: "ping", from: asked, until: failed }, `${me} pinged ${it}`));
  for (const relay of relays) {
    const name = roster.nameOf(relay);
    const request = fate(place, { source: who, target: relay, kind: "ping-req", from: asked, until: failed }, `${me} asked ${name} to ping ${it}`);
    reasons.push(...request);
    if (request.some(({ kind }) => kind === "lost")) continue;
    reasons.push(...fate(place, { source: relay, target: about, kind: "ping", from: asked, until: failed }, `${name} pinged ${it}`));
  }
  reasons.push(...struck(place, who, about, failed));
  return reasons;
}

type Question = { readonly source: MemberNumber; readonly target: MemberNumber; readonly kind: MessageWord; readonly from: Instant; readonly until: Instant };

/** What happened to a question, and to its answer. */
function fate(place: Place, question: Question, asked: string): readonly Reason[] {
  const { chronicle } = place;
  const { lines, messages, roster } = chronicle;
  const { source, target, kind, until } = question;
  const sent = sendingOf(place, question);
  if (sent === null) return [];
  const line = messages.line.at(sent);
  const id = messageId(line, messages.effect.at(sent));
  const at = instant(lines.at.at(line));
  const reason = (kind: Reason["kind"], sentence: string): Reason => ({ at, who: source, kind, sentence, line, message: id });
  const arrivesIn = messages.arrivesIn.at(sent);
  if (arrivesIn === NONE) return [reason("lost", `${asked}: the ${kind} ${loss(place, source, target, line)}`)];
  if (messages.arrivesAt.at(sent) > until) return [reason("unanswered", `${asked}: the ${kind} arrived too late`)];
  if (kind === "ping-req") return [reason("relayed", `${asked}: the ${kind} arrived`)];
  const answer = sendsOf(chronicle, arrivesIn).find((place) => messages.kind.at(place) === codeIn(messageKinds, "ack") && messages.target.at(place) === source);
  if (answer === undefined) return [reason("unanswered", `${asked}: the ${kind} arrived, and was not answered`)];
  const answerId = messageId(arrivesIn, messages.effect.at(answer));
  const back: Omit<Reason, "kind" | "sentence"> = { at: instant(lines.at.at(arrivesIn)), who: target, line: arrivesIn, message: answerId };
  if (messages.arrivesIn.at(answer) === NONE) return [{ ...back, kind: "lost", sentence: `${asked}: the ${kind} arrived, but ${roster.nameOf(target)}'s ack ${loss(place, target, source, arrivesIn)}` }];
  return [{ ...back, kind: "unanswered", sentence: `${asked}: the ack came back ${messages.arrivesAt.at(answer) > until ? "too late" : "in time, but the probe failed all the same"}` }];
}

/** The first such message between two instants. */
function sendingOf({ chronicle: { lines, messages } }: Place, { source, target, kind, from, until }: Question): number | null {
  const code = codeIn(messageKinds, kind);
  const first = lines.sends.at(firstAtLeast(lines.at, from));
  for (let place = first; place < messages.count && lines.at.at(messages.line.at(place)) <= until; place++) {
    if (messages.kind.at(place) === code && messages.target.at(place) === target && lines.who.at(messages.line.at(place)) === source) return place;
  }
  return null;
}

/** Why a message arrives nowhere in the run. Recordings of real members contain what arrived at recorded members, not what the network did. */
function loss(place: Place, source: MemberNumber, target: MemberNumber, line: number): string {
  return place.chronicle.hasTruth ? `was lost${reasonOfLoss(place, source, target, line)}` : "is not known to have arrived";
}

function reasonOfLoss(place: Place, source: MemberNumber, target: MemberNumber, line: number): string {
  const truth = place.chronicle.truths.after(line);
  const existence = wordIn(existences, truth.of(target));
  if (truth.separates(source, target)) return ": a fault separated the two";
  if (existence === "crashed" || existence === "departed") return `: ${place.chronicle.roster.nameOf(target)} had ${existence === "crashed" ? "crashed" : "left"}`;
  if (existence === "paused" || existence === "blocked") return `: ${place.chronicle.roster.nameOf(target)} was ${existence}, and has not handled it since`;
  return ", by the network's random loss";
}

/** What the world had done to the two by then. */
function struck({ chronicle: { outages, faults, roster } }: Place, who: MemberNumber, about: MemberNumber, at: Instant): readonly Reason[] {
  const since = (of: number): string => `since ${(of / 1e6).toFixed(3)} s`;
  const reason = (sentence: string, when: Instant, subject: MemberNumber): Reason => ({ at: when, who: subject, kind: "struck", sentence, line: null, message: null });
  return [
    ...outages.filter((outage) => (outage.who === about || outage.who === who) && outage.since <= at && outage.until > at)
      .map((outage) => reason(`${roster.nameOf(outage.who)} had been ${wordIn(existences, outage.existence)} ${since(outage.since)}`, outage.since, outage.who)),
    ...faults.filter((fault) => fault.since <= at && (fault.until > at || fault.until === NEVER) && concerns(fault, who, about))
      .map((fault) => reason(`${betweenText(fault)} ${roster.nameOf(who)} and ${roster.nameOf(about)} ${since(fault.since)}`, fault.since, about)),
  ];
}

/** Is the fault between the two? It does not separate members on the same side, or on none; and in a ring, many reach one another. */
function concerns({ kind, sides, bothWays }: FaultFact, one: MemberNumber, other: MemberNumber): boolean {
  if (kind === "ring") return parts({ kind, sides, bothWays }, one, other);
  const [here, there] = [one, other].map((who) => sides.findIndex((side) => side.includes(who)));
  return here !== undefined && there !== undefined && here >= 0 && there >= 0 && here !== there;
}
