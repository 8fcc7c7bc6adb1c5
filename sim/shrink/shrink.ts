/** Shrinking: from a scenario that violates an oracle to the smallest one that does. */

import type { step } from "../../engine/index.ts";
import { oracleOf, type Breach } from "../oracle/index.ts";
import { compileScenario, readLength, showLength, type Scenario } from "../scenario/index.ts";
import { scenarioText, type Written, type WrittenValue } from "../scenario/write.ts";
import { playWorld } from "../swarm/play.ts";
import { micros } from "../../engine/index.ts";
import { isList, isMapping, linesOf, oneByOne, renamed, rewrittenLines } from "./cast.ts";
import { lesser, shorterRecords, withLine, writtenOut } from "./lessen.ts";
import { milder } from "./milder.ts";
import { minimise } from "./minimise.ts";

/** What fails: the scenario as written, the oracle that it violates, and in which run. */
export type Failing = { readonly written: Written; readonly oracle: string; readonly run: number };

export type Shrunk = {
  readonly written: Written;
  readonly run: number;
  readonly breach: Breach;
  /** How many scenarios were played. */
  readonly attempts: number;
};

export type ShrinkManner = {
  /** Called before each attempt: the caller watches the time. */
  readonly isTimeUp?: () => boolean;
  readonly rule?: typeof step;
};

type Trial = { written: Written; run: number; breach: Breach };

/** Shrinks for as long as anything can be removed. Undefined if the scenario does not fail to begin with. */
export function shrink({ written, oracle, run }: Failing, { isTimeUp = () => false, rule }: ShrinkManner = {}): Shrunk | undefined {
  let attempts = 0;
  const watched = oracleOf(oracle);
  if (watched === undefined) return undefined;
  const breachOf = (candidate: Written, inRun: number): Breach | null => {
    const compiled = compileScenario(scenarioText(candidate), { file: "shrunk.yaml" });
    if (!compiled.ok || inRun >= compiled.scenario.runs) return null;
    attempts++;
    return playWorld(compiled.scenario, { watched: [watched], run: inRun, toTheEnd: candidate["duration"] !== LONGEST, ...(rule === undefined ? {} : { rule }) }).broken;
  };
  const first = breachOf(written, run);
  if (first === null) return undefined;
  const best: Trial = { written, run, breach: first };
  const take = (candidate: Written, inRun = best.run): boolean => {
    const breach = breachOf(candidate, inRun);
    if (breach === null) return false;
    Object.assign(best, { written: candidate, run: inRun, breach });
    return true;
  };
  // A smaller group may have a later bound, so the run gets a long duration until all else is done; it ends anyway as soon as nothing is awaited.
  take({ ...written, duration: LONGEST });
  const scenario = scenarioOf(best.written);
  const lineByLine = scenario === undefined ? undefined : writtenOut(best.written, scenario, best.run);
  if (lineByLine !== undefined) take(lineByLine);
  for (let size = Infinity; sizeOf(best.written) < size && !isTimeUp(); ) {
    size = sizeOf(best.written);
    for (const pass of passes) pass(best, take, isTimeUp);
  }
  endSoon(best, take, () => false);
  return { ...best, attempts };
}

type Pass = (best: Trial, take: (candidate: Written, inRun?: number) => boolean, isTimeUp: () => boolean) => void;

/** Not longer than most configurations remember the dead. */
const LONGEST = "20h";

/** How much there is to read. */
const sizeOf = (written: Written): number => scenarioText(written).length;

const without = (written: Written, key: string): Written => Object.fromEntries(Object.entries(written).filter(([name]) => name !== key));

/** Ends the run soon after the violation. */
const endSoon: Pass = (best, take) => {
  const duration = showLength(micros(Math.ceil(best.breach.at / 1e6 + 2) * 1e6));
  if (duration !== best.written["duration"]) take({ ...best.written, duration });
};

const fewerLines: Pass = (best, take, isTimeUp) => {
  minimise(linesOf(best.written), (timeline) => take({ ...best.written, timeline }), isTimeUp);
};

/** Makes members absent that are not needed; then renames the others, which changes the randomness: so several seeds are tried. */
const fewerMembers: Pass = (best, take, isTimeUp) => {
  const scenario = scenarioOf(best.written);
  if (scenario === undefined) return;
  const names = scenario.members.flatMap(({ name, present, seed }) => (present && !seed ? [name] : []));
  const away = (kept: readonly string[]): ReadonlySet<string> => new Set(names.filter((name) => !kept.includes(name)));
  const written = best.written;
  const needed = minimise(names, (kept) => {
    const absent = away(kept);
    return take({ ...written, members: oneByOne(scenario, absent), ...rewrittenLines(written, (name) => (absent.has(name) ? null : name)) });
  }, isTimeUp);
  const unneeded = away(needed);
  const late = scenario.members.flatMap(({ name, present }) => (!present && !JSON.stringify(linesOf(best.written)).includes(`"${name}"`) ? [name] : []));
  const gone = new Set([...unneeded, ...late]);
  if (gone.size === 0 && typeof written["members"] === "number") return;
  for (const naming of ["anew", "as before"] as const) {
    const short = without(renamed(best.written, scenario, gone, naming), "runs");
    for (let chance = 0; chance < RESEEDS && !isTimeUp(); chance++) if (take(chance === 0 ? short : { ...short, seed: String(chance) }, 0)) return;
  }
};

