/** Files that are shipped with swimlab (scenarios, sweeps, worlds and pages), by their path from the user's current folder. */

import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative } from "node:path";

/** A clone of the repository, or `node_modules/swimlab`. */
const root = dirname(createRequire(import.meta.url).resolve("swimlab/package.json"));

/** `scenarios/crash.yaml` in a clone; `node_modules/swimlab/scenarios/crash.yaml` where the package is installed; the full path anywhere else. */
export function shipped(path: string): string {
  const whole = join(root, path);
  const fromHere = relative(process.cwd(), whole);
  return fromHere.startsWith("..") || isAbsolute(fromHere) ? whole : fromHere;
}
