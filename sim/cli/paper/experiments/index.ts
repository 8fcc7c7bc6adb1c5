/** All experiments, in the order of the report. */

import type { Experiment } from "../model/experiment.ts";
import { demers } from "./demers/index.ts";
import { lifeguard } from "./lifeguard/index.ts";
import { memberlist } from "./memberlist.ts";
import { serf } from "./serf-convergence.ts";
import { swimDetection } from "./swim-detection.ts";
import { swimDissemination } from "./swim-dissemination.ts";
import { swimJoin } from "./swim-join.ts";
import { swimLoad } from "./swim-load.ts";
import { swimProbe } from "./swim-probe.ts";
import { swimSuspicion } from "./swim-suspicion.ts";

export const experiments: readonly Experiment[] = [
  swimLoad, swimDetection, swimDissemination, swimSuspicion, swimJoin, swimProbe, lifeguard, memberlist, serf, demers,
];

export const experimentNames: readonly string[] = experiments.map(({ name }) => name);
