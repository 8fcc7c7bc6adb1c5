/** An agent's news for programs: an object for each, which becomes a line of JSON. docs/agent.md lists the fields. */

import type { MemberEvent, Peer } from "../member/member.ts";
import { areTags } from "../member/peers.ts";
import { MemberError } from "../error.ts";
import type { News } from "./news.ts";

export type NewsDocument = Readonly<Record<string, unknown>>;

/** `event` is the kind, `at` the time, as ISO 8601 in UTC. */
export function documentOf(news: News, at: Date): NewsDocument {
  const head = { at: at.toISOString(), event: news.kind };
  switch (news.kind) {
    case "note":
      return { ...head, event: news.what, text: news.text, ...news.facts };
    case "error":
      return { ...head, ...(news.error instanceof MemberError && { code: news.error.code }), message: news.error.message };
    case "message":
      return { ...head, from: news.from, ...payloadOf(news.payload) };
    case "event":
      return { ...head, event: "user-event", name: news.name, ...payloadOf(news.payload) };
    case "query":
      return { ...head, from: news.from, name: news.name, ...payloadOf(news.payload) };
    case "keys":
      return { ...head, from: news.from };
    case "refute":
      return { ...head, by: news.by };
    default:
      return { ...head, member: memberDocument(news.peer), ...besides(news) };
  }
}

type AboutPeer = Exclude<MemberEvent, { kind: "error" | "message" | "event" | "query" | "keys" | "refute" }>;

function besides(news: AboutPeer): NewsDocument {
  switch (news.kind) {
    case "suspect":  return { by: news.by, via: news.via, relays: news.relays };
    case "failed":   return news.by === "" ? {} : { by: news.by, via: news.via, ...(news.suspectedBy !== "" && { suspectedBy: news.suspectedBy }), relays: news.relays, confirmedBy: news.confirmedBy };
    case "conflict": return { other: memberDocument(news.other) };
    default:         return {};
  }
}

/** A member for programs: its tags if its meta holds tags, otherwise the meta in base64 if there is one. */
export function memberDocument({ name, address, status, incarnation, tags, meta }: Peer): NewsDocument {
  return { name, address, status, incarnation, tags, ...(!areTags(meta) && meta.length > 0 && { meta: base64(meta) }) };
}

/** As text if it is UTF-8, and always in base64. */
function payloadOf(payload: Uint8Array): NewsDocument {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(payload), payload: base64(payload) };
  } catch {
    return { payload: base64(payload) };
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
