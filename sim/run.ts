/** One run of a scenario: a pure function of (scenario, run). */

import type { RunResult } from "./measure/result.ts";
import type { Scenario } from "./scenario/model.ts";
import type { Recorder } from "../trace/index.ts";
import { World } from "./world/world.ts";

/** Plays run number `run` (from 0) from the origin to the end. The same bits on every machine, in Node, in a worker and in a browser. */
export const playRun = (scenario: Scenario, run: number, recorder?: Recorder): RunResult => new World(scenario, run, recorder).play();
