/** Opens files and plays scenarios: asks the worker, and dispatches the result to the page. */

import type { Instant } from "../../engine/index.ts";
import type { Experiment, RunId } from "../model/run.ts";
import type { Opened, Recording } from "../worker/protocol.ts";
import type { Desk } from "./desk.ts";

let last: RunId = 0;

/** Plays an experiment and shows it. Returns the run's number, or null if the scenario is wrong. */
export async function play(desk: Desk, experiment: Experiment, fork: { readonly parent: RunId; readonly at: Instant } | null = null): Promise<RunId | null> {
  const run = ++last;
  const { openings } = desk.page();
  const opened = await desk.ask("play", { run, experiment, parent: fork?.parent ?? null, forkedAt: fork?.at ?? null });
  return enter(desk, run, opened, openings);
}

/** Opens recordings as one run and shows it. */
export async function open(desk: Desk, recordings: readonly Recording[]): Promise<RunId | null> {
  const run = ++last;
  const { openings } = desk.page();
  return enter(desk, run, await desk.ask("open", { run, recordings }), openings);
}

/** Shows the run. Closes the overlay that was open when it was requested; one that was opened since stays. */
function enter(desk: Desk, run: RunId, opened: Opened, openings: number): RunId | null {
  if (!opened.ok) {
    const mistakes = opened.mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
    desk.dispatch({ kind: "noticed", notice: { kind: "error", text: [...opened.whys, ...mistakes].join("\n") } });
    return null;
  }
  const { facts } = opened;
  // A notice came before the answer, and the user closed the run at once.
  if (desk.page().closed.includes(run)) return null;
  if (!desk.page().runs.some(({ id }) => id === run)) desk.dispatch({ kind: "run-grew", facts, work: facts.isComplete ? null : { doing: "reading", share: 0 } });
  if (facts.missing !== null) desk.dispatch({ kind: "noticed", notice: { kind: "warning", text: `${facts.name}: ${facts.missing}` } });
  desk.dispatch({ kind: "run-shown", run });
  if (desk.page().openings === openings) desk.dispatch({ kind: "overlaid", overlay: "none" });
  return run;
}
