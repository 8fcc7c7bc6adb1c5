/** The command line: its commands and options, and what it says about mistakes in them. */

import { existsSync } from "node:fs";
import { Command, type Option } from "commander";
import { bugReport, commandAgain } from "./bug.ts";
import { check, type CheckOptions } from "./check/command.ts";
import { type Extras, type OtherWorld, SIMULATED } from "./extras.ts";
import { readExperiment } from "./experiment.ts";
import { play, type PlayOptions, type Request } from "./play/command.ts";
import { gather, MOST_JOBS, obey, refine, whole } from "./manners.ts";
import { type PresetsOptions, tellPresets } from "./presets/command.ts";
import { nearCommand } from "./names.ts";
import type { ReportOptions } from "./page/command.ts";
import { replayFiles, type ReplayOptions } from "./replay/command.ts";
import { exits, Stop } from "./stop.ts";
import { shipped } from "./shipped.ts";
import type { Terminal } from "./terminal.ts";
import { type NamedTerminal, PROGRAM, script, silently } from "./typed.ts";
import { addExport } from "./export/words.ts";
import { addLab, labMissing } from "./lab/command.ts";
import { addTrust, trustMissing } from "./trust.ts";
import { tellTrace, type TraceOptions } from "./trace.ts";
import { version } from "./version.ts";

/** The most runs of one experiment: what a scenario's `runs` allows. */
const MOST_RUNS = 1_000_000;

/** Does what the arguments say. Returns the exit code: never throws, and never ends the process except on a second Ctrl-C. */
export const runCommand = (args: readonly string[], terminal: Terminal, extras: Extras = {}): Promise<number> =>
  obey((end) => programOf(args, { ...terminal, program: extras.program ?? PROGRAM }, end, extras), args, terminal, {
    missing: (name) => extras.commands?.find((command) => command.name === args[0])?.missing ?? labMissing[args[0] ?? ""] ?? trustMissing[args[0] ?? ""] ?? MISSING[name] ?? NO_SCENARIO,
    report: (fault) => bugReport(fault, args, commandAgain(fault, args, extras.program)),
  });

/** Its commands, each with a short description: the part of its help before the first colon. */
export function commandsWith(extras: Extras, terminal: Terminal): readonly { readonly name: string; readonly about: string }[] {
  const { commands } = programOf([], { ...terminal, program: PROGRAM }, () => {}, extras);
  return commands.map((command) => ({ name: command.name(), about: (command.summary() || command.description()).split(/[:;\n]/)[0] ?? "" }));
}

type End = (code: number) => void;
type Options = PlayOptions & { readonly world?: string };

function programOf(args: readonly string[], terminal: NamedTerminal, end: End, extras: Extras): Command {
  const { commands = [], worlds = [] } = extras;
  const program: Command = new Command(terminal.program)
    .description("Plays a scenario and reports the results.\nExit codes: 0 all expectations held, 1 one failed, 2 the data cannot tell; 64 and above: not played.")
    .usage(`${shipped("scenarios/partition.yaml")} [options]`)
    .argument("<scenario>", `a YAML file: see ${shipped("scenarios/README.md")}`)
    .option("--seed <text>", "the seed of all randomness, instead of the scenario's own")
    .option("--runs <n>", "how many runs, each with its own seed derived from the seed", whole("--runs", MOST_RUNS))
    .option("--jobs <n>", "how many worker threads; by default one per processor; with 1, everything runs in this process", whole("--jobs", MOST_JOBS))
    .option("--set <path=value>", "change one value of the scenario, such as network.loss=5%; can be repeated", gather, [])
    .option("--out <dir>", "also write all measurements to files: manifest, tables, report")
    .option("--trace", "also record every step of every run (without --out: in out/<scenario>)")
    .option("--json", "print one JSON document instead of the report")
    .option("--quiet", "print the report only, nothing on standard error")
    .action(async (file: string, options: Options) => end(await playIn({ file, options, terminal, args }, extras, program)))
    .hook("preAction", refuseMore);
  if (worlds.length > 0) program.option("--world <name>", `play it in another world than the simulator; ${worlds.map(({ name, about }) => `${name}: ${about}`).join("; ")}`);
  for (const option of worlds.flatMap(({ options = [] }) => options)) program.addOption(option);
  addCheck(program, terminal, end);
  addTrace(program, terminal, end);
  addReplay(program, terminal, end);
  addReport(program, terminal, end);
  addPresets(program, terminal);
  addTrust(program, terminal, end);
  addLab(program, terminal, end);
  for (const { name, about, define } of commands) define(program.command(name).summary(about), { terminal, end });
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands: within }) => within)]) refine(command, terminal);
  program.enablePositionalOptions().hook("preSubcommand", refuseMisplaced);
  return program.version(version(), "--version", "show the version").addHelpText("after", examples(terminal.program));
}

