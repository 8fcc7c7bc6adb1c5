/** The Lifeguard paper's grid: which configurations, how many anomalous members, for how long, how often. */

import { milliseconds, presets, type Config } from "../../../../../engine/index.ts";
import type { Extent } from "../../model/experiment.ts";
import { rows, type Row } from "./published.ts";

export type Configuration = { readonly key: string; readonly config: Config; readonly row: Row };

/** Separate processes begin their periods whenever they are started, not at the same time. */
const apart = { stagger: "random" } as const satisfies Partial<Config>;

/** memberlist's handling of local health and of suspects, as in its code of the time: rules 11, 12, 19 to 21 and 40. */
const healthOfCode = { nackAfter: milliseconds(500), healthMax: 7, healthStretches: "probe", healthPenalty: "missing-nacks" } as const satisfies Partial<Config>;
const buddyOfCode = { buddy: "own-pings" } as const satisfies Partial<Config>;

/**
 * The authors measured memberlist, with its parts switched on and off; and memberlist does not exactly do what their §IV says. This is a preset of the
 * paper whose parts behave as in the code.
 */
const asMeasured = (config: Config): Config =>
  ({ ...config, ...apart, ...(config.healthMax > 0 ? healthOfCode : {}), ...(config.buddy === "off" ? {} : buddyOfCode) });

export const baseline: Configuration = { key: "swim", config: asMeasured(presets["lifeguard-base"]), row: rows.swim };

/** In the order of the tables. */
export const configurations: readonly Configuration[] = [
  baseline,
  { key: "lha-probe", config: asMeasured(presets["lha-probe"]), row: rows.lhaProbe },
  { key: "lha-suspicion", config: asMeasured(presets["lha-suspicion"]), row: rows.lhaSuspicion },
  { key: "buddy", config: asMeasured(presets.buddy), row: rows.buddy },
  { key: "lifeguard", config: asMeasured(presets.lifeguard), row: rows.lifeguard },
];

export const lifeguardKey = "lifeguard";

export type Tuning = { readonly alpha: number; readonly beta: number };

/** Those of Table VII, in its order. α = 5 with β = 6 is Lifeguard itself. */
export const tunings: readonly Tuning[] = [2, 4, 5].flatMap((alpha) => [2, 4, 6].map((beta) => ({ alpha, beta })));

export const tuningKey = ({ alpha, beta }: Tuning): string => (alpha === 5 && beta === 6 ? lifeguardKey : `lifeguard α=${alpha} β=${beta}`);

const tunedConfigs: readonly { readonly key: string; readonly config: Config }[] = tunings
  .filter((tuning) => tuningKey(tuning) !== lifeguardKey)
  .map((tuning) => ({ key: tuningKey(tuning), config: { ...asMeasured(presets.lifeguard), suspicionMult: tuning.alpha, suspicionMaxMult: tuning.beta } }));

/** C, D and I: how many members are blocked, for how many milliseconds, and the milliseconds between two blocks. */
export type Threshold = { readonly count: number; readonly blocked: number };
export type Interval = Threshold & { readonly between: number };

/** The paper's. */
const counts: readonly number[] = [1, 4, 8, 12, 16, 20, 24, 28, 32];
const lengths: readonly number[] = [128, 512, 2_048, 8_192, 16_384, 32_768];
const pauses: readonly number[] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384];

/** Blocks long enough that a member is declared failed before they end. */
const LONG = 16_384;
/** A step through the nine numbers of members that visits all of them, and none twice in a row. */
const STRIDE = 4;

export const blockedCounts = counts;

/** In the subset, only blocks in which a member can be detected: the others have nothing to measure. */
export const thresholdsOf = (extent: Extent): readonly Threshold[] =>
  counts.flatMap((count) => lengths.filter((blocked) => extent === "full" || blocked >= LONG).map((blocked) => ({ count, blocked })));

/** The subset is a thin sample of the whole grid, so that it can be compared with the paper's sums: each pair of lengths with one number of members, all numbers in turn. */
export const intervalsOf = (extent: Extent): readonly Interval[] =>
  lengths.flatMap((blocked, row) => pauses.flatMap((between, column) => {
    const nth = row * pauses.length + column;
    const taken = extent === "full" ? counts : [counts[(nth * STRIDE) % counts.length] ?? 1];
    return taken.map((count) => ({ count, blocked, between }));
  }));

/** How often each combination is played. */
type Repetitions = { readonly threshold: number; readonly interval: number };

/** Ten of each, as in the paper, for the five configurations; fewer for those of Table VII, whose figures are percentages. In the subset those have only latencies. */
const repetitions: Readonly<Record<Extent, { readonly published: Repetitions; readonly tuned: Repetitions }>> = {
  full: { published: { threshold: 10, interval: 10 }, tuned: { threshold: 10, interval: 1 } },
  subset: { published: { threshold: 1, interval: 1 }, tuned: { threshold: 1, interval: 0 } },
};

/** Every configuration that is played, with its repetitions; in the subset, only those tuned ones whose figures were published. */
export function playedConfigs(extent: Extent): readonly { readonly key: string; readonly config: Config; readonly repetitions: Repetitions }[] {
  const { published, tuned } = repetitions[extent];
  const wanted = extent === "full" ? tunedConfigs : tunedConfigs.filter(({ config }) => config.suspicionMaxMult === 6);
  return [...configurations.map(({ key, config }) => ({ key, config, repetitions: published })), ...wanted.map((one) => ({ ...one, repetitions: tuned }))];
}

export const thresholdName = (key: string, { count, blocked }: Threshold): string => `threshold ${key} C=${count} D=${blocked}`;
export const intervalName = (key: string, { count, blocked, between }: Interval): string => `interval ${key} C=${count} D=${blocked} I=${between}`;
