/** Predictions of the publications' formulas, in closed form, for figures that are measured here. */

import { ceilLn, exp, ln } from "../../../engine/index.ts";

/**
 * §3.1: expected number of periods until a member's probe of a crashed one fails, counted to the end of that period, if all periods begin
 * together and the crash is at a beginning: 1 / (1 − (1 − 1/n)^(n−1)), which tends to e/(e−1) = 1.582.
 */
export const detectionAtRandom = (n: number): number => 1 / (1 - (1 - 1 / n) ** (n - 1));

/**
 * The same for §4.3, where each member probes the n − 1 others in turn, in an order of its own: slightly faster in small groups.
 * Σ over m of P(nobody has probed it in m periods).
 */
export function detectionInTurn(n: number): number {
  let expected = 0;
  for (let m = 0; m < 2 * (n - 1); m++) expected += missedIn(m, n - 1) ** (n - 1);
  return expected;
}

/** The same if each member's periods begin at a moment of its own: a whole period more than until the first ping is sent. */
export function detectionApart(n: number): number {
  let expected = 1;
  for (let m = 0; m < 2 * (n - 1); m++) {
    const [before, after] = [missedIn(m, n - 1), missedIn(m + 1, n - 1)];
    // ∫ ((1 − f)·before + f·after)^(n−1) over the fraction f of the period that has passed.
    expected += before === after ? before ** (n - 1) : (before ** n - after ** n) / (n * (before - after));
  }
  return expected;
}

/**
 * The share of crashes that nobody suspects yet after this many periods, in a group as in `detectionApart`, whose mean is the area under this curve: in the
 * first period nobody can, because a probe fails at the end of its period.
 */
export function unsuspectedAfter(periods: number, n: number): number {
  if (periods < 1) return 1;
  const whole = Math.floor(periods - 1);
  const [before, after] = [missedIn(whole, n - 1), missedIn(whole + 1, n - 1)];
  return (before + (periods - 1 - whole) * (after - before)) ** (n - 1);
}

/** P(a member that probes `others` in turn does not reach a certain one in m periods): it is neither in the rest of the current pass, nor in the next. */
function missedIn(m: number, others: number): number {
  let missed = 0;
  for (let done = 0; done < others; done++) {
    const inThisPass = Math.min(m, others - done);
    const inTheNext = Math.min(m - inThisPass, others);
    missed += (1 - inThisPass / others) * (1 - inTheNext / others);
  }
  return missed / others;
}

/** §3.1: failed probes per member and period, if each packet passes with probability q, k relays are asked and all are alive. */
export const failedProbes = (loss: number, k: number): number => (1 - (1 - loss) ** 2) * (1 - (1 - loss) ** 4) ** k;

/** Messages sent per member and period: a ping, an ack for each ping received, and the messages of relays if the ping was not answered. */
export function messagesSent(loss: number, k: number): number {
  const q = 1 - loss;
  return 1 + q + (1 - q ** 2) * k * (1 + q + q ** 2 + q ** 3);
}

/** §4.1: the period in which the share `of` of n members is infected, by x(t) = n / (1 + (n−1)·e^(−(2 − 1/n)t)). */
export const infectedAt = (of: number, n: number): number => ln((n - 1) / (1 / of - 1)) / (2 - 1 / n);

/** The inverse: the share of n members that is infected after this many periods. */
export const infectedShare = (periods: number, n: number): number => 1 / (1 + (n - 1) * exp(-(2 - 1 / n) * periods));

/** §5: how many periods a suspicion waits, and how often at most a member tells a piece of news: 3⌈ln(n+1)⌉. */
export const swimLimit = (n: number): number => 3 * ceilLn(n + 1);

/**
 * Serf's convergence simulator (in its documentation since 2013): the seconds after which the share `of` of n members is reached, by
 * n / (1 + (n+1)·e^(−c·n·x)) with c = fanout/n · (1 − loss) · ½ and x rounds, one every `gossipEvery` seconds.
 */
export function serfConvergence(of: number, n: number, loss: number, fanout = 3, gossipEvery = 0.2): number {
  const contact = (fanout / n) * (1 - loss) * 0.5;
  return (ln((n + 1) / (1 / of - 1)) / (contact * n)) * gossipEvery;
}