/** Plays a scenario in the world that was asked for. */
function playIn(request: Request & { readonly options: Options }, { worlds = [] }: Extras, program: Command): Promise<number> {
  const { file, options: { world: wanted = SIMULATED, ...options } } = request;
  const meant = existsSync(file) ? undefined : nearCommand(file, namesIn(program));
  if (meant !== undefined) throw new Stop(exits.usage, `unknown command ${file}: did you mean ${meant}?`);
  const own = (of: OtherWorld): readonly Option[] => (of.options ?? []).filter((option) => program.getOptionValueSource(option.attributeName()) === "cli");
  const foreign = worlds.flatMap((other) => (other.name === wanted ? [] : own(other).map((option) => ({ option, other }))))[0];
  if (foreign !== undefined) throw new Stop(exits.usage, `${foreign.option.long ?? ""} works only with --world ${foreign.other.name}`);
  if (wanted === SIMULATED) return play({ ...request, options });
  const world = worlds.find(({ name }) => name === wanted);
  if (world === undefined) throw new Stop(exits.usage, `there is no world ${wanted}: choose one of ${[SIMULATED, ...worlds.map(({ name }) => name)].join(", ")}`);
  const given = Object.fromEntries(own(world).map((option) => [option.attributeName(), program.getOptionValue(option.attributeName())]));
  return world.play({ ...request, options, experiment: readExperiment(file, options), own: given });
}

const namesIn = (program: Command): readonly string[] => program.commands.map((command) => command.name());

function addCheck(program: Command, terminal: Terminal, end: End): void {
  program
    .command("check")
    .description("check determinism: play a scenario twice, in the main thread and in a worker, and compare every step\nExit codes: 0 every step is the same, 1 one differs")
    .argument("<scenario>", "a YAML file")
    .option("--seed <text>", "instead of the scenario's own seed")
    .option("--runs <n>", "how many runs", whole("--runs", MOST_RUNS))
    .option("--set <path=value>", "change one value of the scenario; can be repeated", gather, [])
    .action(async (file: string, options: CheckOptions) => end(await check(file, options, terminal)));
}

function addTrace(program: Command, terminal: NamedTerminal, end: End): void {
  const trace = program
    .command("trace")
    .description("print a trace as text, one line per step; or export it")
    .argument("<file>", "a file that --trace wrote, such as out/partition/run0.trace")
    .option("--from <time>", "begin at this time, such as 10s")
    .option("--to <time>", "end at this time")
    .option("--member <name>", "only this member's steps; can be repeated", gather, [])
    .action((file: string, options: TraceOptions) => end(tellTrace(file, options, terminal)));
  trace.enablePositionalOptions().hook("preSubcommand", refuseMisplaced);
  addExport(trace, terminal, end);
}

