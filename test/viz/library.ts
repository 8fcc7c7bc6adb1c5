/** A library as the worker has one, with questions answered in this thread. */

import { type AnswerTo, type Asked, type QuestionName, type Recording, type Says, type Told } from "../../viz/worker/protocol.ts";
import { answer, clerkOf } from "../../viz/worker/clerk.ts";
import { Library } from "../../viz/worker/library.ts";
import type { Edit, RunFacts } from "../../viz/model/run.ts";

export type Asking = <Name extends QuestionName>(name: Name, says: Says<Name>) => Promise<AnswerTo<Name>>;

/** A run, complete, and how to ask about it; its number is 1. */
export type Opened = { readonly ask: Asking; readonly facts: RunFacts; readonly told: readonly Told[] };

export async function playing(text: string, edits: readonly Edit[] = []): Promise<Opened> {
  return complete((ask) => ask("play", { run: 1, experiment: { file: "scenario.yaml", text, seed: null, run: 0, edits }, parent: null, forkedAt: null }));
}

export async function opening(...files: readonly Uint8Array[]): Promise<Opened> {
  return complete((ask) => ask("open", { run: 1, recordings: recordingsOf(files) }));
}

/** What the worker answers to files that it may not be able to read. */
export async function opens(...files: readonly Uint8Array[]): Promise<AnswerTo<"open">> {
  const library = new Library({ tell: () => {}, pause: () => new Promise((go) => { setImmediate(go); }), clock: () => 0 });
  return library.open({ run: 1, recordings: recordingsOf(files) });
}

const recordingsOf = (files: readonly Uint8Array[]): readonly Recording[] => files.map((bytes, n) => ({ name: `file${n}.trace`, blob: new Blob([bytes.slice()]) }));

/** Asks a library of its own, and waits until nothing more is to be told of the run. */
async function complete(begin: (ask: Asking) => Promise<AnswerTo<"open">>): Promise<Opened> {
  const told: Told[] = [];
  let finish: (facts: RunFacts) => void = () => {};
  const finished = new Promise<RunFacts>((resolve) => { finish = resolve; });
  const tell = (one: Told): void => {
    told.push(one);
    if (one.tell === "grew" && one.facts.isComplete) finish(one.facts);
  };
  const library = new Library({ tell, pause: () => new Promise((go) => { setImmediate(go); }), clock: () => 0 });
  const clerk = clerkOf(library);
  const ask: Asking = async (name, says) => (await answer(clerk, { id: 0, ask: name, says } as Asked)) as AnswerTo<typeof name>;
  const opened = await begin(ask);
  if (!opened.ok) throw new Error([...opened.whys, ...opened.mistakes.map(({ message }) => message)].join("\n"));
  return { ask, facts: await finished, told };
}
