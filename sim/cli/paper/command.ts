/** The command line of `npm run paper`, and what it says about mistakes in it. */

import { Command } from "commander";
import { nearest } from "../../scenario/nearest.ts";
import { bugReport, commandLine } from "../bug.ts";
import { refuseNoSeed } from "../experiment.ts";
import { gather, MOST_JOBS, obey, refine, whole } from "../manners.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { experimentNames, experiments } from "./experiments/index.ts";
import { regenerate } from "./regenerate.ts";
import { renderAgain } from "./render-again.ts";

const PROGRAM = "npm run paper --";

type Options = {
  readonly full?: boolean;
  readonly only: readonly string[];
  readonly seed: string;
  readonly out?: string;
  readonly jobs?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly render?: string;
  readonly fill?: string;
};

/** Does what the arguments say, and returns the exit code. Never throws. */
export const runPaper = (args: readonly string[], terminal: Terminal): Promise<number> =>
  obey((end) => programOf(terminal, end), args, terminal, { missing: () => "", report: (fault) => bugReport(fault, args, commandLine(args, PROGRAM)) });

function programOf(terminal: Terminal, end: (code: number) => void): Command {
  const program = new Command(PROGRAM)
    .description("Measures again what SWIM, Lifeguard and others published, figure beside figure.\nExit codes: 0 nothing misses but what docs/paper.md explains, 1 something else does; 64 and above: not played.")
    .usage("[options]")
    .option("--full", "as much as was published: less than two hours on two processors; resumes where it was stopped")
    .option("--only <name>", `one experiment; can be repeated: ${experimentNames.join(", ")}`, gather, [])
    .option("--seed <text>", `the seed of all randomness; by default ${USUAL_SEED}`, USUAL_SEED)
    .option("--out <dir>", `where to write the runs, the report and the page; by default ${DEFAULT_OUT}`, DEFAULT_OUT)
    .option("--jobs <n>", "how many worker threads; by default one per processor; with 1, everything runs in this process", whole("--jobs", MOST_JOBS))
    .option("--json", "print one JSON document instead of the report")
    .option("--quiet", "print the report only, nothing on standard error")
    .option("--render <file>", "play nothing: make the report and the page from a paper.json")
    .option("--fill <file>", "with --render: insert the tables into this Markdown page")
    .action(async (options: Options) => end(await act(options, terminal)))
    .hook("preAction", (_, { args: [word] }) => {
      if (word !== undefined) throw new Stop(exits.usage, `${word} means nothing here${meantName(word)}`);
    });
  refine(program, terminal);
  return program.addHelpText("after", helpText);
}

const DEFAULT_OUT = "out/paper";
const USUAL_SEED = "1";

function act(options: Options, terminal: Terminal): number | Promise<number> {
  const { full, only, seed, out = DEFAULT_OUT, render, fill, jobs, json = false, quiet = false } = options;
  if (out === "") throw new Stop(exits.usage, "--out needs the name of a folder");
  if (render !== undefined) return renderAgain({ file: render, out, fill: fill ?? null, json }, terminal);
  if (fill !== undefined) throw new Stop(exits.usage, "--fill goes with --render: the figures come from a file");
  refuseNoSeed(seed);
  const unknown = only.find((name) => !experimentNames.includes(name));
  if (unknown !== undefined) throw new Stop(exits.usage, `there is no experiment ${unknown}${meantName(unknown)}`);
  const names = only.length === 0 ? experimentNames : experimentNames.filter((name) => only.includes(name));
  return regenerate({ extent: full === true ? "full" : "subset", names, seed, out, jobs: jobs ?? null, json, quiet, command: commandFor(options) }, terminal);
}

/** The command that gives the same figures again. The output folder and the number of threads do not matter, and are left out. */
function commandFor({ full, only, seed }: Options): string {
  const words = [...(full === true ? ["--full"] : []), ...only.flatMap((name) => ["--only", name]), ...(seed === USUAL_SEED ? [] : ["--seed", seed])];
  return words.length === 0 ? "npm run paper" : commandLine(words, PROGRAM);
}

const meantName = (word: string): string => {
  const meant = nearest(word, experimentNames);
  return meant === undefined ? `: the experiments are ${experimentNames.join(", ")}` : `: did you mean --only ${meant}?`;
};

const helpText = `
Experiments:
${experiments.map(({ name, source }) => `  ${name.padEnd(20)}${source}`).join("\n")}

Examples:
  npm run paper
  npm run paper -- --only lifeguard --only swim-load
  npm run paper -- --full --out out/paper-full
  npm run paper -- --render out/paper/paper.json --out out/paper-again
  npm run -s paper -- --json > paper.json                     (-s: npm itself prints nothing to standard output)

docs/paper.md explains how each experiment is set up and how to read the page.
`;
