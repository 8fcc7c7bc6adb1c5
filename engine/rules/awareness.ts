/** Awareness: how far a member trusts its own judgement (Lifeguard §IV-A, which calls the score LHM). 0 is best; the worse the score, the slower it accuses. */

import type { Config } from "../words/config.ts";
import type { Micros } from "../words/units.ts";
import { stretch } from "../words/units.ts";

/** The score after `by` more bad signs (or fewer, if negative), kept between 0 and `healthMax` (memberlist rule 20). */
export const adjusted = (health: number, by: number, config: Config): number => Math.min(config.healthMax, Math.max(0, health + by));

/** What a failed probe costs, if nacks were asked of `asked` relays and `nacks` came. */
export function penaltyOf(config: Config, asked: number, nacks: number): number {
  const missing = Math.max(0, asked - nacks);
  if (config.healthPenalty === "failure") return missing > 0 ? 2 : 1;
  return asked > 0 ? missing : 1;
}

/** How long the period is at this health. */
export const periodAt = (config: Config, health: number): Micros =>
  config.healthStretches === "period" ? stretch(config.periodEvery, health + 1) : config.periodEvery;

/** How long to wait for a direct ack. memberlist does not stretch this (rule 11). */
export const askRelaysAfterAt = (config: Config, health: number): Micros =>
  config.healthStretches === "period" ? stretch(config.askRelaysAfter, health + 1) : config.askRelaysAfter;

/** How long a whole probe may take before it has failed. */
export const probeForAt = (config: Config, health: number): Micros => stretch(config.periodEvery, health + 1);
