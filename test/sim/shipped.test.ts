/**
 * The first run of every shipped scenario, in words and as a hash. What the hash stands for can be read beside it: regenerate with `-u`, read
 * the difference, and commit only what you can explain, with the reason.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileScenario } from "../../sim/scenario/index.ts";
import { playRun, type Observation, type RunResult } from "../../sim/index.ts";

const folder = fileURLToPath(new URL("../../scenarios", import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml")).toSorted();

test("the shipped scenarios' first runs are what they were", async () => {
  const told = names.map((name) => inWords(name, firstRun(join(folder, name))));
  await expect(`${told.join("\n\n")}\n`).toMatchFileSnapshot("../golden/shipped-scenarios.txt");
});

function firstRun(file: string): RunResult {
  const compiled = compileScenario(readFileSync(file, "utf8"), { file, read: (path) => readFileSync(join(dirname(file), path), "utf8") });
  if (!compiled.ok) throw new Error(compiled.errors.map(({ message }) => message).join("\n"));
  return playRun(compiled.scenario, 0);
}

function inWords(name: string, { traceHash, events, disruptions, crashes, falsePositives, partitionEvictions, suspicions, refutations, load }: RunResult): string {
  return [
    `${name}  ${traceHash}  ${events} steps, ${load.datagrams} datagrams, ${load.streams} streams, ${load.bytes} bytes`,
    ...disruptions.slice(0, 8).map(({ at, kind, members, convergence }) => `  ${at} s ${kind} of ${whom(members)}: ${convergence === null ? "nothing to agree on" : `agreed ${seen(convergence)}`}`),
    ...(disruptions.length > 8 ? [`  … ${disruptions.length - 8} more disruptions`] : []),
    ...crashes.slice(0, 3).map(({ member, at, firstSuspicion, firstDetection, fullDissemination }) =>
      `  ${member}, crashed at ${at} s: suspected ${seen(firstSuspicion)}, declared dead ${seen(firstDetection)}, known to all ${seen(fullDissemination)}`),
    `  ${suspicions} suspicions, ${refutations} refutations, ${falsePositives.count} false positives, ${partitionEvictions} evictions`,
  ].join("\n");
}

const whom = (members: readonly string[]): string => (members.length <= 3 ? members.join(", ") || "nobody" : `${members.length} members`);
const seen = (observation: Observation): string => ("seconds" in observation ? `after ${observation.seconds} s` : `not within ${observation.censoredAfter} s`);
