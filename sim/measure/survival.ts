/** What share of something still goes on after so long, in spite of what was given up: the curve of Kaplan and Meier, with its interval. */

import { exp, ln } from "../../engine/index.ts";
import type { Observation } from "./result.ts";
import { DEVIATE, sampleOf, type Sample } from "./statistics.ts";

/** From `at` on, until the next step, the share is `share`. */
export type SurvivalStep = {
  /** In seconds. */
  readonly at: number;
  /** How many were watched until just before, and how many of them ended now. */
  readonly atRisk: number;
  readonly ended: number;
  readonly share: number;
  /** Greenwood's standard error of the share (1926). */
  readonly error: number;
  /** The ends of the 95 % interval of the share. */
  readonly low: number;
  readonly high: number;
};

export type Survival = {
  /** At the lengths at which something ended, in ascending order. */
  readonly steps: readonly SurvivalStep[];
  /** When something was given up, in ascending order. */
  readonly censored: readonly number[];
  readonly n: number;
};

/** Of observations: see `survival`. */
export const survivalOf = (observations: readonly Observation[]): Survival => survival(sampleOf([observations]));

/**
 * Kaplan and Meier (1958). The interval is Greenwood's (1926), on the scale of ln(−ln share), where it stays between 0 and 1 (Kalbfleisch and Prentice 1980, §1.4). It
 * takes observations for independent: of what hangs together within runs, the bootstrap by run says more. Where nothing is left there is no such interval, and the
 * upper end stays what it was.
 */
export function survival(sample: Sample): Survival {
  const steps: SurvivalStep[] = [];
  const n = sample.reduce((sum, { times = 1 }) => sum + times, 0);
  let [atRisk, share, variance] = [n, 1, 0];
  for (let first = 0; first < sample.length; ) {
    const at = sample[first]?.length ?? 0;
    let [ended, gone] = [0, 0];
    for (; sample[first]?.length === at; first++) {
      const { ended: hasEnded = false, times = 1 } = sample[first] ?? {};
      gone += times;
      if (hasEnded) ended += times;
    }
    if (ended > 0) {
      share *= (atRisk - ended) / atRisk;
      // Greenwood's sum; it has no end where nobody is left.
      variance += ended / (atRisk * (atRisk - ended));
      const [low, high] = share > 0 ? logLog(share, variance) : [0, steps.at(-1)?.high ?? 1];
      steps.push({ at, atRisk, ended, share, error: share > 0 ? share * Math.sqrt(variance) : 0, low, high });
    }
    atRisk -= gone;
  }
  return { steps, censored: sample.flatMap(({ length, ended, times = 1 }) => (ended ? [] : Array.from({ length: times }, () => length))), n };
}

function logLog(share: number, variance: number): readonly [low: number, high: number] {
  const log = ln(share);
  const reach = (DEVIATE * Math.sqrt(variance)) / -log;
  return [exp(log * exp(reach)), exp(log * exp(-reach))];
}

/** The step that holds at a length: null before the first. */
export function stepAt({ steps }: Survival, at: number): SurvivalStep | null {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1] ?? null;
}
