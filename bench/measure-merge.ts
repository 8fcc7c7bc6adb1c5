/** Measures merging: `node --import tsx bench/measure-merge.ts 1000000 8` writes this many runs into this many shards below out/bench once, merges them, and prints a line of JSON. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { calibrationMilliseconds, calibrationWallMilliseconds, wallMilliseconds } from "./calibration.ts";
import { version } from "../sim/cli/version.ts";
import { CELLS, writeShards } from "../test/cli/lab/shards.ts";

export type MergeMeasurement = {
  readonly runs: number;
  /** From the command's start to its end. */
  readonly wallSeconds: number;
  /** As a multiple of the calibration loop's wall time, before and after. */
  readonly wallRatio: number;
  /** Of both its threads together. */
  readonly cpuSeconds: number;
  /** As a multiple of the calibration loop's CPU time, before and after. */
  readonly cpuRatio: number;
  /** The process's peak memory, including two portions of lines that its threads share. */
  readonly mebibytes: number;
};

/** Prints the process's resource usage when it exits. */
const TELL = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,JSON.stringify(process.resourceUsage())))`;

function measure(runs: number, shards: number): MergeMeasurement {
  const root = fileURLToPath(new URL("..", import.meta.url));
  // Shards of another version are not merged.
  const rows = join(root, "out", "bench", `shards-${runs}-${shards}-${version()}`);
  if (!existsSync(rows)) {
    // Written under another name first, so that a partial result is not taken for a complete one.
    const draft = `${rows}.unfinished`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    writeShards(draft, runs / CELLS, shards);
    renameSync(draft, rows);
  }
  const whole = `${rows}-merged`;
  rmSync(whole, { recursive: true, force: true });
  const calibration = (): { readonly cpu: number; readonly wall: number } => ({ cpu: calibrationMilliseconds() / 1000, wall: calibrationWallMilliseconds() / 1000 });
  const before = calibration();
  let usage = { userCPUTime: 0, systemCPUTime: 0, maxRSS: 0 };
  const wallSeconds = wallMilliseconds(() => {
    const { status, stderr, output } = spawnSync("node", ["--import", TELL, "--import", "tsx", "bin/sim.ts", "merge", ...readdirSync(rows).map((part) => join(rows, part)), "--out", whole, "--quiet"], {
      cwd: root, encoding: "utf8", stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    if (status !== 0) throw new Error(`merge ended with ${status}: ${stderr}`);
    usage = JSON.parse(String(output[3])) as typeof usage;
  }) / 1000;
  const after = calibration();
  rmSync(whole, { recursive: true, force: true });
  const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { runs, wallSeconds, wallRatio: (2 * wallSeconds) / (before.wall + after.wall), cpuSeconds, cpuRatio: (2 * cpuSeconds) / (before.cpu + after.cpu), mebibytes: usage.maxRSS / 1024 };
}

const [runs = "1000000", shards = "8"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(measure(Number(runs), Number(shards)))}\n`);
