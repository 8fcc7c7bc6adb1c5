/** Plays every run twice at the same time, here and in a worker, and finds the first step that differs. */

import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { assert } from "../../../engine/index.ts";
import type { RunResult, Scenario } from "../../index.ts";
import { BrokenRun } from "../bug.ts";
import { startWorker } from "../orders.ts";
import { isOutOfMemory, noMemory } from "../play/crew.ts";
import { type Answer, type Look, lookAt, type Played, playSide, type Question } from "./side.ts";

/** The first difference: a step (from 0), or if all steps are equal, the measured results. */
export type Difference =
  | { readonly kind: "step"; readonly run: number; readonly seed: string; readonly step: number; readonly here: Look; readonly there: Look }
  | { readonly kind: "result"; readonly run: number; readonly seed: string };

/** The results are those of this thread, up to the run that differs. */
export type Comparison = { readonly results: readonly RunResult[]; readonly difference: Difference | null };

/** Compares. Both sides get the same scenario, except in tests of what happens if they differ. */
export async function compare(here: Scenario, there: Scenario = here): Promise<Comparison> {
  const worker = startWorker({ kind: "check", scenario: there }, 1);
  const results: RunResult[] = [];
  try {
    for (let run = 0; run < here.runs; run++) {
      const answered = ask(worker, { kind: "play", run });
      // The answer may be rejected long before it is awaited.
      answered.catch(() => {});
      const ours = playSide(here, run);
      const theirs = await answered;
      assert(theirs.kind === "played", "a run for an answer");
      results.push(ours.result);
      const difference = await differenceOf(ours, theirs.played, here, worker);
      if (difference !== null) return { results, difference };
    }
    return { results, difference: null };
  } finally {
    await worker.terminate();
  }
}

async function differenceOf(ours: Played, theirs: Played, scenario: Scenario, worker: Worker): Promise<Difference | null> {
  const { run, seed } = ours.result;
  const step = firstDifference(ours.hashes, theirs.hashes);
  if (step === null) return JSON.stringify(ours.result) === JSON.stringify(theirs.result) ? null : { kind: "result", run, seed };
  const looked = await ask(worker, { kind: "look", run, step });
  assert(looked.kind === "looked", "a look for an answer");
  return { kind: "step", run, seed, step, here: lookAt(scenario, run, step), there: looked.look };
}

function firstDifference(ours: Int32Array, theirs: Int32Array): number | null {
  const common = Math.min(ours.length, theirs.length);
  for (let step = 0; step < common; step++) if (ours[step] !== theirs[step]) return step;
  return ours.length === theirs.length ? null : common;
}

/** Throws what the worker threw. */
async function ask(worker: Worker, question: Question): Promise<Answer> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
  worker.postMessage(question);
  try {
    const [answer]: [Answer] = await once(worker, "message") as [Answer]; // Messages from a thread are untyped.
    if (answer.kind === "broke") throw new BrokenRun(answer.run, answer.seed, answer.fault);
    return answer;
  } catch (fault) {
    throw isOutOfMemory(fault) ? noMemory() : fault;
  }
}
