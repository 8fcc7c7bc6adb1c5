/** When was a failure decided? Continues a failing run from each of its moments with other randomness: where the probability of failing jumps, the failure was decided. */

import { instant, type Instant, type step } from "../../engine/index.ts";
import { type Interval, wilsonInterval } from "../measure/statistics.ts";
import { type Breach, oracleOf } from "../oracle/index.ts";
import type { Scenario } from "../scenario/model.ts";
import { playWorld } from "../swarm/play.ts";

/** Of `tried` runs that continued from this moment, `broken` violated the oracle. */
export type Point = { readonly at: Instant; readonly tried: number; readonly broken: number; readonly share: number; readonly ci95: Interval };

export type Explained = {
  readonly oracle: string;
  readonly breach: Breach;
  /** In order of time. */
  readonly points: readonly Point[];
  /** Neighbouring points between which the probability rose, if their intervals do not overlap; the largest rise first. */
  readonly jumps: readonly { readonly from: Point; readonly to: Point }[];
};

export type ExplainManner = {
  /** How many moments are examined first, besides the one right before the violation; more are added around jumps. */
  readonly moments: number;
  /** How many runs continue from each. */
  readonly tries: number;
  readonly isTimeUp?: () => boolean;
  readonly rule?: typeof step;
};

/** How many times a jump is refined: each time its span is halved. */
const CLOSER = 4;

/** Undefined if this run does not violate the oracle. The run is replayed up to each moment, so the past is identical. */
export function explain(scenario: Scenario, run: number, oracle: string, { moments, tries, isTimeUp = () => false, rule }: ExplainManner): Explained | undefined {
  const watched = oracleOf(oracle);
  if (watched === undefined) return undefined;
  const manner = { watched: [watched], run, toTheEnd: true, ...(rule === undefined ? {} : { rule }) };
  const breach = playWorld(scenario, manner).broken;
  if (breach === null) return undefined;
  const pointAt = (at: Instant): Point => {
    let [tried, broken] = [0, 0];
    for (; tried < tries && (tried === 0 || !isTimeUp()); tried++) {
      if (playWorld(scenario, { ...manner, fork: { at, seed: `${scenario.seed}/${run}/fresh ${tried}` } }).broken !== null) broken++;
    }
    return { at, tried, broken, share: broken / tried, ci95: wilsonInterval(broken, tried) };
  };
  const last = Math.floor(breach.at / SECOND);
  const seconds = Array.from({ length: moments }, (_, number) => instant(Math.floor((last * number) / Math.max(1, moments - 1)) * SECOND));
  // Without the moment right before the violation, a failure decided in the last second would show no jump.
  let points: readonly Point[] = [...seconds, instant(Math.max(0, breach.at - 1))].filter((at, number, all) => at !== all[number - 1]).map(pointAt);
  for (let closer = 0; closer < CLOSER && !isTimeUp(); closer++) {
    const [greatest] = jumpsIn(points);
    const between = greatest === undefined ? undefined : instant(Math.floor((greatest.from.at + greatest.to.at) / 2));
    if (greatest === undefined || between === undefined || greatest.to.at - greatest.from.at < 2 * FINEST) break;
    points = [...points, pointAt(between)].toSorted((one, other) => one.at - other.at);
  }
  return { oracle, breach, points, jumps: jumpsIn(points).filter(({ from, to }) => (from.ci95[1] ?? 1) < (to.ci95[0] ?? 0)) };
}

const SECOND = 1_000_000;
const FINEST = 50_000;

const jumpsIn = (points: readonly Point[]): Explained["jumps"] => points.slice(1)
  .map((to, place) => ({ from: points[place]!, to }))
  .filter(({ from, to }) => to.share > from.share)
  .toSorted((one, other) => other.to.share - other.from.share - (one.to.share - one.from.share));
