/** Serf's convergence simulator, a closed formula on its web page, beside simulated gossip. */

import { bytes, micros, presets } from "../../../../engine/index.ts";
import { playRun } from "../../../index.ts";
import { atMost, type Comparison } from "../model/comparison.ts";
import { figureOf, type Cell, type Experiment, type Extent, type Figures, type Played } from "../model/experiment.ts";
import type { Chart, Table } from "../model/findings.ts";
import { errorOf, meanOf } from "../model/sample.ts";
import { serfConvergence } from "../theory.ts";
import { Spread } from "../watch/spread.ts";
import { atMoment, type Group, nearby, only, scenarioOf } from "./group.ts";

const settings = [
  { members: 30, loss: 0 }, { members: 30, loss: 0.25 }, { members: 30, loss: 0.5 }, { members: 100, loss: 0 }, { members: 1_000, loss: 0 },
] as const;
type Setting = (typeof settings)[number];

const shares = [0.5, 0.99, 0.9999] as const;
const SECOND = 1_000_000;
const BEGINS = 1.7 * SECOND;
/** The page stops at a hundred rounds; everything is long over by then. */
const LASTS = 6 * SECOND;
const news = bytes("news");

const nameOf = ({ members, loss }: Setting): string => `${members.toLocaleString("en-US")} members${loss === 0 ? "" : `, ${loss * 100} % loss`}`;

const repetitions = (members: number, extent: Extent): number => (extent === "full" ? 10_000 : 2_000) / members;

function cellOf(setting: Setting, extent: Extent): Cell {
  const { members, loss } = setting;
  const group: Group = {
    members, config: { ...presets["memberlist-lan"], stagger: "random" }, lasts: micros(BEGINS + LASTS), latency: nearby, loss,
    timeline: [atMoment(BEGINS, { kind: "update", members: only(0), meta: news })],
  };
  return { name: nameOf(setting), repetitions: Math.ceil(repetitions(members, extent)), weight: members * 0.012, setting: group, play: (seed, repetition) => play(group, seed, repetition) };
}

function play(group: Group, seed: string, repetition: number): Figures {
  const spread = new Spread(news, group.members);
  playRun(scenarioOf(group, "serf-convergence", seed), repetition, spread);
  return Object.fromEntries(shares.map((share) => [`${share}`, (spread.reached(share) ?? LASTS) / SECOND]));
}

export const serf: Experiment = {
  name: "serf-convergence",
  title: "Gossip against Serf's convergence simulator",
  source: "Serf's documentation, convergence simulator (2013); defaults: gossip to 3 members every 0.2 s",
  about: [
    "One member says something new of itself; counted in seconds until so many have heard. The group runs memberlist's LAN numbers, as Serf does.",
    "The page is a closed form and deliberately pessimistic: it halves the rate of contact. A real gossip must be at least as fast.",
  ],
  cells: (extent) => settings.map((setting) => cellOf(setting, extent)),
  judge: (played) => ({ tables: [tableOf(played)], charts: [chartOf(played)] }),
};

function secondsUntil(played: Played, setting: Setting, share: number): Comparison {
  const sample = played(nameOf(setting)).map((figures) => figureOf(figures, `${share}`));
  const theirs = serfConvergence(share, setting.members, setting.loss);
  return { ...atMost(meanOf(sample), theirs), error: errorOf(sample) };
}

const tableOf = (played: Played): Table => ({
  title: "Seconds until so many have heard",
  lines: "group",
  columns: shares.map((share) => ({ name: `${share * 100} %`, tolerance: "no slower" })),
  body: settings.map((setting) => ({ name: nameOf(setting), cells: shares.map((share) => secondsUntil(played, setting, share)) })),
  notes: [
    "99.99 % of a thousand or fewer is everybody, and so is 99 % of thirty.",
    `At 50 % loss, a member tells a rumour 8 times (RetransmitMult 4) as ever, and in some runs one of thirty hears none of these, only the next push-pull. The closed form knows no limit. Who has not heard after ${LASTS / SECOND} s counts as ${LASTS / SECOND} s.`,
  ],
});

function chartOf(played: Played): Chart {
  return {
    kind: "bars", title: "Seconds until everybody has heard", y: { name: "seconds", scale: "linear" },
    groups: settings.map((setting) => {
      const { ours, theirs } = secondsUntil(played, setting, 0.9999);
      return { name: nameOf(setting), ours, theirs };
    }),
  };
}
