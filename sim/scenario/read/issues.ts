/** Turns what the schema finds wrong into sentences about the user's keys. */

import type { z } from "zod";
import { type Path, showPath } from "../trouble.ts";
import { find, type Tree } from "./tree.ts";

type Issue = z.core.$ZodIssue;
/** A mistake in the value at a path, or in its key. */
export type Finding = { readonly path: Path; readonly message: string; readonly at: "key" | "value" };

/** Every mistake that the schema found in a tree. */
export function findings(issues: readonly Issue[], tree: Tree): readonly Finding[] {
  return issues.flatMap((issue) => explain(issue, [], tree));
}

function explain(issue: Issue, around: Path, tree: Tree): readonly Finding[] {
  const path = [...around, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  if (issue.code === "unrecognized_keys") {
    const hints = issue.message.split("\n");
    return issue.keys.map((key, index) => ({ path: [...path, key], message: `unknown key "${key}"${inside(path)}: ${hints[index] ?? ""}`, at: "key" }));
  }
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((branch) => !branch.some(isAnotherKind));
    if (meant !== undefined) return meant.flatMap((inner) => explain(inner, path, tree));
  }
  if (path.length > 0 && find(tree, path) === undefined) {
    return [{ path: path.slice(0, -1), message: `missing key "${String(path.at(-1))}"${inside(path.slice(0, -1))}`, at: "value" }];
  }
  if (issue.code === "invalid_key") {
    return [{ path, message: `${showPath(path)}: ${issue.issues[0]?.message ?? issue.message}`, at: "key" }];
  }
  const message = isEmpty(find(tree, path)) ? `the value is missing: ${issue.message.replace(/^.*?: /, "")}` : issue.message;
  return [{ path, message: path.length === 0 ? message : `${showPath(path)}: ${message}`, at: "value" }];
}

/** Is there a key without a value? */
const isEmpty = (tree: Tree | undefined): boolean => tree?.kind === "scalar" && tree.value === null;

/** Does this issue say that the whole value has another type, so that this branch of the union was not meant? */
const isAnotherKind = ({ path, code }: Issue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value" || code === "invalid_union");

const inside = (path: Path): string => (path.length === 0 ? "" : ` in ${showPath(path)}`);
