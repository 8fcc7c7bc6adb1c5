/** The command under test: as a process of its own, or called in this one, which is quicker; and scenarios for it to play. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { type Extras, runCommand, type Terminal } from "../../sim/cli/index.ts";
import { mortal } from "../mortal.ts";

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const house = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the real command. */
export const start = (...args: readonly string[]): ChildProcess =>
  mortal(spawn(process.execPath, ["--import", "tsx", "bin/sim.ts", ...args], { cwd: house, stdio: ["ignore", "pipe", "pipe"] }));

/** What becomes of a command that was started. */
export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** The command as a function: the same words, no process. */
export const call = (...args: readonly string[]): Promise<Outcome> => callWith({})(...args);

/** The same, with what others add to it. */
export const callWith = (extras: Extras) => (...args: readonly string[]): Promise<Outcome> => hear((terminal) => runCommand(args, terminal, extras));

/** What a program says to its terminal, and its code. */
export async function hear(run: (terminal: Terminal) => Promise<number>): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  const code = await run({
    say: (text) => void (stdout += text),
    remark: (line) => void (stderr += `${line}\n`),
    width: 100,
    color: false,
    screen: null,
  });
  return { code, stdout, stderr };
}

/** A folder that is gone when the tests of a file are over. */
export function passingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a scenario of eight members, one of whom crashes, with these lines at its end. Answers with its path. */
export function scenarioIn(folder: string, name: string, ...lines: readonly string[]): string {
  const path = join(folder, `${name}.yaml`);
  const usual = ["seed: 1", "runs: 3", "duration: 20s", "members: 8", "timeline:", "  - { at: 5s, crash: 1 }"];
  writeFileSync(path, [...usual, ...lines, ""].join("\n"));
  return path;
}