function addReplay(program: Command, terminal: NamedTerminal, end: End): void {
  program
    .command("replay")
    .description("replay members' flight recordings, and compare every step\nExit codes: 0 every step is as recorded, 1 one is not, 2 something is missing")
    .argument("<files...>", "recordings of one or several members; of a ring name only the newest file: FILE.1 and so on are found")
    .option("--json", "print one JSON document instead of the report")
    .option("--out <file>", "also write one trace of all members, merged by time")
    .option("--align", "correct the members' clocks by the pings and acks they exchanged")
    .action((files: readonly string[], options: ReplayOptions) => end(replayFiles(files, options, terminal)));
}

function addReport(program: Command, terminal: NamedTerminal, end: End): void {
  program
    .command("report")
    .description("rewrite report.html for a folder of results")
    .argument("<folder>", "a folder that --out wrote, such as out/partition")
    .option("--viewer <address>", `the viewer to which the page links, instead of that of ${script("viz", terminal.program)}; a URL, or a path relative to the page, such as ../site/index.html`)
    .action(async (folder: string, options: ReportOptions) => {
      const { writeReport } = await import("./page/command.ts");
      end(writeReport(folder, options, terminal));
    });
}

function addPresets(program: Command, terminal: Terminal): void {
  program
    .command("presets")
    .description("show the presets and where each value comes from: all side by side, one explained, or how some differ")
    .argument("[names...]", "such as swimlab; or memberlist-lan swimlab")
    .option("--json", "print one JSON document")
    .action((names: readonly string[], options: PresetsOptions) => tellPresets(names, options, terminal));
}

/** Options of the main command would be parsed and then ignored if a command's name came after them. */
function refuseMisplaced(program: Command, named: Command): void {
  const given = program.options.find((option) => program.getOptionValueSource(option.attributeName()) === "cli");
  const name = named.name();
  if (given !== undefined) throw new Stop(exits.usage, `${given.long ?? ""} comes before ${name}: write options of ${name} after it`);
}

/** Commands take one file at a time. If there are several words, the first may have been meant as a command. */
function refuseMore(_: Command, acting: Command): void {
  const { args, parent, registeredArguments } = acting;
  const [first = ""] = args;
  if (args.length <= Math.max(1, registeredArguments.length) || registeredArguments.some(({ variadic }) => variadic)) return;
  const meant = parent === null ? nearCommand(first, namesIn(acting)) : undefined;
  if (meant !== undefined) throw new Stop(exits.usage, `unknown command ${first}: did you mean ${meant}?`);
  if (parent === null && /^[a-z]+$/.test(first) && !existsSync(first)) throw new Stop(exits.usage, `unknown command ${first}: see --help`);
  throw new Stop(exits.usage, "too many arguments: give one file at a time, and put a path with spaces in quotes");
}

const NO_SCENARIO = `name a scenario, such as ${shipped("scenarios/partition.yaml")}; see --help`;
/** What to say about a missing argument, by its name. */
const MISSING: Readonly<Record<string, string>> = {
  file: "name a trace, such as out/partition/run0.trace",
  files: "name a recording, such as one that the agent's --record wrote",
  folder: "name a folder of results, such as out/partition",
  format: "name a format (perfetto, chrome, svg or graphviz) and a trace or a scenario, such as svg out/partition/run0.trace",
};

const examples = (program: string): string => `
Examples:
  ${program} ${shipped("scenarios/partition.yaml")}
  ${program} ${shipped("scenarios/crash.yaml")} --seed 7 --runs 100 --set network.loss=5% --set members=128
  ${program} ${shipped("scenarios/churn.yaml")} --out out/churn --trace
  ${program} trace out/churn/run0.trace --from 10s --to 12s --member m01
  ${program} trace export perfetto out/churn/run0.trace --out churn.json
  ${program} report out/churn
  ${program} replay a.flight b.flight --out merged.trace
  ${program} presets memberlist-lan swimlab
  ${program} check ${shipped("scenarios/partition.yaml")} --runs 3
  ${program} ${shipped("scenarios/loopback.yaml")} --world udp --processes 4
  ${silently(program)} ${shipped("scenarios/wan.yaml")} --json > wan.json${silently(program) === program ? "" : "      (-s: npm itself prints nothing to standard output)"}
`;
