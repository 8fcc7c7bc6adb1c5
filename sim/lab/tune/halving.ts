/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016; Karnin, Koren and Somekh, ICML 2013): many candidates with few runs each; a third of them continues with three times
 * as many; and again. All candidates meet the same seeds, run by run, so that few runs tell them apart. Pure: the result does not depend on who plays.
 */

import { estimateOf, type Manner } from "../estimate.ts";
import type { Gathered } from "../gather.ts";
import type { Estimate } from "../model.ts";
import { frontOf, type Scores } from "./pareto.ts";
import { type Bound, breachOf } from "./objective.ts";

/** Runs of each candidate in the first round; each later round has three times as many. */
export const FIRST_RUNS = 4;
const KEEP = 3;
/** The number of rounds for this many evaluations: with more rounds, the last candidates are compared more precisely. */
const roundsOf = (evaluations: number): number => (evaluations < 1_500 ? 3 : evaluations < 10_000 ? 4 : 5);

/** What to optimise. `trade`: the figures whose trade-off the front shows. */
export type Wish = { readonly objective: string; readonly bounds: readonly Bound[]; readonly trade: readonly string[] };

/** A candidate with its runs so far. */
export type Candidate = { readonly nth: number; readonly gathered: Gathered };

/** A candidate, measured. */
export type Standing = { readonly nth: number; readonly runs: number; readonly breach: number; readonly objective: number | null; readonly scores: Scores; readonly estimates: Readonly<Record<string, Estimate>> };

/** How many candidates this many runs suffice for, and how many runs each has after each round. */
export function roundsFor(evaluations: number): { readonly candidates: number; readonly runs: readonly number[] } {
  const runs = Array.from({ length: roundsOf(evaluations) }, (_, round) => FIRST_RUNS * KEEP ** round);
  let candidates = 1;
  while (costOf(candidates + 1, runs) <= evaluations) candidates++;
  return { candidates, runs };
}

/** The total number of runs: a candidate keeps its runs of earlier rounds. */
export function costOf(candidates: number, runs: readonly number[]): number {
  let [left, had, cost] = [candidates, 0, 0];
  for (const each of runs) {
    cost += left * (each - had);
    [left, had] = [survivors(left), each];
  }
  return cost;
}

/** A third, but at least three, and at most all. */
export const survivors = (candidates: number): number => Math.min(candidates, Math.max(3, Math.ceil(candidates / KEEP)));

export function standingOf({ nth, gathered }: Candidate, { objective, bounds, trade }: Wish, manner: Manner): Standing {
  const names = [...new Set([objective, ...bounds.map(({ figure }) => figure), ...trade])];
  const nothing: Estimate = { value: null, low: null, high: null, n: 0, censored: 0 };
  const estimates = Object.fromEntries(names.map((name) => [name, estimateOf(gathered, name, manner) ?? nothing]));
  const sign = isBetterHigh(objective) ? -1 : 1;
  const value = estimates[objective]?.value ?? null;
  return {
    nth, runs: gathered.runs, breach: bounds.reduce((sum, bound) => sum + breachOf(bound, estimates[bound.figure]?.value ?? null), 0),
    objective: value === null ? null : sign * value,
    scores: trade.map((name) => estimates[name]?.value ?? null), estimates,
  };
}

/** The only figure for which more is better. */
const isBetterHigh = (figure: string): boolean => figure === "agreement.mean";

/** Candidates that violate no bound, or violate them least, come first; among equals, by objective; among those, in order of their numbers. */
export const ranked = (all: readonly Standing[]): readonly Standing[] =>
  all.toSorted((a, b) => (a.breach - b.breach || (a.objective ?? Infinity) - (b.objective ?? Infinity) || a.nth - b.nth) || 0);

/**
 * The candidates that continue: always the scenario as it is (the 0th), because all others are compared with it; two thirds of the other places go to the first in rank, the last
 * third to members of the front of the trade-off, so that it is well known along its length; remaining places go to the next in rank.
 */
export function whoGoesOn(all: readonly Standing[]): readonly number[] {
  const places = survivors(all.length);
  const order = ranked(all);
  const chosen = new Set<number>([0]);
  const fill = (from: readonly Standing[], upTo: number): void => {
    for (const { nth } of from) if (chosen.size < upTo) chosen.add(nth);
  };
  fill(order, Math.ceil((places * 2) / 3));
  const front = new Set(frontOf(all));
  fill(order.filter((standing) => front.has(standing)), places);
  fill(order, places);
  return [...chosen].toSorted((a, b) => a - b);
}
