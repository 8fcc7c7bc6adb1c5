/** The subject of a profile: a workload by the name of its figure, or a scenario's file. */

import { readExperiment } from "../../sim/cli/experiment.ts";
import type { Scenario } from "../../sim/index.ts";
import { workload } from "../workload.ts";
import { knownRuns } from "../workload-runs.ts";

/** Of any size: `W(3000)`, `W(3000) with 5 % loss`, `W(3000), all of swimlab`. */
const workloadName = /^W\((\d{2,})\)(?: with (\d+) % loss)?(, all of swimlab)?$/;

/** The scenario of this name. Throws an Error, or a Stop for mistakes in the file, whose message says what is wrong. */
export function subjectOf(name: string): Scenario {
  const known = knownRuns.find((run) => run.name === name);
  if (known !== undefined) return workload(known.work);
  const [isWorkload, members = "", loss = "0", all] = workloadName.exec(name) ?? [];
  if (isWorkload !== undefined) return workload({ members: Number(members), loss: Number(loss) / 100, protocol: all === undefined ? "plain" : "swimlab" });
  if (!/\.ya?ml$/.test(name)) throw new Error(`${name} is neither a workload, like W(4096), nor a scenario's file`);
  return readExperiment(name, { set: [] }).scenario;
}

/** Its file name. */
export const fileNameOf = (name: string): string => name.replace(/^.*\//, "").replace(/\.ya?ml$/, "").replace(/[^\w.-]+/g, "-").replace(/^-+|-+$/g, "");
