/** memberlist itself, measured: many members in one process, on a network without latency. */

import { bytes, micros, presets, type Micros } from "../../../../engine/index.ts";
import { playRun, type Disruption, type Latency } from "../../../index.ts";
import { inRange, within, type Comparison } from "../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Table } from "../model/findings.ts";
import { errorOf, meanOf, quantileOf } from "../model/sample.ts";
import { crashIn } from "../watch/observed.ts";
import { Sendings, together } from "../watch/sendings.ts";
import { Spread } from "../watch/spread.ts";
import { atMoment, type Group, only, scenarioOf } from "./group.ts";

/** Mean, least and greatest of nine. */
type Seen = readonly [mean: number, min: number, max: number];

type Measured = {
  readonly members: number;
  /** Seconds: from the kill to the first suspicion, from there to the first declared death, from there to the last. */
  readonly suspected: Seen;
  readonly dead: Seen;
  readonly spread: Seen;
  /** Datagrams per member-second meanwhile. */
  readonly busy: Seen | null;
  /** Seconds until half, 90 % and 99 % have a new meta; means of twelve. */
  readonly heard: readonly [number, number, number];
};

const published: readonly Measured[] = [
  { members: 64, suspected: [1.93, 1.38, 2.59], dead: [7.23, 7.22, 7.23], spread: [0.41, 0.37, 0.57], busy: null, heard: [0.26, 0.38, 0.47] },
  { members: 128, suspected: [2.71, 1.91, 4.99], dead: [8.43, 8.43, 8.43], spread: [0.5, 0.4, 0.59], busy: [4.3, 3.6, 4.9], heard: [0.33, 0.46, 0.55] },
];

const shares = [0.5, 0.9, 0.99] as const;
const SECOND = 1_000_000;
/** Almost no latency, but causes still precede their effects. */
const none: Latency = { kind: "constant", of: 1 as Micros };
const news = bytes("news");
const purposes = ["crash", "update", "idle"] as const;
type Purpose = (typeof purposes)[number];
const sizeName = (members: number): string => `${members} members`;
const cellName = (purpose: Purpose, members: number): string => `${purpose} ${sizeName(members)}`;

/** Members are created one after the other. Their first periods, and their first gossip, begin at that time. */
const CREATED_EVERY = 0.003 * SECOND;
/** By then all members know each other, and all rumours about them have been told. */
const SETTLED = 20 * SECOND;
const LASTS: Readonly<Record<Purpose, number>> = { crash: 25 * SECOND, update: 4 * SECOND, idle: 20 * SECOND };

/** The moment within a second at which something happens: random in the original, evenly spread here. */
const phase = (repetition: number): number => (repetition * 0.618034 + 0.137) % 1;

function groupOf(purpose: Purpose, members: number, happensAt: number): Group {
  const joins = Array.from({ length: members - 1 }, (_, nth) => atMoment((nth + 1) * CREATED_EVERY, { kind: "join", members: only(nth + 1) }, nth));
  const happens: Readonly<Record<Purpose, readonly Disruption[]>> = {
    crash: [atMoment(happensAt, { kind: "crash", members: only(1) }, members)],
    update: [atMoment(happensAt, { kind: "update", members: only(0), meta: news }, members)],
    idle: [],
  };
  return { members, present: 1, config: presets["memberlist-lan"], latency: none, lasts: micros(happensAt + LASTS[purpose]), timeline: [...joins, ...happens[purpose]] };
}

function play(purpose: Purpose, members: number, seed: string, repetition: number): Figures {
  const happensAt = SETTLED + phase(repetition) * SECOND;
  const group = groupOf(purpose, members, happensAt);
  const [spread, sendings] = [new Spread(news, members), new Sendings(group.lasts)];
  const result = playRun(scenarioOf(group, "memberlist", seed), repetition, together(spread, sendings));
  const load = (until: number): Figures => {
    const { datagrams, bytes } = sendings.between(happensAt, until);
    return { datagrams: datagrams / members, bytes: bytes / members };
  };
  switch (purpose) {
    case "crash": {
      const { suspected, detected, known } = crashIn(result);
      return { suspected, dead: detected - suspected, spread: known - detected, ...load(happensAt + known * SECOND) };
    }
    case "update": return Object.fromEntries(shares.map((share) => [`${share}`, (spread.reached(share) ?? LASTS.update) / SECOND]));
    case "idle":   return load(group.lasts);
  }
}

const often = { crash: [60, 240], update: [60, 240], idle: [1, 1] } as const satisfies Record<Purpose, readonly [subset: number, full: number]>;

function cellOf(purpose: Purpose, members: number, extent: Extent): Cell {
  const [subset, full] = often[purpose];
  const group = groupOf(purpose, members, SETTLED);
  return {
    name: cellName(purpose, members), repetitions: extent === "full" ? full : subset, weight: (members * group.lasts) / SECOND / 1_000, setting: group,
    play: (seed, repetition) => play(purpose, members, seed, repetition),
  };
}

