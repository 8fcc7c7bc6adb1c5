/** Survival: the share of something that still goes on after a given time, despite censoring: the Kaplan-Meier curve with its interval. */

import { exp, ln } from "../../engine/index.ts";
import { DEVIATE, type Interval, type Sample } from "./statistics.ts";

/** From this moment until the next step: the share that goes on. */
export type SurvivalStep = {
  /** Seconds. */
  readonly at: number;
  /** How many were watched until just before, and how many of them ended now. */
  readonly atRisk: number;
  readonly ended: number;
  readonly share: number;
  /** Greenwood's standard error of the share (1926). */
  readonly error: number;
  /** 95 %, on the scale of ln(−ln share), so that it stays between 0 and 1 (Kalbfleisch and Prentice 1980, §1.4); the ends are null once the share is 0. */
  readonly ci95: Interval;
};

/** One step for each moment at which something ended. Assumes independent observations: if those within runs depend on each other, the bootstrap by run is more reliable. */
export function survival(sample: Sample): readonly SurvivalStep[] {
  const steps: SurvivalStep[] = [];
  let atRisk = sample.reduce((sum, { times = 1 }) => sum + times, 0);
  let [share, variance] = [1, 0];
  for (let i = 0; i < sample.length; ) {
    const at = sample[i]?.length ?? 0;
    let [ended, gone] = [0, 0];
    for (; i < sample.length && sample[i]?.length === at; i++) {
      const { ended: hasEnded = false, times = 1 } = sample[i] ?? {};
      gone += times;
      if (hasEnded) ended += times;
    }
    if (ended > 0) {
      share *= 1 - ended / atRisk;
      // Greenwood's sum; infinite once nobody is left.
      variance += ended / (atRisk * (atRisk - ended));
      steps.push({ at, atRisk, ended, share, error: share === 0 ? 0 : share * Math.sqrt(variance), ci95: logLog(share, variance) });
    }
    atRisk -= gone;
  }
  return steps;
}

function logLog(share: number, variance: number): Interval {
  if (share <= 0) return [null, null];
  const lnShare = ln(share);
  const reach = (DEVIATE * Math.sqrt(variance)) / -lnShare;
  return [exp(lnShare * exp(reach)), exp(lnShare * exp(-reach))];
}
