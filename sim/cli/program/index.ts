/** A small entry point of the command: what any terminal program needs, without the simulator, so that an agent does not load it. */

export { bugReport, commandLine } from "../bug.ts";
export { readBytes, unreadable } from "../file.ts";
export { asProcess, whenOutputIsLost } from "../main.ts";
export { gather, obey, refine, type Voice, whole } from "../manners.ts";
export { nearest } from "../../scenario/nearest.ts";
export { shipped } from "../shipped.ts";
export { exits, isSystemFault, Stop, type StopCode, whyNot } from "../stop.ts";
export { type Terminal, thisTerminal } from "../terminal.ts";
export { type NamedTerminal, PROGRAM, silently } from "../typed.ts";
export { version } from "../version.ts";
