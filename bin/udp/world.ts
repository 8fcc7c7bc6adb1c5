/** `--world udp`: a scenario with real members on loopback, measured as the simulator measures, and compared with it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { compareWorlds, exitCode, summarise, type RunResult } from "../../sim/index.ts";
import {
  documentOf, exits, fileName, manifestOf, onInterrupt, pageOf, resultFiles, ResultFolder, showProgress, simulate, Stop, usualJobs, whole,
  type Cost, type Experiment, type Occasion, type OtherWorld,
} from "../../sim/cli/index.ts";
import { comparisonReport, meaning, type Told } from "./comparison-report.ts";
import { conduct } from "./conductor.ts";
import { measured, type Lateness, type Measured } from "./measured.ts";
import { MOST_MEMBERS, refuseImpossible } from "./refusals.ts";

/** Real runs cost real time; with three beside forty, one figure in a dozen that lies apart is found. */
const REAL_RUNS = 3;
const SIMULATED_RUNS = 40;
const MOST_SIMULATED = 10_000;

export const udpWorld: OtherWorld = {
  name: "udp",
  about: "real members on loopback, in real time, compared with the simulator (--runs: real runs, by default 3)",
  options: [
    new Option("--processes <n>", "with --world udp: how many processes to spread the real members over; by default 1, this one").argParser(whole("--processes", MOST_MEMBERS)),
    new Option("--simulated <n>", `with --world udp: how many simulated runs to compare the real ones with; by default ${SIMULATED_RUNS}`).argParser(whole("--simulated", MOST_SIMULATED)),
  ],
  play: (request) => playForReal(request),
};

type Asked = Parameters<OtherWorld["play"]>[0];

async function playForReal(asked: Asked): Promise<number> {
  const { options, terminal, args, own } = asked;
  const processes = numberOr(own["processes"], 1);
  const simulatedRuns = numberOr(own["simulated"], SIMULATED_RUNS);
  refuseImpossible(asked.experiment, processes);
  const experiment = withRuns(asked.experiment, options.runs ?? REAL_RUNS);
  const { scenario, hash } = experiment;
  const jobs = options.jobs ?? usualJobs(simulatedRuns);
  const occasion: Occasion = { experiment, jobs, args, program: terminal.program, startedAt: new Date().toISOString() };
  const folder = folderOf(experiment, options, occasion);
  const remark = options.quiet === true ? () => {} : terminal.remark;
  remark(`${scenario.name}: seed=${scenario.seed} real runs=${scenario.runs} processes=${processes} simulated runs=${simulatedRuns} scenario=${hash} file=${asked.file}`);
  const stopping = new AbortController();
  const deafen = onInterrupt(() => stopping.abort(), () => folder?.tidyUp());
  const screen = options.quiet === true || options.json === true ? null : terminal.screen;
  const began = performance.now();
  try {
    const simulated = await simulate(withRuns(experiment, simulatedRuns), { ...options, jobs }, terminal, stopping.signal);
    const played = await realRuns(experiment, { processes, screen, signal: stopping.signal, traces: folder?.draftPath ?? null });
    const results = played.map(({ result }) => result);
    const told: Told = {
      real: summarise(scenario, hash, results), simulatedRuns, processes, comparison: compareWorlds(results, simulated), lateness: played.map(({ lateness }) => lateness),
    };
    const cost = costSince(began);
    const document = documentFor(told, experiment, simulated, simulatedRuns, cost);
    await publish(folder, told, results, document, cost, occasion);
    terminal.say(options.json === true ? document : comparisonReport(told, terminal));
    if (folder !== null) remark(`written to ${folder.path}`);
    return worst(exitCode(told.real.verdict), exitCode(told.comparison.verdict));
  } catch (fault) {
    if (!stopping.signal.aborted) throw fault;
    remark("interrupted: all members are stopped; nothing to report");
    return exits.interrupted;
  } finally {
    deafen();
    folder?.tidyUp();
  }
}

const numberOr = (given: unknown, otherwise: number): number => (typeof given === "number" ? given : otherwise);

const withRuns = (experiment: Experiment, runs: number): Experiment => ({ ...experiment, scenario: { ...experiment.scenario, runs } });

/** One failure fails the whole, one doubt leaves it in doubt. */
const worst = (one: number, other: number): number => (one === 1 || other === 1 ? 1 : Math.max(one, other));

function folderOf({ scenario }: Experiment, { out, trace }: Asked["options"], occasion: Occasion): ResultFolder | null {
  if (out === undefined && trace !== true) return null;
  if (out === "") throw new Stop(exits.usage, "--out needs the name of a folder");
  return new ResultFolder(out ?? `out/${fileName(scenario.name)}-udp`, manifestOf(occasion, null));
}

type Playing = { readonly processes: number; readonly screen: NodeJS.WriteStream | null; readonly signal: AbortSignal; readonly traces: string | null };

/** One after another: a machine that plays two groups at once measures neither. */
async function realRuns({ scenario }: Experiment, { processes, screen, signal, traces }: Playing): Promise<readonly Measured[]> {
  const reached = { finished: 0, played: 0 };
  const progress = screen === null ? null : showProgress(reached, scenario.runs, screen, "real runs");
  const all: Measured[] = [];
  try {
    for (let run = 0; run < scenario.runs; run++) {
      const seed = `${scenario.seed}/udp ${run}`;
      const recordings = mkdtempSync(join(tmpdir(), "swimlab-udp-"));
      try {
        const reach = (share: number): void => void (reached.played = run + Math.min(1, share));
        const deeds = await conduct({ scenario, seed, processes, folder: recordings, signal, reach });
        const one = measured(recordings, deeds, { scenario, run, seed });
        if (traces !== null) writeTrace(traces, run, one.trace);
        all.push({ ...one, trace: new Uint8Array() });
      } finally {
        rmSync(recordings, { recursive: true, force: true });
      }
      reached.finished = reached.played = run + 1;
    }
    return all;
  } finally {
    progress?.takeAway();
  }
}

function writeTrace(folder: string, run: number, trace: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `run${run}.trace`), trace);
}

function costSince(began: number): Cost {
  const { user, system } = process.cpuUsage();
  return { wallSeconds: Math.round(performance.now() - began) / 1_000, cpuSeconds: Math.round((user + system) / 1_000) / 1_000 };
}

function documentFor(told: Told, experiment: Experiment, simulated: readonly RunResult[], simulatedRuns: number, cost: Cost): string {
  const { real, processes, comparison, lateness } = told;
  const beside = summarise(withRuns(experiment, simulatedRuns).scenario, experiment.hash, simulated);
  return `${JSON.stringify({ world: "udp", processes, comparison, meaning: meaning(told), lateness: lateness satisfies readonly Lateness[], real: documentOf(real, cost), simulated: beside }, null, 2)}\n`;
}

async function publish(folder: ResultFolder | null, told: Told, results: readonly RunResult[], document: string, cost: Cost, occasion: Occasion): Promise<void> {
  if (folder === null) return;
  const manifest = manifestOf(occasion, { endedAt: new Date().toISOString(), finished: results.length });
  folder.publish(
    [...resultFiles(results, told.real, cost), await pageOf(manifest, documentOf(told.real, cost), results, { isReal: true, program: occasion.program }), { name: "comparison.json", pieces: [document] }, { name: "comparison.txt", pieces: [comparisonReport(told, { color: false, width: 100 })] }],
    manifest,
  );
}
