/** Why nothing can be written to a folder, in a sentence. */

import { existsSync } from "node:fs";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";

/** The Stop for what the system refused; any other fault as it is. Below a file, newer versions of Node.js say `EEXIST` where older ones say `ENOTDIR`. */
export function unwritable(folder: string, fault: unknown): unknown {
  if (!isSystemFault(fault)) return fault;
  const why = fault.code !== "EEXIST" ? whyNot(fault) : existsSync(folder) ? "it is a file" : "not a directory";
  return new Stop(exits.noOutput, `nothing can be written to ${folder}: ${why}`);
}
