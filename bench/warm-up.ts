/** What is played before measuring, so that the code is compiled. */

import { playRun } from "../sim/index.ts";
import { workload, type Workload } from "./workload.ts";

/** Large enough to be typical, small enough to be quick. */
const TYPICAL: Workload = { members: 512 };
const TIMES = 12;

/** Plain SWIM, and also all of swimlab if that is measured. */
export function warmUp(protocol?: Workload["protocol"]): void {
  for (let i = 0; i < TIMES; i++) playRun(workload(TYPICAL), 0);
  if (protocol === "swimlab") for (let i = 0; i < TIMES; i++) playRun(workload({ ...TYPICAL, protocol }), 0);
}
