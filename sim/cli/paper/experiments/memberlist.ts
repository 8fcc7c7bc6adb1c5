/** memberlist itself, measured: many members in one process, on a network without latency. Ours must be inside what was seen. */

import { bytes, micros, presets, type Micros } from "../../../../engine/index.ts";
import { playRun, type Latency } from "../../../index.ts";
import { inRange, within, type Comparison } from "../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Table } from "../model/findings.ts";
import { errorOf, meanOf, sumOf } from "../model/sample.ts";
import { crashIn } from "../watch/observed.ts";
import { Spread } from "../watch/spread.ts";
import { atMoment, type Group, only, scenarioOf } from "./group.ts";

/** Mean, least and greatest of nine. */
type Seen = readonly [mean: number, min: number, max: number];

const published: readonly { readonly members: number; readonly suspected: Seen; readonly dead: Seen; readonly spread: Seen; readonly heard: readonly [number, number, number] }[] = [
  { members: 64, suspected: [1.93, 1.38, 2.59], dead: [7.23, 7.22, 7.23], spread: [0.41, 0.37, 0.57], heard: [0.26, 0.38, 0.47] },
  { members: 128, suspected: [2.71, 1.91, 4.99], dead: [8.43, 8.43, 8.43], spread: [0.5, 0.4, 0.59], heard: [0.33, 0.46, 0.55] },
];

const shares = [0.5, 0.9, 0.99] as const;
const SECOND = 1_000_000;
/** As good as none, and still something happens after something else. */
const none: Latency = { kind: "constant", of: 1 as Micros };
const news = bytes("news");
const purposes = ["crash", "update", "idle"] as const;
type Purpose = (typeof purposes)[number];
const cellName = (purpose: Purpose, members: number): string => `${purpose} ${members} members`;

const IDLE_FOR = 20;
const UPDATED_AT = 4;
const CRASHED_AT = 5;

/** When in its second something happens: what nobody chose then is spread evenly here. */
const phase = (repetition: number): number => (repetition * 0.618034 + 0.137) % 1;

function groupOf(purpose: Purpose, members: number, repetition: number): Group {
  const group = { members, config: presets["memberlist-lan"], latency: none };
  switch (purpose) {
    case "crash":  return { ...group, lasts: micros(30 * SECOND), timeline: [atMoment((CRASHED_AT + phase(repetition)) * SECOND, { kind: "crash", members: only(1) })] };
    case "update": return { ...group, lasts: micros((UPDATED_AT + 4) * SECOND), timeline: [atMoment((UPDATED_AT + phase(repetition)) * SECOND, { kind: "update", members: only(0), meta: news })] };
    case "idle":   return { ...group, lasts: micros((IDLE_FOR + 0.5) * SECOND), timeline: [] };
  }
}

function play(purpose: Purpose, members: number, seed: string, repetition: number): Figures {
  const spread = new Spread(news, members);
  const result = playRun(scenarioOf(groupOf(purpose, members, repetition), "memberlist", seed), repetition, spread);
  switch (purpose) {
    case "crash": {
      const { suspected, detected, known } = crashIn(result);
      return { suspected, dead: detected - suspected, spread: known - detected };
    }
    case "update": return Object.fromEntries(shares.map((share) => [`${share}`, (spread.reached(share) ?? 4 * SECOND) / SECOND]));
    case "idle": {
      const kinds = ["ping", "ack", "ping-req", "nack", "gossip"].flatMap((kind) => result.load.byKind[kind] ?? []);
      return { datagrams: sumOf(kinds.map(({ count }) => count)) / members / IDLE_FOR, bytes: sumOf(kinds.map(({ bytes }) => bytes)) / members / IDLE_FOR };
    }
  }
}

const often = { crash: [9, 90], update: [12, 60], idle: [1, 1] } as const satisfies Record<Purpose, readonly [subset: number, full: number]>;

