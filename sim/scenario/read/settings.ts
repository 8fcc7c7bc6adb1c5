/** Settings that change single values: `--set network.loss=5%`. */

import { showPath, type Path, type ScenarioError, type Spot } from "../trouble.ts";
import { find, put, type Tree } from "./tree.ts";
import { parse, type Parsed } from "./yaml.ts";

/** What errors show instead of a file's name for settings. The line is the number of the setting, from 1. */
export const SETTINGS = "--set";

const setting = /^([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+|\[\d+\])*)=/;

/** Applies each `path=value` to the tree, in order. A value is written as in YAML: `5%`, `[1ms, 2ms]`, `{ tag: zone=eu }`. */
export function applySettings(tree: Tree, settings: readonly string[]): Parsed {
  let changed = tree;
  const errors: ScenarioError[] = [];
  settings.forEach((written, index) => {
    const spot = (offset: number): Spot => ({ file: SETTINGS, line: index + 1, column: offset + 1 });
    const result = apply(changed, written, spot);
    if (result.ok) changed = result.tree;
    else errors.push(...result.errors);
  });
  return errors.length === 0 ? { ok: true, tree: changed } : { ok: false, errors };
}

function apply(tree: Tree, written: string, spot: (offset: number) => Spot): Parsed {
  const head = setting.exec(written);
  if (head === null) return failed(spot(0), `"${written}" is not a setting: write path=value, such as network.loss=5%`);
  const path = toPath(head[1] ?? "");
  if (path[0] === "extends") return failed(spot(0), "extends can't be set here: name that file itself");
  const value = parse(written.slice(head[0].length), (offset) => spot(head[0].length + offset));
  if (!value.ok) return value;
  const changed = put(tree, path, value.tree);
  return changed === undefined ? failed(spot(0), `${showPath(path)}: ${whyNot(tree, path)}`) : { ok: true, tree: changed };
}

/** Which part of the path does not exist. */
function whyNot(tree: Tree, path: Path): string {
  for (let length = 1; length <= path.length; length++) {
    const around = path.slice(0, length - 1);
    const list = find(tree, around);
    if (list?.kind !== "list" || find(tree, path.slice(0, length)) !== undefined) continue;
    const count = list.items.length;
    return `${showPath(around)} has ${count === 1 ? "one entry, [0]" : `${count} entries, [0] to [${count - 1}]`}`;
  }
  return "only a list has numbered entries";
}

/** `timeline[0].at`, and `timeline.0.at` as well. */
function toPath(text: string): Path {
  return text.split(/[.[\]]+/).filter((part) => part !== "").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

const failed = (at: Spot, message: string): Parsed => ({ ok: false, errors: [{ ...at, path: "", message }] });
