/** The words of the command line: what may be asked for, and what to say to those who ask for something else. */

import { Command, CommanderError, type Option } from "commander";
import { bugReport } from "./bug.ts";
import { check, type CheckOptions } from "./check/command.ts";
import { play, type PlayOptions } from "./play/command.ts";
import { presetsText } from "./presets.ts";
import { nearCommand } from "./names.ts";
import { exits, Stop } from "./stop.ts";
import type { Terminal } from "./terminal.ts";
import { tellTrace, type TraceOptions } from "./trace.ts";
import { version } from "./version.ts";

/** The most runs of one experiment: what a scenario's `runs` allows. */
const MOST_RUNS = 1_000_000;
/** More threads than anybody has processors for. */
const MOST_JOBS = 1_024;

/** Does what the arguments say. Answers with the exit code: never throws, and never ends the process but on a second Ctrl-C. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  try {
    await programOf(args, terminal, (end) => (code = end)).parseAsync(args, { from: "user" });
    return code;
  } catch (fault) {
    if (fault instanceof CommanderError && fault.exitCode === 0) return 0;
    if (fault instanceof CommanderError) return stopped(new Stop(exits.usage, sentence(fault)), terminal);
    if (fault instanceof Stop) return stopped(fault, terminal);
    terminal.remark(bugReport(fault, args));
    return exits.bug;
  }
}

function stopped({ code, message }: Stop, terminal: Terminal): number {
  terminal.remark(message);
  return code;
}

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
  program.command("presets").description("show the configurations that have a name, side by side").action(() => terminal.say(presetsText()));
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

/** Takes commander's own voice and leaves it ours; a mistake is thrown, not printed. */
function refine(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .helpCommand(false)
    .allowExcessArguments()
    .helpOption("-h, --help", "show this")
    .configureOutput({ writeOut: terminal.say, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ optionDescription: ({ description }: Option) => description });
}

/** Options of the nameless command would be read, and then forgotten, if a name came after them. */
function refuseMisplaced(program: Command, named: Command): void {
  const given = program.options.find((option) => program.getOptionValueSource(option.attributeName()) === "cli");
  const name = named.name();
  if (given !== undefined) throw new Stop(exits.usage, `${given.long ?? ""} stands before ${name}: what is meant for ${name} comes after it`);
}

/** One file is played, checked or told at a time. The first of several words may have been meant for a command. */
function refuseMore(_: Command, { args: [first = "", ...more], parent }: Command): void {
  if (more.length === 0) return;
  const meant = parent === null ? nearCommand(first) : undefined;
  if (meant !== undefined) throw new Stop(exits.usage, `unknown command ${first}: did you mean ${meant}?`);
  throw new Stop(exits.usage, "too many words: one file at a time, and a path with spaces in quotes");
}

/** Commander's finding in one sentence of ours. */
function sentence({ code, message }: CommanderError): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? "";
  const [name = ""] = quoted.split(" ");
  const meant = /Did you mean (?:one of )?([^?]+)\?/.exec(message)?.[1];
  switch (code) {
    case "commander.unknownOption":         return `unknown option ${quoted}: ${meant === undefined ? "--help lists those there are" : `did you mean ${meant}?`}`;
    case "commander.optionMissingArgument": return `${name} needs a value: ${quoted}`;
    case "commander.missingArgument":       return name === "file" ? NO_TRACE : NO_SCENARIO;
    default:                                return message.replace(/^error: /, "");
  }
}

const NO_SCENARIO = "name a scenario, such as scenarios/partition.yaml; --help tells the rest";
const NO_TRACE = "name a trace, such as out/partition/run0.trace";

/** Reads a whole number from 1 up. */
const whole = (name: string, most: number) => (written: string): number => {
  const value = /^\d{1,15}$/.test(written) ? Number(written) : 0;
  if (value >= 1 && value <= most) return value;
  throw new Stop(exits.usage, `${name} ${written} is impossible: write a whole number from 1 to ${most.toLocaleString("en-US")}`);
};

/** Adds what is given to what was given before. */
const gather = (written: string, before: readonly string[]): readonly string[] => [...before, written];

const examples = `
Examples:
  npm run sim -- scenarios/partition.yaml
  npm run sim -- scenarios/crash.yaml --seed 7 --runs 100 --set network.loss=5% --set members=128
  npm run sim -- scenarios/churn.yaml --out out/churn --trace
  npm run sim -- trace out/churn/run0.trace --from 10s --to 12s --member m01
  npm run sim -- check scenarios/partition.yaml --runs 3
  npm run -s sim -- scenarios/wan.yaml --json > wan.json      (-s: npm itself says nothing on standard output)
`;
