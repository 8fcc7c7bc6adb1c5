/** How a member speaks: every datagram it sends takes along as much as fits of what it has to tell (SWIM §4.1). */

import type { Claim } from "../words/member.ts";
import type { Address, Bytes, MemberId } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import type { Ack, Datagram, Gossip, Nack, Ping, PingReq } from "../messages/message.ts";
import { noGossip, noUserMessages } from "../messages/message.ts";
import { tell, tellLimit } from "../rules/dissemination.ts";
import { broadcastsWaiting, takeMail } from "../rules/mail.ts";
import type { State, Step } from "../state.ts";
import { noEffects } from "../state.ts";
import { find, sizeOf } from "../view/index.ts";
import { withMail, withRumours } from "../with.ts";
import { COMPOUND_HEAD, COMPOUND_PART, bareSize, roomForGossip, sizeOfClaim, sizeOfDatagram, sizeOfMessage } from "../wire/size.ts";

/** A message about to be sent, before anything rides on it. */
type Bare = Ping | Ack | Nack | PingReq;

/** Is there anything to tell? */
export const hasNews = (state: State): boolean => state.rumours.entries.length > 0 || broadcastsWaiting(state.mail) > 0;

/** Sends a message, with what there is room for. What must ride along comes first. */
export function say(state: State, to: Address, bare: Bare, wanted?: Claim): Step {
  const { datagramBudget } = state.config;
  const first = wanted !== undefined && fitsOn(bare, wanted, datagramBudget) ? wanted : undefined;
  if (first === undefined && !hasNews(state)) return [state, [{ kind: "send", to, message: bare, size: bareSize(bare) }]];
  const firstBytes = first === undefined ? 0 : COMPOUND_PART + sizeOfClaim(first);
  const load = loadFor(state, roomForGossip(bare, datagramBudget) - firstBytes, first === undefined ? 0 : 1);
  const gossip = first === undefined ? load.gossip : [first, ...load.gossip];
  const parts = gossip.length + load.userMessages.length;
  const size = sizeOfDatagram(bare, parts, firstBytes + load.bytes - parts * COMPOUND_PART);
  return [load.state, [{ kind: "send", to, message: carrying(bare, gossip, load.userMessages), size }]];
}

/** Sends a message with this alone riding along. */
export function sayOnly(state: State, to: Address, bare: Bare, claim: Claim): Step {
  return [state, [sending(to, fitsOn(bare, claim, state.config.datagramBudget) ? carrying(bare, [claim], noUserMessages) : bare)]];
}

/** Can this message carry this claim? Names may be of any length, and a datagram has its budget, whatever is wanted. */
const fitsOn = (bare: Bare, claim: Claim, budget: number): boolean => COMPOUND_PART + sizeOfClaim(claim) <= roomForGossip(bare, budget);

/** The suspicion that a suspect should hear of when it is pinged (Lifeguard §IV-C, memberlist rule 12); undefined for whoever is none. */
export function suspicionOf(state: State, target: MemberId): Claim | undefined {
  const held = find(state.view, target);
  return held?.status === "suspect" ? { kind: "suspect", about: target, incarnation: held.incarnation, from: state.self.id } : undefined;
}

/** Tells somebody what there is to tell, and nothing else; nothing at all if there is none, or nothing fits. */
export function gossipTo(state: State, to: Address): Step {
  const load = loadFor(state, state.config.datagramBudget - COMPOUND_HEAD, 0);
  const { gossip, userMessages } = load;
  const parts = gossip.length + userMessages.length;
  if (parts === 0) return [load.state, noEffects];
  const message: Gossip = { kind: "gossip", gossip, userMessages };
  return [load.state, [{ kind: "send", to, message, size: sizeOfDatagram(message, parts, load.bytes - parts * COMPOUND_PART) }]];
}

/** Tells somebody these claims now, as many as a datagram carries, without counting them as told. */
export function gossipAtOnce({ config }: State, to: Address, claims: readonly Claim[]): readonly Effect[] {
  let room = config.datagramBudget - COMPOUND_HEAD;
  const gossip = claims.slice(0, config.claimsLimit).filter((claim) => (room -= COMPOUND_PART + sizeOfClaim(claim)) >= 0);
  return gossip.length === 0 ? noEffects : [sending(to, gossipOf(...gossip))];
}

/** A datagram whose size nobody knows yet. */
export const sending = (to: Address, message: Datagram): Effect => ({ kind: "send", to, message, size: sizeOfMessage(message) });

/** Nothing but these claims. */
export const gossipOf = (...gossip: readonly Claim[]): Gossip => ({ kind: "gossip", gossip, userMessages: noUserMessages });

/** Nothing but this word of the application's. */
export const mailOf = (payload: Bytes): Gossip => ({ kind: "gossip", gossip: noGossip, userMessages: [payload] });

/** What rides along, how many bytes it takes, and the state that has told it. */
type Load = { readonly gossip: readonly Claim[]; readonly userMessages: readonly Bytes[]; readonly bytes: number; readonly state: State };

/** Claims first, then broadcasts; but claims leave those their share. So many claims ride along already. */
function loadFor(state: State, room: number, riding: 0 | 1): Load {
  const { config, rumours, mail } = state;
  const limit = tellLimit(config, sizeOf(state.view));
  const isMailWaiting = broadcastsWaiting(mail) > 0;
  const claims = tell(rumours, isMailWaiting ? room - config.broadcastShare : room, limit, config.claimsLimit - riding);
  const told = withRumours(state, claims.rest);
  if (!isMailWaiting) return { gossip: claims.items, userMessages: noUserMessages, bytes: claims.bytes, state: told };
  const [userMessages, bytes, rest] = takeMail(mail, room - claims.bytes, limit, MOST_PARTS - riding - claims.items.length);
  return { gossip: claims.items, userMessages, bytes: claims.bytes + bytes, state: withMail(told, rest) };
}

/** A compound counts its parts in one byte, and the message itself is one. */
const MOST_PARTS = 254;

/** The same message with this to tell. Field by field, so that each kind of message has one shape. */
function carrying(bare: Bare, gossip: readonly Claim[], userMessages: readonly Bytes[]): Bare {
  switch (bare.kind) {
    case "ping": return { kind: "ping", seq: bare.seq, target: bare.target, source: bare.source, sourceAddress: bare.sourceAddress, gossip, userMessages };
    case "ack":  return { kind: "ack", seq: bare.seq, payload: bare.payload, gossip, userMessages };
    case "nack": return { kind: "nack", seq: bare.seq, gossip, userMessages };
    case "ping-req": {
      const { seq, target, targetAddress, source, sourceAddress, wantsNack } = bare;
      return { kind: "ping-req", seq, target, targetAddress, source, sourceAddress, wantsNack, gossip, userMessages };
    }
  }
}
