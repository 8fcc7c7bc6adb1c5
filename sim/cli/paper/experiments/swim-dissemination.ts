/** SWIM's Figure 3b: how fast news spreads by piggybacking on pings and acks. */

import { bytes, micros } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { atMost, forgiving, shown, within, type Comparison } from "../model/comparison.ts";
import { figureOf, figuresOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Table } from "../model/findings.ts";
import { errorOf, meanOf, sumOf } from "../model/sample.ts";
import { infectedAt, infectedShare, swimLimit } from "../theory.ts";
import { Spread } from "../watch/spread.ts";
import { atMoment, type Group, nearby, only, scenarioOf } from "./group.ts";
import { PERIOD, sizeName, swim, SWIM_PAPER } from "./swim.ts";

const sizes = [8, 16, 32, 56, 64, 128] as const;

/** Medians of single runs, as digitised: members, periods. */
const published = [[6, 1.03], [13, 1.26], [20, 3.02], [28, 3.03], [35, 1.97], [43, 2.49], [52, 1.51], [56, 2.26]] as const;

const BEFORE = 2.5;
/** Points of the curve: one each quarter of a period. */
const QUARTERS = 32;
const news = bytes("news");

function cellOf(members: number, extent: Extent): Cell {
  const group: Group = {
    members, config: { ...swim, stagger: "random" }, lasts: micros((BEFORE + swimLimit(members) + 1) * PERIOD), latency: nearby,
    timeline: [atMoment(BEFORE * PERIOD, { kind: "update", members: only(0), meta: news })],
  };
  return { name: sizeName(members), repetitions: extent === "full" ? 300 : 40, weight: members * 0.03, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
}

function play(group: Group, seed: string, repetition: number): Figures {
  const spread = new Spread(news, group.members);
  playRun(scenarioOf(group, "swim-dissemination", seed), repetition, spread);
  const reached = (share: number): number => (spread.reached(share) ?? NEVER) / PERIOD;
  return { half: reached(0.5), most: reached(0.9), all: reached(1), curve: Array.from({ length: QUARTERS + 1 }, (_, quarter) => spread.knewAfter((quarter * PERIOD) / 4)) };
}

/** In microseconds: longer than any limit. */
const NEVER = 1_000 * PERIOD;

export const swimDissemination: Experiment = {
  name: "swim-dissemination",
  title: "Infection",
  source: `${SWIM_PAPER}, §4.1 and Figure 3b`,
  about: [
    "One member of a lossless group says something new of itself. Counted from that moment, in periods, until half of all, nine in ten, and everybody has heard it.",
    "Expected is Bailey's epidemic, x(t) = n / (1 + (n−1)·e^(−(2−1/n)t)). It adds up pings and acks as if both came all the time; but a member sends one ping a period, and who has just heard by an ack waits a whole one for its next: half a period is granted.",
  ],
  cells: (extent) => sizes.map((n) => cellOf(n, extent)),
  judge: (played) => ({ tables: [timesTable(played), completeTable(played)], charts: [curveChart(played), mediansChart(played)] }),
};

const sampleOf = (played: Played, n: number, figure: string): readonly number[] => played(sizeName(n)).map((figures) => figureOf(figures, figure));

function timesTable(played: Played): Table {
  const compared = (n: number, figure: string, share: number): Comparison => {
    const sample = sampleOf(played, n, figure);
    return forgiving(within(meanOf(sample), infectedAt(share, n), 0.5), errorOf(sample), 2);
  };
  return {
    title: "Figure 3b: periods until so many have heard",
    lines: "group",
    columns: [{ name: "half", tolerance: "± 0.5, 2 s.e." }, { name: "nine in ten", tolerance: "± 0.5, 2 s.e." }],
    body: sizes.map((n) => ({ name: sizeName(n), cells: [compared(n, "half", 0.5), compared(n, "most", 0.9)] })),
    notes: ["Theirs is the closed form. The paper's own medians are of single runs, and lie between 1.0 and 3.0 periods."],
  };
}

/** This share of runs may leave a member out. */
const MISSED = 0.001;

function completeTable(played: Played): Table {
  return {
    title: "Everybody hears it before it is told no more, 3⌈ln(n+1)⌉ periods",
    lines: "group",
    columns: [{ name: "share of runs in which not", tolerance: "≤ 0.1 %" }, { name: "mean periods, and the limit", tolerance: "" }],
    body: sizes.map((n) => {
      const sample = sampleOf(played, n, "all");
      const late = sample.filter((periods) => periods > swimLimit(n)).length;
      return { name: sizeName(n), cells: [atMost(sample.length === 0 ? null : late / sample.length, MISSED), shown(meanOf(sample), swimLimit(n))] };
    }),
    notes: [],
  };
}

/** The paper's largest group. */
const DRAWN = 56;

function curveChart(played: Played): Chart {
  const curves = played(sizeName(DRAWN)).map((figures) => figuresOf(figures, "curve"));
  const share = (quarter: number): number => sumOf(curves.map((curve) => curve[quarter] ?? 0)) / Math.max(1, curves.length) / DRAWN;
  const quarters = Array.from({ length: QUARTERS + 1 }, (_, quarter) => quarter);
  return {
    kind: "plot", title: `Share of ${DRAWN} members that have heard`,
    x: { name: "periods", scale: "linear" }, y: { name: "share", scale: "linear" },
    series: [
      { name: "expected: x(t)", whose: "theory", mark: "line", points: quarters.map((quarter) => [quarter / 4, infectedShare(quarter / 4, DRAWN)]) },
      { name: `ours, mean of ${curves.length} runs`, whose: "ours", mark: "dots", points: quarters.map((quarter) => [quarter / 4, share(quarter)]) },
    ],
  };
}

function mediansChart(played: Played): Chart {
  return {
    kind: "plot", title: "Periods until half have heard",
    x: { name: "members", scale: "linear" }, y: { name: "periods", scale: "linear" },
    series: [
      { name: "expected", whose: "theory", mark: "line", points: sizes.map((n) => [n, infectedAt(0.5, n)]) },
      { name: "SWIM, Figure 3b: single runs", whose: "theirs", mark: "dots", points: published },
      { name: "ours, means", whose: "ours", mark: "dots", points: sizes.map((n) => [n, meanOf(sampleOf(played, n, "half")) ?? 0]) },
    ],
  };
}
