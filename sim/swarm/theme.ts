/** Themes: every fourth world has a subject that random draws would seldom produce, so that no batch of a few hundred worlds misses it. */

import type { PresetName } from "../../engine/index.ts";
import type { Written } from "../scenario/write.ts";

/** What such a world always has; everything else is drawn as usual. */
export type Theme = {
  /** The preset that it starts from, instead of a drawn one. */
  readonly preset: PresetName;
  /** Overrides what is drawn. */
  readonly config: Written;
  /** Families of faults in addition to the drawn ones. */
  readonly families: readonly string[];
  /** For how many seconds, at least, there is trouble. */
  readonly until: number;
};

/** By the `sometimes` oracle that each serves. */
export const themes: Readonly<Record<string, Theme>> = {
  // Two returns make a member flap: it must be declared dead twice, and soon.
  damping: { preset: "swimlab", config: { precedence: "total", flapLimit: 1, suspicionMult: 2, suspicionMaxMult: 1 }, families: ["flapping"], until: 45 },
  // Without numbered lives, a member that returns from another address is a stranger until its name is free again.
  conflict: { preset: "swimlab", config: { precedence: "total", incarnationsPerLife: 0, reclaimAfter: "5s" }, families: ["crash", "leave"], until: 20 },
  oblivion: { preset: "swimlab", config: { forgetAfter: "20s" }, families: ["crash", "isolation"], until: 40 },
  "later-life": { preset: "swimlab", config: { precedence: "total", incarnationsPerLife: 65_536 }, families: ["crash", "leave"], until: 20 },
};

const EVERY = 4;

/** The theme of a seed's world; null if it has none. Worlds of a batch are numbered: `seed/17`, `seed/17/small`. */
export function themeOf(seed: string): Theme | null {
  const number = /\/(\d+)(?:\/small)?$/.exec(seed)?.[1];
  if (number === undefined || Number(number) % EVERY !== 0) return null;
  const all = Object.values(themes);
  return all[Math.floor(Number(number) / EVERY) % all.length] ?? null;
}
