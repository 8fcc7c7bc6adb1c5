/** From the text of a sweep to everything that is to be played, or to a list of its mistakes. */

import { compileScenario, isSeed, LONGEST_SEED, readDocument, type Path, type Scenario, scenarioHash, type ScenarioError, type Spot, untilOf } from "../scenario/index.ts";
import { broken, type Constraint, type Dimension, dimensionOf, points, pointsIn, valueOfSetting, type WrittenDimension } from "./grid.ts";
import { type Lookup, readExpression, Unreasonable, type Value } from "./expression.ts";
import { figureOf } from "./figure.ts";
import type { Cell, Settings, Until } from "./model.ts";
import { sweep as sweepSchema, type WrittenSweep } from "./schema.ts";

/** A sweep, fully resolved. */
export type Sweep = {
  readonly name: string;
  readonly about: string;
  readonly seed: string;
  readonly common: boolean;
  /** The base scenario as YAML, self-contained, with what the sweep sets in all cells. */
  readonly source: string;
  readonly scenario: string;
  readonly paths: readonly string[];
  readonly where: readonly string[];
  readonly cells: readonly Cell[];
  /** The approximate cost of a run of each cell: members times seconds. */
  readonly weights: readonly number[];
  /** How many points of the grid constraints excluded. */
  readonly excluded: number;
  readonly repeats: number;
  readonly until: Until | null;
  readonly figures: readonly string[];
};

export type PlanOptions = {
  /** The file's name in errors, and the base of the path of its scenario. */
  readonly file: string;
  readonly read: (path: string) => string;
  /** Applied to the base scenario, after what the sweep sets. */
  readonly settings?: readonly string[];
  readonly seed?: string | undefined;
  readonly repeats?: number | undefined;
};

export type Planned = { readonly ok: true; readonly sweep: Sweep } | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** The most cells of a sweep, and the most points of its grid before constraints. */
export const MOST_CELLS = 10_000;
const MOST_POINTS = 1_000_000;
/** The most runs of all cells together. */
export const MOST_RUNS = 10_000_000;

const failed = (spot: Spot, message: string): Planned => ({ ok: false, errors: [{ ...spot, path: "", message }] });

/** Parses, expands and compiles. Total: returns for any text. Only `read` may throw. */
export function planSweep(text: string, options: PlanOptions): Planned {
  const document = readDocument(text, { schema: sweepSchema, file: options.file, kind: { what: "a sweep", keys: "scenario and grid", lacks: "a sweep needs at least scenario and grid" } });
  if (!document.ok) return document;
  const { value: written, spot } = document;
  const path = besides(options.file, written.scenario);
  const inAll = [...Object.entries(written.set ?? {}).map(([key, value]) => settingText(key, value)), ...(options.settings ?? [])];
  const base = compileScenario(options.read(path), { file: path, read: options.read, settings: inAll });
  if (!base.ok) return base;
  const dimensions: Dimension[] = [];
  for (const [place, entry] of written.grid.entries()) {
    const read = dimensionOf(entry as WrittenDimension);
    if (!read.ok) return failed(spot(["grid", place, ...(read.path === "" ? [] : [read.path])]), read.why);
    const twice = read.dimension.paths.find((name) => dimensions.some(({ paths }) => paths.includes(name)));
    if (twice !== undefined) return failed(spot(["grid", place, twice]), `${twice} is in two entries of the grid: one would undo the other`);
    const undone = read.dimension.paths.find((name) => Object.hasOwn(written.set ?? {}, name));
    if (undone !== undefined) return failed(spot(["set", undone]), `${undone} is in the grid, too, which would undo this`);
    const idle = idleIn(read.dimension, options.settings ?? []);
    if (idle !== null) return failed(spot(["grid", place, idle.path]), idle.why);
    dimensions.push(read.dimension);
  }
  const constraints = constraintsOf(written, spot);
  if ("errors" in constraints) return constraints;
  const settled = settledOf(written, options, base.scenario, spot);
  if ("errors" in settled) return settled;
  const grid = expand(dimensions, constraints.constraints, base.source, spot);
  if ("errors" in grid) return grid;
  const runs = grid.cells.length * settled.repeats;
  if (runs > MOST_RUNS) {
    return failed(spot([written.until === undefined ? "repeats" : "until"]), `${grid.cells.length} cells of ${settled.repeats} runs are ${runs} runs, and ${MOST_RUNS} are the most: use fewer cells, or fewer runs of each`);
  }
  const [seed, common] = [options.seed ?? written.seed ?? base.scenario.seed, written.common ?? true];
  const number = common ? "" : `/${grid.cells.length - 1}`;
  if (!common && !isSeed(seed + number)) return failed(spot(["seed"]), `with common: no each cell has a seed of its own, this one and the cell's number: write one of at most ${LONGEST_SEED - number.length} characters`);
  const name = written.name ?? options.file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/, "");
  return {
    ok: true,
    sweep: {
      name, about: written.about ?? base.scenario.about, seed, common,
      source: base.source, scenario: scenarioHash(base.scenario), paths: dimensions.flatMap(({ paths }) => paths), where: written.where ?? [], ...grid, ...settled,
    },
  };
}

