/** Farewells: who said goodbye has not failed. */

import { find, type MemberId } from "../../../engine/index.ts";
import { isWild } from "../calm.ts";
import { isEverySound } from "../machine.ts";
import type { Docket, Oracle, Taken } from "../oracle.ts";

/** A member that said goodbye while nothing was lost and nothing stood between any two. */
type Farewell = { readonly incarnation: number; isClear: boolean };

export const leavingIsNotFailing: Oracle = {
  name: "farewells",
  kind: "always",
  says: "a graceful leave is not reported as a failure: never by a member that heard of it, and by no member at all where farewells are corrected and nothing is lost",
  watch(docket) {
    const { scene, tested, broken, numberOf } = docket;
    const farewells = new Map<MemberId, Farewell>();
    /** A fault, or anybody who does not hear now, may keep a farewell from somebody: then only the first half of the sentence is promised. */
    const blur = (): void => {
      if (isClear(docket)) return;
      for (const farewell of farewells.values()) farewell.isClear = false;
    };
    return {
      born: (_, who) => void farewells.delete(scene.ids[who] ?? ("" as MemberId)),
      changed: blur,
      stepped(taken) {
        const { at, who, before, event, effects } = taken;
        if (event.kind === "asked-to-leave" && before.phase.kind === "member") farewells.set(before.self.id, { incarnation: before.self.incarnation, isClear: isClear(docket) && isTrusted(docket, taken) });
        for (const effect of effects) {
          if (effect.kind !== "announce" || (effect.change.kind !== "failed" && effect.change.kind !== "left")) continue;
          const { member } = effect.change;
          const farewell = farewells.get(member.id);
          if (farewell === undefined || numberOf(member.id) === who) continue;
          tested();
          if (effect.change.kind === "left" || member.incarnation !== farewell.incarnation) continue;
          const held = find(before.view, member.id);
          // Of a goodbye before that, and a return, it may know nothing else.
          if (held?.status === "left" && held.incarnation === farewell.incarnation) broken(at, who, `it announced that ${member.id} failed, and had known that it left`);
          else if (farewell.isClear) broken(at, who, `it announced that ${member.id} failed, and nothing kept ${member.id}'s farewell from anybody`);
        }
      },
    };
  },
};

/** A `tellMult` from which on rumours reach more than a few: below it a goodbye, and then the suspicion of who missed it, may be told to those alone who have no use for it. */
const SPREADS = 3;

/** Do all that run hear each other, and is whoever has missed something told of it? */
function isClear({ scene }: Docket): boolean {
  const { scenario, network, ids, truth } = scene;
  const { config } = scenario;
  const isLossless = scenario.network.link.loss === 0 && scenario.network.links.every(({ link }) => link.loss === 0) && !isWild(scene);
  const hearsAll = ids.every((_, member) => truth.of(member) !== "paused" && truth.of(member) !== "blocked");
  const isRoomy = scenario.network.receiveBuffer === undefined;
  const isCorrected = config.correction === "on" && config.suspicion === "on" && config.tellMult >= SPREADS;
  return isLossless && hearsAll && isRoomy && isEverySound(scenario) && network.faultsInForce.length === 0 && isCorrected;
}

/** Does everybody who runs hold it alive as it goes? Then nobody's earlier doubt can overtake its goodbye, nor has anybody just joined unheard. */
function isTrusted({ scene: { ids, truth, stateOf } }: Docket, { before: { self } }: Taken): boolean {
  return ids.every((_, member) => {
    const held = truth.isRunning(member) ? find(stateOf(member)?.view ?? null!, self.id) : undefined;
    return !truth.isRunning(member) || (held?.status === "alive" && held.incarnation === self.incarnation);
  });
}
