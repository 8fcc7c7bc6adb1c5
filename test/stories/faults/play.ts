/** Small worlds told in the scenario language, and what comes out of a run. No logic but the calls. */

import type { Effect, Event, Instant, State } from "../../../engine/index.ts";
import type { Recorder } from "../../../trace/index.ts";
import type { RunResult, Scenario } from "../../../sim/index.ts";
import { playRun } from "../../../sim/run.ts";
import { compileScenario, describeError } from "../../../sim/scenario/index.ts";

/** The scenario that a text is; `files` are those that it names. */
export function scenarioOf(text: string, settings: readonly string[] = [], files: Readonly<Record<string, string>> = {}): Scenario {
  const compiled = compileScenario(text, { file: "story.yaml", settings, read: (path) => files[path] ?? missing(path) });
  if (!compiled.ok) throw new Error(compiled.errors.map(describeError).join("\n"));
  return compiled.scenario;
}

function missing(path: string): never {
  throw new Error(`there is no ${path}`);
}

export type Seen = { readonly at: Instant; readonly who: string; readonly event: Event; readonly effects: readonly Effect[]; readonly state: State };
export type Struck = { readonly second: number; readonly kind: string; readonly members: readonly string[] };
export type Told = { readonly result: RunResult; readonly steps: readonly Seen[]; readonly struck: readonly Struck[] };

/** A run of it, whole. */
export function tellRun(scenario: Scenario, run = 0): Told {
  const steps: Seen[] = [];
  const struck: Struck[] = [];
  const recorder: Recorder = {
    stepped: (at, who, event, effects, state) => void steps.push({ at, who, event, effects, state }),
    disrupted: (at, kind, members) => void struck.push({ second: at / 1e6, kind, members }),
  };
  return { result: playRun(scenario, run, recorder), steps, struck };
}

/** How many probes a member began: pings of its own. */
export const probesBy = ({ steps }: Told, who: string): number =>
  steps.filter((step) => step.who === who && step.event.kind === "woke").flatMap(({ effects }) => effects).filter((effect) => effect.kind === "send" && effect.message.kind === "ping").length;