export const memberlist: Experiment = {
  name: "memberlist",
  title: "memberlist, measured",
  source: "memberlist 0.6 (1b4c746) with its LAN numbers, 64 and 128 members in one process, no latency",
  about: [
    "The members are created in one burst, so that all probe nearly in step; later one is killed, or one changes its meta, or nothing happens. A packet takes a microsecond here.",
    "How long the burst took was not written down, and it decides how fast news spreads: with three milliseconds a member, as here, as fast as was measured; if all were created at one moment, in rounds and half as fast.",
    "Nine kills and twelve updates were measured. What came of them on average must lie where nineteen in twenty of our single runs do, give or take the ten milliseconds to which it was written down: "
      + "a wide range for a mean. And the least and the greatest of the nine must lie within those of all our runs.",
  ],
  cells: (extent) => purposes.flatMap((purpose) => published.map(({ members }) => cellOf(purpose, members, extent))),
  judge: (played, extent) => ({ tables: [crashTable(played), rangeTable(played, extent), updateTable(played), idleTable(played)], charts: [] }),
};

/** Our value in each run. */
const sampleOf = (played: Played, purpose: Purpose, members: number, figure: string): readonly number[] =>
  played(cellName(purpose, members)).map((figures) => figureOf(figures, figure));

const meanIn = (played: Played, purpose: Purpose, members: number, figure: string): number | null => meanOf(sampleOf(played, purpose, members, figure));

/** The resolution of their figures. */
const RESOLUTION = 0.01;
/** This share of our runs is cut off at either end. */
const TAIL = 0.025;

/** Could theirs be one of ours? It may lie as far from our mean as 95 % of our runs do. */
function containing(sample: readonly number[], theirs: number): Comparison {
  const [ours, low, high] = [meanOf(sample), quantileOf(sample, TAIL), quantileOf(sample, 1 - TAIL)];
  if (ours === null || low === null || high === null) return inRange(null, theirs, [theirs, theirs]);
  return { ...inRange(ours, theirs, [theirs - (high - ours) - RESOLUTION, theirs + (ours - low) + RESOLUTION]), error: errorOf(sample) };
}

const ofCrash = [
  { figure: "suspected", name: "kill → first suspicion" }, { figure: "dead", name: "→ first dead" }, { figure: "spread", name: "→ last dead" }, { figure: "datagrams", name: "datagrams a member-second" },
] as const;

const seenIn = ({ suspected, dead, spread, busy }: Measured): readonly (Seen | null)[] => [suspected, dead, spread, busy];

function crashTable(played: Played): Table {
  const of = (members: number, figure: string, seen: Seen | null): Comparison | null => (seen === null ? null : containing(sampleOf(played, "crash", members, figure), seen[0]));
  return {
    title: "A crash: seconds, means",
    lines: "group",
    columns: ofCrash.map(({ name }) => ({ name, tolerance: "95 % of ours" })),
    body: published.map((measured) => ({
      name: sizeName(measured.members), cells: seenIn(measured).map((seen, nth) => of(measured.members, ofCrash[nth]?.figure ?? "", seen)),
    })),
    notes: [],
  };
}

/** Do ours reach as low and as high as theirs? Only all our runs together can tell; how far a few of them reach is random. */
function rangeTable(played: Played, extent: Extent): Table {
  const isJudged = extent === "full";
  const end = (members: number, which: "least" | "greatest", figure: string, seen: Seen | null): Comparison | null => {
    if (seen === null) return null;
    const ascending = sampleOf(played, "crash", members, figure).toSorted((one, other) => one - other);
    const [, least, greatest] = seen;
    if (which === "least") return inRange(ascending[0] ?? null, least, isJudged ? [null, least + RESOLUTION] : null);
    return inRange(ascending.at(-1) ?? null, greatest, isJudged ? [greatest - RESOLUTION, null] : null);
  };
  return {
    title: "A crash: the least and the greatest, theirs of nine runs",
    lines: "group",
    columns: ofCrash.map(({ name }) => ({ name, tolerance: isJudged ? "within ours" : "all runs only" })),
    body: published.flatMap((measured) => (["least", "greatest"] as const).map((which) => ({
      name: `${sizeName(measured.members)}, ${which}`, cells: seenIn(measured).map((seen, nth) => end(measured.members, which, ofCrash[nth]?.figure ?? "", seen)),
    }))),
    notes: [],
  };
}

function updateTable(played: Played): Table {
  const compared = (members: number, share: number, theirs: number): Comparison => containing(sampleOf(played, "update", members, `${share}`), theirs);
  return {
    title: "A new meta: seconds until so many have it, means",
    lines: "group",
    columns: shares.map((share) => ({ name: `${share * 100} %`, tolerance: "95 % of ours" })),
    body: published.map(({ members, heard }) => ({ name: sizeName(members), cells: heard.map((theirs, nth) => compared(members, shares[nth] ?? 0, theirs)) })),
    notes: [],
  };
}

function idleTable(played: Played): Table {
  const figure = (members: number, name: string): number | null => meanIn(played, "idle", members, name);
  return {
    title: "Nothing happens: a member and second",
    lines: "group",
    columns: [{ name: "datagrams", tolerance: "± 0.01" }, { name: "bytes", tolerance: "± 0.5" }],
    body: published.map(({ members }) => ({ name: sizeName(members), cells: [within(figure(members, "datagrams"), 2, 0.01), within(figure(members, "bytes"), 93, 0.5)] })),
    notes: ["A ping of 75 bytes, with names of nine characters, and an ack of 18."],
  };
}
