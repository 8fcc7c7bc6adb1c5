/** Programs of others that tests run beside our members, and that this machine may lack. */

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { mortal } from "../mortal.ts";
import { until } from "./until.ts";

/** Where a program is installed; undefined if it is not. */
export const installed = (name: string): string | undefined => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)).find((path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** May tests with this program be passed over? Only without it, and never in CI, which installs it. Then says on standard error which ones are, once. */
export function passedOver(program: string | undefined, which: string): boolean {
  const is = program === undefined && process.env["CI"] === undefined;
  if (is) process.stderr.write(`${which}\n`);
  return is;
}

/** A program that runs. */
export type Running = {
  /** All that it printed so far. */
  readonly said: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Ends it at once, stopped or not. Idempotent. */
  readonly stop: () => Promise<void>;
  /** The first answer of this that is neither false nor undefined. Rejects with what the program said if it ends before, or never began. */
  readonly begun: <T>(answer: () => T) => Promise<Exclude<T, false | undefined>>;
};

export function run(program: string, args: readonly string[]): Running {
  const child = mortal(spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] }));
  let runs = true;
  let said = "";
  let trouble: Error | undefined;
  const ended = new Promise<void>((resolve) => child.once("close", () => { runs = false; resolve(); }));
  const hear = (text: Buffer): void => { said += text.toString(); };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  child.once("error", (error) => { trouble = error; });
  return {
    said: () => said,
    signal: (signal) => { child.kill(signal); },
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
    begun: (answer) => until(`${program} runs`, () => {
      if (trouble !== undefined) throw trouble;
      if (!runs) throw new Error(`${program} ended before it ran: ${said}`);
      return answer();
    }),
  };
}
