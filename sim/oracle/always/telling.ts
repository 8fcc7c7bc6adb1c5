/** Telling: how often each member tells a rumour. */

import { claimsWaiting, rumourOf, rumoursWaiting, subject, tellLimit, type Claim, type State } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

export const rumoursAreLimited: Oracle = {
  name: "tellings",
  kind: "always",
  says: "each member tells a rumour at most λ·⌈log(n+1)⌉ times, not counting the direct farewells of a leaver",
  watch({ scene, tested, broken }) {
    const { config, members } = scene.scenario;
    const limit = tellLimit(config, members.length);
    /** How often each member has told each claim since it took it up. Members that pass a claim on share one object. */
    const told = new WeakMap<Claim, Map<number, number>>();
    if (config.dissemination === "multicast") return {};
    return {
      stepped({ at, who, before, effects, after }) {
        for (const claim of takenUp(before, after)) told.get(claim)?.delete(who);
        // A claim that is told but was not waiting was taken up in this very step, and maybe told for the last time in it: tellings in a former life, or before it was forgotten, do not count.
        for (const effect of effects) {
          if (effect.kind !== "send") continue;
          for (const claim of effect.message.gossip) if (rumourOf(before.rumours, subject(claim))?.claim !== claim) told.get(claim)?.delete(who);
        }
        for (const effect of effects) {
          if (effect.kind !== "send") continue;
          for (const claim of effect.message.gossip) {
            const counts = told.get(claim) ?? new Map<number, number>();
            const times = (counts.get(who) ?? 0) + 1;
            told.set(claim, counts.set(who, times));
            tested();
            const most = limit + (claim.kind === "left" ? config.farewells : 0);
            if (times > most) broken(at, who, `it told ${times} times that ${subject(claim)} is ${claim.kind}; the limit is ${most}`);
          }
        }
      },
    };
  },
};

/** The claims that this step made rumours: their counts start again, because they may have been forgotten in between, and are news again. */
function takenUp({ rumours: before }: State, { rumours: after }: State): readonly Claim[] {
  if (before === after || rumoursWaiting(after) === 0) return [];
  const waiting = new Set(claimsWaiting(before));
  return claimsWaiting(after).filter((claim) => !waiting.has(claim));
}
