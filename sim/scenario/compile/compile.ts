/** Compiles a text to an experiment, or to a list of its mistakes. */

import { stringify } from "yaml";
import type { z } from "zod";
import { presets } from "../../../engine/index.ts";
import type { Expectation, Place, Scenario } from "../model.ts";
import { readChurnFiles } from "../read/churn-file.ts";
import { readLayers, type ReadFile } from "../read/extend.ts";
import { findings } from "../read/issues.ts";
import { applySettings, SETTINGS } from "../read/settings.ts";
import { find, type Plain, plain, spotOf, spotOfKey, type Tree } from "../read/tree.ts";
import { entry as entrySchema } from "../schema/timeline.ts";
import { scenario as scenarioSchema, sections } from "../schema/scenario.ts";
import type { WrittenFilter } from "../schema/selector.ts";
import type { WrittenUntil } from "../schema/until.ts";
import { inOrder, type Report, type ScenarioError, showPath } from "../trouble.ts";
import { actionName } from "./action.ts";
import { type Cast, castOf } from "./cast.ts";
import { configOf } from "./config.ts";
import { expectationOf } from "./expectation.ts";
import { networkOf } from "./network.ts";
import { filterOf, membersOf } from "./selector.ts";
import { timelineOf } from "./timeline.ts";
import { untilOf } from "./until.ts";

/** Where a scenario's text comes from, and the settings that change it. */
export type CompileOptions = {
  /** The file's name in errors, and the base of relative paths in `extends`. */
  readonly file: string;
  /** Reads the files that `extends` names; without it, `extends` is an error. */
  readonly read?: ReadFile;
  /** `network.loss=5%`: applied to the text, in order. Errors in them name `--set`, the number of the setting and the column in it. */
  readonly settings?: readonly string[];
};

/** An experiment, with YAML that defines the same one without other files or settings; or its mistakes, at most ten. */
export type Compiled =
  | { readonly ok: true; readonly scenario: Scenario; readonly source: string }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** Compiles a scenario. Returns for any text; never throws because of it. */
export function compileScenario(text: string, { file, read, settings = [] }: CompileOptions): Compiled {
  const files: string[] = [];
  const layers = readLayers(text, file, read, files);
  if (!layers.ok) return { ok: false, errors: inOrder(layers.errors, files) };
  const set = applySettings(layers.tree, settings);
  if (!set.ok) return { ok: false, errors: inOrder(set.errors, [SETTINGS]) };
  const replayed = readChurnFiles(set.tree, read, files);
  if (!replayed.ok) return { ok: false, errors: inOrder(replayed.errors, [...files, SETTINGS]) };
  const { tree } = replayed;
  const errors: ScenarioError[] = [];
  const written = asWritten(tree);
  for (const { path, message, at } of findings(scenarioSchema.safeParse(written).error?.issues ?? [], tree)) {
    errors.push({ ...(at === "key" ? spotOfKey(tree, path) : spotOf(tree, path)), path: showPath(path), message });
  }
  const scenario = resolve(written, nameOf(file), reporter(tree, errors));
  if (errors.length > 0) return { ok: false, errors: inOrder(errors, [...files, SETTINGS]) };
  return { ok: true, scenario, source: stringify(written, { lineWidth: 0 }) };
}

type Written = { readonly [key: string]: Plain };

/** Plain values, but the seed as it was written: a long number would lose its last digits. */
function asWritten(tree: Tree): Written {
  const values = plain(tree);
  const seed = find(tree, ["seed"]);
  // The top is always a mapping: readYaml checks that, and neither extended files nor settings change it. Only the compiler can't know.
  const known = typeof values === "object" && values !== null && !Array.isArray(values) ? (values as Written) : {};
  return seed?.kind === "scalar" && seed.value !== null ? { ...known, seed: seed.text } : known;
}

