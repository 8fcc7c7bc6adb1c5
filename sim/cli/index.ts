/** The door of the command, for whoever puts programs together: the program itself, what may be added to it, and its manners. */

export { PROGRAM, runCommand } from "./command.ts";
export type { ExtraCommand, Extras, Hands, OtherWorld } from "./extras.ts";
export { type Changes, type Experiment, readExperiment } from "./experiment.ts";
export { readBytes, unreadable } from "./file.ts";
export { asProcess } from "./main.ts";
export { gather, obey, refine, type Voice, whole } from "./manners.ts";
export { nearest } from "../scenario/nearest.ts";
export { bugReport, commandLine } from "./bug.ts";
export { fileName, type PlayOptions, type Request } from "./play/command.ts";
export { simulate } from "./play/simulate.ts";
export { type Reached, showProgress } from "./play/progress.ts";
export { onInterrupt } from "./play/interrupt.ts";
export { ResultFolder } from "./out/folder.ts";
export { manifestOf, type Occasion } from "./out/manifest.ts";
export { resultFiles } from "./out/files.ts";
export { pageOf } from "./page/load.ts";
export { type Cost, documentOf } from "./report/index.ts";
export { usualJobs } from "./orders.ts";
export { expectationSection } from "./report/sections.ts";
export { heading, type Page } from "./report/page.ts";
export { inkOf } from "./report/ink.ts";
export { exits, isSystemFault, Stop, type StopCode, whyNot } from "./stop.ts";
export { table } from "./report/table.ts";
export { clip, count, figure, seconds, tame, wrap } from "./report/wording.ts";
export { type Terminal, thisTerminal } from "./terminal.ts";
export { version } from "./version.ts";
