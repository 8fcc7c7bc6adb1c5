/** Fuzzing for as long as is wanted: every reader in turn. Prints the seed first, and what broke. */

import { FuzzDice } from "./mutate.ts";
import { Broken, targets } from "./targets.ts";

const given = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const [minutes, seed] = [given("--minutes", 1), given("--seed", 1)];
process.stderr.write(`fuzzing: seed=${seed} minutes=${minutes}\n`);
const until = performance.now() + minutes * 60_000;
const dice = new FuzzDice(seed);
let isBroken = false;
const counts = new Map<string, readonly [understood: number, refused: number]>();
/** So many attempts in a row at one reader. */
const ROUND = 50;
while (performance.now() < until && !isBroken) {
  for (const { name, attempt } of targets) {
    for (let time = 0; time < ROUND; time++) {
      try {
        const [understood, refused] = counts.get(name) ?? [0, 0];
        counts.set(name, attempt(dice).isUnderstood ? [understood + 1, refused] : [understood, refused + 1]);
      } catch (fault) {
        if (!(fault instanceof Broken)) throw fault;
        process.stdout.write(`${fault.message}\n${fault.cause instanceof Error ? fault.cause.stack : ""}\n`);
        isBroken = true;
      }
    }
  }
}
for (const [name, [understood, refused]] of counts) process.stdout.write(`${name}: ${understood + refused} attempts, ${understood} understood\n`);
process.exitCode = isBroken ? 1 : 0;
