/** Two worlds side by side: the same one twice is the same, another one is another, and too few runs say nothing. */

import { describe, expect, test } from "vitest";
import { compareWorlds, playRun, type RunResult, type Scenario } from "../../../sim/index.ts";
import { scenarioOf } from "../scenario/builders.ts";

const yaml = "name: x\nmembers: 12\nduration: 20s\nconfig: { periodEvery: 500ms, askRelaysAfter: 250ms }\ntimeline:\n  - { at: 1s, crash: 1 }\n  - { at: 16s, pause: 1 }";
const plays = (scenario: Scenario, runs: number, seed: string): readonly RunResult[] => Array.from({ length: runs }, (_, run) => playRun({ ...scenario, seed }, run));
const simulated = plays(scenarioOf(yaml), 40, "simulated");

describe("compared with forty runs", () => {
  test("three others of the same world cannot be told apart", () => {
    const { verdict, contrasts, alike } = compareWorlds(plays(scenarioOf(yaml), 3, "another"), simulated);
    expect(verdict).toBe("pass");
    expect(contrasts.find(({ figure }) => figure === "first detection")).toMatchObject({ unit: "s", one: { n: 3, censored: 0 }, other: { n: 40 }, shiftCi95: [expect.any(Number), expect.any(Number)] });
    // A member that stands still until the end is never found out by all in time.
    expect(alike).toContain("false positives");
  });

  test("three of a world with longer suspicions are told apart, by detection among others", () => {
    const { verdict, contrasts } = compareWorlds(plays(scenarioOf(yaml, ["config.suspicionMult=8"]), 3, "another"), simulated);
    expect(verdict).toBe("fail");
    const detection = contrasts.find(({ figure }) => figure === "first detection");
    expect(detection?.corrected).toBeLessThanOrEqual(0.05);
    expect(detection?.shift).toBeGreaterThan(1);
    expect(detection?.within).toBe(0);
  });

  test("one run alone says nothing, whatever it is", () => {
    expect(compareWorlds(plays(scenarioOf(yaml), 1, "another"), simulated).verdict).toBe("unknown");
  });
});

test("what is the same in every run is no contrast, and worlds without contrasts are the same", () => {
  const [run] = simulated;
  if (run === undefined) throw new Error("there are runs");
  expect(compareWorlds([run, run], [run, run, run])).toMatchObject({ contrasts: [], verdict: "pass" });
});

test("whoever lies at the very end of the others lies within them, whatever digits are shown", () => {
  const [run] = simulated;
  if (run === undefined) throw new Error("there are runs");
  const at = (seconds: number): RunResult => ({ ...run, crashes: run.crashes.map((crash) => ({ ...crash, firstDetection: { seconds } })) });
  const [least, greatest] = [1.23456712, 9.87654321];
  const { contrasts } = compareWorlds([at(least), at(greatest)], [at(least), at(5), at(greatest)]);
  expect(contrasts.find(({ figure }) => figure === "first detection")).toMatchObject({ within: 2, other: { least: 1.23457, greatest: 9.87654 } });
});
