/** The words of the command line: what may be asked for, and what to say to those who ask for something else. */

import { Command } from "commander";
import { bugReport } from "./bug.ts";
import { check, type CheckOptions } from "./check/command.ts";
import { play, type PlayOptions } from "./play/command.ts";
import { gather, MOST_JOBS, obey, refine, whole } from "./manners.ts";
import { type PresetsOptions, tellPresets } from "./presets/command.ts";
import { nearCommand } from "./names.ts";
import { exits, Stop } from "./stop.ts";
import type { Terminal } from "./terminal.ts";
import { explainCommand, type ExplainOptions } from "./explain/command.ts";
import { exploreCommand, type ExploreOptions } from "./explore/command.ts";
import { shrinkCommand, type ShrinkOptions } from "./shrink/command.ts";
import { swarm, type SwarmOptions } from "./swarm/command.ts";
import { tellTrace, type TraceOptions } from "./trace.ts";
import { version } from "./version.ts";

/** The most runs of one experiment: what a scenario's `runs` allows. */
const MOST_RUNS = 1_000_000;

/** Does what the arguments say. Answers with the exit code: never throws, and never ends the process but on a second Ctrl-C. */
export const runCommand = (args: readonly string[], terminal: Terminal): Promise<number> =>
  obey((end) => programOf(args, terminal, end), args, terminal, {
    missing: (name) => (name === "file" ? NO_TRACE : NO_SCENARIO),
    report: (fault) => bugReport(fault, args),
  });

type End = (code: number) => void;

function programOf(args: readonly string[], terminal: Terminal, end: End): Command {
  const program = new Command("npm run sim --")
    .description("Plays a scenario and reports what came of it.\nExit codes: 0 every expectation held, 1 one failed, 2 unknown; above: not played.")
    .usage("scenarios/partition.yaml [options]")
    .argument("<scenario>", "a YAML file: see scenarios/README.md")
    .option("--seed <text>", "where all chance comes from, instead of the scenario's own seed")
    .option("--runs <n>", "how many runs, each with a seed of its own made from the seed", whole("--runs", MOST_RUNS))
    .option("--jobs <n>", "how many worker threads; by default one per processor; with 1, this very process plays", whole("--jobs", MOST_JOBS))
    .option("--set <path=value>", "change one value of the scenario, such as network.loss=5%; as often as you like", gather, [])
    .option("--out <dir>", "also write everything measured to files: manifest, tables, report")
    .option("--trace", "write down every step of every run, too (without --out: to out/<scenario>)")
    .option("--json", "print one JSON document instead of the report")
    .option("--quiet", "print the report, and nothing on standard error")
    .action(async (file: string, options: PlayOptions) => end(await play({ file, options, terminal, args })))
    .hook("preAction", refuseMore);
  addCheck(program, terminal, end);
  addTrace(program, terminal, end);
  addPresets(program, terminal);
  addSwarm(program, terminal, end);
  addShrink(program, terminal, end);
  addExplore(program, terminal, end);
  addExplain(program, terminal, end);
  for (const command of [program, ...program.commands]) refine(command, terminal);
  program.enablePositionalOptions().hook("preSubcommand", refuseMisplaced);
  return program.version(version(), "--version", "show the version").addHelpText("after", examples);
}

function addCheck(program: Command, terminal: Terminal, end: End): void {
  program
    .command("check")
    .description("play a scenario twice, in the main thread and in a worker, and compare every step")
    .argument("<scenario>", "a YAML file")
    .option("--seed <text>", "instead of the scenario's own seed")
    .option("--runs <n>", "how many runs", whole("--runs", MOST_RUNS))
    .option("--set <path=value>", "change one value of the scenario; as often as you like", gather, [])
    .action(async (file: string, options: CheckOptions) => end(await check(file, options, terminal)));
}

function addTrace(program: Command, terminal: Terminal, end: End): void {
  program
    .command("trace")
    .description("tell a trace as text: a line a step")
    .argument("<file>", "what --trace wrote, such as out/partition/run0.trace")
    .option("--from <time>", "nothing before this, such as 10s")
    .option("--to <time>", "and nothing after")
    .option("--member <name>", "only what happened to this one; as often as you like", gather, [])
    .action((file: string, options: TraceOptions) => end(tellTrace(file, options, terminal)));
}

function addPresets(program: Command, terminal: Terminal): void {
  program
    .command("presets")
    .description("show the configurations that have a name, and where each value comes from: all side by side, one explained, or how some differ")
    .argument("[names...]", "such as swimlab; or memberlist-lan swimlab")
    .option("--json", "print one JSON document")
    .action((names: readonly string[], options: PresetsOptions) => tellPresets(names, options, terminal));
}

