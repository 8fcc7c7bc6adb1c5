/** Presets as a document for programs. */

import { type Config, type ConfigSubject, type PresetName, presets, sourceOf } from "../../../engine/index.ts";
import { meaningOf } from "../../scenario/index.ts";
import { subjects } from "./families.ts";
import { writable } from "./value.ts";

type Value = { readonly value: string | number; readonly source: string };

export type PresetsDocument = {
  readonly fields: Readonly<Record<string, { readonly subject: ConfigSubject; readonly meaning: string }>>;
  /** Values in the format of a scenario's `config:`. */
  readonly presets: Readonly<Record<string, Readonly<Record<string, Value>>>>;
};

const everyField = subjects.flatMap(({ subject, fields }) => fields.map((field) => ({ field, subject })));

/** These presets, with all their fields. */
export function presetsDocument(names: readonly PresetName[]): PresetsDocument {
  const valuesOf = (name: PresetName): Readonly<Record<string, Value>> =>
    Object.fromEntries(everyField.map(({ field }) => [field, valueOf(name, field)]));
  return {
    fields: Object.fromEntries(everyField.map(({ field, subject }) => [field, { subject, meaning: meaningOf(field) }])),
    presets: Object.fromEntries(names.map((name) => [name, valuesOf(name)])),
  };
}

const valueOf = (name: PresetName, field: keyof Config): Value => ({ value: writable(field, presets[name][field]), source: sourceOf(name, field) });
