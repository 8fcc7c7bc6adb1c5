/** False death: how long a whole group may hold one of its running members dead. */

import { differences, find, isLiving, NEVER } from "../../../engine/index.ts";
import { falseDeath } from "../bounds.ts";
import { calmLoss, singledOut } from "../calm.ts";
import type { Docket, Oracle } from "../oracle.ts";
import { mayMeet } from "../reach.ts";

export const theLivingReturn: Oracle = {
  name: "false-death",
  kind: "always",
  says: "no running member that reaches all others is held dead by all of them for longer than an exchange of views with one of them can take to come about",
  watch(docket) {
    const { scene, numberOf, tested, broken } = docket;
    /** For each member: how many other running members hold it gone. */
    const mourners = new Int32Array(scene.ids.length);
    /** For each member that reaches all others although they all hold it gone: since when. */
    const open = new Map<number, number>();
    let running: readonly number[] = [];
    let reaching: ReadonlySet<number> = new Set();
    let bound: number = NEVER;
    /** So far, did all machines handle what arrived without delay? */
    let wasSound = true;
    const judge = (member: number, at: number): void => {
      // A member that is still joining is not part of the group yet; it may have lost touch with its seeds, and nobody else knows its address.
      const isIn = scene.stateOf(member)?.sync.joining !== "asking";
      if (running.length > 1 && isIn && reaching.has(member) && mourners[member] === running.length - 1) {
        if (!open.has(member)) open.set(member, at);
      } else if (open.delete(member)) tested();
    };
    return {
      struck: (kind) => void (kind === "clock" && open.clear()),
      isWaiting: () => open.size > 0 && bound < NEVER,
      changed(at) {
        running = scene.ids.flatMap((_, member) => (scene.truth.isRunning(member) ? [member] : []));
        reaching = new Set(running.filter((member) => reachesAll(docket, member, running)));
        const isSound = !running.some(scene.isSlow);
        bound = isSound ? falseDeath(scene.scenario, running.length, calmLoss(scene)) : NEVER;
        if (!isSound || !wasSound) open.clear();
        wasSound = isSound;
        for (let member = 0; member < scene.ids.length; member++) {
          mourners[member] = running.filter((other) => other !== member && isHeldGone(docket, other, member)).length;
          judge(member, at);
        }
      },
      stepped({ at, who, before, after }) {
        if (before.sync.joining !== after.sync.joining) judge(who, at);
        if (before.view !== after.view && scene.truth.isRunning(who)) {
          for (const { mine, theirs } of differences(before.view, after.view)) {
            const about = numberOf((theirs ?? mine)!.id);
            if (about === undefined || about === who) continue;
            const [was, is] = [mine !== undefined && !isLiving(mine.status), theirs !== undefined && !isLiving(theirs.status)];
            if (was === is) continue;
            mourners[about] = (mourners[about] ?? 0) + (is ? 1 : -1);
            judge(about, at);
          }
        }
        for (const [member, since] of open) {
          if (at - since <= bound) continue;
          if (mayMeet(scene, member, running)) broken(at, member, `all ${running.length - 1} others have held it gone for ${(at - since) / 1e6} s`);
          else open.delete(member);
        }
      },
    };
  },
};

function reachesAll({ scene: { network, ids } }: Docket, member: number, running: readonly number[]): boolean {
  return !singledOut(network.faultsInForce, ids.length).has(member) && running.every((other) => other === member || !network.separates(member, other));
}

function isHeldGone({ scene: { stateOf, ids } }: Docket, who: number, about: number): boolean {
  const state = stateOf(who);
  const held = state === null ? undefined : find(state.view, ids[about]!);
  return held !== undefined && !isLiving(held.status);
}
