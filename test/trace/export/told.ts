/** A run to export, with losses, a crash and a false alarm: played once for all tests that look at its exports. */

import { instant, memberId, type Instant } from "../../../engine/index.ts";
import { playRun, type Scenario } from "../../../sim/index.ts";
import type { Recorder, Window } from "../../../trace/index.ts";
import { crashing } from "../scenarios.ts";

/** Six members for half a minute; the last crashes at the third. Two in five packets are lost, so that some are suspected that run. */
export const lossy: Scenario = (() => {
  const usual = crashing(6, 30);
  return { ...usual, network: { ...usual.network, link: { ...usual.network.link, loss: 2 / 5 } } };
})();

export const play = (recorder: Recorder, scenario = lossy): void => void playRun(scenario, 0, recorder);

export const all: Window = { from: instant(0), to: instant(Number.MAX_SAFE_INTEGER), members: null };

/** Between two seconds, of these members or all. */
export const between = (from: number, to: number, ...members: readonly string[]): Window =>
  ({ from: instant(from * 1e6), to: instant(to * 1e6), members: members.length === 0 ? null : new Set(members.map(memberId)) });

/** What the run's own steps say, to compare exports with. */
export function counted(): { readonly steps: number; readonly sendings: number; readonly receipts: number; readonly crashedAt: Instant } {
  let [steps, sendings, receipts] = [0, 0, 0];
  play({
    stepped: (_at, _who, event, effects) => {
      steps++;
      if ("message" in event) receipts++;
      sendings += effects.filter(({ kind }) => kind !== "announce").length;
    },
  });
  return { steps, sendings, receipts, crashedAt: instant(3e6) };
}
