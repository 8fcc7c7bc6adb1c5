/** Reads any of our YAML files against a schema, and reports mistakes with their places, as for a scenario. */

import type { z } from "zod";
import { findings } from "./read/issues.ts";
import { applySettings, SETTINGS } from "./read/settings.ts";
import { plain, spotOf, spotOfKey, type Tree } from "./read/tree.ts";
import { type FileKind, readYaml } from "./read/yaml.ts";
import { inOrder, type Path, type ScenarioError, showPath, type Spot } from "./trouble.ts";

export type DocumentOptions<Schema extends z.ZodType> = {
  readonly schema: Schema;
  /** The file's name in errors; `kind` says what it should be. */
  readonly file: string;
  readonly kind: FileKind;
  /** `path=value`, applied to the text in order. */
  readonly settings?: readonly string[];
  /** Where a scalar is kept exactly as it was written, whatever type YAML gives it. Default: nowhere. */
  readonly isVerbatim?: (path: Path) => boolean;
};

/** The parsed value, where `spot` says at which place a part of it was written; or the mistakes. */
export type ReadDocument<T> = { readonly ok: true; readonly value: T; readonly spot: (path: Path) => Spot } | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** Reads a text, or only settings. Total: returns for any text, with ten mistakes at most. */
export function readDocument<Schema extends z.ZodType>(text: string | null, { schema, file, kind, settings = [], isVerbatim }: DocumentOptions<Schema>): ReadDocument<z.output<Schema>> {
  const nothing: Tree = { kind: "mapping", at: { file: SETTINGS, line: 1, column: 1 }, entries: [] };
  const read = text === null ? { ok: true as const, tree: nothing } : readYaml(text, file, kind);
  if (!read.ok) return { ok: false, errors: inOrder(read.errors, [file]) };
  const set = applySettings(read.tree, settings);
  if (!set.ok) return { ok: false, errors: inOrder(set.errors, [SETTINGS]) };
  const { tree } = set;
  const result = schema.safeParse(plain(tree, isVerbatim));
  if (result.success) return { ok: true, value: result.data, spot: (path) => spotOf(tree, path) };
  const errors = findings(result.error.issues, tree).map(({ path, message, at }) => ({ ...(at === "key" ? spotOfKey(tree, path) : spotOf(tree, path)), path: showPath(path), message }));
  return { ok: false, errors: inOrder(errors, [file, SETTINGS]) };
}
