/** Piggybacking: every datagram that a member sends carries as much of its news as fits (SWIM §4.1). */

import { lookUp } from "../words/agenda.ts";
import { subject, type Claim, type Member } from "../words/member.ts";
import type { Address, Bytes, MemberId } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import type { Ack, Datagram, Gossip, Nack, Ping, PingReq } from "../messages/message.ts";
import { noGossip, noUserMessages } from "../messages/message.ts";
import { tell, tellLimit, type Rumours } from "../rules/dissemination.ts";
import { broadcastsWaiting, takeMail, type Mail } from "../rules/mail.ts";
import type { State, Step } from "../state.ts";
import { noEffects } from "../state.ts";
import { sizeOf } from "../view/index.ts";
import { withMail, withRumours } from "../with.ts";
import { COMPOUND_HEAD, COMPOUND_PART, bareSize, roomForGossip, sizeOfClaim, sizeOfDatagram, sizeOfMessage } from "../wire/size.ts";

/** A message without gossip and user messages. */
type Bare = Ping | Ack | Nack | PingReq;

/** Do any rumours or broadcasts wait? */
export const hasNews = ({ rumours, mail }: Pick<State, "rumours" | "mail">): boolean => rumours.length > 0 || broadcastsWaiting(mail) > 0;

/** Sends a message with as much news as fits. The claim `wanted` comes first, and only once. */
export function say(state: State, to: Address, bare: Bare, wanted?: Claim): Step {
  if (wanted !== undefined && fitsOn(bare, wanted, state.config.datagramBudget)) return sayFirst(state, to, bare, wanted);
  if (!hasNews(state)) return [state, [{ kind: "send", to, message: bare, size: bareSize(bare) }]];
  const load = loadOf(state, state.rumours, state.mail, roomForGossip(bare, state.config.datagramBudget), 0);
  const parts = load.gossip.length + load.userMessages.length;
  const size = sizeOfDatagram(bare, parts, load.bytes - parts * COMPOUND_PART);
  return [withMail(withRumours(state, load.rumours), load.mail), [{ kind: "send", to, message: carrying(bare, load.gossip, load.userMessages), size }]];
}

function sayFirst(state: State, to: Address, bare: Bare, first: Claim): Step {
  const load = loadOf(state, state.rumours, state.mail, roomForGossip(bare, state.config.datagramBudget) - COMPOUND_PART - sizeOfClaim(first), 1);
  // A rumour about the same member says the same in another's name: it counts as told, but is left out.
  const rest = load.gossip.filter((claim) => subject(claim) !== subject(first));
  return [withMail(withRumours(state, load.rumours), load.mail), [sending(to, carrying(bare, [first, ...rest], load.userMessages))]];
}

/** Sends a message with this claim and no other. */
export function sayOnly(state: State, to: Address, bare: Bare, claim: Claim): Step {
  return [state, [sending(to, fitsOn(bare, claim, state.config.datagramBudget) ? carrying(bare, [claim], noUserMessages) : bare)]];
}

/** Can this message carry this claim? Names may be of any length, and the datagram must stay within its budget. */
const fitsOn = (bare: Bare, claim: Claim, budget: number): boolean => COMPOUND_PART + sizeOfClaim(claim) <= roomForGossip(bare, budget);

/** The claim that tells a suspect of our suspicion (Lifeguard §IV-C, memberlist rule 12); undefined for a member that is no suspect. Costs nothing while there are no suspicions. */
export function suspicionOf({ suspicions, self }: State, suspect: MemberId): Claim | undefined {
  const suspicion = lookUp(suspicions, suspect);
  return suspicion && { kind: "suspect", about: suspect, incarnation: suspicion.incarnation, from: self.id };
}

/** Gossip for several members, and what is left to tell after it. */
export type Told = { readonly effects: readonly Effect[]; readonly rumours: Rumours; readonly mail: Mail };

/** Sends each of these members a datagram of gossip, until nothing is left or nothing fits. */
export function gossipTo(state: State, targets: readonly Member[]): Told {
  const effects: Effect[] = [];
  let { rumours, mail } = state;
  for (const { address: to } of targets) {
    const load = loadOf(state, rumours, mail, state.config.datagramBudget - COMPOUND_HEAD, 0);
    ({ rumours, mail } = load);
    const { gossip, userMessages } = load;
    const parts = gossip.length + userMessages.length;
    if (parts === 0) break;
    const message: Gossip = { kind: "gossip", gossip, userMessages };
    effects.push({ kind: "send", to, message, size: sizeOfDatagram(message, parts, load.bytes - parts * COMPOUND_PART) });
  }
  return { effects, rumours, mail };
}

/** Sends a member these claims at once, in their order, up to the first that does not fit into the datagram. They do not count as told. */
export function gossipAtOnce({ config }: State, to: Address, claims: readonly Claim[]): readonly Effect[] {
  const gossip: Claim[] = [];
  let room = config.datagramBudget - COMPOUND_HEAD;
  for (const claim of claims.slice(0, config.claimsLimit)) {
    room -= COMPOUND_PART + sizeOfClaim(claim);
    if (room < 0) break;
    gossip.push(claim);
  }
  return gossip.length === 0 ? noEffects : [sending(to, gossipOf(...gossip))];
}

/** The effect that sends a datagram whose size is not known yet. */
export const sending = (to: Address, message: Datagram): Effect => ({ kind: "send", to, message, size: sizeOfMessage(message) });

/** A message with these claims only. */
export const gossipOf = (...gossip: readonly Claim[]): Gossip => ({ kind: "gossip", gossip, userMessages: noUserMessages });

/** A message with this user message only. */
export const mailOf = (payload: Bytes): Gossip => ({ kind: "gossip", gossip: noGossip, userMessages: [payload] });

/** What a datagram carries, how many bytes that takes, and what is left to tell. */
type Load = {
  readonly gossip: readonly Claim[];
  readonly userMessages: readonly Bytes[];
  readonly bytes: number;
  readonly rumours: Rumours;
  readonly mail: Mail;
};

/** Claims first, then broadcasts; but claims leave broadcasts their share. `riding` is the number of claims in the message already. */
function loadOf({ config, view }: State, rumours: Rumours, mail: Mail, room: number, riding: 0 | 1): Load {
  const limit = tellLimit(config, sizeOf(view));
  const isMailWaiting = broadcastsWaiting(mail) > 0;
  const claims = tell(rumours, config.tellOrder, isMailWaiting ? room - config.broadcastShare : room, limit, config.claimsLimit - riding);
  if (!isMailWaiting) return { gossip: claims.items, userMessages: noUserMessages, bytes: claims.bytes, rumours: claims.rest, mail };
  const [userMessages, bytes, rest] = takeMail(mail, config.tellOrder, room - claims.bytes, limit, MOST_PARTS - riding - claims.items.length);
  return { gossip: claims.items, userMessages, bytes: claims.bytes + bytes, rumours: claims.rest, mail: rest };
}

/** A compound counts its parts in one byte, and the message itself is one part. */
const MOST_PARTS = 254;

/** The message with gossip and user messages. Built field by field, so that each kind of message has one shape. */
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
