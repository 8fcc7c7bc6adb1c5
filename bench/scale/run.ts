/** Starts the measurement of a large group with the memory that it needs, on one core, and reads what it found. */

import { spawnSync } from "node:child_process";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import type { ScaleMeasurement, Subject } from "./measure.ts";

/** Of the machine's memory, the share that the process may fill. */
const OURS = 0.8;
/** Room for what is young, as a worker of `npm run sim` has it: in megabytes, for each half. */
const YOUNG = { least: 64, most: 512, membersToOne: 192 } as const;

/** The command that measures it. */
export function commandFor(subject: Subject, members: number): readonly string[] {
  const young = Math.min(YOUNG.most, Math.max(YOUNG.least, Math.floor(members / YOUNG.membersToOne)));
  const old = Math.floor((totalmem() / 2 ** 20) * OURS);
  return ["node", "--single-threaded-gc", `--max-semi-space-size=${young}`, `--max-old-space-size=${old}`, "--import", "tsx", "bench/scale/measure.ts", JSON.stringify(subject)];
}

/** Measures it; what it says on the way goes to the terminal. Throws if it failed, or its memory was full. */
export function measureScale(subject: Subject, members: number): ScaleMeasurement {
  const [program = "", ...args] = commandFor(subject, members);
  const { stdout, status } = spawnSync(program, args, { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
  return JSON.parse(stdout) as ScaleMeasurement;
}
