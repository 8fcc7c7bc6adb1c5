/** What users type: the name under which a program runs here, and the commands that its output suggests. */

import type { Terminal } from "./terminal.ts";

/** How the simulator is started in a clone of the repository, by default. */
export const PROGRAM = "npm run sim --";

/** A terminal, with the name under which its program was started: `npm run sim --`, or `swimlab sim` where the package is installed. */
export type NamedTerminal = Terminal & { readonly program: string };

/** The same program for use in a pipe: without `-s`, npm itself would print to standard output what it runs. */
export const silently = (program: string): string => program.replace(/^npm run /, "npm run -s ");

const isInClone = (program: string): boolean => program.startsWith("npm run ");

/** A script that only the repository has, not the package: `npm run viz`. */
export const script = (name: string, program: string): string => (isInClone(program) ? `npm run ${name}` : `npm run ${name} in a clone of swimlab`);
