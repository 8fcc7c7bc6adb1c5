/** Themes: every fourth world is about something that chance alone would seldom bring about, so that no batch of a few hundred misses it. */

import type { PresetName } from "../../engine/index.ts";
import type { Written } from "../scenario/write.ts";

/** What such a world has for certain; all else of it is drawn as ever. */
export type Theme = {
  /** The preset that it begins with, instead of one that is drawn. */
  readonly preset: PresetName;
  /** Stands above what is drawn. */
  readonly config: Written;
  /** Families of faults that are in it besides those that are drawn. */
  readonly families: readonly string[];
  /** For how many seconds there is trouble at least. */
  readonly until: number;
};

/** By the oracle of the kind `sometimes` that each is for. */
export const themes: Readonly<Record<string, Theme>> = {
  // Two returns make a member flap: it must be given up twice, and soon.
  damping: { preset: "swimlab", config: { precedence: "total", flapLimit: 1, suspicionMult: 2, suspicionMaxMult: 1 }, families: ["flapping"], until: 45 },
  // Where lives are not told apart, who comes back from another address is another, until its name is given away.
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
