/** An agent's news: its member's events, and what the agent does itself, each as a sentence. */

import type { MemberEvent } from "../member/member.ts";
import type { Mood } from "./ink.ts";
import { namesText, payloadText, tagsText, tame } from "./wording.ts";

/** Something that the agent itself does or notices. `facts` are for programs. */
export type Note = {
  readonly kind: "note";
  readonly what: "started" | "joined" | "join-failed" | "read-again" | "not-read-again" | "log-reopened" | "log-not-reopened" | "keys-written" | "keys-not-written" | "leaving" | "left" | "stopped" | "drops" | "recorder";
  readonly text: string;
  readonly facts?: Readonly<Record<string, unknown>>;
};

export type News = MemberEvent | Note;

/** A sentence, its sign and its colour. The texts are sanitised. */
export type Telling = { readonly sign: string; readonly mood: Mood; readonly text: string };

export function tellingOf(news: News): Telling {
  switch (news.kind) {
    case "join":     return { sign: "+", mood: "good", text: `${nameOf(news)} joined at ${tame(news.peer.address)}${tagged(news)}` };
    case "update":   return { sign: "~", mood: "news", text: `${nameOf(news)} changed: ${tame(news.peer.address)}${tagged(news)}` };
    case "suspect":  return { sign: "?", mood: "doubt", text: suspicion(news) };
    case "clear":    return { sign: "✓", mood: "good", text: `${nameOf(news)} is alive after all` };
    case "failed":   return { sign: "✗", mood: "bad", text: death(news) };
    case "leave":    return { sign: "○", mood: "faint", text: `${nameOf(news)} left` };
    case "forget":   return { sign: "·", mood: "faint", text: `${nameOf(news)} is forgotten` };
    case "refute":   return { sign: "!", mood: "doubt", text: news.by === "" ? "somebody's view of us was wrong, and we refuted it" : `${tame(news.by)} accused us, and we refuted it` };
    case "conflict": return { sign: "!", mood: "bad", text: `${nameOf(news)} is at ${tame(news.peer.address)}, but ${tame(news.other.address)} claims the same name` };
    case "message":  return { sign: "»", mood: "news", text: `${tame(news.from)} says ${payloadText(news.payload)}` };
    case "event":    return { sign: "»", mood: "news", text: `event ${tame(news.name)} ${payloadText(news.payload)}` };
    case "query":    return { sign: "»", mood: "news", text: `${tame(news.from)} asks ${tame(news.name)} ${payloadText(news.payload)}` };
    case "keys":     return { sign: "!", mood: "news", text: `${tame(news.from)} changed our keys (serf keys)` };
    case "error":    return { sign: "!", mood: "bad", text: tame(news.error.message) };
    case "note":     return { sign: "·", mood: "faint", text: tame(news.text) };
  }
}

type Peered = { readonly peer: { readonly name: string; readonly tags: Readonly<Record<string, string>> } };

const nameOf = ({ peer }: Peered): string => tame(peer.name);

function tagged({ peer }: Peered): string {
  const tags = tagsText(peer.tags);
  return tags === "" ? "" : `, ${tags}`;
}

/** The member whose probe failed, how we know, and the relays that were asked in vain. */
function suspicion({ peer, by, via, relays }: Extract<MemberEvent, { kind: "suspect" }>): string {
  const whom = `${tame(peer.name)} is suspected by ${tame(by)}`;
  return via === "probe" ? `${whom}: ${noAnswer(relays)}` : `${whom}, ${asHeard(via)}`;
}

/** The source of the claim, how we know, and, if our own suspicion ran out, who began and who confirmed it. */
function death({ peer, by, via, suspectedBy, relays, confirmedBy }: Extract<MemberEvent, { kind: "failed" }>): string {
  const whom = `${tame(peer.name)} failed`;
  switch (via) {
    case "unknown":   return whom;
    case "probe":     return `${whom}: ${noAnswer(relays)}`;
    case "gossip":
    case "push-pull": return `${whom}, according to ${tame(by)}, ${asHeard(via)}`;
    case "suspicion": return `${whom}: suspected by ${tame(suspectedBy)}${confirmedBy.length === 0 ? "" : `, confirmed by ${namesText(confirmedBy)}`}, not refuted in time`;
  }
}

const noAnswer = (relays: readonly string[]): string => `no answer${relays.length === 0 ? "" : `, nor through ${namesText(relays)}`}`;
const asHeard = (via: "gossip" | "push-pull"): string => `via ${via === "gossip" ? "gossip" : "an exchange of views"}`;
