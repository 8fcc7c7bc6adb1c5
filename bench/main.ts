/** `npm run bench`: measures every figure that we promise or aim at, and prints it beside its budget. With `--check`, exits with 1 if one misses what it is held to. */

import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { figures } from "./figures.ts";
import { bestOf, type Row, rowOf, verdictOf } from "./report/figure.ts";
import { historyLine, readHistory, showHistory } from "./report/history.ts";
import { heading, tableLine } from "./report/table.ts";

const help = `npm run bench -- [viz | peers | scale [NAME…] | profile NAME | history [TEXT]] [--check] [--only TEXT] [--json]

Measures every performance figure and prints it beside its budget: what is aimed
at. Where that is not reached, yet or not on every day, the figure is held to what
was measured instead ("held"). Processor times are judged by their ratios to a
calibration loop run in the same process, because machines differ and are noisy.
Each run adds a line to bench/history.ndjson, with the hashes of the traces that
were played.

  viz            the viewer's figures, in a real Chromium; measured only if named:
                 the first time, traces of millions of lines are made in out/bench
  peers          members of swimlab, of the npm package swim and of Serf, one group
                 after another, on loopback: no budgets, a table
  scale          plays scenarios/scale, or those named, to the end: minutes each,
                 and gigabytes; the tables of docs/scale.md
  profile NAME   where the time or memory of a workload or a scenario goes: -- profile --help
  history        the history of figures, from bench/history.ndjson: those whose
                 name contains TEXT, or all; measures nothing
  --quick        for viz: a shorter play, fewer seeks, half a million lines;
                 not comparable, so it is not added to the history
  --check        skip what takes minutes or depends on the machine; exit with 1 if
                 a figure misses what it is held to by more than 15 %, the noise, five
                 times in a row
  --only TEXT    only figures whose name contains TEXT, e.g. --only "W(1024)"
  --json         one JSON document instead of the table
  --no-record    add nothing to bench/history.ndjson

Examples:
  npm run bench
  npm run bench -- --only 'W('
  npm run bench -- history "W(1024)"
  npm run bench -- viz --quick
  npm run bench -- peers
  npm run bench -- scale crash-100k
  npm run bench -- profile 'W(4096)'
  npm run bench -- --check
`;

/** How many times `--check` measures a figure that misses its limit. */
const TRIES = 5;

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const HISTORY = here("history.ndjson");

const options = {
  quick: { type: "boolean", default: false }, check: { type: "boolean", default: false }, only: { type: "string", default: "" }, json: { type: "boolean", default: false },
  record: { type: "boolean", default: true }, help: { type: "boolean", short: "h", default: false },
} as const;

function main(): number {
  // Profiling has its own options.
  if (process.argv[2] === "profile") return program("profile/main.ts", process.argv.slice(3));
  const asked = understood();
  if (typeof asked === "string") {
    process.stderr.write(`${asked}: --help lists those there are\n`);
    return 64;
  }
  const { values, positionals } = asked;
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [room, ...rest] = positionals;
  if (room === "peers" && rest.length === 0) return program("peers/main.ts", []);
  if (room === "scale") return program("scale/main.ts", rest);
  if (room === "history" && rest.length <= 1) return showGone(rest[0] ?? "");
  if (rest.length > 0 || (room !== undefined && !figures.some((figure) => figure.room === room))) {
    process.stderr.write(`there is nothing called ${positionals.join(" ")} to measure; choose one of viz, peers, scale, profile, history\n`);
    return 64;
  }
  if (values.quick) process.env["SWIMLAB_QUICK"] = "1";
  const chosen = figures.filter(({ name, onDemand, room: where }) => where === room && name.includes(values.only) && !(values.check && onDemand === true));
  if (chosen.length === 0) return noneNamed(values.only, figures.map(({ name }) => name));
  if (!values.json) process.stdout.write(`${heading}\n`);
  const rows = chosen.map((figure) => {
    const row = values.check ? bestOf(TRIES, figure, () => figure.measure(run)) : rowOf(figure, figure.measure(run));
    if (!values.json) process.stdout.write(`${tableLine(row)}\n`);
    return row;
  });
  if (values.json) process.stdout.write(`${JSON.stringify(rows.map(asJson), null, 2)}\n`);
  if (values.record && !values.quick) record(rows);
  const broken = rows.filter((row) => verdictOf(row) === "broken");
  if (!values.json) process.stdout.write(broken.length === 0 ? "\neverything is what it is held to\n" : `\nbroken: ${broken.map(({ figure }) => figure.name).join(", ")}\n`);
  return values.check && broken.length > 0 ? 1 : 0;
}

const read = () => parseArgs({ allowPositionals: true, allowNegative: true, options });

/** The parsed options; or what is wrong with them, in Node's words. */
function understood(): ReturnType<typeof read> | string {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof TypeError && "code" in fault && String(fault.code).startsWith("ERR_PARSE_ARGS_")) return fault.message.split(/\.\s/)[0] ?? "";
    throw fault;
  }
}

const program = (file: string, args: readonly string[]): number => spawnSync("node", ["--import", "tsx", here(file), ...args], { stdio: "inherit" }).status ?? 1;

function noneNamed(text: string, names: readonly string[]): number {
  process.stderr.write(`no figure's name contains "${text}"; there are: ${names.join(", ")}\n`);
  return 64;
}

/** Prints the history of the figures with this name. */
function showGone(text: string): number {
  const lines = readHistory(readFileSync(HISTORY, "utf8"));
  const shown = showHistory(lines, text, new Map(figures.map(({ name, unit }) => [name, unit])));
  if (shown === "") return noneNamed(text, Array.from(new Set(lines.flatMap((line) => Object.keys(line.figures)))));
  process.stdout.write(shown);
  return 0;
}

const asJson = (row: Row): object => {
  const { figure: { name, unit, budget, budgetRatio, held }, measured, ofBudget, ofHeld } = row;
  return { name, unit, budget, budgetRatio, held: held ?? null, ...measured, ofBudget, ofHeld, verdict: verdictOf(row) };
};

/** Adds one line for this run: date, machine, commit, and every figure with its ratio and its trace. */
function record(rows: readonly Row[]): void {
  appendFileSync(HISTORY, historyLine({ at: new Date().toISOString(), commit: commit(), node: process.versions.node, processor: cpus()[0]?.model ?? "" }, rows));
}

/** The measured commit. The history grows with each run and does not count as a change. */
function commit(): string {
  const changed = run(["git", "diff", "--name-only", "HEAD", "--", ".", ":(exclude)bench/history.ndjson"]);
  return `${run(["git", "describe", "--always"]).trim()}${changed === "" ? "" : "-dirty"}`;
}

/** Runs a program of ours and returns its output. Throws if it failed: a figure that cannot be measured is not recorded. */
function run(command: readonly string[]): string {
  const [executable = "", ...args] = command;
  const { stdout, stderr, status } = spawnSync(executable, args, { cwd: here(".."), encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

process.exitCode = main();
