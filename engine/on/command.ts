/** What a member does when its application asks for something. */

import type { Address, Bytes, Instant } from "../words/units.ts";
import { above, after } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import type { Sync } from "../rules/anti-entropy.ts";
import { standing } from "../rules/membership.ts";
import { pickAlive } from "../rules/probe.ts";
import { put } from "../view/index.ts";
import type { State, Step } from "../state.ts";
import { noEffects } from "../state.ts";
import { withOddity, withPhase, withRng, withSelf, withSync } from "../with.ts";
import { speakForMyself, tellOn } from "./claims.ts";
import { exchangeViews } from "./exchange.ts";

/** Calls all seeds but ourselves, again until one has answered, and then once more. */
export function onAskedToJoin(state: State, seeds: readonly Address[], now: Instant): Step {
  const others = seeds.filter((seed) => seed !== state.self.address);
  if (others.length === 0 || state.phase.kind !== "member") return [state, noEffects];
  const sync: Sync = { ...state.sync, seeds: others, joinAgainAt: after(now, state.config.joinAgainAfter), joining: "asking" };
  return [withSync(state, sync), others.map((seed) => exchangeViews(state, seed, "join"))];
}

/**
 * Says goodbye: our record says `left` from now on, a few are told directly, and the rest hear it as any news. We go on answering and
 * telling for `lingerFor`, because who leaves at once leaves a rumour behind that nobody tells (memberlist rule 49).
 */
export function onAskedToLeave(state: State, now: Instant): Step {
  const { config, phase } = state;
  if (phase.kind !== "member") return [state, noEffects];
  const self = standing(state.self, "left", state.self.incarnation);
  const claim = { kind: "left" as const, about: self.id, incarnation: self.incarnation, from: self.id };
  const leaving = withPhase(withSelf(state, self, put(state.view, self)), { kind: "leaving", until: after(now, config.lingerFor) });
  const [told, effects] = tellOn(leaving, claim, "first-hand");
  // Where news is multicast, the friends have heard already.
  const wanted = config.dissemination === "multicast" ? 0 : config.farewells;
  const [friends, rng] = pickAlive(told.view, wanted, [self.id], told.rng);
  const farewells = friends.map((friend): Effect => ({ kind: "send", to: friend.address, message: { kind: "gossip", gossip: [claim] } }));
  return [withRng(told, rng), [...effects, ...farewells]];
}

/** Our application has something new to say of itself: a new incarnation carries it. */
export function onAskedToUpdate(state: State, meta: Bytes): Step {
  const { self, phase, config } = state;
  if (phase.kind !== "member" || meta === self.meta) return [state, noEffects];
  if (meta.length > config.metaLimit) return [withOddity(state, "oversizedMeta"), noEffects];
  const { id, address, versions, incarnation, status } = self;
  return speakForMyself(state, { id, address, meta, versions, incarnation: above(incarnation, incarnation), status });
}
