/** SWIM's Figure 3c: how long a suspicion waits, in steps of the natural logarithm of the group. */

import { micros } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { exactly } from "../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Table } from "../model/findings.ts";
import { swimLimit } from "../theory.ts";
import { crashIn } from "../watch/observed.ts";
import { atMoment, type Group, nearby, only, scenarioOf } from "./group.ts";
import { PERIOD, sizeName, swim, SWIM_PAPER } from "./swim.ts";

/** Both sides of each step: e³ = 20.1 and e⁴ = 54.6, minus one. The published steps are at about 19 and 53. */
const sizes = [8, 19, 20, 32, 53, 54, 56] as const;

/** In periods, from the figure. */
const published = (n: number): number => (n <= 19 ? 9 : n <= 53 ? 12 : 15);

function cellOf(members: number): Cell {
  const group: Group = {
    members, config: { ...swim, stagger: "random" }, lasts: micros((3 + 16 + swimLimit(members) + 1) * PERIOD), latency: nearby,
    timeline: [atMoment(3 * PERIOD, { kind: "crash", members: only(1) })],
  };
  return { name: sizeName(members), repetitions: 3, weight: members * 0.07, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
}

function play(group: Group, seed: string, repetition: number): Figures {
  const { suspected, detected } = crashIn(playRun(scenarioOf(group, "swim-suspicion", seed), repetition));
  return { periods: Math.round((detected - suspected) * 1_000_000) / PERIOD };
}

export const swimSuspicion: Experiment = {
  name: "swim-suspicion",
  title: "How long a suspicion waits",
  source: `${SWIM_PAPER}, §5 and Figure 3c`,
  about: ["One member crashes. Counted from the first suspicion to the first declaration of death: 3⌈ln(n+1)⌉ periods, to the microsecond, in every run."],
  cells: () => sizes.map(cellOf),
  judge: (played) => ({ tables: [tableOf(played)], charts: [chartOf(played)] }),
};

/** The value that all runs share; null if they differ. */
function agreed(played: Played, n: number): number | null {
  const periods = played(sizeName(n)).map((figures) => figureOf(figures, "periods"));
  return new Set(periods).size === 1 ? (periods[0] ?? null) : null;
}

const tableOf = (played: Played): Table => ({
  title: "Figure 3c: periods from suspicion to death",
  lines: "group",
  columns: [{ name: "periods", tolerance: "exactly" }],
  body: sizes.map((n) => ({ name: sizeName(n), cells: [exactly(agreed(played, n), published(n))] })),
  notes: [],
});

const chartOf = (played: Played): Chart => ({
  kind: "plot", title: "Periods from suspicion to death",
  x: { name: "members", scale: "linear" }, y: { name: "periods", scale: "linear" },
  series: [
    { name: "SWIM, Figure 3c", whose: "theirs", mark: "line", points: [[6, 9], [19, 9], [20, 12], [53, 12], [54, 15], [58, 15]] },
    { name: "ours", whose: "ours", mark: "dots", points: sizes.flatMap((n) => { const periods = agreed(played, n); return periods === null ? [] : [[n, periods] as const]; }) },
  ],
});
