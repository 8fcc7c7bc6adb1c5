/** Demers' tables of rumour mongering, the oldest published figures of gossip, beside the engine's rule of dissemination. */

import { forgiving, inRange, shown, withinShare, type Comparison } from "../../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Extent, type Played } from "../../model/experiment.ts";
import type { Chart, Table } from "../../model/findings.ts";
import { errorOf, meanOf, poissonSlack } from "../../model/sample.ts";
import { type Manner, playEpidemic } from "./epidemic.ts";

/** Residue, traffic, average and last delay. */
type Row = readonly [residue: number, traffic: number, average: number, last: number];

type Published = { readonly title: string; readonly contact: Manner["contact"]; readonly until: Manner["until"]; readonly byK: readonly Row[] };

const published: readonly Published[] = [
  {
    title: "Table 1: push, feedback and counter", contact: "push", until: "feedback",
    byK: [[0.18, 1.7, 11, 16.8], [0.037, 3.3, 12.1, 16.9], [0.011, 4.5, 12.5, 17.4], [0.0036, 5.6, 12.7, 17.5], [0.0012, 6.7, 12.8, 17.7]],
  },
  {
    title: "Table 2: push, blind and coin", contact: "push", until: "blind",
    byK: [[0.96, 0.04, 19, 38], [0.2, 1.6, 17, 33], [0.06, 2.8, 15, 32], [0.021, 3.9, 14.1, 32], [0.008, 4.9, 13.8, 32]],
  },
  { title: "Table 3: pull, feedback and counter", contact: "pull", until: "feedback", byK: [[3.1e-2, 2.7, 9.97, 17.6], [5.8e-4, 4.5, 10.07, 15.4], [4e-6, 6.1, 10.08, 14]] },
];

const mannerOf = ({ contact, until }: Published, k: number): Manner =>
  contact === "pull" ? { contact, until: "feedback", k } : { contact, until, k };

const cellName = ({ contact, until }: Published, k: number): string => `${contact} ${until} k=${k}`;

function cellsOf(table: Published, extent: Extent): readonly Cell[] {
  return table.byK.map((_, nth): Cell => {
    const manner = mannerOf(table, nth + 1);
    return {
      name: cellName(table, nth + 1), repetitions: extent === "full" ? 500 : 60, weight: table.contact === "pull" ? 6 : 3, setting: manner,
      play: (seed, repetition) => playEpidemic(manner, `${seed}/${repetition}`),
    };
  });
}

export const demers: Experiment = {
  name: "demers",
  title: "Rumour mongering",
  source: "Demers and others: Epidemic algorithms for replicated database maintenance, PODC 1987, Tables 1 to 3",
  about: [
    "A thousand sites in synchronous cycles. The rumours are the engine's own; when a site loses interest is Demers' rule, not ours (λ·⌈log(n+1)⌉ tellings, blind).",
    "Feedback: a site loses interest after k cycles in a row in which all whom it told knew already; blind: after each contact with a chance of 1/k. Who hears twice in one cycle needed it twice. "
      + "These two conventions, which the paper has in a footnote to Table 3, give its residue, traffic and last delay in all three tables.",
  ],
  cells: (extent) => published.flatMap((table) => cellsOf(table, extent)),
  judge: (played) => ({ tables: published.map((table) => tableOf(played, table)), charts: [chartOf(played)] }),
};

const SITES = 1_000;
const RESIDUE = 0.2;
const OTHERS = 0.1;

type Figure = "residue" | "traffic" | "average" | "last";

const sampleOf = (played: Played, table: Published, k: number, figure: Figure | "arrivals"): readonly number[] =>
  played(cellName(table, k)).map((figures) => figureOf(figures, figure));

function compared(played: Played, table: Published, k: number, figure: Figure, theirs: number): Comparison {
  const sample = sampleOf(played, table, k, figure);
  const [ours, error] = [meanOf(sample), errorOf(sample)];
  if (figure !== "residue") return forgiving(withinShare(ours, theirs, OTHERS), error);
  const expected = theirs * SITES * sample.length;
  // If many sites are missed in a run, they are not independent; otherwise their number is Poisson-distributed.
  const chance = Math.max(poissonSlack(expected) / (SITES * Math.max(1, sample.length)), 3 * error);
  return { ...inRange(ours, theirs, [theirs - theirs * RESIDUE - chance, theirs + theirs * RESIDUE + chance]), error };
}

function tableOf(played: Played, table: Published): Table {
  return {
    title: table.title,
    lines: "k",
    columns: [
      { name: "residue", tolerance: "± 20 %, chance" }, { name: "traffic", tolerance: "± 10 %, 3 s.e." },
      { name: "average delay", tolerance: "± 10 %, 3 s.e." }, { name: "last delay", tolerance: "± 10 %, 3 s.e." },
      ...(table.contact === "push" ? [{ name: "arrivals", tolerance: "" }] : []),
    ],
    body: table.byK.map(([residue, traffic, average, last], nth) => ({
      name: `k = ${nth + 1}`,
      cells: [
        compared(played, table, nth + 1, "residue", residue), compared(played, table, nth + 1, "traffic", traffic),
        compared(played, table, nth + 1, "average", average), compared(played, table, nth + 1, "last", last),
        ...(table.contact === "push" ? [shown(meanOf(sampleOf(played, table, nth + 1, "arrivals")))] : []),
      ],
    })),
    notes: table.contact === "push" ? [
      "Most of the published average delays of push are one to three cycles above ours, at the same residue, traffic and last delay. Arrivals: the average over all arrivals at sites that had not lost interest, the first one and those that came "
        + "while they told it themselves. It is within a tenth of the published delay in every line.",
    ] : [],
  };
}

function chartOf(played: Played): Chart {
  const ours = published.map((table) => ({
    name: `ours, ${cellName(table, 0).slice(0, -4)}`, whose: "ours" as const, mark: "dots" as const,
    points: table.byK.flatMap((_, nth) => {
      const mean = (figure: Figure): number => meanOf(played(cellName(table, nth + 1)).map((figures) => figureOf(figures, figure))) ?? 0;
      return mean("residue") === 0 ? [] : [[mean("traffic"), mean("residue")] as const];
    }),
  }));
  return {
    kind: "plot", title: "Residue against traffic",
    x: { name: "updates sent a site", scale: "linear" }, y: { name: "residue", scale: "log" },
    series: [
      { name: "e^(−m), the law of push", whose: "theory", mark: "line", points: [0, 1, 2, 3, 4, 5, 6, 7].map((m) => [m, Math.exp(-m)]) },
      { name: "Demers, Tables 1 to 3", whose: "theirs", mark: "dots", points: published.flatMap(({ byK }) => byK.map(([residue, traffic]) => [traffic, residue] as const)) },
      ...ours,
    ],
  };
}
