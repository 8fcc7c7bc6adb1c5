/** A scenario as it was written, each value with its place, so that mistakes can be located even after files were merged. */

import { alternativesAt } from "../schema/one-of.ts";
import type { Path, Spot } from "../trouble.ts";

export type Tree =
  /** `text`: the scalar as it was written, without quotes. */
  | { readonly kind: "scalar"; readonly at: Spot; readonly value: string | number | boolean | null; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "list"; readonly at: Spot; readonly items: readonly Tree[] }
  | { readonly kind: "mapping"; readonly at: Spot; readonly entries: readonly Entry[] };

export type Entry = { readonly key: string; readonly keyAt: Spot; readonly value: Tree };

/** A tree without places, for the schema. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The value at a path, or undefined. */
export function find(tree: Tree, path: Path): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const part of path) at = at === undefined ? undefined : child(at, part);
  return at;
}

/** Where the value at a path is written; if it is absent, where its nearest ancestor is. */
export function spotOf(tree: Tree, path: Path): Spot {
  let at = tree;
  for (const part of path) {
    const next = child(at, part);
    if (next === undefined) return at.at;
    at = next;
  }
  return at.at;
}

/** Where the last key of a path is written. */
export function spotOfKey(tree: Tree, path: Path): Spot {
  const around = find(tree, path.slice(0, -1));
  const entry = around?.kind === "mapping" ? around.entries.find(({ key }) => key === path.at(-1)) : undefined;
  return entry?.keyAt ?? spotOf(tree, path);
}

/** `isVerbatim` says where a scalar is kept as text, whatever type YAML gives it: the number 1.10 would become 1.1. */
export function plain(tree: Tree, isVerbatim: (path: Path) => boolean = () => false, path: Path = []): Plain {
  switch (tree.kind) {
    case "scalar":  return tree.value !== null && isVerbatim(path) ? tree.text : tree.value;
    case "list":    return tree.items.map((item, at) => plain(item, isVerbatim, [...path, at]));
    // Object.fromEntries creates an own property even for `__proto__`, which is then refused like any unknown key.
    case "mapping": return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value, isVerbatim, [...path, key])]));
  }
}

/**
 * Merges one tree over another: mappings key by key; any other value replaces what is under it. Where keys are alternatives, as for the kinds of
 * a latency, a mapping with another alternative replaces the one under it, because both together would mean nothing.
 */
export function merge(under: Tree, over: Tree, path: Path = []): Tree {
  const alternatives = alternativesAt(path);
  if (under.kind !== "mapping" || over.kind !== "mapping" || alternatives === "whole") return over;
  const said = alternatives?.filter((keys) => over.entries.some(({ key }) => keys.includes(key))) ?? [];
  const unsaid = new Set(said.length === 0 ? [] : alternatives?.filter((keys) => !said.includes(keys)).flat());
  let entries: readonly Entry[] = under.entries.filter(({ key }) => !unsaid.has(key));
  for (const entry of over.entries) {
    const covered = under.entries.find(({ key }) => key === entry.key);
    entries = withEntry(entries, covered === undefined ? entry : { ...entry, value: merge(covered.value, entry.value, [...path, entry.key]) });
  }
  return { ...over, entries };
}

/** The tree without one of its top keys. */
export const without = (tree: Tree, name: string): Tree =>
  tree.kind === "mapping" ? { ...tree, entries: tree.entries.filter(({ key }) => key !== name) } : tree;

/** Sets the value at a path, and creates mappings around it as needed. Undefined if a list has no such item. */
export function put(tree: Tree | undefined, path: Path, value: Tree): Tree | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (tree?.kind === "list") {
    const index = typeof part === "number" ? part : -1;
    const item = tree.items[index];
    const changed = item === undefined ? undefined : put(item, rest, value);
    return changed === undefined ? undefined : { ...tree, items: tree.items.map((old, at) => (at === index ? changed : old)) };
  }
  if (typeof part === "number") return undefined;
  const entries = tree?.kind === "mapping" ? tree.entries : [];
  const changed = put(entries.find(({ key }) => key === part)?.value, rest, value);
  if (changed === undefined) return undefined;
  return { kind: "mapping", at: tree?.at ?? value.at, entries: withEntry(entries, { key: part, keyAt: value.at, value: changed }) };
}

function child(tree: Tree, part: string | number): Tree | undefined {
  if (tree.kind === "list") return typeof part === "number" ? tree.items[part] : undefined;
  return tree.kind === "mapping" ? tree.entries.find(({ key }) => key === part)?.value : undefined;
}

/** Replaces the entry with the same key, or appends it. */
function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  return entries.some(({ key }) => key === entry.key) ? entries.map((old) => (old.key === entry.key ? entry : old)) : [...entries, entry];
}
