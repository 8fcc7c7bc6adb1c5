/** Recordings in which nothing is, or nothing that can be read: refused with a sentence, and nobody waits for what does not come. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openTrace } from "../../trace/index.ts";
import { Library } from "../../viz/worker/library.ts";
import { recorded } from "../trace/recording.ts";
import { flown, toldOf } from "../trace/flight/recordings.ts";
import { crashing } from "../trace/scenarios.ts";

const scenario = crashing(4, 5);
const trace = recorded(scenario);
const flight = flown(toldOf(["m00"], scenario).get("m00") ?? []);

/** Up to where the first chunk begins. */
function headOf(bytes: Uint8Array): Uint8Array {
  const opened = openTrace(bytes);
  if (!opened.ok) throw new Error(opened.why);
  return bytes.slice(0, opened.trace.chunks[0]?.offset);
}

/** With its first chunk struck in the middle: it can be found, and not unpacked. */
const struck = trace.slice();
struck.fill(0, headOf(trace).length + 40, trace.length);

const turn = (): Promise<void> => new Promise((go) => { setImmediate(go); });

/** A library, and whether it rests: in so many turns it did not once wait for its own to go on. */
function watched(paused: (library: Library) => void = () => {}): { readonly library: Library; readonly isAtRest: () => Promise<boolean> } {
  let [waits, now] = [0, 0];
  // Each look at the clock takes so long that it pauses as soon as it may.
  const library: Library = new Library({ tell: () => {}, pause: () => { waits++; paused(library); return turn(); }, clock: () => (now += 100) });
  const isStill = async (): Promise<boolean> => { const before = waits; for (let n = 0; n < 20; n++) await turn(); return waits === before; };
  // What was under way when the answer came may come to its end first.
  return { library, isAtRest: async () => (await isStill()) || isStill() };
}

async function opened(...files: readonly Uint8Array[]): Promise<{ readonly answer: unknown; readonly isAtRest: boolean }> {
  const { library, isAtRest } = watched();
  const answer = await library.open({ run: 1, recordings: files.map((bytes, n) => ({ name: `file${n}.trace`, blob: new Blob([bytes.slice()]) })) });
  return { answer, isAtRest: await isAtRest() };
}

const stopped = "it ends without an index, as when its writer is stopped: no line was recovered";

test.for([
  ["a trace of a head alone", [headOf(trace)], [`file0.trace: ${stopped}`]],
  ["a flight of a head alone", [headOf(flight)], [`file0.trace: ${stopped}`]],
  ["two of them", [headOf(flight), headOf(flight)], [`file0.trace, file1.trace: ${stopped}`]],
] as const)("%s is refused, and the worker rests", async ([, files, whys]) => {
  expect(await opened(...files)).toEqual({ answer: { ok: false, whys, mistakes: [] }, isAtRest: true });
});

test("a trace that is damaged from the first chunk on is refused as well, and the worker rests", async () => {
  const { answer, isAtRest } = await opened(struck);
  expect(answer).toMatchObject({ ok: false });
  expect(isAtRest).toBe(true);
});

test("a run that is closed before there is anything to see keeps nobody waiting", async () => {
  const { library, isAtRest } = watched((one) => one.close(1));
  await library.play({ run: 1, experiment: { file: "tiny.yaml", text: "name: tiny\nduration: 60s\nmembers: 8\n", seed: null, run: 0, edits: [] }, parent: null, forkedAt: null });
  expect(await isAtRest()).toBe(true);
});

test("what is missing of a file that was cut off is said once", async () => {
  const { answer } = await opened(readFileSync("test/golden/sample-v6.trace").subarray(0, 20_000));
  const missing = (answer as { readonly facts: { readonly missing: string } }).facts.missing;
  expect(missing.split("are not a whole chunk").length, missing).toBe(2);
});
