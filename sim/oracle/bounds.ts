/**
 * The bounds of the oracles, each derived from the numbers of a configuration. docs/invariants.md, "Bounds", has the derivations.
 * Random events get so many attempts that all of them fail with probability ε = 10⁻⁹ at most.
 */

import { ln, micros, NEVER, suspectFor, syncEveryAt, type Config, type Micros } from "../../engine/index.ts";
import type { Scenario } from "../scenario/model.ts";
import { atMost, paceOf } from "./machine.ts";

/** −ln ε, for ε = 10⁻⁹. */
const DOUBT = 20.73;

/** The number of attempts, each of which succeeds with at least this probability, that all fail with probability ε at most. Infinity if it is 0. */
export function attempts(success: number): number {
  if (success <= 0) return Infinity;
  return success >= 1 ? 1 : Math.ceil(DOUBT / -ln(1 - success));
}

/**
 * The least probability that an exchange over a stream succeeds if each segment is lost with probability `loss`: four legs, each of which is in time
 * if one of its first five segments arrives (five waits of 0.2 s · 2ᵏ are 6.2 s, within the usual deadline of 10 s).
 */
export const exchangeSucceeds = (loss: number): number => Math.max(0, 1 - 4 * loss ** 5);

/** From the beginning of one probe to that of the next, at most: a period, stretched by the worst health. */
export const longestSlot = ({ periodEvery, healthMax }: Config): Micros => micros((healthMax + 1) * periodEvery);

/** How long an unconfirmed suspicion lasts in a group of n. */
export const longestSuspicion = (config: Config, n: number): Micros =>
  config.suspicion === "off" ? micros(0) : micros(suspectFor(config, n) * config.suspicionMaxMult);

/** The number of its own probes within which a member probes each other one at least once (SWIM §4.3: 2n − 1, in a group that never had more than n members). */
export const probesUntilAll = (n: number): number => 2 * n - 1;

/** From a crash until every undisturbed running member holds the crashed one gone: SWIM's time-bounded completeness, at the worst health. */
export const completeness = (config: Config, n: number): number => (probesUntilAll(n) + 1) * longestSlot(config) + longestSuspicion(config, n);

/**
 * Can members that hold each other dead meet again? They can if views are exchanged with the living and the dead, nobody is forgotten during this run, and a member
 * that returns at another address can be told from another one with its name (memberlist can't: its rule 30).
 */
export const meetsAgain = (scenario: Scenario): boolean => {
  const { config, duration, timeline } = scenario;
  const { fastest, jumps } = paceOf(scenario);
  return config.syncEvery > 0 && config.reconnectEvery > 0 && config.forgetAfter >= duration * fastest + jumps && (!moves(timeline) || config.incarnationsPerLife > 0 || config.reclaimAfter > 0);
};

const moves = (timeline: Scenario["timeline"]): boolean => timeline.some(({ action }) =>
  (action.kind === "restart" && action.address === "new") || (action.kind === "churn" && action.back.address === "new") || action.kind === "replace");

/** How long a member that moved must have been dead before it gets its name back; 0 if lives have numbers. */
const reclaims = ({ config, timeline }: Scenario): number => (moves(timeline) && config.incarnationsPerLife === 0 ? config.reclaimAfter : 0);

/**
 * How long all others may hold a member dead that reaches them all, with `running` of `n` members running: until it has detected all that it wrongly holds
 * alive, and then until one exchange of views, which it starts every `syncEvery` with the living or `reconnectEvery` with the dead, reaches a running member.
 */
export function falseDeath(scenario: Scenario, running: number, loss: number): number {
  const { config, members, network } = scenario;
  if (!meetsAgain(scenario) || running < 2) return NEVER;
  const meets = ((running - 1) / (members.length - 1)) * exchangeSucceeds(loss);
  const beat = Math.max(syncEveryAt(config, members.length), config.reconnectEvery);
  return atMost(completeness(config, members.length) + reclaims(scenario) + attempts(meets) * beat + network.streamDeadline + longestSlot(config), paceOf(scenario));
}

/** From the last disruption until all of a core agree, `core` of `n` members: see docs/invariants.md. NEVER if nothing promises it. */
export function agreement(scenario: Scenario, core: number, loss: number): number {
  const { config, members, network } = scenario;
  const n = members.length;
  if (!meetsAgain(scenario)) return NEVER;
  const exchange = exchangeSucceeds(loss);
  const joins = config.joinAgainAfter === 0 ? 0 : (attempts(exchange) + 1) * config.joinAgainAfter + network.streamDeadline;
  const oldSuspicions = longestSlot(config) + longestSuspicion(config, n);
  const meets = (core / (2 * n - core)) * exchange;
  const reunions = core < 2 ? 0 : ceilLog2(core) * attempts(meets) * config.reconnectEvery;
  const repairs = core < 2 ? 0 : Math.ceil((ln(core) / LN2 + ln(core) + DOUBT) / exchange) * syncEveryAt(config, n);
  return atMost(joins + oldSuspicions + reclaims(scenario) + reunions + repairs + completeness(config, n), paceOf(scenario));
}

const LN2 = ln(2);
const ceilLog2 = (n: number): number => 32 - Math.clz32(n - 1);
