/**
 * Plays what is to be profiled in a process of its own, under V8's inspector, and prints one line of JSON: `node --import tsx bench/profile/play.ts 'W(4096)' time FILE 1` plays
 * so many runs of it (all that it has, without a number) and writes the profile to FILE, with the lines of the sources instead of those of what is executed. `memory` instead of
 * `time` samples what is allocated.
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

/** Rounds before what is profiled, so that the compiler has seen everything. */
const WARM_UPS = 12;

/** Of the processor's time, a sample a millisecond; of memory, one of 32 KiB on average. */
const TIME_BETWEEN = 1_000;
const BYTES_BETWEEN = 32_768;

const root = new URL("../../", import.meta.url).href;
const session = new Session();

/** Asks the inspector, which answers at once. Throws if it refuses. */
function ask<Answer>(method: string, parameters: object = {}): Answer {
  let answer: unknown;
  session.post(method, parameters, (fault, result) => {
    if (fault !== null) throw new Error(`${method}: ${fault.message}`);
    answer = result;
  });
  return answer as Answer; // What the inspector hands back has no type of its own here.
}

/** As it stands in the source: what is executed has all of a file in one line. */
function asWritten(frame: Frame): Frame {
  if (!frame.url.startsWith(root)) return frame;
  const entry = findSourceMap(frame.url)?.findEntry(frame.lineNumber, frame.columnNumber);
  const { originalLine: lineNumber, originalColumn: columnNumber } = { originalLine: -1, originalColumn: -1, ...entry };
  return { ...frame, lineNumber, columnNumber };
}

const heapAsWritten = (node: HeapNode): HeapNode => ({ ...node, callFrame: asWritten(node.callFrame), children: node.children.map(heapAsWritten) });

/** The processor's time. */
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

/** What is allocated, whatever became of it. */
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
