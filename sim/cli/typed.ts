/** What users type: the name under which a program runs here, and the commands that its texts offer them to type next. */

import type { Terminal } from "./terminal.ts";

/** What is typed for the simulator in a clone of the repository, where nobody says otherwise. */
export const PROGRAM = "npm run sim --";

/** A terminal, and what was typed in it for the program that speaks: `npm run sim --`, or `swimlab sim` where the package is installed. */
export type NamedTerminal = Terminal & { readonly program: string };

/** The same program where standard output is another program's input: npm itself says there what it runs, unless it is told not to. */
export const silently = (program: string): string => program.replace(/^npm run /, "npm run -s ");

const isInClone = (program: string): boolean => program.startsWith("npm run ");

/** One of the repository's own scripts, which the package has not: `npm run viz`. */
export const script = (name: string, program: string): string => (isInClone(program) ? `npm run ${name}` : `npm run ${name} in a clone of swimlab`);
