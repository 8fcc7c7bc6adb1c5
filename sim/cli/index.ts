/** The door of the command, for whoever puts programs together: the program itself, what may be added to it, and its manners. */

export { PROGRAM, runCommand } from "./command.ts";
export type { ExtraCommand, Extras, Hands, OtherWorld } from "./extras.ts";
export { type Changes, type Experiment, readExperiment } from "./experiment.ts";
export { readBytes, unreadable } from "./file.ts";
export { asProcess } from "./main.ts";
export { gather, obey, refine, type Voice, whole } from "./manners.ts";
export { nearest } from "../scenario/nearest.ts";
export { bugReport, commandLine } from "./bug.ts";
export type { PlayOptions, Request } from "./play/command.ts";
export { exits, isSystemFault, Stop, type StopCode, whyNot } from "./stop.ts";
export { table } from "./report/table.ts";
export { clip, count, figure, tame } from "./report/wording.ts";
export { type Terminal, thisTerminal } from "./terminal.ts";
export { version } from "./version.ts";
