/** One run of the Lifeguard paper's experiments: 128 members, some of which cannot send or receive for a while, or again and again. */

import { micros, type Config, type Micros } from "../../../../../engine/index.ts";
import { playRun, type Disruption } from "../../../../index.ts";
import type { Cell, Figures } from "../../model/experiment.ts";
import { Blocked } from "../../watch/blocked.ts";
import { atMoment, type Group, nearby, scenarioOf } from "../group.ts";
import { type Interval, intervalName, type Threshold, thresholdName } from "./grid.ts";

const MEMBERS = 128;
const SECOND = 1_000_000;
const MILLISECOND = 1_000;
/** At first nothing happens. */
const QUIET = 15 * SECOND;
/** After one block the group recovers in a few seconds; everything that is measured has happened by then. */
const AFTERWARDS = 10 * SECOND;
/** Blocks are repeated until this much time has passed: the last one is under way then, or is the next one. */
const REPEATED_FOR = 120 * SECOND;

/**
 * How long an agent that has a processor to itself takes for each message that piled up while it was blocked, in microseconds. The paper does not say how
 * fast its agents were, and it matters: an agent that is unblocked for only a millisecond handles what fits into it, and otherwise stays deaf. memberlist
 * itself was measured at about 60 µs of processor time a datagram, sending and sleeping included; reading is a part of that. See docs/paper.md for the
 * results with other lengths.
 */
const EACH_MESSAGE = 10;
/** Agents pinned to each processor (Lifeguard §V-A). */
const PROCESSOR_OF = 8;

/**
 * Agents on the same processor that are unblocked at the same time read their backlog at the same time, and an agent has to wait for them: for as many as there are on average
 * among its seven neighbours if `count` members are blocked.
 */
export const readingOf = (count: number): Micros => micros(Math.round(EACH_MESSAGE * (1 + ((count - 1) * (PROCESSOR_OF - 1)) / (MEMBERS - 1))));

/** Randomly chosen members, the same each time, that are blocked at each of these moments for this long. */
function blocks(count: number, moments: readonly number[], length: number): readonly Disruption[] {
  return moments.flatMap((moment, nth) => [
    atMoment(moment, { kind: "block", members: nth === 0 ? { kind: "count", count, among: { kind: "all" } } : { kind: "same", as: 0, end: null } }, nth),
    atMoment(moment + length, { kind: "unblock", members: { kind: "same", as: 0, end: null } }, nth),
  ]);
}

/**
 * With one processor, Go's runtime runs one goroutine at a time: a timer's function waits until everything readable has been read. When a block ends, both the reading
 * and the probing goroutine resume; which runs first is random.
 */
const groupOf = (config: Config, count: number, lasts: Micros, timeline: readonly Disruption[]): Group =>
  ({ members: MEMBERS, config, lasts, latency: nearby, catchUp: readingOf(count), catchUpAlarms: "by-chance", timeline });

const thresholdGroup = (config: Config, { count, blocked }: Threshold): Group =>
  groupOf(config, count, micros(QUIET + blocked * MILLISECOND + AFTERWARDS), blocks(count, [QUIET], blocked * MILLISECOND));

/** When each block begins, in microseconds since the origin. */
export function beginnings({ blocked, between }: Interval): readonly number[] {
  const cycle = (blocked + between) * MILLISECOND;
  const before = Math.ceil((REPEATED_FOR - blocked * MILLISECOND) / cycle);
  return Array.from({ length: before + 1 }, (_, nth) => QUIET + nth * cycle);
}

function intervalGroup(config: Config, interval: Interval): Group {
  const length = interval.blocked * MILLISECOND;
  const moments = beginnings(interval);
  return groupOf(config, interval.count, micros((moments.at(-1) ?? QUIET) + length), blocks(interval.count, moments, length));
}

function playThreshold(config: Config, threshold: Threshold, seed: string, repetition: number): Figures {
  const blocked = new Blocked(MEMBERS);
  playRun(scenarioOf(thresholdGroup(config, threshold), "threshold", seed), repetition, blocked);
  return blocked.figures();
}

function playInterval(config: Config, interval: Interval, seed: string, repetition: number): Figures {
  const { falsePositives, load } = playRun(scenarioOf(intervalGroup(config, interval), "interval", seed), repetition);
  return { falsePositives: falsePositives.ofHealthy, healthyFalsePositives: falsePositives.healthyOfHealthy, datagrams: load.datagrams, bytes: load.bytes };
}

/** Blocks shorter than a probe's timeout are hardly noticed; longer ones cause work for all members, more with more blocked members. */
const NOTICED = 1_000;
const strainOf = ({ count, blocked }: Threshold, members: number): number => (blocked < NOTICED ? 1 : 1 + count / members);

/** The cost of a run, in thousands of quiet member-seconds. */
const weightOf = (lasts: number, strain: number): number => (lasts / SECOND / 1_000) * MEMBERS * strain;

/** All configurations meet the same anomalies on the same network. */
export const thresholdCell = (key: string, config: Config, threshold: Threshold, repetitions: number): Cell => ({
  name: thresholdName(key, threshold), repetitions, setting: { config, threshold, catchUp: readingOf(threshold.count), catchUpAlarms: "by-chance" },
  weight: weightOf(QUIET + threshold.blocked * MILLISECOND + AFTERWARDS, strainOf(threshold, 8)),
  chance: thresholdName("any", threshold),
  play: (seed, repetition) => playThreshold(config, threshold, seed, repetition),
});

export const intervalCell = (key: string, config: Config, interval: Interval, repetitions: number): Cell => ({
  name: intervalName(key, interval), repetitions, setting: { config, interval, catchUp: readingOf(interval.count), catchUpAlarms: "by-chance" },
  weight: weightOf(QUIET + REPEATED_FOR + interval.blocked * MILLISECOND, strainOf(interval, 4)),
  chance: intervalName("any", interval),
  play: (seed, repetition) => playInterval(config, interval, seed, repetition),
});
