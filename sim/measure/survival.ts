/** The survival curve: which share of what was watched is still going on after so long, and how surely that is known. */

import { exp, ln } from "../../engine/index.ts";
import type { Observation } from "./result.ts";
import { DEVIATE, sampleOf } from "./statistics.ts";

/** From `at` on, until the next step, the share is `share`. */
export type SurvivalStep = {
  /** In seconds. */
  readonly at: number;
  readonly share: number;
  /** The ends of the 95 % interval of the share. */
  readonly low: number;
  readonly high: number;
  /** How many were watched until then, and had not ended before. */
  readonly atRisk: number;
};

export type Survival = {
  /** At the lengths at which something ended, in ascending order. */
  readonly steps: readonly SurvivalStep[];
  /** When something was given up, in ascending order. */
  readonly censored: readonly number[];
  readonly n: number;
};

/**
 * Kaplan and Meier (1958). The interval is Greenwood's (1926), on the scale of log(−log share), where it stays between 0 and 1 (Kalbfleisch and Prentice 1980,
 * §1.3). It takes the observations for independent, which those of one run are not quite. Where nothing is left, neither end is known better than before.
 */
export function survivalOf(observations: readonly Observation[]): Survival {
  const sample = sampleOf([observations]);
  const steps: SurvivalStep[] = [];
  let [atRisk, share, variance] = [sample.length, 1, 0];
  for (let first = 0; first < sample.length;) {
    const at = sample[first]?.length ?? 0;
    let next = first;
    let ended = 0;
    for (; sample[next]?.length === at; next++) ended += Number(sample[next]?.ended);
    if (ended > 0) {
      share *= (atRisk - ended) / atRisk;
      variance += atRisk > ended ? ended / (atRisk * (atRisk - ended)) : 0;
      const [low, high] = share > 0 ? intervalOf(share, variance) : [0, steps.at(-1)?.high ?? 1];
      steps.push({ at, share, low, high, atRisk });
    }
    atRisk -= next - first;
    first = next;
  }
  return { steps, censored: sample.filter(({ ended }) => !ended).map(({ length }) => length), n: sample.length };
}

function intervalOf(share: number, variance: number): readonly [low: number, high: number] {
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
