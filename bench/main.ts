/** `npm run bench`: every figure that we promise, measured, beside its budget. With `--check`, exits with 1 if one is missed. */

import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, styleText } from "node:util";
import type { Figure } from "./figure.ts";
import { figures } from "./figures.ts";

const help = `npm run bench -- [viz | peers | scale [NAME…] | profile NAME] [--check] [--only TEXT] [--json]

Measures every figure that swimlab promises and prints it beside its budget.
Times of computation are held to their budgets as ratios to a calibration loop
run in the same process, because machines differ and are noisy.

  viz            the viewer's figures, in a real Chromium; not measured unless asked for:
                 the first time, traces of millions of lines are made below out/bench
  peers          members of ours, of the npm package swim and of Serf, one group
                 after another, on loopback: no budgets, a table
  scale          scenarios/scale, or those named, played to the end: minutes each,
                 and gigabytes; the tables of docs/scale.md
  profile NAME   where the time of a workload or a scenario goes, or its memory: -- profile --help
  --quick        of the viewer: a shorter play, fewer seeks, half a million lines
  --check        measure what is promised, without what is only aimed at, and exit
                 with 1 if a budget is missed by more than 15 %, the noise, five
                 times in a row
  --only TEXT    only figures whose name contains TEXT, e.g. --only "W(1024)"
  --json         one JSON document instead of the table
  --record       add what was measured to bench/history.ndjson, a line for each run

Examples:
  npm run bench
  npm run bench -- --only W(
  npm run bench -- viz --quick
  npm run bench -- peers
  npm run bench -- scale crash-100k
  npm run bench -- profile 'W(4096)'
  npm run bench -- --check
`;

/** How far the same program's figures stray on a busy machine. `--check` fails beyond it; the marks show what was measured. */
const NOISE = 1.15;

/** How often `--check` measures what misses its budget: others on the machine can only make a figure worse, so that its least is its truest. */
const TRIES = 5;

/** `excess`: the figure, or its ratio, as a multiple of the budget. */
type Row = { readonly figure: Figure; readonly value: number; readonly ratio: number | null; readonly excess: number };

function main(): number {
  // It has options of its own.
  if (process.argv[2] === "profile") return spawnSync("node", ["--import", "tsx", fileURLToPath(new URL("profile/main.ts", import.meta.url)), ...process.argv.slice(3)], { stdio: "inherit" }).status ?? 1;
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean" }, check: { type: "boolean" }, only: { type: "string" }, json: { type: "boolean" }, record: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const [room] = positionals;
  if (room === "peers" && positionals.length === 1) return spawnSync("node", ["--import", "tsx", fileURLToPath(new URL("peers/main.ts", import.meta.url))], { stdio: "inherit" }).status ?? 1;
  if (room === "scale") return spawnSync("node", ["--import", "tsx", fileURLToPath(new URL("scale/main.ts", import.meta.url)), ...positionals.slice(1)], { stdio: "inherit" }).status ?? 1;
  if (positionals.length > 1 || (room !== undefined && !figures.some((figure) => figure.room === room))) {
    process.stderr.write(`there is no room ${positionals.join(" ")} to measure; there are: viz, peers, scale, profile\n`);
    return 64;
  }
  if (values.quick === true) process.env["SWIMLAB_QUICK"] = "1";
  const chosen = figures.filter(({ name, isAim, room: where }) => where === room && name.includes(values.only ?? "") && !(values.check === true && isAim === true));
  if (chosen.length === 0) {
    process.stderr.write(`no figure is named like "${values.only}"; there are: ${figures.map(({ name }) => name).join(", ")}\n`);
    return 64;
  }
  if (values.json !== true) process.stdout.write(`${heading}\n`);
  const rows = chosen.map((figure) => {
    const row = values.check === true ? leastOf(TRIES, figure) : measured(figure);
    if (values.json !== true) process.stdout.write(`${line(row)}\n`);
    return row;
  });
  if (values.json === true) process.stdout.write(`${JSON.stringify(rows.map(({ figure: { name, unit, budget, ratioBudget }, ...row }) => ({ name, unit, budget, ratioBudget, ...row })), null, 2)}\n`);
  if (values.record === true) record(rows);
  const missed = rows.filter(({ figure, excess }) => figure.isAim !== true && excess > NOISE);
  if (values.json !== true) process.stdout.write(missed.length === 0 ? "\nall that is promised is kept\n" : `\nmissed: ${missed.map(({ figure }) => figure.name).join(", ")}\n`);
  return values.check === true && missed.length > 0 ? 1 : 0;
}

function measured(figure: Figure): Row {
  const { value, ratio } = figure.measure(run);
  if (figure.isFloor === true) return { figure, value, ratio, excess: figure.budget / value };
  const excess = ratio === null || figure.ratioBudget === null ? value / figure.budget : ratio / figure.ratioBudget;
  return { figure, value, ratio, excess };
}

/** The least of so many measurements; those after the first only while the budget is missed. */
function leastOf(tries: number, figure: Figure): Row {
  let least = measured(figure);
  for (let taken = 1; taken < tries && least.excess > NOISE; taken++) {
    const again = measured(figure);
    if (again.excess < least.excess) least = again;
  }
  return least;
}

/** One line for this run: when, on what, of which commit, and every figure with its ratio. */
function record(rows: readonly Row[]): void {
  const commit = run(["git", "describe", "--always", "--dirty"]).trim();
  const measuredOf = ({ value, ratio }: Row): readonly (number | null)[] => [value, ratio].map((number) => (number === null ? null : Number(number.toPrecision(4))));
  const figuresOf = Object.fromEntries(rows.map((row) => [row.figure.name, measuredOf(row)]));
  const line = { at: new Date().toISOString(), commit, node: process.versions.node, processor: cpus()[0]?.model ?? "", figures: figuresOf };
  appendFileSync(new URL("./history.ndjson", import.meta.url), `${JSON.stringify(line)}\n`);
}

/** Runs a program of ours and hands back what it printed. Throws if it failed: a figure that cannot be measured is not kept. */
function run(command: readonly string[]): string {
  const [program = "", ...args] = command;
  const { stdout, stderr, status } = spawnSync(program, args, { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

const heading = `${"figure".padEnd(52)}${"measured".padStart(12)}${"budget".padStart(10)}   ${"unit".padEnd(22)}${"ratio".padStart(9)}${"budget".padStart(9)}`;

function line({ figure, value, ratio, excess }: Row): string {
  const { name, unit, budget, ratioBudget } = figure;
  const far = figure.isAim === true ? styleText("yellow", "not reached yet") : styleText("red", "✗");
  const mark = excess <= 1 ? styleText("green", "✓") : excess <= NOISE ? styleText("yellow", "within noise") : far;
  const ratios = ratio === null || ratioBudget === null ? "" : `${digits(ratio).padStart(9)}${digits(ratioBudget).padStart(9)}`;
  return `${name.padEnd(52)}${digits(value).padStart(12)}${digits(budget).padStart(10)}   ${unit.padEnd(22)}${ratios.padEnd(18)} ${mark}`;
}

const digits = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 3 });

process.exitCode = main();
