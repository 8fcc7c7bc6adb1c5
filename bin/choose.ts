/** Which of our programs is meant by the first word after `swimlab`. */

import { exits, nearest, type Terminal, version } from "../sim/cli/program/index.ts";
import { agentUnder, type Program, simulator } from "./programs.ts";

/** A program by its first word. `about` is one line of the help. */
type Entry = { readonly name: string; readonly about: string; readonly run: Program };

const NAME = "swimlab";
const SIMULATOR = `${NAME} sim`;

const own: readonly Entry[] = [
  { name: "sim", about: "play a scenario, and report the results", run: simulator(SIMULATOR) },
  { name: "agent", about: "run a real member in this terminal", run: agentUnder(`${NAME} agent`, SIMULATOR) },
];

/** What a clone of the repository has besides, as scripts of npm's. */
const inCloneOnly: ReadonlySet<string> = new Set(["viz", "paper", "bench", "site", "fuzz"]);

/**
 * With all of the simulator's commands, which are programs of their own here: `swimlab trace FILE` is `swimlab sim trace FILE`. Asked for only where it
 * matters, because it takes all of the simulator into memory.
 */
async function all(terminal: Terminal): Promise<readonly Entry[]> {
  const [{ commandsWith }, extras] = await Promise.all([import("../sim/cli/index.ts"), import("./extras.ts")]);
  return [...own, ...commandsWith(extras, terminal).map(({ name, about }) => ({ name, about, run: (args, terminal) => simulator(SIMULATOR)([name, ...args], terminal) }) satisfies Entry)];
}

const helpOf = (entries: readonly Entry[]): string => `Usage: ${NAME} <program> [options]

Programs:
${entries.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join("\n")}

See also ${NAME} <program> --help.
`;

/** Does what the arguments say. Never throws. */
export async function swimlab([first, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (first === undefined || first === "--help" || first === "-h") {
    (first === undefined ? terminal.remark : terminal.say)(helpOf(await all(terminal)));
    return first === undefined ? exits.usage : 0;
  }
  if (first === "--version") {
    terminal.say(`${version()}\n`);
    return 0;
  }
  const byName = ({ name }: Entry): boolean => name === first;
  const known = own.find(byName) ?? (await all(terminal)).find(byName);
  if (known !== undefined) return known.run(rest, terminal);
  terminal.remark(`there is no program ${first}: ${meantBy(first, (await all(terminal)).map(({ name }) => name))}`);
  return exits.usage;
}

function meantBy(word: string, names: readonly string[]): string {
  if (inCloneOnly.has(word)) return `that is npm run ${word}, in a clone of swimlab's repository`;
  if (/\.ya?ml$/.test(word)) return `did you mean ${SIMULATOR} ${word}?`;
  const near = nearest(word, names);
  return near === undefined ? `choose one of ${names.join(", ")}` : `did you mean ${near}?`;
}
