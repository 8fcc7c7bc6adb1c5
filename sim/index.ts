/** The door of the simulator. */

export { playRun } from "./run.ts";
export { World } from "./world/world.ts";
export { SharedViews } from "./world/views.ts";
export type { Recorder } from "../trace/index.ts";
export { Fingerprint, stepHash } from "./world/fingerprint.ts";
export type * from "./scenario/model.ts";
export { type Compiled, type CompileOptions, compileScenario } from "./scenario/compile/compile.ts";
export type { ReadFile } from "./scenario/read/extend.ts";
export { scenarioHash } from "./scenario/hash.ts";
export { describeError, type ScenarioError } from "./scenario/trouble.ts";
export type * from "./measure/result.ts";
export { type Hands, type Play, Script } from "./world/script.ts";
export { marks, Playback, type Played } from "./world/playback.ts";
export { latencyAt } from "./world/latency.ts";
export { summarise, type Summary } from "./measure/summary.ts";
export { exitCode, type Verdict } from "./measure/verdict.ts";
export { compareWorlds, type Comparison, type Contrast } from "./measure/comparison.ts";
export type { Conditions } from "./world/network.ts";
export type { Rebirth } from "./world/birth.ts";
