/** How a member speaks: every datagram it sends takes along as much gossip as fits (SWIM §4.1). */

import type { Claim } from "../words/member.ts";
import type { Address } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import type { Ack, Nack, Ping, PingReq } from "../messages/message.ts";
import { tell, tellLimit } from "../rules/dissemination.ts";
import type { State, Step } from "../state.ts";
import { sizeOf } from "../view/index.ts";
import { withRumours } from "../with.ts";
import { roomForGossip } from "../wire/size.ts";

/** A message about to be sent, before anything rides on it. */
type Bare = Ping | Ack | Nack | PingReq;

/** Sends a message, with what gossip there is room for. */
export function say(state: State, to: Address, bare: Bare): Step {
  if (state.rumours.waiting === null) return [state, [{ kind: "send", to, message: bare }]];
  const { config } = state;
  const [gossip, rumours] = tell(state.rumours, roomForGossip(bare, config.datagramBudget), tellLimit(config, sizeOf(state.view)), config.claimsLimit);
  const effect: Effect = { kind: "send", to, message: carrying(bare, gossip) };
  return [withRumours(state, rumours), [effect]];
}

/** The same message with this to tell. Field by field, so that each kind of message has one shape. */
function carrying(bare: Bare, gossip: readonly Claim[]): Bare {
  switch (bare.kind) {
    case "ping": return { kind: "ping", seq: bare.seq, target: bare.target, source: bare.source, sourceAddress: bare.sourceAddress, gossip };
    case "ack":  return { kind: "ack", seq: bare.seq, gossip };
    case "nack": return { kind: "nack", seq: bare.seq, gossip };
    case "ping-req": {
      const { seq, target, targetAddress, source, sourceAddress, wantsNack } = bare;
      return { kind: "ping-req", seq, target, targetAddress, source, sourceAddress, wantsNack, gossip };
    }
  }
}