/** Settings without effect: a path of the grid that the sweep itself decides for each run, or a setting of the command line that each cell overrides. */
function idleIn({ paths }: Dimension, settings: readonly string[]): { readonly path: string; readonly why: string } | null {
  for (const path of paths) {
    if (path === "seed") return { path, why: "seed is not the grid's to vary: all chance comes from the sweep's own seed, so that cells differ by their settings alone" };
    if (/^(?:runs|until)(?![^.])/.test(path)) return { path, why: `${path} is not the grid's to vary: the sweep's repeats or until says how often each cell is played` };
    if (settings.some((setting) => setting.split("=", 1)[0]?.trim() === path)) return { path, why: `--set ${path} would change nothing: the grid varies ${path}` };
  }
  return null;
}

/** Resolves `scenario:` relative to the sweep's file. */
const besides = (file: string, named: string): string => {
  const folder = /^.*[/\\]/.exec(file)?.[0] ?? "";
  if (/^(?:[/\\]|[A-Za-z]:)/.test(named)) return named;
  let [above, rest] = [folder, named];
  // Shortens the path, so that errors name files as people would.
  for (; rest.startsWith("../") && /^(?:.*\/)?(?!\.\.\/)[^/]+\/$/.test(above); rest = rest.slice(3)) above = above.replace(/[^/]+\/$/, "");
  return above + rest;
};

/** As in `--set`. */
export const settingText = (path: string, value: string | number | boolean): string => `${path}=${value}`;

type Settled = Pick<Sweep, "repeats" | "until" | "figures">;
type Failed = Extract<Planned, { readonly ok: false }>;

function settledOf(written: WrittenSweep, options: PlanOptions, base: Scenario, spot: (path: Path) => Spot): Settled | Failed {
  if (written.until !== undefined && written.repeats !== undefined) return failed(spot(["until"]), "repeats and until contradict each other: write one of them") as Failed;
  const wrong = (written.figures ?? []).findIndex((figure) => !figureOf(figure).ok);
  if (wrong >= 0) return failed(spot(["figures", wrong]), whyNoFigure(written.figures?.[wrong] ?? "")) as Failed;
  const figures = (written.figures ?? usualFigures).map((figure) => canonicalFigure(figure));
  const repeats = options.repeats ?? written.repeats;
  if (repeats !== undefined) return { repeats, until: null, figures };
  if (written.until === undefined) return { repeats: base.runs, until: base.until ?? null, figures };
  const until = untilOf(written.until);
  return "why" in until ? (failed(spot(["until", until.key]), until.why) as Failed) : { repeats: until.max, until, figures };
}

/** The default columns of a table. */
export const usualFigures = ["firstDetection.p50", "firstDetection.p99", "convergence.p99", "falsePositives.perMemberHour", "load.bytesPerMemberSecond"];

const canonicalFigure = (figure: string): string => {
  const known = figureOf(figure);
  return known.ok ? known.figure : figure;
};
const whyNoFigure = (figure: string): string => {
  const known = figureOf(figure);
  return known.ok ? "" : known.why;
};

function constraintsOf({ where = [] }: WrittenSweep, spot: (path: Path) => Spot): { readonly constraints: readonly Constraint[] } | Failed {
  const constraints: Constraint[] = [];
  for (const [place, text] of where.entries()) {
    const read = readExpression(text);
    if (!read.ok) return failed(spot(["where", place]), `where[${place}], at its ${ordinal(read.at + 1)} letter: ${read.why}`) as Failed;
    constraints.push({ place, expression: read.expression });
  }
  return { constraints };
}

