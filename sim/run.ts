/** One run of a scenario: a pure function of (scenario, run). */

import type { OracleResult, RunResult } from "./measure/result.ts";
import { inSeconds } from "./measure/seconds.ts";
import { type Finding, type Oracle, oracleOf, playJudged } from "./oracle/index.ts";
import type { Scenario } from "./scenario/model.ts";
import type { Recorder } from "../trace/index.ts";
import { World } from "./world/world.ts";

/**
 * Plays run number `run` (from 0) from the origin to the end. The result is the same to the bit on every machine, in Node, in a worker and in a
 * browser. The oracles that the scenario's expectations name watch the run.
 */
export function playRun(scenario: Scenario, run: number, recorder?: Recorder): RunResult {
  const named = oraclesNamed(scenario);
  if (named.length === 0) return new World(scenario, run, recorder).play();
  const { result, findings } = playJudged(scenario, run, named, recorder === undefined ? {} : { recorder });
  return { ...result, oracles: Object.fromEntries([...findings].map(([name, finding]) => [name, resultOf(finding)])) };
}

function oraclesNamed({ expectations }: Scenario): readonly Oracle[] {
  const names = new Set(expectations.flatMap(({ path: [first, name] }) => (first === "oracles" ? [String(name)] : [])));
  return [...names].flatMap((name) => oracleOf(name) ?? []);
}

const resultOf = ({ tested, breach }: Finding): OracleResult =>
  ({ tested, breach: breach === null ? null : { at: inSeconds(breach.at), member: breach.who, why: breach.why } });
