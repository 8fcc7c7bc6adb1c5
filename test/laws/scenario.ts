/** What a property says when it fails in a world: the oracle, the scenario as a file, and what to do with it. */

import { linkTo } from "../../sim/cli/shrink/link.ts";
import { oracles } from "../../sim/oracle/index.ts";
import type { Scenario } from "../../sim/scenario/model.ts";
import { spelt } from "../../sim/scenario/spell.ts";
import { scenarioText } from "../../sim/scenario/write.ts";
import { playWorld } from "../../sim/swarm/play.ts";
import { drawWorld } from "../../sim/swarm/draw.ts";

/** Throws if any oracle is broken in this world. */
export function hold(scenario: Scenario): void {
  const { broken } = playWorld(scenario, { watched: oracles.filter(({ kind }) => kind !== "sometimes") });
  if (broken === null) return;
  const written = spelt(scenario);
  const text = written === undefined ? "" : scenarioText({ ...written, expect: [broken.oracle] });
  const link = text === "" ? "" : `\nin the browser: npm run viz, and open ${linkTo({ text, run: 0, at: broken.at, who: broken.who })}`;
  throw new Error(`${broken.oracle} is broken at ${broken.at / 1e6} s, ${broken.who}: ${broken.why}${link}\nsave this as bug.yaml, and: npm run sim -- shrink bug.yaml\n${text}`);
}

/** The same for the swarm's world of this seed. */
export function holdSeed(seed: string): void {
  const { broken } = playWorld(drawWorld(seed).scenario);
  if (broken !== null) throw new Error(`${broken.oracle} is broken at ${broken.at / 1e6} s, ${broken.who}: ${broken.why}\nnpm run sim -- shrink ${seed}`);
}
