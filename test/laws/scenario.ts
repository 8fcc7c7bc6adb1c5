/** What a property says when it fails in a world: what the swarm says, which is the oracle, the command that makes it small, the small scenario as a file, and the link to the moment of failure. */

import { mkdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { textOf } from "../../sim/cli/shrink/command.ts";
import { linkTo } from "../../sim/cli/shrink/link.ts";
import { oracles } from "../../sim/oracle/index.ts";
import { instant, memberId } from "../../engine/index.ts";
import type { Scenario } from "../../sim/scenario/model.ts";
import { spelt } from "../../sim/scenario/spell.ts";
import { scenarioText, type Written } from "../../sim/scenario/write.ts";
import { shrink } from "../../sim/shrink/shrink.ts";
import { drawWorld } from "../../sim/swarm/draw.ts";
import { playWorld, type Played } from "../../sim/swarm/play.ts";

/** A world that is put to the test: the seed that the swarm draws it from, or null; and how it is written, if it can be. */
export type Case = { readonly seed: string | null; readonly scenario: Scenario; readonly written: Written | undefined };

export const caseOf = (scenario: Scenario): Case => ({ seed: null, scenario, written: spelt(scenario) });
export const caseOfSeed = (seed: string): Case => ({ ...drawWorld(seed), seed });

const judges = oracles.filter(({ kind }) => kind !== "sometimes");
const FOLDER = new URL("../../out/bugs/", import.meta.url);

/** For how long a failure is made smaller. */
const SECONDS = 30;

/** Throws if any oracle is broken in this world. */
export function hold(one: Case, seconds = SECONDS): void {
  const { broken } = playWorld(one.scenario, { watched: judges });
  if (broken !== null) throw new Error(storyOf(one, broken, seconds));
}

/**
 * A property of worlds: `check` throws where it does not hold; without one, all oracles must. Of the least value that fails the world is made small, if an oracle is broken in it; else
 * it is kept as it is.
 */
export function assertWorlds<T>(values: fc.Arbitrary<T>, caseFrom: (value: T) => Case, parameters: fc.Parameters<[T]>, check?: (scenario: Scenario) => void, seconds = SECONDS): void {
  const holds = (value: T): void => {
    const { scenario } = caseFrom(value);
    if (check !== undefined) return check(scenario);
    const { broken } = playWorld(scenario, { watched: judges });
    if (broken !== null) throw new Error(`${broken.oracle} is broken`);
  };
  const found = fc.check(fc.property(values, holds), parameters);
  if (!found.failed) return;
  const [least] = found.counterexample ?? [];
  const story = least === undefined ? "" : storyOf(caseFrom(least), playWorld(caseFrom(least).scenario, { watched: judges }).broken, seconds);
  throw new Error(`${story}\n${fc.defaultReportMessage(found) ?? ""}`);
}

/** Everything that is to be known of a failure. */
function storyOf({ seed, written, scenario }: Case, broken: Played["broken"], seconds: number): string {
  if (written === undefined) return broken === null ? "" : `broken: ${broken.oracle} at ${broken.at / 1e6} s, ${broken.who}: ${broken.why}`;
  const name = `${broken?.oracle ?? "law"}-${scenario.seed.replaceAll("/", "-")}`;
  const whole = keep(`${name}-whole`, scenarioText({ ...written, ...(broken === null ? {} : { expect: [broken.oracle] }) }));
  if (broken === null) {
    const link = linkTo({ text: scenarioText(written), run: 0, at: instant(scenario.duration), who: memberId(scenario.members[0]!.name) });
    return `no oracle is broken; the world is ${whole}\n  in the browser: npm run viz, and open ${link}`;
  }
  const began = performance.now();
  const failing = { written, oracle: broken.oracle, run: 0 };
  const small = shrink(failing, { isTimeUp: () => performance.now() - began > seconds * 1_000 }) ?? { written, run: 0, breach: broken, attempts: 0 };
  const text = textOf(failing, small);
  return [
    `broken: ${broken.oracle} in world ${seed ?? whole} at ${broken.at / 1e6} s, ${broken.who}: ${broken.why}`,
    `  npm run sim -- shrink ${seed ?? whole}`,
    `the smallest that was found is ${keep(name, text)}:`,
    text,
  ].join("\n");
}

/** Writes a file for whoever looks into it, and answers where, from the house's own folder. */
function keep(name: string, text: string): string {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(new URL(`${name}.yaml`, FOLDER), text);
  return `out/bugs/${name}.yaml`;
}