/** How many other seeds to try where a removal changes all randomness. */
const RESEEDS = 30;

/** Removes names within each line, one list at a time. */
const fewerNames: Pass = (best, take, isTimeUp) => {
  linesOf(best.written).forEach((_, place) => {
    for (const path of listsIn(linesOf(best.written)[place])) {
      const line = linesOf(best.written)[place];
      const names = at(line, path);
      if (line === undefined || !isList(names)) continue;
      minimise(names, (kept) => take(withLine(best.written, place, put(line, path, kept.length === 1 ? kept[0]! : kept))), isTimeUp, 1);
    }
  });
};

/** Removes sections and keys, so that defaults apply: the preset's configuration, the default preset, a lossless network. */
const plainer: Pass = (best, attempt, isTimeUp) => {
  const take = (candidate: Written): boolean => !isTimeUp() && attempt(candidate);
  for (const section of ["config", "network"]) {
    const given = best.written[section];
    if (!isMapping(given)) continue;
    if (take(without(best.written, section))) continue;
    for (const key of Object.keys(given)) {
      const rest = best.written[section];
      if (isMapping(rest)) take({ ...best.written, [section]: without(rest, key) });
    }
  }
  for (const key of ["preset", "start", "seeds", "expect", "about", "name"]) if (best.written[key] !== undefined) take(without(best.written, key));
};

/** Removes optional keys of each line. */
const plainerLines: Pass = (best, attempt, isTimeUp) => {
  const take = (candidate: Written): boolean => !isTimeUp() && attempt(candidate);
  linesOf(best.written).forEach((_, place) => {
    for (const key of ["address", "incarnation", "bothWays", "flap", "for", "every", "until", "times", "again", "cascade", "view"]) {
      const line = linesOf(best.written)[place];
      if (line?.[key] === undefined) continue;
      if (key === "every") take(withLine(best.written, place, without(without(without(line, "every"), "until"), "times")));
      else take(withLine(best.written, place, without(line, key)));
    }
  });
};

/** Moves everything earlier, and makes it shorter: to a quarter, half or three quarters, in whole seconds. */
const sooner: Pass = (best, attempt, isTimeUp) => {
  const take = (candidate: Written): boolean => !isTimeUp() && attempt(candidate);
  linesOf(best.written).forEach((_, place) => {
    for (const key of ["at", "for", "until"]) {
      for (const share of [0.25, 0.5, 0.75]) {
        const line = linesOf(best.written)[place];
        const length = readLength(line?.[key]);
        if (line === undefined || !length.ok || length.value < 2e6) break;
        const shorter = showLength(micros(Math.max(1, Math.round((length.value * share) / 1e6)) * 1e6));
        if (shorter !== line[key] && take(withLine(best.written, place, { ...line, [key]: shorter }))) break;
      }
    }
  });
};

/** Shortens recorded churn, and weakens faults of machines. */
const gentler: Pass = (best, attempt, isTimeUp) => {
  const take = (candidate: Written): boolean => !isTimeUp() && attempt(candidate);
  shorterRecords(() => best.written, take, isTimeUp);
  linesOf(best.written).forEach((_, place) => {
    for (let isLess = true; isLess;) isLess = lesser(linesOf(best.written)[place] ?? {}).some((line) => take(withLine(best.written, place, line)));
  });
};

/** Removes or weakens network faults one at a time; after each success, tries all the remaining ones again. */
const milderFaults: Pass = (best, take, isTimeUp) => {
  for (let isMilder = true; isMilder && !isTimeUp(); ) isMilder = milder(best.written).some((candidate) => !isTimeUp() && take(candidate));
};

const passes: readonly Pass[] = [fewerLines, fewerMembers, plainer, fewerNames, plainerLines, milderFaults, sooner, gentler];

function scenarioOf(written: Written): Scenario | undefined {
  const compiled = compileScenario(scenarioText(written), { file: "shrunk.yaml" });
  return compiled.ok ? compiled.scenario : undefined;
}

type Path = readonly (string | number)[];

/** The paths of lists with more than one name in a line. */
function listsIn(value: WrittenValue | undefined, path: Path = []): readonly Path[] {
  if (isList(value)) {
    if (value.length > 1 && value.every((item) => typeof item === "string" && item !== "rest")) return [path];
    return value.flatMap((item, place) => listsIn(item, [...path, place]));
  }
  return isMapping(value) ? Object.entries(value).flatMap(([key, item]) => (key === "uniform" ? [] : listsIn(item, [...path, key]))) : [];
}

const at = (value: WrittenValue | undefined, path: Path): WrittenValue | undefined =>
  path.reduce<WrittenValue | undefined>((inner, key) => (isList(inner) ? inner[Number(key)] : isMapping(inner) ? inner[String(key)] : undefined), value);

/** A copy with another value at this path. */
function put(value: WrittenValue, [key, ...rest]: Path, item: WrittenValue): WrittenValue {
  if (key === undefined) return item;
  if (isList(value)) return value.map((inner, place) => (place === key ? put(inner, rest, item) : inner));
  return isMapping(value) ? { ...value, [String(key)]: put(value[String(key)] ?? null, rest, item) } : value;
}
