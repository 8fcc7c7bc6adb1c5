/** SWIM's Figure 2: the messages that a member sends and receives in a period do not grow with the group. */

import { micros } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { inRange, shown, withinShare, type Comparison } from "../model/comparison.ts";
import { figureOf, type Experiment, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Table } from "../model/findings.ts";
import { errorOf, meanOf } from "../model/sample.ts";
import { Traffic } from "../watch/traffic.ts";
import { type Group, nearby, scenarioOf } from "./group.ts";
import { PERIOD, sizeName, swim, SWIM_PAPER } from "./swim.ts";

/** Members, and as digitised from the figure: the means of messages sent and received, and their standard deviations. */
const published = [
  [5, 2.08, 0.95, 2.08, 0.95], [13, 2.12, 1.12, 2.15, 1.16], [21, 2.10, 0.89, 2.12, 0.88], [28, 2.00, 0.78, 2.00, 0.76],
  [36, 2.02, 1.02, 2.02, 1.02], [44, 1.98, 0.79, 2.00, 0.78], [51, 2.13, 1.19, 2.15, 1.20], [55, 1.98, 0.90, 1.98, 0.85],
] as const;

const PERIODS = 40;
/** Two periods, so that every member's first is over. */
const FROM = 2 * PERIOD;

const groupOf = (members: number): Group => ({ members, config: { ...swim, stagger: "random" }, lasts: micros(FROM + PERIODS * PERIOD), latency: nearby, timeline: [] });

function play(group: Group, seed: string, repetition: number): Figures {
  const traffic = new Traffic(group.members, { from: FROM, periodEvery: PERIOD, periods: PERIODS });
  playRun(scenarioOf(group, "swim-load", seed), repetition, traffic);
  return traffic.figures();
}

/** What a member of a lossless group sends and receives per period: a ping and on average an ack. */
const EXPECTED = 2;
const TOLERANCE = 0.1;

export const swimLoad: Experiment = {
  name: "swim-load",
  title: "Messages a member and period",
  source: `${SWIM_PAPER}, Figure 2`,
  about: [
    `Groups without loss, watched for ${PERIODS} periods. Each member sends a ping and, on average, one ack; it receives as much.`,
    "The paper's own windows are as long, but single: its means scatter by ± 0.15 about 2.0, the value in its text. Ours are judged by that value.",
  ],
  cells: (extent) => published.map(([members]) => {
    const group = groupOf(members);
    return { name: sizeName(members), repetitions: extent === "full" ? 20 : 3, weight: members * 0.1, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
  }),
  judge: (played) => ({ tables: [loadTable(played), boundTable(played)], charts: [loadChart(played)] }),
};

function loadTable(played: Played): Table {
  const judged = (n: number, figure: string, theirs: number): Comparison => {
    const sample = played(sizeName(n)).map((figures) => figureOf(figures, figure));
    return { ...inRange(meanOf(sample), theirs, [EXPECTED - TOLERANCE, EXPECTED + TOLERANCE]), error: errorOf(sample) };
  };
  const plain = (n: number, figure: string, theirs: number): Comparison => shown(meanOf(played(sizeName(n)).map((figures) => figureOf(figures, figure))), theirs);
  return {
    title: "Figure 2: message load",
    lines: "group",
    columns: [
      { name: "sent", tolerance: "2.0 ± 0.1" }, { name: "deviation of sent", tolerance: "" },
      { name: "received", tolerance: "2.0 ± 0.1" }, { name: "deviation of received", tolerance: "" },
    ],
    body: published.map(([n, sent, sentDeviation, received, receivedDeviation]) => ({
      name: sizeName(n),
      cells: [judged(n, "sent", sent), plain(n, "sentDeviation", sentDeviation), judged(n, "received", received), plain(n, "receivedDeviation", receivedDeviation)],
    })),
    notes: ["A member answers as many pings as happen to meet it, about Poisson(1): hence deviations of about 1."],
  };
}

function boundTable(played: Played): Table {
  const shares = played(sizeName(28)).map((figures) => figureOf(figures, "fewerThanFive"));
  return {
    title: "§5.1: how often a member sends fewer than five messages in a period",
    lines: "group",
    columns: [{ name: "share of periods", tolerance: "± 2 %" }],
    body: [{ name: sizeName(28), cells: [withinShare(meanOf(shares), 0.99, 0.02)] }],
    notes: ["With acks by Poisson(1) the share is P(at most 3 acks) = 0.981."],
  };
}

function loadChart(played: Played): Chart {
  const ours = published.flatMap(([n]) => played(sizeName(n)).map((figures): readonly [number, number] => [n, figureOf(figures, "sent")]));
  return {
    kind: "plot", title: "Messages sent a member and period",
    x: { name: "members", scale: "linear" }, y: { name: "messages", scale: "linear" },
    series: [
      { name: "expected", whose: "theory", mark: "line", points: [[0, EXPECTED], [60, EXPECTED]] },
      { name: "SWIM, Figure 2", whose: "theirs", mark: "dots", points: published.map(([n, sent]) => [n, sent]) },
      { name: "ours, each run", whose: "ours", mark: "dots", points: ours },
    ],
  };
}
