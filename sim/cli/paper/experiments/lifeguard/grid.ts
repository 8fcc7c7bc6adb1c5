/** The Lifeguard paper's grid: which configurations, how many anomalous members, for how long, how often. */

import { presets, type Config } from "../../../../../engine/index.ts";
import type { Extent } from "../../model/experiment.ts";
import { rows, type Row } from "./published.ts";

export type Configuration = { readonly key: string; readonly config: Config; readonly row: Row };

/** Separate processes begin their periods when they happen to be started, not in step. */
const apart = { stagger: "random" } as const satisfies Partial<Config>;

export const baseline: Configuration = { key: "swim", config: { ...presets["lifeguard-base"], ...apart }, row: rows.swim };

/** In the order of the tables. */
export const configurations: readonly Configuration[] = [
  baseline,
  { key: "lha-probe", config: { ...presets["lha-probe"], ...apart }, row: rows.lhaProbe },
  { key: "lha-suspicion", config: { ...presets["lha-suspicion"], ...apart }, row: rows.lhaSuspicion },
  { key: "buddy", config: { ...presets.buddy, ...apart }, row: rows.buddy },
  { key: "lifeguard", config: { ...presets.lifeguard, ...apart }, row: rows.lifeguard },
];

export const lifeguardKey = "lifeguard";

export type Tuning = { readonly alpha: number; readonly beta: number };

/** Table VII's, in its order. α = 5 with β = 6 is Lifeguard itself. */
export const tunings: readonly Tuning[] = [2, 4, 5].flatMap((alpha) => [2, 4, 6].map((beta) => ({ alpha, beta })));

export const tuningKey = ({ alpha, beta }: Tuning): string => (alpha === 5 && beta === 6 ? lifeguardKey : `lifeguard α=${alpha} β=${beta}`);

const tunedConfigs: readonly { readonly key: string; readonly config: Config }[] = tunings
  .filter((tuning) => tuningKey(tuning) !== lifeguardKey)
  .map((tuning) => ({ key: tuningKey(tuning), config: { ...presets.lifeguard, ...apart, suspicionMult: tuning.alpha, suspicionMaxMult: tuning.beta } }));

/** C, D and I: how many members are blocked, for how many milliseconds, and how many milliseconds lie between two blocks. */
export type Threshold = { readonly count: number; readonly blocked: number };
export type Interval = Threshold & { readonly between: number };

type Range = { readonly counts: readonly number[]; readonly blocked: readonly number[]; readonly between: readonly number[] };

const ranges: Readonly<Record<Extent, Range>> = {
  full: {
    counts: [1, 4, 8, 12, 16, 20, 24, 28, 32],
    blocked: [128, 512, 2_048, 8_192, 16_384, 32_768],
    between: [1, 4, 16, 64, 256, 1_024, 4_096, 16_384],
  },
  subset: { counts: [4, 16, 32], blocked: [16_384, 32_768], between: [1, 64, 1_024] },
};

export const countsOf = (extent: Extent): readonly number[] => ranges[extent].counts;

export const thresholdsOf = (extent: Extent): readonly Threshold[] =>
  ranges[extent].counts.flatMap((count) => ranges[extent].blocked.map((blocked) => ({ count, blocked })));

export const intervalsOf = (extent: Extent): readonly Interval[] =>
  thresholdsOf(extent).flatMap((threshold) => ranges[extent].between.map((between) => ({ ...threshold, between })));

/** How often each combination is played. */
type Repetitions = { readonly threshold: number; readonly interval: number };

/** Ten of each, as in the paper, for the five configurations; fewer for those of Table VII, whose figures are percentages. */
const repetitions: Readonly<Record<Extent, { readonly published: Repetitions; readonly tuned: Repetitions }>> = {
  full: { published: { threshold: 10, interval: 10 }, tuned: { threshold: 10, interval: 1 } },
  subset: { published: { threshold: 3, interval: 1 }, tuned: { threshold: 2, interval: 1 } },
};

/** Every configuration that is played, with how often; for the subset, of the tuned ones only those whose figures were published. */
export function playedConfigs(extent: Extent): readonly { readonly key: string; readonly config: Config; readonly repetitions: Repetitions }[] {
  const { published, tuned } = repetitions[extent];
  const wanted = extent === "full" ? tunedConfigs : tunedConfigs.filter(({ config }) => config.suspicionMaxMult === 6);
  return [...configurations.map(({ key, config }) => ({ key, config, repetitions: published })), ...wanted.map((one) => ({ ...one, repetitions: tuned }))];
}

export const thresholdName = (key: string, { count, blocked }: Threshold): string => `threshold ${key} C=${count} D=${blocked}`;
export const intervalName = (key: string, { count, blocked, between }: Interval): string => `interval ${key} C=${count} D=${blocked} I=${between}`;
