/** `extends:`: merges one scenario over another. */

import type { Path, ScenarioError, Spot } from "../trouble.ts";
import { find, merge, without } from "./tree.ts";
import { type Parsed, readYaml } from "./yaml.ts";

/** Returns the text of a file that another one names. If it throws, the error's message is shown to the user. */
export type ReadFile = (path: string) => string;

/** More than anybody can keep track of. */
const LONGEST_CHAIN = 16;

const EXTENDS: Path = ["extends"];

/** Reads a scenario and all files that it extends. Appends their names to `files`, in the order in which they were read. */
export function readLayers(text: string, file: string, read: ReadFile | undefined, files: string[]): Parsed {
  files.push(file);
  const top = readYaml(text, file);
  if (!top.ok) return top;
  const wanted = find(top.tree, EXTENDS);
  if (wanted === undefined) return top;
  if (wanted.kind !== "scalar" || typeof wanted.value !== "string" || wanted.value === "") {
    return failed(wanted.at, "extends: write the path of a file, relative to this one");
  }
  const path = resolvePath(file, wanted.value);
  if (files.includes(path)) return failed(wanted.at, `extends: ${[...files.slice(files.indexOf(path)), path].join(" extends ")}, which has no end`);
  if (files.length >= LONGEST_CHAIN) return failed(wanted.at, `extends: ${LONGEST_CHAIN} files extend one another here, and that is the most`);
  const under = fetch(path, wanted.at, read);
  if (!under.ok) return under;
  const base = readLayers(under.text, path, read, files);
  return base.ok ? { ok: true, tree: merge(base.tree, without(top.tree, "extends")) } : base;
}

type Fetched = { readonly ok: true; readonly text: string } | Failed;

function fetch(path: string, at: Spot, read: ReadFile | undefined): Fetched {
  if (read === undefined) return failed(at, "extends: other files can't be read here");
  try {
    return { ok: true, text: read(path) };
  } catch (fault) {
    return failed(at, `extends: ${path} can't be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

/** Resolves a path that is written in a file, and normalises it. */
export function resolvePath(file: string, path: string): string {
  if (/^([/\\]|[A-Za-z]:|[a-z]+:\/\/)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of `${file.replace(/[^/\\]*$/, "")}${path}`.split("/")) {
    if (part === "..") {
      if (parts.length === 0 || parts.at(-1) === "..") parts.push(part);
      else parts.pop();
    } else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
}

type Failed = { readonly ok: false; readonly errors: readonly ScenarioError[] };

const failed = (at: Spot, message: string): Failed => ({ ok: false, errors: [{ ...at, path: "extends", message }] });
