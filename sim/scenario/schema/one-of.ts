/** Mappings whose keys are alternatives, so that two of them cannot simply be merged key by key. */

import type { Path } from "../trouble.ts";
import { burstSpellings } from "./harm.ts";

/** Lists of keys that belong together, one alternative each; or "whole" if the mapping as a whole is one alternative, as a latency is. */
export type Alternatives = readonly (readonly string[])[] | "whole";

/** By path; `*` stands for any key. Values in lists are never merged. */
export const oneOfs: readonly (readonly [path: string, alternatives: Alternatives])[] = [
  ["network.latency", "whole"],
  ["network.zones.latency.*.*", "whole"],
  ["network.reorder.by", "whole"],
  ["network.replay.after", "whole"],
  ["network.bursts", burstSpellings],
];

/** The alternatives at this path; undefined where mappings merge key by key. */
export function alternativesAt(path: Path): Alternatives | undefined {
  return oneOfs.find(([pattern]) => {
    const parts = pattern.split(".");
    return parts.length === path.length && parts.every((part, place) => part === "*" || part === path[place]);
  })?.[1];
}
