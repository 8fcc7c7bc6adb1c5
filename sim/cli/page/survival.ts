/** A survival curve with the censored observations and the curve's value at any moment. */

import type { Observation } from "../../measure/result.ts";
import { sampleOf } from "../../measure/statistics.ts";
import { survival, type SurvivalStep } from "../../measure/survival.ts";

export type Survival = {
  readonly steps: readonly SurvivalStep[];
  /** When observations were censored, in ascending order. */
  readonly censored: readonly number[];
  readonly n: number;
};

export function survivalOf(observations: readonly Observation[]): Survival {
  const sample = sampleOf([observations]);
  return { steps: survival(sample), censored: sample.flatMap(({ ended, length }) => (ended ? [] : [length])), n: sample.length };
}

/** The share that goes on at a moment, and the ends of its interval; `atRisk`: how many were watched until the step before. */
export type Standing = { readonly share: number; readonly low: number; readonly high: number; readonly atRisk: number };

/** The value at a moment. Where nothing is left, the upper end stays at its last value. */
export function standingAt({ steps, n }: Survival, at: number): Standing {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  const step = steps[low - 1];
  if (step === undefined) return { share: 1, low: 1, high: 1, atRisk: n };
  return { share: step.share, low: step.ci95[0] ?? 0, high: step.ci95[1] ?? steps[low - 2]?.ci95[1] ?? 1, atRisk: step.atRisk };
}
