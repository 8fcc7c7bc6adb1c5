/** Where a mapping says one of several things, so that one laid over another cannot simply merge with it. */

import type { Path } from "../trouble.ts";
import { burstSpellings } from "./harm.ts";

/** The keys that go together, each list beside the others; or that a mapping is one thing whatever its keys, as a latency is. */
export type Alternatives = readonly (readonly string[])[] | "whole";

/** By path; `*` stands for any key. What stands in lists is never merged. */
export const oneOfs: readonly (readonly [path: string, alternatives: Alternatives])[] = [
  ["network.latency", "whole"],
  ["network.zones.latency.*.*", "whole"],
  ["network.reorder.by", "whole"],
  ["network.replay.after", "whole"],
  ["network.bursts", burstSpellings],
];

/** Those at this path; undefined where mappings merge key by key. */
export function alternativesAt(path: Path): Alternatives | undefined {
  return oneOfs.find(([pattern]) => {
    const parts = pattern.split(".");
    return parts.length === path.length && parts.every((part, place) => part === "*" || part === path[place]);
  })?.[1];
}
