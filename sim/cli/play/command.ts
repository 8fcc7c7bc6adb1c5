/** Plays a scenario, from its file to its report. */

import { summarise, type Summary } from "../../measure/summary.ts";
import { exitCode } from "../../measure/verdict.ts";
import type { RunResult } from "../../index.ts";
import { type Changes, type Experiment, readExperiment } from "../experiment.ts";
import { usualJobs } from "../orders.ts";
import { ResultFolder } from "../out/folder.ts";
import { manifestOf, type Occasion } from "../out/manifest.ts";
import { resultFiles } from "../out/files.ts";
import { pageOf } from "../page/load.ts";
import { type Cost, documentOf, renderReport } from "../report/index.ts";
import { exits, Stop } from "../stop.ts";
import type { NamedTerminal } from "../typed.ts";
import { Board } from "./board.ts";
import { playHere, playInWorkers } from "./crew.ts";
import { onInterrupt } from "./interrupt.ts";
import { playOne } from "./one-run.ts";
import { Precision } from "./precision.ts";
import { type Progress, progressFor } from "./progress.ts";

export type PlayOptions = Changes & {
  readonly jobs?: number;
  readonly out?: string;
  readonly trace?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
};

/** What was requested. `args` is the command line as given. */
export type Request = { readonly file: string; readonly options: PlayOptions; readonly terminal: NamedTerminal; readonly args: readonly string[] };

/** The results of the players. */
type Played = { readonly results: readonly RunResult[]; readonly cost: Cost; readonly isComplete: boolean };

/** Returns the verdict's exit code, or that of an interruption. Throws a Stop if it can't be done, before the first run if possible. */
export async function play(request: Request): Promise<number> {
  const { file, options, terminal } = request;
  const remark = options.quiet === true ? () => {} : terminal.remark;
  const experiment = readExperiment(file, options);
  const { scenario, hash } = experiment;
  const jobs = options.jobs === undefined ? usualJobs(scenario.runs) : Math.min(options.jobs, scenario.runs);
  const occasion: Occasion = { experiment, jobs, args: request.args, program: terminal.program, startedAt: new Date().toISOString() };
  const folder = folderOf(experiment, options, occasion);
  try {
    const { results, cost, isComplete } = await playAll(experiment, jobs, request, folder);
    const isInterrupted = !isComplete;
    const isFruitless = results.length === 0;
    if (isInterrupted) remark(`interrupted: ${results.length} of ${scenario.runs} runs finished${isFruitless ? "; nothing to report" : ""}`);
    if (isFruitless) return exits.interrupted;
    const summary = summarise(scenario, hash, results);
    if (folder !== null) await publish(folder, { results, summary, cost, program: terminal.program }, manifestOf(occasion, { endedAt: new Date().toISOString(), finished: results.length }));
    terminal.say(options.json === true ? json(summary, cost) : renderReport(summary, { color: terminal.color, width: terminal.width, cost }));
    if (folder !== null) remark(`written to ${folder.path}`);
    return isInterrupted ? exits.interrupted : exitCode(summary.verdict);
  } finally {
    folder?.tidyUp();
  }
}

/** What is written, and by which program. */
type Told = { readonly results: readonly RunResult[]; readonly summary: Summary; readonly cost: Cost; readonly program: string };

async function publish(folder: ResultFolder, { results, summary, cost, program }: Told, manifest: string): Promise<void> {
  folder.publish([...resultFiles(results, summary, cost), await pageOf(manifest, documentOf(summary, cost), results, { program })], manifest);
}

const json = (summary: Summary, cost: Cost): string => `${JSON.stringify(documentOf(summary, cost), null, 2)}\n`;

/** The output folder, prepared; null if nothing is to be written. */
function folderOf({ scenario }: Experiment, { out, trace }: PlayOptions, occasion: Occasion): ResultFolder | null {
  if (out === undefined && trace !== true) return null;
  if (out === "") throw new Stop(exits.usage, "--out needs the name of a folder");
  return new ResultFolder(out ?? `out/${fileName(scenario.name)}`, manifestOf(occasion, null));
}

/** A scenario's name as a valid file name. */
export const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+|[.-]+$/g, "") || "scenario";

async function playAll({ scenario, hash, source }: Experiment, jobs: number, { file, options, terminal }: Request, folder: ResultFolder | null): Promise<Played> {
  const { runs } = scenario;
  const board = new Board({ runs, players: jobs, isOpen: scenario.until !== undefined });
  const precision = scenario.until === undefined ? null : new Precision(scenario, scenario.until, board);
  let isClosed = false;
  let progress: Progress | null = null;
  const deafen = onInterrupt(() => {
    isClosed = true;
    board.close();
    progress?.takeAway();
    if (options.quiet !== true) terminal.remark("interrupted: no new run starts, and those under way are finished; Ctrl-C again stops at once");
  }, () => folder?.tidyUp());
  // Only now, so that a Ctrl-C in response to this is handled.
  if (options.quiet !== true) terminal.remark(`${scenario.name}: seed=${scenario.seed} runs=${scenario.until === undefined ? "" : "≤"}${runs} jobs=${jobs} scenario=${hash} file=${file}`);
  progress = progressFor(board, runs, options, terminal);
  const task = { scenario, hash, source, traces: options.trace === true ? (folder?.draftPath ?? null) : null, isWatched: options.quiet !== true && options.json !== true && terminal.screen !== null };
  const [began, used] = [performance.now(), process.cpuUsage()];
  const results: RunResult[] = [];
  const isOver = (result: RunResult): void => {
    results.push(result);
    if (!isClosed) precision?.add(result);
  };
  try {
    // With --jobs 1 this process plays, which is easiest to profile and to debug. Otherwise it stays free to handle events, even for a single run.
    if (options.jobs === 1) await playHere((run, reach) => playOne(task, run, reach), board, isOver, () => progress?.draw());
    else await playInWorkers((seat) => ({ kind: "play", task, seat }), board, jobs, isOver);
  } finally {
    deafen();
    progress?.takeAway();
  }
  const { user, system } = process.cpuUsage(used);
  const cost: Cost = { wallSeconds: Math.round(performance.now() - began) / 1_000, cpuSeconds: Math.round((user + system) / 1_000) / 1_000 };
  if (precision !== null && options.quiet !== true) terminal.remark(precision.sentence);
  const isComplete = precision === null ? results.length === runs : !isClosed;
  return { results: results.toSorted((one, other) => one.run - other.run), cost, isComplete };
}