const ordinal = (n: number): string => `${n}${n % 10 === 1 && n % 100 !== 11 ? "st" : n % 10 === 2 && n % 100 !== 12 ? "nd" : n % 10 === 3 && n % 100 !== 13 ? "rd" : "th"}`;

function expand(dimensions: readonly Dimension[], constraints: readonly Constraint[], source: string, spot: (path: Path) => Spot): Pick<Sweep, "cells" | "weights" | "excluded"> | Failed {
  const all = pointsIn(dimensions);
  if (all > MOST_POINTS) return failed(spot(["grid"]), `the grid has ${all} points, and ${MOST_POINTS} are the most, before constraints: use fewer values, or paths in parallel`) as Failed;
  const [cells, weights]: [Cell[], number[]] = [[], []];
  const excludedBy = constraints.map(() => 0);
  for (const settings of points(dimensions)) {
    const compiled = lazily(() => compileCell(source, settings));
    try {
      const breaks = broken(constraints, lookupIn(settings, compiled));
      if (breaks !== undefined) {
        excludedBy[breaks.place] = (excludedBy[breaks.place] ?? 0) + 1;
        continue;
      }
    } catch (thrown) {
      if (thrown instanceof Unreasonable) return failed(spot(["where"]), `${shown(settings)}: ${thrown.message}`) as Failed;
      throw thrown;
    }
    if (cells.length === MOST_CELLS) return failed(spot(["grid"]), `the grid has more than ${MOST_CELLS} cells, which are the most: use fewer values, or another constraint`) as Failed;
    const scenario = compiled();
    if (!scenario.ok) return { ok: false, errors: scenario.errors.map((error) => ({ ...error, ...spot(["grid"]), message: `the cell ${shown(settings)} is not a valid scenario: ${error.message}; exclude it with where, or change the grid` })) };
    cells.push({ cell: cells.length, settings, scenario: scenarioHash(scenario.scenario) });
    weights.push(scenario.scenario.members.length * (scenario.scenario.duration / 1_000_000));
  }
  if (cells.length === 0) return failed(spot(["where"]), `no cell is left of the grid's ${all}: ${blame(constraints, excludedBy, all)}`) as Failed;
  return { cells, weights, excluded: all - cells.length };
}

/** Which constraint excluded how many points: each point counts for the first that it violates. */
function blame(constraints: readonly Constraint[], excludedBy: readonly number[], all: number): string {
  const alone = constraints.find(({ place }) => excludedBy[place] === all);
  if (alone !== undefined) return `${alone.expression.text} excludes every one`;
  return constraints.filter(({ place }) => (excludedBy[place] ?? 0) > 0).map(({ place, expression }) => `${expression.text} excludes ${excludedBy[place]}`).join(", ");
}

const shown = (settings: Settings): string => Object.entries(settings).map(([path, value]) => settingText(path, value)).join(" ");

/** The scenario of a cell. */
export const compileCell = (source: string, settings: Settings): ReturnType<typeof compileScenario> =>
  compileScenario(source, { file: "base", settings: Object.entries(settings).map(([path, value]) => settingText(path, value)) });

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** The setting of the cell itself; otherwise that of its scenario. */
const lookupIn = (settings: Settings, compiled: () => ReturnType<typeof compileScenario>): Lookup => (path) => {
  const own = settings[path];
  if (own !== undefined) return valueOfSetting(own);
  const scenario = compiled();
  return scenario.ok ? resolvedAt(scenario.scenario, path) : undefined;
};

function resolvedAt(scenario: Scenario, path: string): Value | undefined {
  const [, field] = /^config\.(\w+)$/.exec(path) ?? [];
  if (field !== undefined) return Object.hasOwn(scenario.config, field) ? (Reflect.get(scenario.config, field) as Value) : undefined;
  switch (path) {
    case "members":           return scenario.members.length;
    case "duration":          return scenario.duration;
    case "preset":            return scenario.preset;
    case "network.loss":      return scenario.network.link.loss;
    case "network.duplicate": return scenario.network.link.duplicate;
    default:                  return undefined;
  }
}

