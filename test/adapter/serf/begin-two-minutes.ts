/** Begins two minutes of real life as soon as it is known that somebody will ask for them, in a process of their own: no test waits for them, and none holds them up. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { isPassedOver } from "./agent.ts";
import { mortal } from "../../mortal.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A file that is there once they are over: `Lived`, or what went wrong. */
    readonly twoMinutes: string;
  }
}

const house = fileURLToPath(new URL("../../..", import.meta.url));

/** Called by Vitest before the first test of any file; what it returns, after the last. */
export default function begin(project: TestProject): (() => void) | undefined {
  if (isPassedOver) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "swimlab-two-minutes-"));
  const file = join(folder, "lived.json");
  project.provide("twoMinutes", file);
  const child = mortal(spawn(process.execPath, ["--import", "tsx", "test/adapter/serf/two-minutes.ts", file], { cwd: house, stdio: ["ignore", "ignore", "pipe"] }));
  let errors = "";
  child.stderr.on("data", (text: Buffer) => { errors += text.toString(); });
  let over = false;
  child.once("close", (code) => { if (code !== 0 && !over) writeFileSync(file, JSON.stringify({ trouble: errors })); });
  return () => {
    over = true;
    // Its agents end with it.
    child.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
}
