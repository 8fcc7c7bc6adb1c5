/** Agents as processes of their own, on loopback: what they say line by line, and how they end. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { mortal } from "../mortal.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));

/** One line of `--json`. */
export type Said = { readonly event: string; readonly at: string; readonly [key: string]: unknown };

export type RunningAgent = {
  readonly process: ChildProcess;
  /** All lines so far, as they were written. */
  readonly lines: readonly string[];
  /** The first line, from this one on, that is meant. Rejects if the process ends before. */
  readonly line: (isMeant: (line: string) => boolean, from?: number) => Promise<string>;
  /** The same of `--json`. */
  readonly said: (event: string, isMeant?: (said: Said) => boolean, from?: number) => Promise<Said>;
  readonly errors: () => string;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
};

const all: ChildProcess[] = [];
afterAll(() => { for (const child of all) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL"); });

/** Starts an agent with these words. It is killed when the tests of the file are over, if it still runs. */
export function startAgent(...args: readonly string[]): RunningAgent {
  return watch(spawn(process.execPath, ["--import", "tsx", "bin/agent.ts", ...args], { cwd: house, stdio: ["ignore", "pipe", "pipe"] }));
}

/** Watches a process that was started, line by line. */
export function watch(child: ChildProcess): RunningAgent {
  all.push(mortal(child));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let [errors, isOver] = ["", false];
  const look = (): void => { for (const again of [...waiting]) again(); };
  if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", (line) => { lines.push(line); look(); });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = once(child, "close").then(([code, signal]: (number | string)[]) => {
    isOver = true;
    look();
    return code ?? signal ?? "";
  });
  const line = (isMeant: (line: string) => boolean, from = 0): Promise<string> => new Promise((resolve, reject) => {
    const again = (): void => {
      const found = lines.slice(from).find(isMeant);
      if (found === undefined && !isOver) return;
      waiting.delete(again);
      if (found === undefined) reject(new Error(`it ended before it said that; it said:\n${lines.join("\n")}\n${errors}`));
      else resolve(found);
    };
    waiting.add(again);
    again();
  });
  const said = async (event: string, isMeant: (said: Said) => boolean = () => true, from = 0): Promise<Said> =>
    JSON.parse(await line((text) => { const one: Said = JSON.parse(text); return one.event === event && isMeant(one); }, from));
  return { process: child, lines, line, said, errors: () => errors, ended };
}

/** Whom an event is about. */
export const about = (name: string) => ({ member }: Said): boolean => typeof member === "object" && member !== null && "name" in member && member.name === name;
