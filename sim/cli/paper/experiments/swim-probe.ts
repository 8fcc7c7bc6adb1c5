/** SWIM's §3.1: how many probes of living members fail under packet loss, and what they cost. */

import { micros } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { within, type Comparison } from "../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Table } from "../model/findings.ts";
import { poissonSlack, sumOf } from "../model/sample.ts";
import { failedProbes, messagesSent } from "../theory.ts";
import { Probes } from "../watch/probes.ts";
import { type Group, nearby, scenarioOf } from "./group.ts";
import { nobodyDies, PERIOD, swim, SWIM_PAPER } from "./swim.ts";

const losses = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3] as const;
const relays = [1, 3] as const;
type Relays = (typeof relays)[number];

const MEMBERS = 32;
const PERIODS = 200;

const percent = (share: number): string => `${share * 100} %`;
const cellName = (k: number, loss: number): string => `k=${k} loss=${percent(loss)}`;

function cellOf(k: Relays, loss: number, extent: Extent): Cell {
  const group: Group = { members: MEMBERS, config: { ...swim, ...nobodyDies, stagger: "random", relays: k }, lasts: micros(PERIODS * PERIOD), latency: nearby, loss, timeline: [] };
  return { name: cellName(k, loss), repetitions: extent === "full" ? 30 : 2, weight: 13, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
}

function play(group: Group, seed: string, repetition: number): Figures {
  const probes = new Probes();
  playRun(scenarioOf(group, "swim-probe", seed), repetition, probes);
  return probes.figures();
}

export const swimProbe: Experiment = {
  name: "swim-probe",
  title: "Probes that fail of loss",
  source: `${SWIM_PAPER}, §3.1`,
  about: [
    `${MEMBERS} members, none of them faulty. Each packet is lost with the same chance, on every leg of a probe alike; suspicions are raised and refuted, but nobody dies of one.`,
    "Per member and period, (1 − q²)·(1 − q⁴)ᵏ of the probes fail, where q is the chance that a packet passes and k the number of relays. The paper's PM has one more factor, e/(e−1), which turns it into failures per expected detection.",
  ],
  cells: (extent) => relays.flatMap((k) => losses.map((loss) => cellOf(k, loss, extent))),
  judge: (played) => ({ tables: [failedTable(played), loadTable(played)], charts: [chartOf(played)] }),
};

type Totals = { readonly begun: number; readonly failed: number; readonly sent: number };

function totalsOf(played: Played, k: Relays, loss: number): Totals {
  const all = (name: string): number => sumOf(played(cellName(k, loss)).map((figures) => figureOf(figures, name)));
  return { begun: all("begun"), failed: all("failed"), sent: all("sent") };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const table = (title: string, tolerance: string, notes: readonly string[], compared: (k: Relays, loss: number) => Comparison): Table => ({
  title, lines: "loss", columns: relays.map((k) => ({ name: `k = ${k}`, tolerance })), notes,
  body: losses.map((loss) => ({ name: percent(loss), cells: relays.map((k) => compared(k, loss)) })),
});

const failedTable = (played: Played): Table =>
  table("Failed probes a member and period", "4 deviations", ["Failures are rare and independent: their count is Poisson's."], (k, loss) => {
    const { begun, failed } = totalsOf(played, k, loss);
    const expected = failedProbes(loss, k);
    return within(ratio(failed, begun), expected, poissonSlack(expected * begun) / Math.max(1, begun));
  });

/** Nearly all the scatter comes from relays' messages; and the last period's messages are counted although its probe is not. */
const SHARE = 0.02;

const loadTable = (played: Played): Table =>
  table("Messages sent a member and period", "± 2 %", ["1 + q + (1−q²)·k·(1+q+q²+q³): a ping, an ack, and what relays cost when the ping was not answered."], (k, loss) => {
    const { sent } = totalsOf(played, k, loss);
    const expected = messagesSent(loss, k);
    return within(ratio(sent, played(cellName(k, loss)).length * MEMBERS * (PERIODS - 0.5)), expected, expected * SHARE);
  });

function chartOf(played: Played): Chart {
  return {
    kind: "plot", title: "Failed probes a member and period",
    x: { name: "chance that a packet is lost", scale: "log" }, y: { name: "failed probes", scale: "log" },
    series: relays.flatMap((k) => [
      { name: `expected, k = ${k}`, whose: "theory" as const, mark: "line" as const, points: losses.map((loss) => [loss, failedProbes(loss, k)] as const) },
      {
        name: `ours, k = ${k}`, whose: "ours" as const, mark: "dots" as const,
        points: losses.flatMap((loss) => {
          const { begun, failed } = totalsOf(played, k, loss);
          return failed === 0 ? [] : [[loss, failed / begun] as const];
        }),
      },
    ]),
  };
}
