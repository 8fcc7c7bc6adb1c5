/** SWIM's Figure 4: a group that forms while one packet in ten is lost, with and without suspicion. */

import { memberId, micros, presets, type Config } from "../../../../engine/index.ts";
import { playRun, type Network } from "../../../index.ts";
import { inRange, shown, within } from "../model/comparison.ts";
import { figureOf, figuresOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Series, Table } from "../model/findings.ts";
import { inversionsIn, meanOf, medianOf } from "../model/sample.ts";
import { Size } from "../watch/size.ts";
import { atMoment, type Group, nameOf, nearby, only, scenarioOf } from "./group.ts";
import { SWIM_PAPER } from "./swim.ts";

type Variant = {
  readonly name: string;
  readonly config: Config;
  /** The final size, as stated in the paper. */
  readonly final: number;
  /** The figure, digitised: seconds, members. */
  readonly steps: readonly (readonly [at: number, size: number])[];
};

const variants: readonly Variant[] = [
  {
    name: "SWIM+Inf.+Susp.", config: presets["swim-inf-susp"], final: 12,
    steps: [
      [0, 1], [3.4, 2], [13.5, 3], [18.4, 4], [23.5, 5], [28.5, 6], [31, 5], [39, 6], [44.1, 7], [47.6, 6], [49.6, 7], [54.1, 8], [59.1, 9], [64.2, 10], [69.2, 11],
      [74.1, 12], [84.6, 13], [89.7, 14], [109.7, 13], [122.2, 12], [175, 12],
    ],
  },
  { name: "SWIM+Inf.", config: presets["swim-inf"], final: 4, steps: [[85.6, 4], [175, 4]] },
  { name: "SWIM:Basic", config: presets["swim-basic"], final: 2, steps: [[69.9, 8], [73.9, 8], [83.8, 5], [104.4, 4], [108.4, 3], [133.4, 2], [175, 2]] },
];

const MEMBERS = 17;
const LOSS = 0.1;
const SECOND = 1_000_000;
const LASTS = 175 * SECOND;
/** The first process joins when the plot begins, the others one by one. */
const joinsAt = (member: number): number => (5 * (member - 1) + 3.3) * SECOND;
/** Seconds between two samples of the size. */
const LOOK_EVERY = 2.5;
const COORDINATOR = 0;

/**
 * The paper's messages carry at most six claims, equally many from its list of living members and from that of recently failed ones. Nearly all claims
 * here are about living members: three.
 */
const CLAIMS = 3;

/** Processes join through the paper's static coordinator, whatever is lost elsewhere: nothing to it and from it is lost. */
const everybody = { kind: "all" } as const;
const lossless = { latency: nearby, loss: 0, duplicate: 0 };
const links: Network["links"] = [{ from: only(COORDINATOR), to: everybody, link: lossless }, { from: everybody, to: only(COORDINATOR), link: lossless }];

function cellOf({ name, config }: Variant, extent: Extent): Cell {
  const joins = Array.from({ length: MEMBERS - 1 }, (_, nth) => atMoment(joinsAt(nth + 1), { kind: "join", members: only(nth + 1) }, nth));
  const group: Group = { members: MEMBERS, present: 1, config: { ...config, stagger: "random", claimsLimit: CLAIMS }, lasts: micros(LASTS), latency: nearby, loss: LOSS, links, timeline: joins };
  return { name, repetitions: extent === "full" ? 400 : 100, weight: 2, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
}

function play(group: Group, seed: string, repetition: number): Figures {
  const size = new Size(memberId(nameOf(COORDINATOR)), LOOK_EVERY * SECOND, LASTS / SECOND / LOOK_EVERY);
  playRun(scenarioOf(group, "swim-join", seed), repetition, size);
  const sizes = size.series();
  return { final: sizes.at(-1) ?? 0, sizes };
}

export const swimJoin: Experiment = {
  name: "swim-join",
  title: "Joining under loss",
  source: `${SWIM_PAPER}, §5.3 and Figure 4`,
  about: [
    "Seventeen processes join, one every five seconds, while each packet is lost with a chance of 10 %; 175 seconds. The size is how many members the coordinator holds living, itself among them.",
    "The paper's coordinator is a static one that lets processes in. Here it is a member like the others, but nothing is lost to it and from it. Who is declared dead obeys, and does not come back.",
    "A message carries three claims. The paper's carries six, half of them from its list of the living and half from that of the failed, and nearly all claims here are of the living. "
      + "With room for six, as our presets have it, nobody is lost and all seventeen stay.",
    "The paper shows one run of each variant; ours is the median of many.",
  ],
  cells: (extent) => variants.map((variant) => cellOf(variant, extent)),
  judge: (played) => ({ tables: [sizesTable(played)], charts: variants.map((variant) => chartOf(played, variant)) }),
};

const finalsOf = (played: Played, name: string): readonly number[] => played(name).map((figures) => figureOf(figures, "final"));

/** The paper's figure shows single runs. */
const TOLERANCE = 3;

function sizesTable(played: Played): Table {
  const means = variants.map(({ name }) => meanOf(finalsOf(played, name)) ?? 0);
  return {
    title: "Figure 4: the size in the end",
    lines: "variant",
    columns: [{ name: "median", tolerance: `± ${TOLERANCE}` }, { name: "mean", tolerance: "" }],
    body: [
      ...variants.map(({ name, final }) => ({ name, cells: [within(medianOf(finalsOf(played, name)), final, TOLERANCE), shown(meanOf(finalsOf(played, name)))] })),
      { name: "out of this order", cells: [inRange(inversionsIn(means.toReversed()), 0, [0, 0]), null] },
    ],
    notes: [],
  };
}

function chartOf(played: Played, { name, steps }: Variant): Chart {
  const runs = played(name).map((figures) => figuresOf(figures, "sizes"));
  const looks = runs[0]?.map((_, nth) => nth) ?? [];
  const median: Series = {
    name: "ours, median", whose: "ours", mark: "steps",
    points: looks.map((nth) => [nth * LOOK_EVERY, medianOf(runs.map((sizes) => sizes[nth] ?? 0)) ?? 0]),
  };
  return {
    kind: "plot", title: `${name}: members, as the coordinator sees them`,
    x: { name: "seconds", scale: "linear" }, y: { name: "members", scale: "linear" },
    series: [{ name: "SWIM, Figure 4: one run", whose: "theirs", mark: "steps", points: steps }, median],
  };
}
