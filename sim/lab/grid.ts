/** From a written grid to its points: nested entries, parallel paths, and constraints that exclude points. */

import type { Setting, Settings } from "./model.ts";
import { type Expression, type Lookup, Unreasonable, type Value, valueOfText } from "./expression.ts";
import { type Range, valuesOf } from "./range.ts";

/** One entry of the grid: the settings at each of its places. */
export type Dimension = { readonly paths: readonly string[]; readonly places: readonly Settings[] };

/** An entry as written: values or ranges by path. */
export type WrittenDimension = Readonly<Record<string, readonly Setting[] | Range>>;

export type ReadDimension = { readonly ok: true; readonly dimension: Dimension } | { readonly ok: false; readonly path: string; readonly why: string };

/** Several paths in one entry run in parallel. */
export function dimensionOf(written: WrittenDimension): ReadDimension {
  const columns: { readonly path: string; readonly values: readonly Setting[] }[] = [];
  for (const [path, given] of Object.entries(written)) {
    const values = Array.isArray(given) ? { ok: true as const, value: given as readonly Setting[] } : valuesOf(given as Range);
    if (!values.ok) return { ok: false, path, why: `${path}: ${values.why}` };
    columns.push({ path, values: values.value });
  }
  const [first] = columns;
  if (first === undefined) return { ok: false, path: "", why: "this entry of the grid names no path: write one such as config.suspicionMult: [2, 4]" };
  const uneven = columns.find(({ values }) => values.length !== first.values.length);
  if (uneven !== undefined) {
    return { ok: false, path: uneven.path, why: `${first.path} has ${first.values.length} values and ${uneven.path} has ${uneven.values.length}: paths of one entry run in parallel, so give both the same number, or write two entries` };
  }
  const places = first.values.map((_, place) => Object.fromEntries(columns.map(({ path, values }) => [path, values[place] ?? ""])));
  return { ok: true, dimension: { paths: columns.map(({ path }) => path), places } };
}

/** How many points there are before constraints. */
export const pointsIn = (dimensions: readonly Dimension[]): number => dimensions.reduce((product, { places }) => product * places.length, 1);

/** All combinations; the last dimension changes fastest. */
export function* points(dimensions: readonly Dimension[]): Generator<Settings> {
  const most = pointsIn(dimensions);
  for (let point = 0; point < most; point++) {
    let rest = point;
    const chosen = dimensions.toReversed().map(({ places }) => {
      const place = places[rest % places.length] ?? {};
      rest = Math.floor(rest / places.length);
      return place;
    });
    const settings: Settings = Object.assign({}, ...chosen);
    // In the grid's own order of paths.
    yield Object.fromEntries(dimensions.flatMap(({ paths }) => paths.map((path) => [path, settings[path] ?? ""])));
  }
}

/** A parsed constraint, with its place in the list. */
export type Constraint = { readonly place: number; readonly expression: Expression };

/** The first constraint that these values violate; undefined if none. Throws an Unreasonable that names the constraint. */
export function broken(constraints: readonly Constraint[], lookup: Lookup): Constraint | undefined {
  return constraints.find(({ expression }) => {
    const holds = reasonably(expression, lookup);
    if (typeof holds !== "boolean") throw new Unreasonable(`${expression.text}: this is not a yes-or-no question: compare it with something`);
    return !holds;
  });
}

function reasonably(expression: Expression, lookup: Lookup): Value {
  try {
    return expression.evaluate(lookup);
  } catch (thrown) {
    if (thrown instanceof Unreasonable) throw new Unreasonable(`${expression.text}: ${thrown.message}`);
    throw thrown;
  }
}

/** The value of a setting in an expression. */
export const valueOfSetting = (setting: Setting): Value => (typeof setting === "string" ? valueOfText(setting) : setting);
