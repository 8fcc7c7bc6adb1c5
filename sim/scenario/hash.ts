/** Identifies an experiment: 16 hexadecimal digits that change if a run or its verdict could change. */

import { foldText } from "../../engine/index.ts";
import type { Scenario } from "./model.ts";

/**
 * Hashes everything that decides what a run does or how it is judged. Left out are the seed and the number of runs, so that an
 * experiment has one hash however often it is repeated; name, about and preset, which are only names; and the wording of expectations.
 */
export function scenarioHash(scenario: Scenario): string {
  const { duration, start, members, config, network, timeline, expectations } = scenario;
  const claims = expectations.map(({ path, is, value }) => ({ path, is, value }));
  const parts: readonly unknown[] = [duration, start, ...members, config, network, ...timeline, claims];
  let [high, low] = [0x6a09e667, 0x3c6ef372];
  for (const part of parts) {
    const text = canonical(part);
    [high, low] = [foldText(high, text), foldText(low, text)];
  }
  return hex(high) + hex(low);
}

/** JSON with the keys of objects in alphabetical order: equal values have equal texts, however they were built. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");
