/** Plays one run, in any thread; records and watches it if wanted. */

import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type About, TraceWriter } from "../../../trace/index.ts";
import { playRun, type Recorder, type RunResult, type Scenario } from "../../index.ts";
import { BrokenRun, faultOf } from "../bug.ts";
import { exits, Stop, whyNot } from "../stop.ts";

/** The orders for all players of an experiment. */
export type Task = {
  readonly scenario: Scenario;
  readonly hash: string;
  /** Self-contained YAML of this scenario: written into traces, so that they can be played again, with changes. */
  readonly source: string;
  /** The folder for traces; null for none. */
  readonly traces: string | null;
  /** Is the progress shown? */
  readonly isWatched: boolean;
};

/** The file name of a run's trace. */
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

/** The description of a run in its trace. */
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

/** Steps between two calls of `reach`. */
const STRIDE = 4_096;

/** Reports the progress of a run now and then. */
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
