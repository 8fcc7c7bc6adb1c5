/** Plays runs of cells, in any thread: compiles the scenario of a cell once. */

import { compileScenario, type Scenario } from "../../scenario/index.ts";
import { rowOf } from "../../lab/row.ts";
import type { Row } from "../../lab/model.ts";
import { playRun } from "../../run.ts";
import { BrokenRun, faultOf } from "../bug.ts";

/** A run to be played: its cell, and how its scenario differs from the base. `seed` overrides all else. */
export type Job = { readonly cell: number; readonly repetition: number; readonly settings: readonly string[]; readonly seed: string };

/** How many compiled scenarios are kept. */
const KEPT = 256;

/** Plays jobs of a base scenario, given as YAML. A mistake of ours is thrown as a BrokenRun. */
export function playerOf(source: string): (job: Job) => Row {
  const ready = new Map<string, Scenario>();
  return ({ cell, repetition, settings, seed }) => {
    try {
      const key = [...settings, `seed=${JSON.stringify(seed)}`].join("\n");
      let scenario = ready.get(key);
      if (scenario === undefined) {
        scenario = made(source, key.split("\n"));
        if (ready.size >= KEPT) ready.delete(ready.keys().next().value ?? "");
        ready.set(key, scenario);
      }
      return rowOf(cell, playRun(scenario, repetition));
    } catch (thrown) {
      throw new BrokenRun(repetition, `${seed}/${repetition}: ${settings.join(" ")}`, faultOf(thrown));
    }
  };
}

function made(source: string, settings: readonly string[]): Scenario {
  const compiled = compileScenario(source, { file: "base", settings });
  if (compiled.ok) return compiled.scenario;
  throw new RangeError(`a cell that made a scenario makes none any more: ${compiled.errors[0]?.message ?? ""}`);
}
