/**
 * Reads recorded churn from its file into the scenario that names it, line by line, each with its place. The format is CSV: `at,member,what`;
 * `at` is a length (`1m30s`) or a number of seconds, `what` is join, crash, leave or restart. Empty lines, lines that begin with #,
 * and a first line with the names of the columns are skipped.
 */

import type { Parsed } from "./yaml.ts";
import type { ScenarioError, Spot } from "../trouble.ts";
import { type ReadFile, resolvePath } from "./extend.ts";
import { find, put, type Tree } from "./tree.ts";

/** The most lines in such a file. */
const MOST_LINES = 200_000;

/** Replaces the file name in each churn by the lines of that file. */
export function readChurnFiles(tree: Tree, read: ReadFile | undefined, files: string[]): Parsed {
  const errors: ScenarioError[] = [];
  const timeline = find(tree, ["timeline"]);
  let whole = tree;
  if (timeline?.kind !== "list") return { ok: true, tree };
  timeline.items.forEach((entry, index) => {
    const churn = find(entry, ["churn"]);
    const file = find(entry, ["churn", "file"]);
    if (churn?.kind !== "mapping" || file?.kind !== "scalar" || typeof file.value !== "string") return;
    const events = eventsOf(file.value, file.at, `timeline[${index}].churn.file`, read, files);
    if (!events.ok) return void errors.push(...events.errors);
    const entries = churn.entries.map((old) => (old.key === "file" ? { key: "events", keyAt: old.keyAt, value: events.tree } : old));
    whole = put(whole, ["timeline", index, "churn"], { ...churn, entries }) ?? whole;
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, tree: whole };
}

function eventsOf(name: string, at: Spot, path: string, read: ReadFile | undefined, files: string[]): Parsed {
  const failed = (spot: Spot, message: string): Parsed => ({ ok: false, errors: [{ ...spot, path, message: `${path}: ${message}` }] });
  if (read === undefined) return failed(at, "other files can't be read here");
  const file = resolvePath(at.file, name);
  let text: string;
  try {
    text = read(file);
  } catch (fault) {
    return failed(at, `${file} can't be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  if (!files.includes(file)) files.push(file);
  const lines = text.split(/\r?\n/);
  if (lines.length > MOST_LINES) return failed({ file, line: MOST_LINES, column: 1 }, `${lines.length} lines are too many`);
  const items: Tree[] = [];
  const errors: ScenarioError[] = [];
  lines.forEach((line, number) => {
    const isHead = items.length === 0 && /^\s*at\s*,\s*member\s*,\s*what\s*$/i.test(line);
    if (line.trim() === "" || line.startsWith("#") || isHead) return;
    const item = eventOf(line, { file, line: number + 1, column: 1 });
    if (item === undefined) errors.push({ file, line: number + 1, column: 1, path, message: "there must be three columns: at, member, what, such as 12.5,m07,crash" });
    else items.push(item);
  });
  if (errors.length > 0) return { ok: false, errors };
  return items.length === 0 ? failed({ file, line: 1, column: 1 }, "this file is empty: write lines such as 12.5,m07,crash") : { ok: true, tree: { kind: "list", at, items } };
}

/** The columns with their places; undefined if they are not three. */
function eventOf(line: string, at: Spot): Tree | undefined {
  const columns = [...line.matchAll(/[^,]+/g)].map(([column], nth) => [column.trim(), nth] as const);
  if (columns.length !== 3 || line.split(",").length !== 3) return undefined;
  let from = 0;
  const keys = ["at", "member", "what"] as const;
  const entries = columns.map(([column, nth]) => {
    const spot: Spot = { ...at, column: line.indexOf(column, from) + 1 };
    from = spot.column - 1 + column.length;
    const text = nth === 0 && /^\d+(\.\d+)?$/.test(column) ? `${column}s` : column;
    return { key: keys[nth] ?? "at", keyAt: spot, value: { kind: "scalar", at: spot, value: text, text, quoted: true } as const };
  });
  return { kind: "mapping", at, entries };
}
