/** Reports our own mistakes: what broke, where, and how to reproduce it. */

import { fileURLToPath } from "node:url";
import { PROGRAM } from "./typed.ts";

/** An error as it is sent from a worker: an Error itself would lose its class on the way. */
export type Fault = {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The system's or Node.js's code, such as ENOSPC. */
  readonly code: string | null;
  /** Did the system refuse something? Then it is not our mistake. */
  readonly isSystems: boolean;
};

export function faultOf(thrown: unknown): Fault {
  if (!(thrown instanceof Error)) return { name: "Error", message: String(thrown), stack: "", code: null, isSystems: false };
  const code = "code" in thrown ? String(thrown.code) : null;
  return { name: thrown.name, message: thrown.message, stack: thrown.stack ?? "", code, isSystems: code !== null && "syscall" in thrown };
}

/** A run failed through a mistake of ours. */
export class BrokenRun extends Error {
  override readonly name = "BrokenRun";
  readonly run: number;
  readonly seed: string;
  readonly fault: Fault;

  constructor(run: number, seed: string, fault: Fault) {
    super(fault.message);
    this.run = run;
    this.seed = seed;
    this.fault = fault;
  }
}

/** A few lines for people who want to report or fix it. `args`: the command line that led to it; `again`: the one that reproduces it. */
export function bugReport(thrown: unknown, args: readonly string[], again = commandAgain(thrown, args)): string {
  const fault = thrown instanceof BrokenRun ? thrown.fault : faultOf(thrown);
  const where = placesIn(fault.stack);
  return [
    `a bug in swimlab, not a mistake of yours: ${fault.name}: ${fault.message}`,
    ...(thrown instanceof BrokenRun ? [`  in run ${thrown.run}, with seed ${thrown.seed}`] : []),
    ...(where.length === 0 ? [] : [`  at ${where.join(" < ")}`]),
    `to reproduce it: ${again}`,
  ].join("\n");
}

/** The command that reproduces the mistake. */
export const commandAgain = (thrown: unknown, args: readonly string[], program?: string): string =>
  commandLine(thrown instanceof BrokenRun ? untilRun(args, thrown.run) : args, program);

/** The command as it can be typed again. */
export const commandLine = (args: readonly string[], program = PROGRAM): string => [program, ...args.map(quoted)].join(" ");

/** An argument as it can be typed: quoted if a shell would change its meaning. */
export const quoted = (arg: string): string => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);

/** Commands that play runs but do not take their number with `--runs`. */
const COUNTLESS: ReadonlySet<string> = new Set(["sweep", "tune", "swarm"]);
/** Commands that play in one thread, or choose the number themselves. */
const ALONE: ReadonlySet<string> = new Set(["check", "trace", "shrink", "explore", "explain"]);

/** The last of several `--runs` and `--jobs` counts: plays only as many runs as needed, in one thread, where it is easiest to debug. */
function untilRun(args: readonly string[], run: number): readonly string[] {
  const [command = ""] = args;
  if (ALONE.has(command)) return args;
  return [...args, ...(COUNTLESS.has(command) ? [] : ["--runs", `${run + 1}`]), "--jobs", "1"];
}

const house = fileURLToPath(new URL("../../", import.meta.url));

/** The places in our own files, innermost first. */
function placesIn(stack: string): readonly string[] {
  const places = stack.split("\n").flatMap((line) => /\(?(?:file:\/\/)?(\/[^()]*:\d+:\d+)\)?$/.exec(line)?.[1] ?? []);
  return places.filter((place) => place.startsWith(house) && !place.includes("node_modules")).slice(0, 4).map((place) => place.slice(house.length));
}
