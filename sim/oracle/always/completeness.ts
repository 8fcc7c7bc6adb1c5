/** Completeness: every running member detects each crash by itself (SWIM §4.3). */

import { find, isLiving, type State, type Status } from "../../../engine/index.ts";
import { longestSlot, longestSuspicion, probesUntilAll } from "../bounds.ts";
import { atMost, paceOf } from "../machine.ts";
import type { Oracle } from "../oracle.ts";

/** What one member holds about one that no longer runs. */
type Watch = { readonly incarnation: number; readonly from: number; isProbed: boolean; status: Status; since: number };

export const crashesAreDetected: Oracle = {
  name: "completeness",
  kind: "always",
  says: "a member that runs, and is not slow, probes each member that no longer runs within 2n − 1 probes, each at most the longest period after the last, and suspects it no longer than the longest suspicion lasts",
  watch({ scene, tested, broken }) {
    const { scenario, ids, truth } = scene;
    const n = scenario.members.length;
    const pace = paceOf(scenario);
    const [slot, suspicion] = [atMost(longestSlot(scenario.config), pace), atMost(longestSuspicion(scenario.config, n), pace)];
    /** For each running member: what it holds about members that do not run. */
    const watches = new Map<number, Map<number, Watch>>();
    const probes = new Uint32Array(n);
    const probedAt = new Map<number, number>();
    let silent: readonly number[] = [];
    /** A member that is slow, or stands still, is excused; one whose clock is changed starts again. */
    const isDisturbed = (who: number): boolean => !truth.isRunning(who) || scene.isSlow(who);
    const excuse = (who: number): void => {
      watches.delete(who);
      probedAt.delete(who);
    };
    return {
      struck: (kind, members) => void (kind === "clock" && members.forEach(excuse)),
      changed() {
        silent = ids.flatMap((_, member) => (truth.of(member) === "crashed" || truth.of(member) === "departed" ? [member] : []));
        for (const who of [...watches.keys(), ...probedAt.keys()]) if (isDisturbed(who)) excuse(who);
        for (const watch of watches.values()) for (const about of watch.keys()) if (!silent.includes(about)) watch.delete(about);
      },
      stepped({ at, who, before, after }) {
        if (before.view !== after.view) findOut(after, watches.get(who));
        const { attempt } = after.probe;
        if (attempt === null || attempt.seq === before.probe.attempt?.seq || isDisturbed(who)) return;
        probes[who] = (probes[who] ?? 0) + 1;
        const [last, watch] = [probedAt.get(who), watches.get(who) ?? new Map<number, Watch>()];
        probedAt.set(who, at);
        watches.set(who, watch);
        if (last !== undefined && watch.size > 0 && at - last > slot) broken(at, who, `${(at - last) / 1e6} s between two probes; the limit is ${slot / 1e6} s`);
        for (const about of silent) look(after, about, at, who, watch);
      },
    };

    /** Ends the watches for members that it now holds gone. */
    function findOut({ view }: State, watch: Map<number, Watch> | undefined): void {
      for (const about of watch?.keys() ?? []) {
        const held = find(view, ids[about]!);
        if (held !== undefined && isLiving(held.status)) continue;
        watch?.delete(about);
        tested();
      }
    }

    function look(state: State, about: number, at: Parameters<typeof broken>[0], who: number, watch: Map<number, Watch>): void {
      const id = ids[about]!;
      const held = find(state.view, id);
      const known = watch.get(about);
      if (held === undefined || !isLiving(held.status)) return;
      if (known === undefined || known.incarnation !== held.incarnation) {
        watch.set(about, { incarnation: held.incarnation, from: probes[who] ?? 0, isProbed: false, status: held.status, since: at });
        return;
      }
      if (state.probe.attempt?.target === id) known.isProbed = true;
      if (held.status !== known.status) [known.status, known.since] = [held.status, at];
      const made = (probes[who] ?? 0) - known.from;
      if (!known.isProbed && made > probesUntilAll(n)) broken(at, who, `${made} probes, and none of ${id}, which no longer runs`);
      if (held.status === "suspect" && at - known.since > suspicion) broken(at, who, `${id}, which no longer runs, has been suspect for ${(at - known.since) / 1e6} s; the limit is ${suspicion / 1e6} s`);
    }
  },
};
