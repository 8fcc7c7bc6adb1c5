/** The command line of the commands that find failures and make them small: swarm, shrink, explore, explain. docs/testing.md says what each is for. */

import type { Command } from "commander";
import { explainCommand, type ExplainOptions } from "./explain/command.ts";
import { exploreCommand, type ExploreOptions } from "./explore/command.ts";
import { gather, MOST_JOBS, whole } from "./manners.ts";
import { shrinkCommand, type ShrinkOptions } from "./shrink/command.ts";
import { swarm, type SwarmOptions } from "./swarm/command.ts";
import { shipped } from "./shipped.ts";
import type { Terminal } from "./terminal.ts";
import type { NamedTerminal } from "./typed.ts";

/** The most worlds of one batch. */
const MOST_RUNS = 1_000_000;

/** Parses a whole number from 0 up. */
const fromNone = (name: string, most: number) => (written: string): number => (written === "0" ? 0 : whole(name, most, 0)(written));

type End = (code: number) => void;

/** What to say about a missing argument. */
export const trustMissing: Readonly<Record<string, string>> = {
  explore: `name a small world, such as ${shipped("worlds/two-suspects.yaml")}; see ${shipped("worlds/README.md")}`,
  shrink: "name a seed of the swarm, such as 1/4711, or a scenario's file",
  explain: "name a scenario's file, or a seed of the swarm, such as 1/4711",
};

export function addTrust(program: Command, terminal: NamedTerminal, end: End): void {
  addSwarm(program, terminal, end);
  addShrink(program, terminal, end);
  addExplore(program, terminal, end);
  addExplain(program, terminal, end);
}

function addSwarm(program: Command, terminal: NamedTerminal, end: End): void {
  program
    .command("swarm")
    .description("play random worlds, each judged by every oracle\nExit codes: 0 every oracle held, 1 one was broken, 2 one was never put to the test")
    .option("--seed <text>", "the worlds' seeds are this/0, this/1 and so on", "1")
    .option("--seeds <n>", "how many worlds; by default 200", whole("--seeds", MOST_RUNS), 200)
    .option("--from <n>", "the number of the first world, such as 5000 for the second half of 10000", fromNone("--from", MOST_RUNS))
    .option("--small", "worlds of at most twelve members, many more of them per minute")
    .option("--minutes <n>", "start no new world after this many minutes", whole("--minutes", 10_000))
    .option("--first", "start no new world once an oracle is broken")
    .option("--jobs <n>", "how many worker threads; by default one per processor; with 1, everything runs in this process", whole("--jobs", MOST_JOBS))
    .option("--quiet", "show no progress")
    .action(async (options: SwarmOptions) => end(await swarm(options, terminal)));
}

function addShrink(program: Command, terminal: NamedTerminal, end: End): void {
  program
    .command("shrink")
    .description("find the smallest scenario that breaks the same oracle\nExit codes: 0 no oracle is broken, 1 one is, and the scenario is printed")
    .argument("<what>", "a seed of the swarm, such as 1/4711, or a scenario's file")
    .option("--oracle <name>", "the oracle to break, instead of the first broken one")
    .option("--seconds <n>", "how long to try, in seconds; by default 60", whole("--seconds", 86_400), 60)
    .option("--set <path=value>", "change one value of the scenario; can be repeated", gather, [])
    .option("--out <file>", "also write the scenario to this file")
    .action((what: string, options: ShrinkOptions) => end(shrinkCommand(what, options, terminal)));
}

function addExplore(program: Command, terminal: Terminal, end: End): void {
  program
    .command("explore")
    .description("explore every run of a small world, shortest first\nExit codes: 0 all was explored and no oracle is broken, 1 one is, 2 not all was explored")
    .argument("<world>", `a YAML file: see ${shipped("worlds/README.md")}`)
    .option("--losses <n>", "how many messages may be lost, instead of the world's own number", fromNone("--losses", 100))
    .option("--delays <n>", "how many messages may be delayed", fromNone("--delays", 100))
    .option("--crashes <n>", "how many members may crash", fromNone("--crashes", 4))
    .option("--leaves <n>", "how many members may leave", fromNone("--leaves", 4))
    .option("--states <n>", "stop after this many situations; by default 2,000,000", whole("--states", 100_000_000), 2_000_000)
    .option("--minutes <n>", "stop after this many minutes", whole("--minutes", 10_000))
    .option("--out <file>", "write the path to the broken oracle as a trace")
    .action((file: string, options: ExploreOptions) => end(exploreCommand(file, options, terminal)));
}

function addExplain(program: Command, terminal: Terminal, end: End): void {
  program
    .command("explain")
    .description("show when it was decided that a run would break an oracle: replay it from several moments with new randomness\nExit codes: 0 no oracle is broken, 1 one is, and the moments are printed")
    .argument("<what>", "a scenario's file, or a seed of the swarm")
    .option("--oracle <name>", "the broken oracle to explain, instead of the first")
    .option("--moments <n>", "from how many moments to continue; by default 12", whole("--moments", 1_000), 12)
    .option("--tries <n>", "how many runs continue from each; by default 20", whole("--tries", 10_000), 20)
    .option("--seconds <n>", "how long to try, in seconds; by default 120", whole("--seconds", 86_400), 120)
    .option("--set <path=value>", "change one value of the scenario; can be repeated", gather, [])
    .action((what: string, options: ExplainOptions) => end(explainCommand(what, options, terminal)));
}
