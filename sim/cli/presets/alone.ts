/** Prints one preset: every value, where it comes from, and what it means. */

import { type PresetName, presets, sourceOf } from "../../../engine/index.ts";
import { meaningOf } from "../../scenario/index.ts";
import { table } from "../report/table.ts";
import { wrap } from "../report/wording.ts";
import { subjects } from "./families.ts";
import type { Page } from "./side-by-side.ts";
import { readable } from "./value.ts";

const INDENT = 6;

/** A table for each subject; below each field a sentence. */
export function aloneText(name: PresetName, { width, ink }: Page): string {
  const fields = subjects.flatMap((subject) => subject.fields);
  // One table, cut into pieces, so that all columns are aligned.
  const lines = table(fields.map((field) => [field, { text: readable(field, presets[name][field]), ink: ink.mark }, sourceOf(name, field)]), "lll");
  const told = new Map(fields.map((field, nth) => [field, [lines[nth] ?? "", ...wrap(meaningOf(field), width - INDENT).map((line) => " ".repeat(INDENT) + ink.faint(line))]]));
  const parts = subjects.map(({ subject, fields: these }) => ["", ink.title(subject.toUpperCase()), ...these.flatMap((field) => told.get(field) ?? [])]);
  return `${[ink.title(name), ...parts.flat()].join("\n")}\n`;
}
