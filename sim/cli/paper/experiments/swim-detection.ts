/** SWIM's Figure 3a: how long until a crash is first detected, which does not depend on the size of the group. */

import { micros } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { forgiving, inRange, within, type Comparison } from "../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Table } from "../model/findings.ts";
import { errorOf, meanOf, slopeOf } from "../model/sample.ts";
import { detectionApart, detectionInTurn } from "../theory.ts";
import { crashIn } from "../watch/observed.ts";
import { atMoment, type Group, nearby, only, scenarioOf } from "./group.ts";
import { PERIOD, sizeName, swim, SWIM_PAPER } from "./swim.ts";

const sizes = [8, 16, 24, 32, 40, 48, 56] as const;

/** Single runs, as digitised from the figure: members, periods. */
const published = [
  [8, 2.08], [9, 2.05], [10, 1.04], [11, 0.53], [12, 0.82], [13, 3.58], [15, 3.52], [16, 3.42], [17, 2.52], [18, 1.16], [19, 2.33], [20, 2.96], [21, 1.48],
  [22, 1.38], [23, 1.27], [24, 1.56], [26, 0.79], [27, 4.44], [28, 0.50], [29, 1.65], [30, 1.64], [31, 1.28], [32, 0.68], [33, 1.98], [34, 1.61], [35, 1.52],
  [37, 0.58], [38, 0.47], [40, 2.12],
] as const;

/** The standard deviation of one detection, in periods, by either convention. */
const DEVIATION = 0.95;
const BEFORE = 3;
/** A crash that nobody detects in this many periods has a probability of one in three million. */
const PATIENCE = 16;

/** Do all periods begin together, with the crash at a beginning, or does each member have its own? */
const manners = ["apart", "together"] as const;
type Manner = (typeof manners)[number];

const cellName = (manner: Manner, n: number): string => `${manner} ${sizeName(n)}`;

function cellOf(manner: Manner, members: number, extent: Extent): Cell {
  const group: Group = {
    members, config: { ...swim, stagger: manner === "apart" ? "random" : "none" }, lasts: micros((BEFORE + PATIENCE) * PERIOD), latency: nearby,
    timeline: [atMoment(BEFORE * PERIOD, { kind: "crash", members: only(1) })],
  };
  return { name: cellName(manner, members), repetitions: extent === "full" ? 1_000 : 100, weight: members * 0.04, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
}

function play(group: Group, seed: string, repetition: number): Figures {
  const { suspected } = crashIn(playRun(scenarioOf(group, "swim-detection", seed), repetition));
  return { periods: (suspected * 1_000_000) / PERIOD };
}

export const swimDetection: Experiment = {
  name: "swim-detection",
  title: "First detection of a crash",
  source: `${SWIM_PAPER}, §3.1 and Figure 3a`,
  about: [
    "One member crashes. Counted from the crash to the end of the period in which a probe of it failed, in periods.",
    "There are two conventions, and they differ by 0.4 periods. Where all periods begin together and the crash falls on a beginning, the paper's formula holds: e/(e−1) = 1.58. "
      + "Where each member's periods begin at a moment of their own, as in any real group, part of a period passes before the first ping is sent: 1.98. The paper measured the second and drew the first.",
    "The expected values are those of probing in turn (§4.3), which in small groups is a little faster than choosing at random.",
  ],
  cells: (extent) => manners.flatMap((manner) => sizes.map((n) => cellOf(manner, n, extent))),
  judge: (played) => ({ tables: [meansTable(played), trendTable(played)], charts: [chartOf(played)] }),
};

const sampleOf = (played: Played, manner: Manner, n: number): readonly number[] => played(cellName(manner, n)).map((figures) => figureOf(figures, "periods"));

function meansTable(played: Played): Table {
  const compared = (manner: Manner, n: number, expected: number): Comparison => {
    const sample = sampleOf(played, manner, n);
    return { ...within(meanOf(sample), expected, (3 * DEVIATION) / Math.sqrt(sample.length)), error: errorOf(sample) };
  };
  return {
    title: "Mean first detection, in periods",
    lines: "group",
    columns: [{ name: "periods apart", tolerance: "3 standard errors" }, { name: "periods together", tolerance: "3 standard errors" }],
    body: sizes.map((n) => ({ name: sizeName(n), cells: [compared("apart", n, detectionApart(n)), compared("together", n, detectionInTurn(n))] })),
    notes: ["Theirs is the closed form. Only “apart” is what the paper's testbed did."],
  };
}

/** The smallest group in which probing in turn is no longer noticeably faster. */
const FLAT_FROM = 16;

function trendTable(played: Played): Table {
  const means = sizes.filter((n) => n >= FLAT_FROM).map((n): readonly [number, number] => [n, meanOf(sampleOf(played, "apart", n)) ?? 0]);
  const perSize = sampleOf(played, "apart", FLAT_FROM).length;
  const { slope, error } = slopeOf(means, DEVIATION / Math.sqrt(Math.max(1, perSize)));
  const all = sizes.flatMap((n) => sampleOf(played, "apart", n));
  const theirs = published.map(([, periods]) => periods);
  return {
    title: "Over all sizes",
    lines: "figure",
    columns: [{ name: "periods", tolerance: "3 standard errors" }],
    body: [
      { name: "mean of Figure 3a's 29 runs", cells: [forgiving(within(meanOf(all), meanOf(theirs) ?? 0, 0), errorOf(theirs))] },
      { name: `trend from ${FLAT_FROM} to 56 members, a member`, cells: [{ ...inRange(slope, 0, [-3 * error, 3 * error]), error }] },
    ],
    notes: ["The paper's 29 runs have a mean of 1.76 ± 0.19: too few to tell the two conventions apart."],
  };
}

function chartOf(played: Played): Chart {
  const means = (manner: Manner): readonly (readonly [number, number])[] => sizes.map((n) => [n, meanOf(sampleOf(played, manner, n)) ?? 0]);
  return {
    kind: "plot", title: "First detection of a crash, in periods",
    x: { name: "members", scale: "linear" }, y: { name: "periods", scale: "linear" },
    series: [
      { name: "expected, periods apart", whose: "theory", mark: "line", points: sizes.map((n) => [n, detectionApart(n)]) },
      { name: "expected, periods together", whose: "theory", mark: "line", points: sizes.map((n) => [n, detectionInTurn(n)]) },
      { name: "SWIM, Figure 3a: single runs", whose: "theirs", mark: "dots", points: published },
      { name: "ours, means, apart", whose: "ours", mark: "dots", points: means("apart") },
      { name: "ours, means, together", whose: "ours", mark: "dots", points: means("together") },
    ],
  };
}