function reporter(tree: Tree, errors: ScenarioError[]): Report {
  return (path, message, offset = 0) => {
    const at = find(tree, path);
    const spot = spotOf(tree, path);
    // In a plain text on one line, the error can point to the exact word; in quotes, escapes would shift it.
    const shift = at?.kind === "scalar" && !at.quoted && !at.text.includes("\n") ? offset : 0;
    const where = showPath(path);
    errors.push({ ...spot, column: spot.column + shift, path: where, message: where === "" ? message : `${where}: ${message}` });
  };
}

/**
 * Fills in defaults and checks what the schema can't: whether the sections fit together. A section that the schema has
 * rejected counts as not written, and what depends on it is not checked, so that all other mistakes can be reported at once.
 */
function resolve(written: Written, name: string, report: Report): Scenario {
  const section = <Schema extends z.ZodType>(key: string, schema: Schema): z.output<Schema> | undefined => schema.safeParse(written[key]).data;
  const duration = section("duration", sections.duration);
  const preset = section("preset", sections.preset);
  const isPresetWrong = preset === undefined && written["preset"] !== undefined;
  const config = configOf(preset ?? "swimlab", section("config", sections.config) ?? {}, isPresetWrong ? silence : report);
  const members = section("members", sections.members);
  const cast = members === undefined ? undefined : castOf(members, config.metaLimit, report);
  // Each entry and each expectation is parsed separately, so that one mistake does not hide another.
  const entries = itemsOf(written["timeline"]).map((entry) => entrySchema.safeParse(entry).data);
  const timeline = timelineOf(entries, duration, { cast, config, duration }, report);
  const actions = entries.map((entry) => (entry === undefined ? undefined : actionName(entry)));
  const seeds = section("seeds", sections.seeds);
  return {
    name: section("name", sections.name) ?? name,
    about: section("about", sections.about) ?? "",
    seed: section("seed", sections.seed) ?? "1",
    ...repetitionOf(section("runs", sections.runs), section("until", sections.until) ?? undefined, report),
    // Undefined only if the schema has reported a mistake; then this scenario is thrown away.
    duration: duration ?? presets.swimlab.periodEvery,
    start: section("start", sections.start) ?? "warm",
    members: cast === undefined ? [] : withSeeds(cast, seeds, report),
    preset: preset ?? "swimlab",
    config,
    network: networkOf(section("network", sections.network) ?? {}, cast, report),
    timeline,
    expectations: itemsOf(written["expect"]).flatMap((line, index): Expectation | [] =>
      typeof line === "string" ? (expectationOf(line, ["expect", index], actions, report) ?? []) : []),
  };
}

/** Either a number of runs, or when to stop. */
function repetitionOf(runs: number | undefined, written: WrittenUntil | undefined, report: Report): Pick<Scenario, "runs" | "until"> {
  if (written === undefined) return { runs: runs ?? 1 };
  if (runs !== undefined) report(["until"], "runs and until contradict each other: write one of them");
  const until = untilOf(written);
  if (!("why" in until)) return { runs: until.max, until };
  report(["until", until.key], until.why.replace(/^until\.\w+: /, ""));
  return { runs: 1 };
}

const itemsOf = (written: Plain | undefined): readonly unknown[] => (Array.isArray(written) ? written : []);

/** The places, with the seeds marked: the members that the scenario names, or else the first member that is present. */
function withSeeds(cast: Cast, written: WrittenFilter | undefined, report: Report): readonly Place[] {
  const { places } = cast;
  const chosen = new Set(written === undefined ? [] : membersOf(filterOf(written, ["seeds"], cast, report), cast));
  const absent = [...chosen].find((number) => places[number]?.present === false);
  if (absent !== undefined) report(["seeds"], `${places[absent]?.name ?? ""} can't be a seed: newcomers join through seeds, and it is not present from the origin`);
  if (chosen.size === 0 && !places.some(({ seed }) => seed)) chosen.add(places.findIndex(({ present }) => present));
  return places.map((place, number) => (chosen.has(number) ? { ...place, seed: true } : place));
}

/** Where one mistake would only repeat another. */
const silence: Report = () => {};

/** A file's name without its folder and its extension. */
const nameOf = (file: string): string => file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/, "");
