/**
 * Plays a run to be profiled in a process of its own, under V8's inspector, and prints one line of JSON: `node --import tsx bench/profile/play.ts 'W(4096)' time FILE 1` plays
 * this many runs of it (by default all that it has) and writes the profile to FILE, with the lines of the sources instead of those of the executed code. `memory` instead of
 * `time` samples allocations.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { findSourceMap } from "node:module";
import { dirname } from "node:path";
import { playRun, type Scenario } from "../../sim/index.ts";
import { cpuMilliseconds } from "../calibration.ts";
import { workload } from "../workload.ts";
import { subjectOf } from "./subject.ts";
import { type CpuProfile, type Frame, type HeapNode, memoryOf, type Summary, summaryOf, timeOf } from "./summary.ts";

export type Profiled = { readonly summary: Summary; readonly runs: number; readonly events: number; readonly cpuSeconds: number };

/** Rounds before the profiled ones, so that the code is compiled. */
const WARM_UPS = 12;

/** Sampling of processor time: one sample a millisecond; of memory: one per 32 KiB on average. */
const TIME_BETWEEN = 1_000;
const BYTES_BETWEEN = 32_768;

const root = new URL("../../", import.meta.url).href;
const session = new Session();

/** Calls the inspector, which answers synchronously. Throws if it refuses. */
function ask<Answer>(method: string, parameters: object = {}): Answer {
  let answer: unknown;
  session.post(method, parameters, (fault, result) => {
    if (fault !== null) throw new Error(`${method}: ${fault.message}`);
    answer = result;
  });
  return answer as Answer; // The inspector's answers are untyped here.
}

/** The position in the source: executed code has all of a file in one line. */
function asWritten(frame: Frame): Frame {
  if (!frame.url.startsWith(root)) return frame;
  const entry = findSourceMap(frame.url)?.findEntry(frame.lineNumber, frame.columnNumber);
  const { originalLine: lineNumber, originalColumn: columnNumber } = { originalLine: -1, originalColumn: -1, ...entry };
  return { ...frame, lineNumber, columnNumber };
}

const heapAsWritten = (node: HeapNode): HeapNode => ({ ...node, callFrame: asWritten(node.callFrame), children: node.children.map(heapAsWritten) });

/** Profiles processor time. */
function profileTime(play: () => void, file: string): Summary {
  ask("Profiler.enable");
  ask("Profiler.setSamplingInterval", { interval: TIME_BETWEEN });
  ask("Profiler.start");
  play();
  const { profile } = ask<{ readonly profile: CpuProfile }>("Profiler.stop");
  const written = { ...profile, nodes: profile.nodes.map((node) => ({ ...node, callFrame: asWritten(node.callFrame) })) };
  writeFileSync(file, JSON.stringify(written));
  return summaryOf(timeOf(written), root);
}

/** Profiles allocations, including objects that were freed. */
function profileMemory(play: () => void, file: string): Summary {
  ask("HeapProfiler.enable");
  ask("HeapProfiler.startSampling", { samplingInterval: BYTES_BETWEEN, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
  play();
  const { profile } = ask<{ readonly profile: { readonly head: HeapNode } }>("HeapProfiler.stopSampling");
  const head = heapAsWritten(profile.head);
  writeFileSync(file, JSON.stringify({ ...profile, head }));
  return summaryOf(memoryOf(head), root);
}

function main(scenario: Scenario, what: string, file: string, runs: number): Profiled {
  for (let i = 0; i < WARM_UPS; i++) playRun(workload({ members: 512, protocol: i % 2 === 0 ? "plain" : "swimlab" }), 0);
  mkdirSync(dirname(file), { recursive: true });
  session.connect();
  let [events, cpuSeconds] = [0, 0];
  const play = (): void => void (cpuSeconds = cpuMilliseconds(() => {
    for (let run = 0; run < runs; run++) events += playRun(scenario, run).events;
  }) / 1000);
  const summary = what === "memory" ? profileMemory(play, file) : profileTime(play, file);
  return { summary, runs, events, cpuSeconds };
}

const [name = "", what = "time", file = "", runs] = process.argv.slice(2);
const scenario = subjectOf(name);
process.stdout.write(`${JSON.stringify(main(scenario, what, file, runs === undefined ? scenario.runs : Number(runs)))}\n`);
