/** The door of the simulator. */

export { playRun } from "./run.ts";
export { World } from "./world/world.ts";
export type { Recorder } from "../trace/index.ts";
export { advance, blank, type Fingerprint, fingerprintText, stepHash } from "./world/fingerprint.ts";
export type * from "./scenario/model.ts";
export type * from "./measure/result.ts";
