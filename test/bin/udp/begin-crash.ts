/** Begins three minutes of real life as soon as it is known that somebody will ask for them: `npm run sim -- scenarios/crash.yaml --world udp`, as a user types it. It mostly waits, and no test waits for it. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import type { Outcome } from "../../cli/command.ts";
import { mortal } from "../../mortal.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A file that is there once it is over: its `Outcome`. */
    readonly crashForReal: string;
  }
}

const house = fileURLToPath(new URL("../../..", import.meta.url));

/** One real run is the fewest. */
const words = ["run", "-s", "sim", "--", "scenarios/crash.yaml", "--world", "udp", "--runs", "1"];

/** Called by Vitest before the first test of any file; what it returns, after the last. */
export default function begin(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-crash-"));
  const file = join(folder, "outcome.json");
  project.provide("crashForReal", file);
  // Others' tests count what lies in the usual place.
  const passing = join(folder, "tmp");
  mkdirSync(passing);
  // A group of its own: npm starts a shell, and that the command.
  const child = mortal(spawn("npm", words, { cwd: house, detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, TMPDIR: passing } }), "whole");
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  let runs = true;
  child.once("close", (code) => {
    runs = false;
    writeFileSync(`${file}.part`, JSON.stringify({ code, stdout, stderr } satisfies Outcome));
    renameSync(`${file}.part`, file);
  });
  const end = (): void => { if (runs && child.pid !== undefined) process.kill(-child.pid, "SIGKILL"); };
  return () => {
    child.removeAllListeners("close");
    end();
    rmSync(folder, { recursive: true, force: true });
  };
}
