/** What is exported: a recorded trace, or a run of a scenario that is played for it. */

import type { MemberId } from "../../../engine/index.ts";
import { type About, openTrace, type Recorder, retell } from "../../../trace/index.ts";
import { playRun } from "../../index.ts";
import { BrokenRun, faultOf } from "../bug.ts";
import { type Changes, readExperiment } from "../experiment.ts";
import { readBytes } from "../file.ts";
import { aboutRun } from "../play/one-run.ts";
import { exits, Stop } from "../stop.ts";
import { memberAmong, memberOf } from "../trace.ts";

export type Source = {
  /** A few words, for a title. */
  readonly title: string;
  readonly about: About;
  /** Do its lines say which members really run? */
  readonly hasTruth: boolean;
  readonly memberNamed: (name: string) => MemberId;
  /** Passes the whole run to a recorder. Returns what is missing, as a sentence, or null. */
  readonly tell: (recorder: Recorder) => string | null;
};

/** Options that apply only to a scenario. */
export type Choice = Omit<Changes, "runs"> & { readonly run?: number };

/** How every trace begins. */
const SIGNATURE = "swimlab";

/** Throws a Stop if the file is neither, or has mistakes. */
export function sourceOf(file: string, choice: Choice): Source {
  if (/\.ya?ml$/.test(file)) return playedSource(file, choice);
  const bytes = readBytes(file);
  if (Buffer.from(bytes.subarray(0, SIGNATURE.length)).toString("latin1") !== SIGNATURE) {
    throw new Stop(exits.badData, `${file} is neither a trace nor a scenario: --trace writes traces, and a scenario's name ends in .yaml`);
  }
  return tracedSource(file, bytes, choice);
}

/** `scenario=partition seed=1 run=0`, as far as known. */
const titleOf = (about: About): string =>
  ["scenario", "seed", "run", "members"].flatMap((name) => (about[name] === undefined ? [] : [`${name}=${about[name]}`])).join(" ") || "a run";

function tracedSource(file: string, bytes: Uint8Array, { seed, run, set }: Choice): Source {
  const given = seed !== undefined ? "--seed" : run !== undefined ? "--run" : set.length > 0 ? "--set" : null;
  if (given !== null) throw new Stop(exits.usage, `${given} works only with a scenario: ${file} is a recorded run`);
  const opened = openTrace(bytes);
  if (!opened.ok) throw new Stop(exits.badData, `${file}: ${opened.why}`);
  const { trace } = opened;
  const { about } = trace.header;
  return {
    title: titleOf(about),
    about,
    hasTruth: about["seed"] !== undefined && about["by"] !== "flight-recorder",
    memberNamed: (name) => memberOf(trace, name),
    tell: (recorder) => {
      const told = retell(trace, recorder);
      return told.ok ? trace.missing : told.why;
    },
  };
}

function playedSource(file: string, { run = 0, ...changes }: Choice): Source {
  const { scenario, hash, source } = readExperiment(file, changes);
  const about = aboutRun(scenario, { hash, source, run });
  const names = new Set<string>(scenario.members.map(({ name }) => name));
  return {
    title: titleOf(about),
    about,
    hasTruth: true,
    memberNamed: (name) => memberAmong(names, name, "this scenario"),
    tell: (recorder) => {
      try {
        playRun(scenario, run, recorder);
        return null;
      } catch (thrown) {
        const fault = faultOf(thrown);
        if (fault.isSystems) throw thrown;
        throw new BrokenRun(run, `${scenario.seed}/${run}`, fault);
      }
    },
  };
}
