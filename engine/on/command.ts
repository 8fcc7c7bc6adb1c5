/** What a member does when its application asks for something. User messages are in `mail.ts`. */

import type { Address, Bytes, Instant, MemberId } from "../words/units.ts";
import { above, after, GREATEST_INCARNATION, NEVER } from "../words/units.ts";
import type { Claim } from "../words/member.ts";
import type { Sync } from "../rules/anti-entropy.ts";
import { pick } from "../rules/choice.ts";
import { standing } from "../rules/membership.ts";
import { livingIn, put } from "../view/index.ts";
import type { State, Step } from "../state.ts";
import { noEffects } from "../state.ts";
import { withMail, withOddity, withPhase, withRng, withSelf, withSync } from "../with.ts";
import { depart, speakForMyself, tellOn } from "./claims.ts";
import { runErrand } from "./errand.ts";
import { pushPullWith } from "./exchange.ts";
import { gossipOf, sending } from "./speech.ts";

/** Calls all seeds (except ourselves); again until one has answered, and then one of them once more. */
export function onAskedToJoin(state: State, seeds: readonly Address[], now: Instant): Step {
  const { config, self, phase } = state;
  const others = seeds.filter((seed) => seed !== self.address);
  if (others.length === 0 || phase.kind !== "member") return [state, noEffects];
  const asksAgain = config.joinAgainAfter > 0;
  const sync: Sync = { ...state.sync, seeds: asksAgain ? others : [], joinAgainAt: asksAgain ? after(now, config.joinAgainAfter) : NEVER, joining: "asking" };
  const joining = withSync(state, sync);
  return [joining, others.map((seed) => pushPullWith(joining, seed, true))];
}

/**
 * Leaves: our record says `left` from now on, a few members get the farewell directly, and the others by gossip. We linger (answer and
 * gossip) until it has been told, for `lingerFor` at most, because a member that stops at once stops gossiping its farewell (memberlist rule 49).
 */
export function onAskedToLeave(state: State, now: Instant): Step {
  const { config, phase } = state;
  if (phase.kind !== "member") return [state, noEffects];
  const self = standing(state.self, "left", state.self.incarnation);
  const claim: Claim = { kind: "left", about: self.id, incarnation: self.incarnation, from: self.id };
  const leaving = withPhase(withSelf(unasking(state), self, put(state.view, self)), { kind: "leaving", until: after(now, config.lingerFor) });
  if (livingIn(leaving.view) === 0) return depart(leaving);
  const [told, effects] = tellOn(leaving, claim, "first-hand");
  // Where news is multicast, they have heard already.
  const wanted = config.dissemination === "multicast" ? 0 : config.farewells;
  // We ourselves are not among the living any more.
  const [friends, rng] = pick(told.view, "living", wanted, () => true, told.rng);
  return [withRng(told, rng), [...effects, ...friends.map(({ address }) => sending(address, gossipOf(claim)))]];
}

/** A member that leaves before a seed has answered calls no seed again. (If one has answered, the second call goes ahead, and carries the farewell.) */
function unasking(state: State): State {
  const { sync } = state;
  return sync.joining === "asking" ? withSync(state, { ...sync, joining: "not", joinAgainAt: NEVER, seeds: [] }) : state;
}

/** Our application has new meta: it is published with a new incarnation. */
export function onAskedToUpdate(state: State, meta: Bytes): Step {
  const { self, phase, config } = state;
  if (phase.kind !== "member" || meta === self.meta) return [state, noEffects];
  if (meta.length > config.metaLimit) return [withOddity(state, "oversized"), noEffects];
  const { id, address, versions, incarnation, status } = self;
  // At the greatest incarnation, no further claim of ours can overrule the last one.
  if (incarnation >= GREATEST_INCARNATION) return [withOddity(state, "unanswerable"), noEffects];
  return speakForMyself(state, { id, address, meta, versions, incarnation: above(incarnation, incarnation), status });
}

/** Our application pings a member. It waits as long as a probe waits for the direct ack. */
export function onAskedToPing(state: State, to: Address, target: MemberId, now: Instant): Step {
  return runErrand(state, to, { target, sentAt: now, until: after(now, state.config.askRelaysAfter), client: { kind: "application" } });
}

/** Sets what our application adds to acks, and to exchanges of views. */
export function onAskedToAttach(state: State, toAcks: Bytes, toViews: Bytes): Step {
  if (toAcks.length > state.config.metaLimit) return [withOddity(state, "oversized"), noEffects];
  return [withMail(state, { ...state.mail, toAcks, toViews }), noEffects];
}
