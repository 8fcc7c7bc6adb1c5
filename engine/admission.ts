/** The doorkeeper: members that our application does not admit never reach the engine. A driver asks it about each event. */

import type { Event } from "./messages/event.ts";
import type { Answer, Datagram, Request } from "./messages/message.ts";
import { membersOf, viewOf } from "./view/index.ts";
import type { Member } from "./words/member.ts";

/** May we hold this member at all? memberlist's `AliveDelegate` (rule 28), and its filter by addresses (rule 29: see `withinCidrs`). */
export type Admits = (member: Member) => boolean;
/** May these members' group and ours become one? memberlist's `MergeDelegate`, which both sides ask at joins (rule 53). */
export type AdmitsMerge = (members: readonly Member[]) => boolean;

/**
 * The event without the members that we do not admit: without the alive claims about them, and without their records in views. The same
 * event if there are none; null if nothing is left of it, or if it is a join that is not allowed. A refused join is not answered, so that
 * the newcomer notices: memberlist answers first, and the newcomer believes that it joined. Accusations stay; they change nothing about unknown members.
 */
export function admitting(event: Event, admits: Admits, admitsMerge: AdmitsMerge = () => true): Event | null {
  switch (event.kind) {
    case "received":
      return carrying(event, admittedOfDatagram(event.message, admits));
    case "exchange-opened":
      return carrying(event, admittedOfStream(event.message, admits, admitsMerge));
    case "exchange-answered":
      return carrying(event, admittedOfStream(event.message, admits, admitsMerge));
    default:
      return event;
  }
}

/** The event with what is left of its message. */
function carrying<M, E extends { readonly message: M }>(event: E, message: M | null): E | null {
  if (message === null) return null;
  return message === event.message ? event : { ...event, message };
}

function admittedOfDatagram(message: Datagram, admits: Admits): Datagram | null {
  const gossip = message.gossip.filter((claim) => claim.kind !== "alive" || admits(claim.member));
  if (gossip.length === message.gossip.length) return message;
  const isSpent = message.kind === "gossip" && gossip.length === 0 && message.userMessages.length === 0;
  return isSpent ? null : { ...message, gossip };
}

function admittedOfStream<M extends Request | Answer>(message: M, admits: Admits, admitsMerge: AdmitsMerge): M | null {
  if (message.kind !== "push-pull" && message.kind !== "patch") return message;
  const members = membersOf(message.view);
  const admitted = members.filter(admits);
  if (message.kind === "push-pull" && message.join && !admitsMerge(admitted)) return null;
  if (admitted.length === members.length) return message;
  const isSpent = admitted.length === 0 && (message.kind === "patch" || message.userState === "");
  return isSpent ? null : { ...message, view: viewOf(admitted) };
}
