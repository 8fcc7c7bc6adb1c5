/** Turns announcements of the engine and of Serf's layer into events for the application. */

import { rawOf, type Address, type Change, type Instant, type Member, type MemberId, type SerfNews } from "../../engine/index.ts";
import { originOf } from "../driver/counts.ts";
import type { DeathProvenance, MemberEvent } from "./member.ts";
import { peerOf, type StatusOf } from "./peers.ts";

/** What the translation needs to know. */
export type Speaking = {
  /** Our own name: our own leaving is no event. */
  readonly self: MemberId;
  readonly statusOf: StatusOf;
  /** The name of the member that listens at an address, or the address. */
  readonly nameAt: (where: Address) => string;
  /** Is there Serf's layer? Then it decides between left and failed, and interprets user messages. */
  readonly isSerf: boolean;
};

/** The events of an announcement; often none. */
export function eventsOf(change: Change, news: readonly SerfNews[], at: Instant, speaking: Speaking): readonly MemberEvent[] {
  const why = change.kind === "failed" ? provenanceOf(change) : unknownProvenance;
  return [...eventOf(change, at, speaking), ...news.flatMap((one) => eventOfNews(one, why, at, speaking))];
}

/** For a member that failed without an announced death. */
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

/** The events of Serf's layer: members that left or failed, and user events. (Joins and updates come from the engine's announcements.) */
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
