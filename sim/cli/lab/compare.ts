/** `compare`: two folders of results, two scenarios or two presets on the same seeds. */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { presets } from "../../../engine/index.ts";
import { bySeed, compareCouples, type Compared, type Couple, couplesOf } from "../../lab/compare.ts";
import type { Row } from "../../lab/model.ts";
import { settingText } from "../../lab/plan.ts";
import { placeOf } from "../../lab/order.ts";
import type { RunResult } from "../../index.ts";
import { suggestion } from "../../scenario/index.ts";
import { type Changes, type Experiment, readCounted } from "../experiment.ts";
import { readBytes } from "../file.ts";
import { usualJobs } from "../orders.ts";
import { simulate } from "../play/simulate.ts";
import { shipped } from "../shipped.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { readManifest, RUNS } from "./folder.ts";
import { comparisonReport } from "./comparison-report.ts";
import { Journal } from "./journal.ts";

export type CompareOptions = Changes & { readonly on?: string; readonly jobs?: number; readonly json?: boolean; readonly quiet?: boolean };

/** The runs of one side: by cell, whose name is empty if there is only one, and by the seed of each run. */
type Side = { readonly name: string; readonly cells: ReadonlyMap<string, ReadonlyMap<string, Row>> };

/** Returns 0 if nothing differs beyond chance, 1 if something does, 2 if there are too few runs to tell. */
export async function compare(one: string, other: string, options: CompareOptions, terminal: Terminal): Promise<number> {
  refuseIdle([one, other].map(kindOf), options);
  const sides = [await sideOf(one, options, terminal), await sideOf(other, options, terminal)] as const;
  const couples = coupled(...sides);
  const total = couples.reduce((sum, cell) => sum + cell.couples.length, 0);
  if (total === 0) throw new Stop(exits.badData, `${one} and ${other} have no runs to compare: a pair needs the same seed${sides[0].cells.size > 1 ? " and the same settings" : ""}`);
  const unpaired = sides.map(({ cells }) => [...cells.values()].reduce((sum, runs) => sum + runs.size, 0) - total);
  if (options.quiet !== true && unpaired.some((left) => left > 0)) terminal.remark(`${total} runs are compared; ${unpaired[0]} of ${one} and ${unpaired[1]} of ${other} have no counterpart with the same seed and settings`);
  const compared = compareCouples(couples);
  terminal.say(options.json === true ? `${JSON.stringify({ one, other, pairs: total, ...compared }, null, 2)}\n` : comparisonReport({ one, other, pairs: total, cells: couples.length }, compared));
  return codeOf(compared);
}

const codeOf = ({ verdict }: Compared): number => (verdict === "alike" ? 0 : verdict === "different" ? 1 : 2);

function coupled(one: Side, other: Side): readonly { readonly name: string; readonly couples: readonly Couple[] }[] {
  return [...one.cells].flatMap(([name, runs]) => {
    const theirs = other.cells.get(name);
    if (theirs === undefined) return [];
    const couples = couplesOf(runs, theirs);
    return couples.length === 0 ? [] : [{ name, couples }];
  });
}

type Kind = "folder" | "preset" | "scenario";

const kindOf = (named: string): Kind => (existsSync(named) && statSync(named).isDirectory() ? "folder" : Object.hasOwn(presets, named) ? "preset" : "scenario");

/** Options without effect are a mistake. */
function refuseIdle(kinds: readonly Kind[], { on, seed, runs, set }: CompareOptions): void {
  const given = seed !== undefined ? "--seed" : runs !== undefined ? "--runs" : set.length > 0 ? "--set" : null;
  if (given !== null && kinds.every((kind) => kind === "folder")) throw new Stop(exits.usage, `${given} works only with a scenario or a preset: both of these are folders of recorded runs`);
  if (on !== undefined && !kinds.includes("preset")) throw new Stop(exits.usage, "--on works only with a preset: it names the scenario to play under it");
}

async function sideOf(named: string, options: CompareOptions, terminal: Terminal): Promise<Side> {
  const kind = kindOf(named);
  if (kind === "folder") return folderSide(named);
  if (kind === "preset") {
    if (options.on === undefined) throw new Stop(exits.usage, `${named} is a preset: name a scenario to play under it, such as --on ${shipped("scenarios/crash.yaml")}`);
    return playedSide(named, readCounted(options.on, { ...options, set: [...options.set, `preset=${named}`] }, "compare"), options, terminal);
  }
  if (!existsSync(named) && !/[./\\]/.test(named)) throw new Stop(exits.usage, `${named} is neither a folder, a file nor a preset: ${suggestion(named, Object.keys(presets))}`);
  return playedSide(named, readCounted(named, options, "compare"), options, terminal);
}

async function playedSide(name: string, experiment: Experiment, options: CompareOptions, terminal: Terminal): Promise<Side> {
  const { scenario, hash } = experiment;
  if (options.quiet !== true) terminal.remark(`${name}: seed=${scenario.seed} runs=${scenario.runs} scenario=${hash}`);
  const results = await simulate(experiment, { ...options, jobs: options.jobs ?? usualJobs(scenario.runs) }, terminal, new AbortController().signal);
  return { name, cells: new Map([["", bySeed(results)]]) };
}


/** A sweep's folder has rows; an experiment's folder has whole results. */
function folderSide(folder: string): Side {
  const manifest: unknown = parsed(new TextDecoder().decode(readBytes(join(folder, "manifest.json"))));
  if (typeof manifest === "object" && manifest !== null && "kind" in manifest && manifest.kind === "sweep") return sweepSide(folder);
  const lines = new TextDecoder().decode(readBytes(join(folder, RUNS))).split("\n").slice(0, -1);
  const results = lines.map((line, i) => {
    const result = parsed(line);
    if (typeof result === "object" && result !== null && "seed" in result && "crashes" in result && "load" in result) return result as RunResult;
    throw new Stop(exits.badData, `${join(folder, RUNS)}:${i + 1} is not a run that swimlab wrote`);
  });
  return { name: folder, cells: new Map([["", bySeed(results)]]) };
}

function sweepSide(folder: string): Side {
  const { cells, repeats, seed, common } = readManifest(folder);
  const journal = new Journal(join(folder, RUNS), { cells: cells.length, repeats }, "read");
  try {
    return {
      name: folder,
      cells: new Map(cells.map(({ cell, settings }) => {
        const runs = new Map<string, Row>();
        for (let repetition = 0; repetition < repeats; repetition++) {
          const turn = { cell, repetition };
          if (journal.has(turn)) runs.set(common ? `${seed}/${repetition}` : `${seed}/${cell}/${repetition}`, journal.row(placeOf(turn, repeats)));
        }
        return [cells.length === 1 ? "" : Object.entries(settings).map(([path, value]) => settingText(path, value)).join(" "), runs];
      })),
    };
  } finally {
    journal.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller reports what is wrong with it.
    return null;
  }
}
