/** Suspicions: how long a suspect has to refute, and how confirmations shorten that. */

import type { Config } from "../words/config.ts";
import { ceilLn, ln, log10Thousandths } from "../words/logarithm.ts";
import type { Suspicion } from "../words/suspicion.ts";
import type { Instant, MemberId, Micros } from "../words/units.ts";
import { after, micros, milliseconds, stretch } from "../words/units.ts";

/**
 * How long a fully confirmed suspicion waits in a group of `n` before it becomes a death.
 * SWIM §5: mult·⌈ln(n+1)⌉ periods. memberlist rule 41: mult·max(1, log₁₀ n) periods, the logarithm cut to thousandths.
 */
export function suspectFor(config: Config, n: number): Micros {
  const units = config.scale === "ln" ? ceilLn(n + 1) : Math.max(1, log10Thousandths(Math.max(1, n)));
  return stretch(config.periodEvery, config.suspicionMult * units);
}

/** How many confirmations are wanted in a group of `n`: none if the group has too few others (memberlist rule 40). */
export const confirmationsWanted = (config: Config, n: number): number => (n - 2 < config.confirmations ? 0 : config.confirmations);

/**
 * How long a suspicion with these confirmations waits: from `most` down to `least`, on a logarithmic scale (Lifeguard §IV-B, memberlist rule 42, rounded down to
 * whole milliseconds). If none are wanted, only `least`.
 */
export function waitFor({ wanted, least, most, confirmedBy }: Pick<Suspicion, "wanted" | "least" | "most" | "confirmedBy">): Micros {
  const count = confirmedBy.length;
  if (wanted === 0) return least;
  if (count === 0) return most;
  const wait = most - (ln(count + 1) / ln(wanted + 1)) * (most - least);
  const inMilliseconds = milliseconds(Math.floor(wait / 1000 + 1e-6));
  return inMilliseconds < least ? least : inMilliseconds;
}

/** When an unrefuted suspicion becomes a death. In the past, if enough confirmations came late. */
export const endsAt = (suspicion: Suspicion): Instant => after(suspicion.since, waitFor(suspicion));

/**
 * The new deadline of a suspicion that was due at `due` and was confirmed just now. It is not in the past, which would look as if our alarm were late.
 * After a stall we listen at least until `listensUntil`. But a confirmation never postpones the deadline: it stays `due` even if that has passed, because then
 * the alarm is really late, which must show.
 */
export function endsConfirmedAt(surer: Suspicion, due: Instant, now: Instant, listensUntil: Instant, { stallAfter }: Config): Instant {
  const sooner = later(endsAt(surer), now);
  if (stallAfter === 0) return sooner;
  const heard = later(sooner, listensUntil);
  return heard < due ? heard : due;
}

const later = (one: Instant, other: Instant): Instant => (one < other ? other : one);

/** The suspicion with one more confirmation; undefined if the member is counted already, or no more are wanted (memberlist rule 42). */
export function confirmed(suspicion: Suspicion, by: MemberId): Suspicion | undefined {
  const { confirmedBy, wanted } = suspicion;
  if (confirmedBy.length >= wanted || by === suspicion.by || confirmedBy.includes(by)) return undefined;
  return { ...suspicion, confirmedBy: [...confirmedBy, by] };
}

/** A new suspicion. */
export function begun(config: Config, n: number, grounds: Pick<Suspicion, "about" | "incarnation" | "by" | "since" | "cause">): Suspicion {
  const least = suspectFor(config, n);
  const { about, incarnation, by, since, cause } = grounds;
  return { about, incarnation, by, since, cause, confirmedBy: [], wanted: confirmationsWanted(config, n), least, most: micros(least * config.suspicionMaxMult) };
}
