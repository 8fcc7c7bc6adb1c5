/** Starts the measurement of a large group with the memory that it needs, on one core, and reads the result. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { oneCoreFor } from "../../sim/cli/memory.ts";
import type { ScaleMeasurement, Subject } from "./measure.ts";

/** The command that measures it, with as much memory as a worker of `npm run sim` has for this many members. */
export const commandFor = (subject: Subject, members: number): readonly string[] => ["node", ...oneCoreFor(members), "--import", "tsx", "bench/scale/measure.ts", JSON.stringify(subject)];

/** Measures it; its progress goes to the terminal. Throws if it failed, or ran out of memory. */
export function measureScale(subject: Subject, members: number): ScaleMeasurement {
  const [program = "", ...args] = commandFor(subject, members);
  const { stdout, status } = spawnSync(program, args, { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
  return JSON.parse(stdout) as ScaleMeasurement;
}
