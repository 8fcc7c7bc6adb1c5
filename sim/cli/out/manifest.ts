/** The manifest of written results: what was played, with what, when and where, so that it can be played again. */

import { readFileSync } from "node:fs";
import { arch, platform, release } from "node:os";
import { commandLine } from "../bug.ts";
import type { Experiment } from "../experiment.ts";
import { version } from "../version.ts";

/** Known before the first run. */
export type Occasion = {
  readonly experiment: Experiment;
  readonly jobs: number;
  /** The command line: how the program was started, and its arguments. */
  readonly program: string;
  readonly args: readonly string[];
  readonly startedAt: string;
};

/** Known after the last. */
export type Ending = { readonly endedAt: string; readonly finished: number };

/** Marks our results. A folder whose manifest lacks it is never overwritten. */
const MADE_BY = "swimlab";

/** As JSON. Without an ending it says that the results are unfinished. */
export function manifestOf({ experiment, jobs, program, args, startedAt }: Occasion, ending: Ending | null): string {
  const { file, scenario, hash, source } = experiment;
  const { seed, runs, ...rest } = scenario;
  const manifest = {
    madeBy: MADE_BY,
    version: version(),
    command: commandLine(args, program),
    startedAt,
    endedAt: ending?.endedAt ?? null,
    runs: { asked: runs, finished: ending?.finished ?? 0 },
    jobs,
    seed,
    // Run i, from 0, has the seed `seed/i`; the table of runs lists them all.
    seeds: { first: `${seed}/0`, last: `${seed}/${runs - 1}` },
    scenario: { file, hash, source, resolved: rest },
    node: process.version,
    platform: `${platform()} ${release()} ${arch()}`,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Is this a manifest of ours, of any version? */
export function isManifest(path: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof manifest === "object" && manifest !== null && "madeBy" in manifest && manifest.madeBy === MADE_BY;
  } catch {
    // Missing, or not JSON: not ours.
    return false;
  }
}
