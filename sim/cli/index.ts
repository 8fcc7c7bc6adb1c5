/** The entry point of the command, for assembling programs: the program itself, its extension points, and its conventions. */

export { commandsWith, runCommand } from "./command.ts";
export type { ExtraCommand, Extras, Hands, OtherWorld } from "./extras.ts";
export { type Changes, type Experiment, readExperiment } from "./experiment.ts";
export { fileName, type PlayOptions, type Request } from "./play/command.ts";
export { simulate } from "./play/simulate.ts";
export { type Reached, showProgress } from "./play/progress.ts";
export { onInterrupt } from "./play/interrupt.ts";
export { OutFile, traceOfRun } from "./out/file.ts";
export { ResultFolder } from "./out/folder.ts";
export { manifestOf, type Occasion } from "./out/manifest.ts";
export { resultFiles } from "./out/files.ts";
export { pageOf } from "./page/load.ts";
export { type Cost, documentOf } from "./report/index.ts";
export { usualJobs } from "./orders.ts";
export { expectationSection } from "./report/sections.ts";
export { heading, type Page } from "./report/page.ts";
export { inkOf } from "./report/ink.ts";
export { table } from "./report/table.ts";
export { clip, count, figure, seconds, tame, wrap } from "./report/wording.ts";
export * from "./program/index.ts";
