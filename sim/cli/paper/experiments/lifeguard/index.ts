/** Lifeguard's evaluation: how many false positives its three parts save, and what they cost. */

import type { Cell, Experiment, Extent } from "../../model/experiment.ts";
import { alarmsByCount, alarmsChart, alarmsTable } from "./alarms.ts";
import { intervalsOf, playedConfigs, thresholdsOf } from "./grid.ts";
import { latencyChart, latencyTable } from "./latency.ts";
import { loadChart, loadTable } from "./load.ts";
import { intervalCell, thresholdCell } from "./play.ts";
import { tuningTable } from "./tuning.ts";

const cellsOf = (extent: Extent): readonly Cell[] => playedConfigs(extent).flatMap(({ key, config, repetitions }) => [
  ...thresholdsOf(extent).map((threshold) => thresholdCell(key, config, threshold, repetitions.threshold)),
  ...intervalsOf(extent).map((interval) => intervalCell(key, config, interval, repetitions.interval)),
]);

export const lifeguard: Experiment = {
  name: "lifeguard",
  title: "Lifeguard",
  source: "Dadgar, Phillips, Currey: Lifeguard, arXiv 1707.00788v2, §V, Tables IV to VII",
  about: [
    "128 members with memberlist's LAN numbers. After 15 s, C of them chosen at random are blocked: they stop right before sending and right after receiving, what comes in waits, and nothing is lost. Their clocks run on.",
    "Threshold: one block of length D. Interval: blocks of length D, with I between them, until 120 s have passed; it ends after one more.",
    "“SWIM” is the paper's baseline, memberlist without Lifeguard's three parts: α = 5, β = 1. The members start their periods at random, for the paper's are separate processes; latency is 0.1 to 0.9 ms.",
  ],
  cells: cellsOf,
  judge: (played, extent) => ({
    tables: [alarmsTable(played, extent), alarmsByCount(played, extent), latencyTable(played, extent), loadTable(played, extent), tuningTable(played, extent)],
    charts: [alarmsChart(played, extent), latencyChart(played, extent), loadChart(played, extent)],
  }),
};
