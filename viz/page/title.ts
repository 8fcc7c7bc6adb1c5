/** The title of a run among several. */

import type { RunFacts } from "../model/run.ts";

/** `2. partition, seed 7, fork of 1 at 50.000 s: crash m07`. */
export function titleOf({ id, name, origin }: RunFacts): string {
  const { experiment } = origin;
  const seed = experiment === null || experiment.seed === null ? "" : `, seed ${experiment.seed}`;
  const run = experiment === null || experiment.run === 0 ? "" : `, run ${experiment.run}`;
  if (origin.kind === "recorded") return `${id}. ${name}${run}: ${origin.files.length === 1 ? (origin.files[0] ?? "") : `${origin.files.length} recordings`}`;
  if (origin.parent === null) return `${id}. ${name}${seed}${run}`;
  const edit = origin.experiment.edits.at(-1);
  return `${id}. fork of ${origin.parent} at ${((origin.forkedAt ?? 0) / 1e6).toFixed(3)} s: ${edit === undefined ? "" : editText(edit)}`;
}

/** `crash m07`: a short text for a line of a timeline. */
export function editText(edit: Readonly<Record<string, unknown>>): string {
  return Object.entries(edit).filter(([key]) => key !== "at" && key !== "added").map(([key, value]) => `${key} ${short(value)}`).join(", ");
}

function short(value: unknown): string {
  if (Array.isArray(value) && value.some((item) => Array.isArray(item))) return value.map(short).join(" | ");
  if (Array.isArray(value)) return value.length > 4 ? `${short(value.slice(0, 3))} and ${value.length - 3} more` : value.map(short).join(", ");
  if (typeof value === "object" && value !== null) return Object.entries(value).map(([key, inner]) => `${key} ${short(inner)}`).join(", ");
  return String(value);
}
