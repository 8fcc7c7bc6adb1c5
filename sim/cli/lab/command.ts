/** The command line of the laboratory: sweep, merge, compare, tune. docs/lab.md shows what they are for. */

import type { Command } from "commander";
import { MOST_REPEATS, readLength } from "../../scenario/index.ts";
import { shipped } from "../shipped.ts";
import { exits, Stop } from "../stop.ts";
import { gather, MOST_JOBS, whole } from "../manners.ts";
import type { Terminal } from "../terminal.ts";
import { compare, type CompareOptions } from "./compare.ts";
import { merge, type MergeOptions } from "./merge.ts";
import { sweep, type SweepOptions } from "./sweep.ts";
import { tune, type TuneOptions } from "./tune.ts";

type End = (code: number) => void;

/** What to say about a missing argument. */
export const labMissing: Readonly<Record<string, string>> = {
  sweep: `name a sweep, such as ${shipped("sweeps/tuning.yaml")}; see ${shipped("sweeps/README.md")}`,
  merge: "name the folders of all shards, such as out/tuning-*-of-4",
  tune: `name the scenario of your cluster, such as ${shipped("scenarios/lossy.yaml")}`,
  compare: "name two results: folders, scenarios or presets",
};

export function addLab(program: Command, terminal: Terminal, end: End): void {
  program
    .command("sweep")
    .description("play a grid of settings, and compare the results; the same command resumes a sweep that was stopped")
    .argument("<sweep>", `a YAML file: see ${shipped("sweeps/README.md")}`)
    .option("--seed <text>", "the seed of all randomness, instead of the sweep's own")
    .option("--repeats <n>", "runs per cell, instead of the sweep's repeats or until", whole("--repeats", MOST_REPEATS))
    .option("--set <path=value>", "change one value of the base scenario; can be repeated", gather, [])
    .option("--jobs <n>", "how many worker threads; by default one per processor; with 1, everything runs in this process", whole("--jobs", MOST_JOBS))
    .option("--shard <i/n>", "play only the i-th of n parts, from 1; auto: as given by Slurm's or Kubernetes' job array")
    .option("--out <dir>", "where to write runs, tables and report; by default out/<sweep>")
    .option("--json", "print one JSON document instead of the table")
    .option("--quiet", "print the table only, nothing on standard error")
    .action(async (file: string, options: SweepOptions) => end(await sweep(file, options, terminal)));
  program
    .command("merge")
    .description("merge the folders of all shards into one: byte for byte what one machine would have written")
    .argument("<folders...>", "the folders of all shards")
    .option("--out <dir>", "where to write it; by default out/<sweep>")
    .option("--json", "print one JSON document instead of the table")
    .option("--quiet", "print the table only, nothing on standard error")
    .action(async (folders: readonly string[], options: MergeOptions) => end(await merge(folders, options, terminal)));
  program
    .command("compare")
    .description("compare two results on the same seeds, pair by pair: folders written by --out or sweep, scenarios, or presets\nExit codes: 0 nothing differs beyond chance, 1 something does, 2 too few runs to tell")
    .argument("<one>", "a folder, a scenario or a preset")
    .argument("<other>", "another")
    .option("--on <scenario>", "for presets: the scenario to play under them")
    .option("--seed <text>", "the seed of all randomness, instead of the scenarios' own")
    .option("--runs <n>", "how many runs of each", whole("--runs", MOST_REPEATS))
    .option("--set <path=value>", "change one value of the scenarios; can be repeated", gather, [])
    .option("--jobs <n>", "how many worker threads", whole("--jobs", MOST_JOBS))
    .option("--json", "print one JSON document instead of the report")
    .option("--quiet", "print the report only, nothing on standard error")
    .action(async (one: string, other: string, options: CompareOptions) => end(await compare(one, other, options, terminal)));
  program
    .command("tune")
    .description("search for the best settings for a scenario; print them as memberlist, Serf and Consul configuration\nThe settings are then played afresh, with other seeds.\nExit codes: 0 they keep every bound, 2 that is not sure, 1 nothing keeps them")
    .argument("<scenario>", "a YAML file: your members, network and faults")
    .option("--objective <figure>", "the figure to minimise, such as detection.p99", "firstDetection.p99")
    .option("--subject-to <bound>", "a bound to keep, such as 'falsePositives.perMemberHour<0.01'; can be repeated", gather, [])
    .option("--budget <time>", "how long to search, such as 10m", lengthOf("--budget"))
    .option("--evaluations <n>", "or how many runs to spend: the same number finds the same settings on any machine", whole("--evaluations", 10_000_000))
    .option("--wide", "also vary what Consul cannot configure: relays, suspicionMaxMult, healthMax, syncEvery")
    .option("--seed <text>", "the seed of all randomness, instead of the scenario's own")
    .option("--set <path=value>", "change one value of the scenario; can be repeated", gather, [])
    .option("--jobs <n>", "how many worker threads; with 1, everything runs in this process", whole("--jobs", MOST_JOBS))
    .option("--out <dir>", "also write the results: tuning.json, tuning.txt, and report.html with the Pareto front and every candidate")
    .option("--json", "print one JSON document instead of the report")
    .option("--quiet", "print the report only, nothing on standard error")
    .action(async (file: string, options: TuneOptions) => end(await tune(file, options, terminal)));
}

/** Reads a length of time, in seconds. */
const lengthOf = (name: string) => (written: string): number => {
  const length = readLength(written);
  if (length.ok && length.value > 0) return length.value / 1_000_000;
  throw new Stop(exits.usage, `${name} ${written} is impossible: ${length.ok ? "write a time above 0" : length.why}`);
};
