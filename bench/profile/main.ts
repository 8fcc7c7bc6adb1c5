/** `npm run bench -- profile NAME`: where the time of a workload or a scenario goes, or its memory, by function and by room. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { oneCoreFor } from "../../sim/cli/memory.ts";
import { Stop } from "../../sim/cli/stop.ts";
import type { Scenario } from "../../sim/index.ts";
import type { Profiled } from "./play.ts";
import { fileNameOf, subjectOf } from "./subject.ts";
import type { Share } from "./summary.ts";

const help = `npm run bench -- profile NAME [--memory] [--runs N] [--top N]

Plays a workload or a scenario, after a warm-up, in a separate process under
V8's profiler, and prints the self time of each function and each folder of the
source. The profile is kept in out/bench, for Chromium's DevTools: Performance,
"Load profile"; or Memory, "Load profile".

  NAME         a workload, by the name that npm run bench gives its figure: W(4096),
               "1024 join through one seed, 30 s"; W(N) of any size, "W(3000) with 5 % loss"
               and "W(3000), all of swimlab"; or a scenario's file, of which all runs are
               played
  --memory     what is allocated, including garbage, instead of what takes time
  --runs N     how many runs of a scenario
  --top N      how many functions to print; by default 25

Times are wall-clock times: on a busy machine only the shares are meaningful.

Examples:
  npm run bench -- profile 'W(4096)'
  npm run bench -- profile 'W(1024), all of swimlab' --memory
  npm run bench -- profile scenarios/partition.yaml --runs 5
`;

/** Plays it and prints the tables. Returns the player's exit code: if it failed, it has printed why. */
function profile(name: string, scenario: Scenario, { memory, runs, top }: { readonly memory: boolean; readonly runs: number; readonly top: number }): number {
  const file = `out/bench/${fileNameOf(name)}.${memory ? "heapprofile" : "cpuprofile"}`;
  const args = [...oneCoreFor(scenario.members.length), "--import", "tsx", fileURLToPath(new URL("play.ts", import.meta.url)), name, memory ? "memory" : "time", file, String(runs)];
  const { stdout, status } = spawnSync("node", args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 * 2 ** 20 });
  if (status !== 0) return status ?? 1;
  const { summary, events, cpuSeconds } = JSON.parse(stdout) as Profiled; // Written by play.ts.
  const amountOf = memory ? (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB` : (micros: number) => `${(micros / 1000).toFixed(0)} ms`;
  const lineOf = ({ name: who, where, amount, share }: Share): string => `${amountOf(amount).padStart(12)}${(100 * share).toFixed(1).padStart(7)} %  ${who.padEnd(where === "" ? 0 : 24)}${where === "" ? "" : `  ${where}`}\n`;
  const played = `${name}: ${runs} ${runs === 1 ? "run" : "runs"}, ${events.toLocaleString("en")} steps, ${cpuSeconds.toFixed(1)} s of CPU`;
  const what = memory ? `${amountOf(summary.total)} allocated, ${(summary.total / events).toFixed(0)} bytes a step` : `${amountOf(summary.total)} sampled`;
  process.stdout.write(`${played}; ${what}\n\nROOMS, by themselves\n${summary.rooms.map(lineOf).join("")}\nFUNCTIONS, by themselves\n${summary.functions.slice(0, top).map(lineOf).join("")}\nwritten to ${file}\n`);
  return 0;
}

/** Parses a number of at least one. Throws an Error if it is something else. */
function countOf(option: string, written: string): number {
  const count = Number(written);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${option} must be a whole number of at least 1, not ${written}`);
  return count;
}

function main(args: readonly string[]): number {
  try {
    const options = { memory: { type: "boolean" }, runs: { type: "string" }, top: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
    const { values, positionals: [name, ...more] } = parseArgs({ args: [...args], allowPositionals: true, options });
    if (values.help === true || name === undefined) {
      (values.help === true ? process.stdout : process.stderr).write(help);
      return values.help === true ? 0 : 64;
    }
    if (more.length > 0) throw new Error(`one thing at a time: ${name}, or ${more.join(" ")}`);
    const scenario = subjectOf(name);
    return profile(name, scenario, { memory: values.memory === true, runs: values.runs === undefined ? scenario.runs : countOf("runs", values.runs), top: countOf("top", values.top ?? "25") });
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return thrown instanceof Stop ? thrown.code : 64;
  }
}

process.exitCode = main(process.argv.slice(2));
