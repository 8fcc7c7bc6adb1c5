/** Reads an experiment: a scenario's file, and the options that change it. */

import { existsSync } from "node:fs";
import { type Compiled, compileScenario, describeError, isSeed, LONGEST_SEED, scenarioHash, type Scenario } from "../scenario/index.ts";
import { isWorld, LONGEST_WORLD } from "../swarm/draw.ts";
import { nearScenario, readScenarioText } from "./file.ts";
import { otherKind } from "./other-kind.ts";
import { exits, Stop } from "./stop.ts";

/** The changes from the command line. */
export type Changes = {
  readonly seed?: string;
  readonly runs?: number;
  readonly set: readonly string[];
};

/** A fully resolved scenario, and where it came from. */
export type Experiment = {
  /** As the user named it. */
  readonly file: string;
  readonly scenario: Scenario;
  /** The hash of the experiment, which does not depend on the seed and the number of runs. */
  readonly hash: string;
  /** YAML of exactly this scenario, without other files and options. */
  readonly source: string;
};

/** Reads and compiles. Throws a Stop that lists all mistakes, one a line, with their places. */
export function readExperiment(file: string, { seed, runs, set }: Changes): Experiment {
  if (seed !== undefined) refuseNoSeed(seed);
  // A JSON string is valid YAML in double quotes: a seed of digits stays a text.
  const settings = [...set, ...(seed === undefined ? [] : [`seed=${JSON.stringify(seed)}`]), ...(runs === undefined ? [] : [`runs=${runs}`])];
  const text = readScenarioText(file);
  const compile = (...more: readonly string[]): Compiled => compileScenario(text, { file, read: readScenarioText, settings: [...settings, ...more] });
  const asGiven = compile();
  // An explicit number of runs overrides the scenario's `until`.
  const compiled = runs !== undefined && !asGiven.ok ? (compile("until=null").ok ? compile("until=null") : asGiven) : asGiven;
  if (!compiled.ok) throw new Stop(exits.badData, [...compiled.errors.map(describeError), ...otherKind(file, text, "")].join("\n"));
  const { scenario, source } = compiled;
  return { file, scenario, hash: scenarioHash(scenario), source };
}

/** Throws a Stop if this is no seed, or longer than this many characters. */
export function refuseNoSeed(seed: string, longest = LONGEST_SEED): void {
  if (!isSeed(seed) || seed.length > longest) throw new Stop(exits.usage, `--seed must be a word or a number of at most ${longest} characters on one line`);
}

/** The same for callers that need to know the number of runs in advance, and can't use `until`. `who`: the name of the caller. */
export function readCounted(file: string, changes: Changes, who: string): Experiment {
  const experiment = readExperiment(file, changes);
  const { until } = experiment.scenario;
  if (until !== undefined) throw new Stop(exits.usage, `${file} is repeated until ${until.metric} is known precisely, for which ${who} can't wait: give a number of runs with --runs`);
  return experiment;
}

/** Is this the path of a file, rather than a seed of the swarm? True for existing files, and for names with a scenario's extension. */
export const isFile = (what: string): boolean => /\.ya?ml$/.test(what) || existsSync(what);

/** The numbers of worlds that the swarm appends to its seed. */
const NUMBERED = /\/\d+(?:\/small)?$/;

/** A seed of the swarm draws its whole world: nothing can be set. Throws a Stop, also if there is no such world. */
export function refuseSettings(seed: string, set: readonly string[]): void {
  const neither = `${JSON.stringify(seed)} is neither a scenario's file nor a seed of the swarm, such as 1/4711`;
  if (!isWorld(seed)) throw new Stop(exits.usage, `${neither}: write one of at most ${LONGEST_WORLD} characters on one line`);
  const near = nearScenario(seed);
  if (!NUMBERED.test(seed)) throw new Stop(exits.usage, `${neither}${near === undefined ? "" : `: did you mean ${near}?`}`);
  if (set.length > 0) throw new Stop(exits.usage, `--set works only with a scenario: ${seed} is a seed of the swarm`);
}