function cellOf(purpose: Purpose, members: number, extent: Extent): Cell {
  const [subset, full] = often[purpose];
  return {
    name: cellName(purpose, members), repetitions: extent === "full" ? full : subset, weight: (members * (purpose === "crash" ? 30 : 10)) / 1_000,
    setting: groupOf(purpose, members, 0), play: (seed, repetition) => play(purpose, members, seed, repetition),
  };
}

export const memberlist: Experiment = {
  name: "memberlist",
  title: "memberlist, measured",
  source: "memberlist 0.6 (1b4c746) with its LAN numbers, 64 and 128 members in one process, no latency",
  about: [
    "The members are created in one burst, so that all probe in step; then one is killed, or one changes its meta, or nothing happens. A packet takes a microsecond here.",
    "Nine kills and twelve updates were measured. Our mean must lie between the least and the greatest of the nine; where only a mean is known, within a quarter of it.",
  ],
  cells: (extent) => purposes.flatMap((purpose) => published.map(({ members }) => cellOf(purpose, members, extent))),
  judge: (played) => ({ tables: [crashTable(played), updateTable(played), idleTable(played)], charts: [] }),
};

const meanIn = (played: Played, purpose: Purpose, members: number, figure: string): { readonly mean: number | null; readonly error: number } => {
  const sample = played(cellName(purpose, members)).map((figures) => figureOf(figures, figure));
  return { mean: meanOf(sample), error: errorOf(sample) };
};

const sizeName = (members: number): string => `${members} members`;
/** The clock that measured them had this resolution, in seconds; so have the figures. */
const RESOLUTION = 0.01;

function crashTable(played: Played): Table {
  const contained = (members: number, figure: string, [theirs, min, max]: Seen): Comparison => {
    const { mean, error } = meanIn(played, "crash", members, figure);
    return { ...inRange(mean, theirs, [min - RESOLUTION, max + RESOLUTION]), error };
  };
  return {
    title: "A crash: seconds, means",
    lines: "group",
    columns: [
      { name: "kill → first suspicion", tolerance: "theirs contain it" }, { name: "→ first dead", tolerance: "theirs contain it" }, { name: "→ last dead", tolerance: "theirs contain it" },
    ],
    body: published.map(({ members, suspected, dead, spread }) => ({
      name: sizeName(members), cells: [contained(members, "suspected", suspected), contained(members, "dead", dead), contained(members, "spread", spread)],
    })),
    notes: published.map(({ members, suspected, dead, spread }) =>
      `${sizeName(members)}: theirs ${[suspected, dead, spread].map(([, min, max]) => `${min}–${max} s`).join(", ")}.`),
  };
}

function updateTable(played: Played): Table {
  const compared = (members: number, share: number, theirs: number): Comparison => {
    const { mean, error } = meanIn(played, "update", members, `${share}`);
    return { ...within(mean, theirs, Math.max(0.1, theirs * 0.25)), error };
  };
  return {
    title: "A new meta: seconds until so many have it, means",
    lines: "group",
    columns: shares.map((share) => ({ name: `${share * 100} %`, tolerance: "± 25 %, 0.1 s" })),
    body: published.map(({ members, heard }) => ({ name: sizeName(members), cells: heard.map((theirs, nth) => compared(members, shares[nth] ?? 0, theirs)) })),
    notes: [],
  };
}

function idleTable(played: Played): Table {
  const figure = (members: number, name: string): number | null => meanIn(played, "idle", members, name).mean;
  return {
    title: "Nothing happens: a member and second",
    lines: "group",
    columns: [{ name: "datagrams", tolerance: "± 0.01" }, { name: "bytes", tolerance: "± 0.5" }],
    body: published.map(({ members }) => ({ name: sizeName(members), cells: [within(figure(members, "datagrams"), 2, 0.01), within(figure(members, "bytes"), 93, 0.5)] })),
    notes: ["A ping of 75 bytes, with names of nine characters, and an ack of 18."],
  };
}
