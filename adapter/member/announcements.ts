/** From what the engine announces, and Serf's layer, to what an application hears. */

import { rawOf, type Address, type Change, type Instant, type Member, type MemberId, type SerfNews } from "../../engine/index.ts";
import { originOf } from "../driver/counts.ts";
import type { DeathProvenance, MemberEvent } from "./member.ts";
import { peerOf, type StatusOf } from "./peers.ts";

/** What is needed to speak of others. */
export type Speaking = {
  /** Of our own going nobody needs to tell us. */
  readonly self: MemberId;
  readonly statusOf: StatusOf;
  /** The name of the member that listens there, or the address. */
  readonly nameAt: (where: Address) => string;
  /** Does Serf's layer tell who left from who failed, and what words mean? */
  readonly isSerf: boolean;
};

/** What of an announcement is an event; often nothing. */
export function eventsOf(change: Change, news: readonly SerfNews[], at: Instant, speaking: Speaking): readonly MemberEvent[] {
  const why = change.kind === "failed" ? provenanceOf(change) : unknownProvenance;
  return [...eventOf(change, at, speaking), ...news.flatMap((one) => eventOfNews(one, why, at, speaking))];
}

/** Of an end that the engine did not announce as a death. */
export const unknownProvenance: DeathProvenance = { by: "", via: "unknown", suspectedBy: "", relays: [], confirmedBy: [] };

function provenanceOf({ by, cause, grounds }: Extract<Change, { kind: "failed" }>): DeathProvenance {
  const probe = [cause, grounds?.cause].find((one) => one?.kind === "probe");
  return { by, via: cause.kind === "unrefuted" ? "suspicion" : originOf(cause.kind), suspectedBy: grounds?.by ?? "", relays: probe?.relays ?? [], confirmedBy: grounds?.confirmedBy ?? [] };
}

function eventOf(change: Change, at: Instant, { self, statusOf, nameAt, isSerf }: Speaking): readonly MemberEvent[] {
  const peer = (member: Member): ReturnType<typeof peerOf> => peerOf(member, statusOf);
  switch (change.kind) {
    case "joined":
      return [{ kind: "join", at, peer: peer(change.member) }];
    case "updated":
      return [{ kind: "update", at, peer: peer(change.member) }];
    case "suspected": {
      const { member, by, cause } = change;
      return [{ kind: "suspect", at, peer: peer(member), by, via: originOf(cause.kind), relays: cause.kind === "probe" ? cause.relays : [] }];
    }
    case "cleared":
      return [{ kind: "clear", at, peer: peer(change.member) }];
    case "failed":
      return isSerf ? [] : [{ kind: "failed", at, peer: peer(change.member), ...provenanceOf(change) }];
    case "left":
      return isSerf ? [] : [{ kind: "leave", at, peer: peer(change.member) }];
    case "forgotten":
      return [{ kind: "forget", at, peer: peer(change.member) }];
    case "refuted":
      return [{ kind: "refute", at, by: change.by === self ? "" : change.by }];
    case "conflict":
      return [{ kind: "conflict", at, peer: peer(change.member), other: peer(change.other) }];
    case "message":
      return isSerf ? [] : [{ kind: "message", at, from: nameAt(change.from), payload: rawOf(change.payload) }];
    default:
      return [];
  }
}

/** Who is gone, in Serf's words; and its applications' own. Coming and changing are the engine's to tell. */
export function eventOfNews(news: SerfNews, why: DeathProvenance, at: Instant, { self, statusOf }: Speaking): readonly MemberEvent[] {
  switch (news.kind) {
    case "status":
      if (news.member.id === self) return [];
      if (news.is === "left") return [{ kind: "leave", at, peer: peerOf(news.member, statusOf) }];
      return news.is === "failed" ? [{ kind: "failed", at, peer: peerOf(news.member, statusOf), ...why }] : [];
    case "told":
      return [{ kind: "event", at, name: news.event.name, payload: rawOf(news.event.payload) }];
    default:
      return [];
  }
}
