/** Which of our programs is meant by the first word after `swimlab`. */

import { exits, nearest, type Terminal, version } from "../sim/cli/program/index.ts";
import { agentUnder, type Program, simulator } from "./programs.ts";

/** A program by its first word. `about` is one line of the help. */
type Entry = { readonly name: string; readonly about: string; readonly run: Program };

const NAME = "swimlab";

/** The simulator's commands are programs of their own here: `swimlab trace FILE` is `swimlab sim trace FILE`. */
const short = (name: string, about: string): Entry => ({ name, about, run: (args, terminal) => simulator(`${NAME} sim`)([name, ...args], terminal) });

const own: readonly Entry[] = [
  { name: "sim", about: "plays a scenario and reports what came of it", run: simulator(`${NAME} sim`) },
  { name: "agent", about: "a member in this terminal", run: agentUnder(`${NAME} agent`) },
  short("check", "is a run the same wherever it is played"),
  short("trace", "tells a trace as text"),
  short("presets", "the configurations that have a name"),
];

/** With what was added to the simulator's: asked for only where it matters, because it takes all of the simulator into memory. */
async function all(): Promise<readonly Entry[]> {
  const { commands } = await import("./extras.ts");
  return [...own, ...commands.map(({ name, about }) => short(name, about))];
}

const helpOf = (entries: readonly Entry[]): string => `Usage: ${NAME} <program> [options]

Programs:
${entries.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join("\n")}

${NAME} <program> --help tells the rest.
`;

/** Does what the arguments say. Never throws. */
export async function swimlab([first, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (first === undefined || first === "--help" || first === "-h") {
    (first === undefined ? terminal.remark : terminal.say)(helpOf(await all()));
    return first === undefined ? exits.usage : 0;
  }
  if (first === "--version") {
    terminal.say(`${version()}\n`);
    return 0;
  }
  const byName = ({ name }: Entry): boolean => name === first;
  const known = own.find(byName);
  if (known !== undefined) return known.run(rest, terminal);
  const entries = await all();
  const entry = entries.find(byName);
  if (entry !== undefined) return entry.run(rest, terminal);
  const near = nearest(first, entries.map(({ name }) => name));
  terminal.remark(`there is no program ${first}: ${near === undefined ? `there are ${entries.map(({ name }) => name).join(", ")}` : `did you mean ${near}?`}`);
  return exits.usage;
}
