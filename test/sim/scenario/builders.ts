/** Scenarios for tests, and what is wrong with them. No logic but the calls. */

import { compileScenario, describeError, type Scenario } from "../../../sim/scenario/index.ts";

/** Lines 1 and 2 of many a text. */
export const base = "duration: 1m\nmembers: 64\n";

/** What the user reads, without the name of the file. */
export function errorsIn(text: string, settings: readonly string[] = []): readonly string[] {
  const compiled = compileScenario(text, { file: "x.yaml", settings });
  return compiled.ok ? [] : compiled.errors.map((error) => describeError(error).replace(/^x\.yaml:/, ""));
}

/** A scenario that is right. */
export function scenarioOf(text: string, settings: readonly string[] = []): Scenario {
  const compiled = compileScenario(text, { file: "x.yaml", settings });
  if (!compiled.ok) throw new Error(compiled.errors.map(describeError).join("\n"));
  return compiled.scenario;
}
