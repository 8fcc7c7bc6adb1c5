/** The five configurations that are played for Lifeguard's tables differ part by part, as the presets do, with the parts as the code of the time has them. */

import { expect, test } from "vitest";
import { milliseconds, type Config } from "../../../engine/index.ts";
import { baseline, configurations } from "../../../sim/cli/paper/experiments/lifeguard/grid.ts";

const parts: Readonly<Record<string, Partial<Config>>> = {
  "lha-probe": { nackAfter: milliseconds(500), healthMax: 7 },
  "lha-suspicion": { suspicionMaxMult: 6, confirmations: 3 },
  buddy: { buddy: "own-pings" },
};

test("one has none of the parts, three have one each, and one has all", () => {
  const differences = configurations.map(({ key, config }) =>
    [key, Object.fromEntries(Object.entries(config).filter(([field, value]) => value !== baseline.config[field as keyof Config]))] as const);
  expect(differences).toEqual([["swim", {}], ...Object.entries(parts), ["lifeguard", Object.assign({}, ...Object.values(parts))]]);
});
