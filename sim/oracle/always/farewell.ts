/** Farewells: a member that said goodbye has not failed. */

import { find, type MemberId } from "../../../engine/index.ts";
import { isWild } from "../calm.ts";
import { isEverySound } from "../machine.ts";
import type { Docket, Oracle, Taken } from "../oracle.ts";

/** A member that said goodbye. `isClear`: nothing was lost, and nothing separated any two members. */
type Farewell = { readonly incarnation: number; isClear: boolean };

export const leavingIsNotFailing: Oracle = {
  name: "farewells",
  kind: "always",
  says: "a graceful leave is not reported as a failure: never by a member that heard of it, and by no member at all where farewells are corrected and nothing is lost",
  watch(docket) {
    const { scene, tested, broken, numberOf } = docket;
    const farewells = new Map<MemberId, Farewell>();
    /** A fault, or a member that can't receive now, may keep a farewell from somebody: then only the first half of the promise holds. */
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
          // An older goodbye, from before a return, does not count: it may be all that this member knows.
          if (held?.status === "left" && held.incarnation === farewell.incarnation) broken(at, who, `it announced that ${member.id} failed, and had known that it left`);
          else if (farewell.isClear) broken(at, who, `it announced that ${member.id} failed, and nothing kept ${member.id}'s farewell from anybody`);
        }
      },
    };
  },
};

/** The `tellMult` from which on rumours reach more than a few members. Below, a goodbye, and then the suspicion of a member that missed it, may be told only to members that have no use for it. */
const SPREADS = 3;

/** Do all running members hear each other, and is a member that has missed something told about it? */
function isClear({ scene }: Docket): boolean {
  const { scenario, network, ids, truth } = scene;
  const { config } = scenario;
  const isLossless = scenario.network.link.loss === 0 && scenario.network.links.every(({ link }) => link.loss === 0) && !isWild(scene);
  const hearsAll = ids.every((_, member) => truth.of(member) !== "paused" && truth.of(member) !== "blocked");
  const isRoomy = scenario.network.receiveBuffer === undefined;
  const isCorrected = config.correction === "on" && config.suspicion === "on" && config.tellMult >= SPREADS;
  return isLossless && hearsAll && isRoomy && isEverySound(scenario) && network.faultsInForce.length === 0 && isCorrected;
}

/** Do all running members hold it alive as it leaves? Then no earlier suspicion can overtake its goodbye, and nobody has just joined without hearing of it. */
function isTrusted({ scene: { ids, truth, stateOf } }: Docket, { before: { self } }: Taken): boolean {
  return ids.every((_, member) => {
    const held = truth.isRunning(member) ? find(stateOf(member)?.view ?? null!, self.id) : undefined;
    return !truth.isRunning(member) || (held?.status === "alive" && held.incarnation === self.incarnation);
  });
}
