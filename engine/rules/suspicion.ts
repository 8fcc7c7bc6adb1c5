/** Suspicions: members that did not answer, and how long each has to refute. */

import type { Config } from "../words/config.ts";
import { ceilLn, log10Thousandths } from "../words/logarithm.ts";
import type { Incarnation, Instant, MemberId, Micros } from "../words/units.ts";
import { stretch } from "../words/units.ts";

/** The record behind a suspect. It stands in the agenda of suspicions under its subject's name, ranked by its deadline. */
export type Suspicion = {
  readonly about: MemberId;
  readonly incarnation: Incarnation;
  /** Since when we suspect: from our own probe or from gossip alike. */
  readonly since: Instant;
  /** Whose probe failed, as far as we were told. */
  readonly by: MemberId;
};

/**
 * How long an unrefuted suspicion waits in a group of `n` before it becomes a death.
 * SWIM §5: mult·⌈ln(n+1)⌉ periods. memberlist rule 41: mult·max(1, log₁₀ n) periods, the logarithm cut to thousandths.
 */
export function suspectFor(config: Config, n: number): Micros {
  const units = config.scale === "ln" ? ceilLn(n + 1) : Math.max(1, log10Thousandths(Math.max(1, n)));
  return stretch(config.periodEvery, config.suspicionMult * units);
}
