/** `npm run fuzz`: its words, and every reader in turn for as long as is wanted. */

import { Command } from "commander";
import { bugReport, commandLine, obey, refine, Stop, exits, type Terminal, whole } from "../../sim/cli/program/index.ts";
import { FuzzDice } from "./mutate.ts";
import { Broken, type Target, targets } from "./targets.ts";

const PROGRAM = "npm run fuzz --";

/** So many attempts in a row at one reader. */
const ROUND = 50;

type Options = { readonly minutes: number; readonly seed: number };

/** Does what the arguments say. Answers with 0 if every reader stood, and 1 if one broke. Never throws. */
export const fuzzCommand = (args: readonly string[], terminal: Terminal, readers: readonly Target[] = targets): Promise<number> =>
  obey((end) => {
    const command = new Command(PROGRAM)
      .description("Spoiled inputs for every reader in turn; what broke one is printed, to become a test.\nExit codes: 0 every reader stood, 1 one broke; above: not begun.")
      .argument("[words...]")
      .option("--minutes <n>", "how long", whole("--minutes", 10_000), 1)
      .option("--seed <n>", "the seed of all randomness", whole("--seed", 4_294_967_295), 1)
      .action((words: readonly string[], options: Options) => {
        if (words.length > 0) throw new Stop(exits.usage, `${words[0]} means nothing here: write --minutes and --seed, each with a number`);
        end(fuzz(options, terminal, readers));
      });
    refine(command, terminal);
    return command.usage("[--minutes 480] [--seed 7]").configureHelp({ visibleArguments: () => [], optionDescription: ({ description }) => description });
  }, args, terminal, { missing: () => "see --help", report: (fault) => bugReport(fault, args, commandLine(args, PROGRAM)) });

/** Says the seed first, and what broke. */
function fuzz({ minutes, seed }: Options, terminal: Terminal, readers: readonly Target[]): 0 | 1 {
  terminal.remark(`fuzzing: seed=${seed} minutes=${minutes}`);
  const until = performance.now() + minutes * 60_000;
  const dice = new FuzzDice(seed);
  const counts = new Map<string, readonly [understood: number, refused: number]>();
  let isBroken = false;
  while (performance.now() < until && !isBroken) {
    for (const { name, attempt } of readers) {
      for (let time = 0; time < ROUND && !isBroken; time++) {
        try {
          const [understood, refused] = counts.get(name) ?? [0, 0];
          counts.set(name, attempt(dice).isUnderstood ? [understood + 1, refused] : [understood, refused + 1]);
        } catch (fault) {
          if (!(fault instanceof Broken)) throw fault;
          terminal.say(`${fault.message}\n${fault.cause instanceof Error ? fault.cause.stack : ""}\n`);
          isBroken = true;
        }
      }
    }
  }
  for (const [name, [understood, refused]] of counts) terminal.say(`${name}: ${understood + refused} attempts, ${understood} understood\n`);
  return isBroken ? 1 : 0;
}
