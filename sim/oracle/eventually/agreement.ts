/** Agreement: after trouble has ended, all agree. */

import { differences, find, isLiving, NEVER, type Instant, type Member } from "../../../engine/index.ts";
import { agreement } from "../bounds.ts";
import { calmLoss, lastTroubleAt, mayAgree, singledOut } from "../calm.ts";
import type { Docket, Oracle } from "../oracle.ts";
import { areAnyStrangers, areNewcomersLost } from "../reach.ts";

/** Since when the group is watched, which members should agree (an entry a member) until when, and whether they are known to be able to meet. */
type Watch = { readonly since: Instant; readonly core: Uint8Array; readonly until: number; readonly isHopeful: boolean };

export const allAgree: Oracle = {
  name: "agreement",
  kind: "eventually",
  says: "after the last fault has ended, all members that are under no fault agree within the bound on who is there",
  watch(docket) {
    const { scene, numberOf, tested, broken } = docket;
    const trouble = lastTroubleAt(scene.scenario);
    let watch: Watch | null = null;
    /** About how many members each member is wrong; and the total. */
    const wrong = new Int32Array(scene.ids.length);
    let total = 0;
    const settle = (): void => {
      if (watch === null || total > 0) return;
      watch = null;
      tested();
    };
    const late = (at: Instant): void => {
      if (watch === null || at <= watch.until) return;
      const who = wrong.findIndex((count) => count > 0);
      broken(at, who, `${(at - watch.since) / 1e6} s after the last disruption ${whatIsWrong(docket, who, watch.core)}`);
      watch = null;
    };
    return {
      changed(at) {
        watch = null;
        if (at < trouble || !mayAgree(scene)) return;
        const core = coreOf(docket);
        const sizes = new Map<number, number>();
        core.forEach((is, member) => { if (is !== 0) sizes.set(scene.truth.sideOf(member), (sizes.get(scene.truth.sideOf(member)) ?? 0) + 1); });
        const bound = Math.max(0, ...[...sizes.values()].map((size) => agreement(scene.scenario, size, calmLoss(scene))));
        if (sizes.size === 0) return;
        watch = { since: at, core, until: at + bound, isHopeful: false };
        total = 0;
        for (let who = 0; who < core.length; who++) total += wrong[who] = core[who] === 0 ? 0 : countWrong(docket, who, core);
        settle();
      },
      stepped({ at, who, before, after }) {
        if (watch === null) return;
        if (!watch.isHopeful && at > watch.since) {
          // Checked only now: a member that started at that moment has been told its seeds by now.
          const isHopeless = areNewcomersLost(scene, watch.core) || areAnyStrangers(scene, watch.core);
          watch = isHopeless ? null : { ...watch, isHopeful: true };
        }
        if (watch === null) return;
        if (before.view !== after.view && watch.core[who] !== 0) {
          for (const { mine, theirs } of differences(before.view, after.view)) {
            const about = numberOf((theirs ?? mine)!.id);
            if (about === undefined) continue;
            const change = (isWrong(docket, who, about, theirs, watch.core) ? 1 : 0) - (isWrong(docket, who, about, mine, watch.core) ? 1 : 0);
            wrong[who] = (wrong[who] ?? 0) + change;
            total += change;
          }
          settle();
        }
        late(at);
      },
      isWaiting: () => watch !== null && watch.until < NEVER,
      ended: late,
    };
  },
};

/** Running members that are not singled out and not slow. */
function coreOf({ scene: { ids, truth, network, isSlow } }: Docket): Uint8Array {
  const outside = singledOut(network.faultsInForce, ids.length);
  return Uint8Array.from(ids, (_, member) => (truth.isRunning(member) && !outside.has(member) && !isSlow(member) ? 1 : 0));
}

function countWrong(docket: Docket, who: number, core: Uint8Array): number {
  const { ids, stateOf } = docket.scene;
  const state = stateOf(who);
  if (state === null) return 0;
  return ids.reduce((count, id, about) => count + (isWrong(docket, who, about, find(state.view, id), core) ? 1 : 0), 0);
}

/** It must hold living the members of the core on its own side, and gone or unknown the members that do not run or are on another side; about all others nothing is expected. */
function isWrong({ scene: { truth } }: Docket, who: number, about: number, held: Member | undefined, core: Uint8Array): boolean {
  const isHeld = held !== undefined && isLiving(held.status);
  const isHere = truth.sideOf(who) === truth.sideOf(about);
  if (core[about] !== 0) return isHeld !== isHere;
  return isHeld && (!truth.isRunning(about) || !isHere) && truth.of(about) !== "leaving";
}

function whatIsWrong(docket: Docket, who: number, core: Uint8Array): string {
  const { scene } = docket;
  const state = scene.stateOf(who);
  const about = scene.ids.findIndex((id, member) => state !== null && isWrong(docket, who, member, find(state.view, id), core));
  const held = state === null || about < 0 ? undefined : find(state.view, scene.ids[about]!);
  const name = scene.ids[about] ?? "nobody";
  return `${held === undefined ? `it does not know ${name}` : `it holds ${name} ${held.status}`}, which is ${scene.truth.of(about)}`;
}