function addSwarm(program: Command, terminal: Terminal, end: End): void {
  program
    .command("swarm")
    .description("play random worlds before the jury: every oracle, in every world; npm run swarm is the same")
    .option("--seed <text>", "the worlds are this/0, this/1 and so on", "1")
    .option("--seeds <n>", "how many worlds", whole("--seeds", MOST_RUNS), 200)
    .option("--from <n>", "the number of the first, such as 5000 for a second half", whole("--from", MOST_RUNS))
    .option("--minutes <n>", "begin no further world after so many minutes", whole("--minutes", 10_000))
    .option("--first", "stop at the first world in which an oracle is broken")
    .action((options: SwarmOptions) => end(swarm(options, terminal)));
}

function addShrink(program: Command, terminal: Terminal, end: End): void {
  program
    .command("shrink")
    .description("find the smallest scenario that breaks the same oracle")
    .argument("<what>", "a seed of the swarm, such as 1/4711, or a scenario's file")
    .option("--oracle <name>", "the oracle to break, instead of the first that is broken")
    .option("--seconds <n>", "how long to try", whole("--seconds", 86_400), 60)
    .option("--set <path=value>", "change one value of the scenario; as often as you like", gather, [])
    .option("--out <file>", "also write it to this file")
    .action((what: string, options: ShrinkOptions) => end(shrinkCommand(what, options, terminal)));
}

function addExplore(program: Command, terminal: Terminal, end: End): void {
  program
    .command("explore")
    .description("look at every run of a small world, the shortest first")
    .argument("<world>", "a YAML file: see worlds/README.md")
    .option("--losses <n>", "how many messages may be lost, instead of what the world says", whole("--losses", 100))
    .option("--delays <n>", "how many may be held up", whole("--delays", 100))
    .option("--crashes <n>", "how many members may crash", whole("--crashes", 4))
    .option("--states <n>", "stop after so many situations", whole("--states", 100_000_000), 2_000_000)
    .option("--minutes <n>", "stop after so many minutes", whole("--minutes", 10_000))
    .option("--out <file>", "write the way to what is broken as a trace")
    .action((file: string, options: ExploreOptions) => end(exploreCommand(file, options, terminal)));
}

function addExplain(program: Command, terminal: Terminal, end: End): void {
  program
    .command("explain")
    .description("show from when on a run had to break an oracle, by going on from its moments with fresh chance")
    .argument("<what>", "a scenario's file, or a seed of the swarm")
    .option("--oracle <name>", "the oracle that is broken, instead of the first")
    .option("--moments <n>", "from how many moments", whole("--moments", 1_000), 12)
    .option("--tries <n>", "how many runs go on from each", whole("--tries", 10_000), 20)
    .option("--seconds <n>", "how long to try", whole("--seconds", 86_400), 120)
    .option("--set <path=value>", "change one value of the scenario; as often as you like", gather, [])
    .action((what: string, options: ExplainOptions) => end(explainCommand(what, options, terminal)));
}

/** Options of the nameless command would be read, and then forgotten, if a name came after them. */
function refuseMisplaced(program: Command, named: Command): void {
  const given = program.options.find((option) => program.getOptionValueSource(option.attributeName()) === "cli");
  const name = named.name();
  if (given !== undefined) throw new Stop(exits.usage, `${given.long ?? ""} stands before ${name}: what is meant for ${name} comes after it`);
}

/** One file is played, checked or told at a time. The first of several words may have been meant for a command. */
function refuseMore(_: Command, { args: [first = "", ...more], parent, registeredArguments }: Command): void {
  if (more.length === 0 || registeredArguments.some(({ variadic }) => variadic)) return;
  const meant = parent === null ? nearCommand(first) : undefined;
  if (meant !== undefined) throw new Stop(exits.usage, `unknown command ${first}: did you mean ${meant}?`);
  throw new Stop(exits.usage, "too many words: one file at a time, and a path with spaces in quotes");
}

const NO_SCENARIO = "name a scenario, such as scenarios/partition.yaml; --help tells the rest";
const NO_TRACE = "name a trace, such as out/partition/run0.trace";

const examples = `
Examples:
  npm run sim -- scenarios/partition.yaml
  npm run sim -- scenarios/crash.yaml --seed 7 --runs 100 --set network.loss=5% --set members=128
  npm run sim -- scenarios/churn.yaml --out out/churn --trace
  npm run sim -- trace out/churn/run0.trace --from 10s --to 12s --member m01
  npm run sim -- presets memberlist-lan swimlab
  npm run sim -- check scenarios/partition.yaml --runs 3
  npm run -s sim -- scenarios/wan.yaml --json > wan.json      (-s: npm itself says nothing on standard output)
`;
