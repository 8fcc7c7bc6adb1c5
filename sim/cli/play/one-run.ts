/** One run, as any thread plays it: written down and watched, if that is wanted. */

import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type About, TraceWriter } from "../../../trace/index.ts";
import { playRun, type Recorder, type RunResult, type Scenario } from "../../index.ts";
import { BrokenRun, faultOf } from "../bug.ts";
import { exits, Stop, whyNot } from "../stop.ts";

/** What all players of an experiment are told. */
export type Task = {
  readonly scenario: Scenario;
  readonly hash: string;
  /** YAML that makes this very scenario: written into traces, so that whoever opens one can play it again, with changes. */
  readonly source: string;
  /** The folder for traces; null if nobody wants any. */
  readonly traces: string | null;
  /** Does somebody watch the progress? */
  readonly isWatched: boolean;
};

/** What a run's trace is called. */
export const traceName = (run: number): string => `run${run}.trace`;

/** Plays a run. Throws a Stop if its trace can't be written, and a BrokenRun for any mistake of ours. */
export function playOne({ scenario, hash, source, traces, isWatched }: Task, run: number, reach: (share: number) => void): RunResult {
  const path = traces === null ? null : join(traces, traceName(run));
  try {
    const watcher = isWatched ? watch(scenario.duration, reach) : null;
    if (path === null) return playRun(scenario, run, watcher ?? {});
    return written(path, aboutRun(scenario, { hash, source, run }), (writer) => playRun(scenario, run, watcher === null ? writer : both(writer, watcher)));
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault.isSystems) throw new Stop(exits.noOutput, `${path ?? "the trace"} can't be written: ${whyNot(thrown)}`);
    throw new BrokenRun(run, `${scenario.seed}/${run}`, fault);
  }
}

/** What is remembered of a run. */
export function aboutRun({ name, seed }: Scenario, rest: { readonly hash: string; readonly source: string; readonly run: number }): About {
  return { madeBy: "swimlab", scenario: name, seed, ...rest };
}

function written(path: string, about: About, play: (writer: TraceWriter) => RunResult): RunResult {
  const file = openSync(path, "w");
  try {
    const writer = new TraceWriter((bytes) => writeFileSync(file, bytes), about);
    const result = play(writer);
    writer.end();
    return result;
  } finally {
    closeSync(file);
  }
}

/** So many steps between two looks at the clock. */
const STRIDE = 4_096;

/** Tells how far a run has come, now and then. */
function watch(duration: number, reach: (share: number) => void): Recorder {
  let steps = 0;
  return {
    stepped: (at) => {
      if (++steps % STRIDE === 0) reach(at / duration);
    },
  };
}

const both = (writer: TraceWriter, watcher: Recorder): Recorder => ({
  born: (at, who, state) => writer.born(at, who, state),
  stepped: (at, who, event, effects, state) => {
    writer.stepped(at, who, event, effects, state);
    watcher.stepped?.(at, who, event, effects, state);
  },
  disrupted: (at, kind, members, rift) => writer.disrupted(at, kind, members, rift),
});
