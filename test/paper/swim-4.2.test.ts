/** SWIM §4.2: suspicion. The table of preferences, and what it is for. */

import { describe, expect, test } from "vitest";
import { presets, seconds, type Config } from "../../engine/index.ts";
import { playRun } from "../../sim/run.ts";
import { aClaim, aMember, aScenario, atSecond, hears, heldBy, named, newsAfter, stateAfter, suspect } from "../builders.ts";

const paper: Partial<Config> = { precedence: "final" };

describe("which message overrides which, for incarnations i and j", () => {
  /** Does a member that holds the one believe the other when it hears it? */
  const overrides = (heard: string, held: string): boolean => {
    const state = stateAfter(aMember("a", { knows: ["l"], config: paper }), hears(0, aClaim("l", held, "z")));
    expect(heldBy(state, "l")).toBe(held);
    return heldBy(stateAfter(state, hears(1, aClaim("l", heard, "z"))), "l") === heard;
  };
  const lives = [2, 3, 4] as const;

  test.for([
    ["{Alive, i} overrides {Suspect, j}, i > j", "alive", "suspect", (i: number, j: number) => i > j],
    ["{Alive, i} overrides {Alive, j}, i > j", "alive", "alive", (i: number, j: number) => i > j],
    ["{Suspect, i} overrides {Suspect, j}, i > j", "suspect", "suspect", (i: number, j: number) => i > j],
    ["{Suspect, i} overrides {Alive, j}, i ≥ j", "suspect", "alive", (i: number, j: number) => i >= j],
    ["{Confirm, i} overrides {Alive, j}, any j", "dead", "alive", () => true],
    ["{Confirm, i} overrides {Suspect, j}, any j", "dead", "suspect", () => true],
    ["nothing overrides {Confirm, j}: not {Alive, i}", "alive", "dead", () => false],
    ["nothing overrides {Confirm, j}: not {Suspect, i}", "suspect", "dead", () => false],
  ] as const)("%s", ([, heard, held, rule]) => {
    for (const [i, j] of lives.flatMap((i) => lives.map((j) => [i, j] as const))) {
      if (heard !== held || i !== j) expect(overrides(`${heard}@${i}`, `${held}@${j}`), `${i} over ${j}`).toBe(rule(i, j));
    }
  });
});

test("only the member itself raises its incarnation, and it does so when it hears that it is suspected in its current one", () => {
  const me = aMember("l", { knows: ["a"], life: 3, config: paper });
  expect(newsAfter(me, hears(10, suspect("l", "a", 3)))).toEqual(["refuted l@4"]);
  expect(newsAfter(me, hears(10, suspect("l", "a", 2)))).toEqual([]);
});

test("a member that is unresponsive for less than the suspicion's wait is not declared failed; without suspicion it is", () => {
  const pause = [atSecond(5, { kind: "pause", members: named("m3") } as const), atSecond(8, { kind: "resume", members: named("m3") } as const)];
  const run = (preset: "swim-inf-susp" | "swim-inf") =>
    playRun(aScenario({ members: 8, config: { ...presets[preset], periodEvery: seconds(1) }, lasts: 40, timeline: pause }), 0);
  const [patient, hasty] = [run("swim-inf-susp"), run("swim-inf")];
  expect(patient.suspicions).toBeGreaterThan(0);
  expect([patient.refutations, patient.agreement.at(-1), patient.memberSeconds], "only the pause is missing").toEqual([1, 1, 8 * 40 - 3]);
  expect(hasty.memberSeconds, "the member that stood still has to go, once it hears that it is dead").toBeLessThan(8 * 40 - 20);
});

test("one that has failed is declared so by every other: completeness", () => {
  const crash = atSecond(10, { kind: "crash", members: named("m3", "m7") });
  const { crashes } = playRun(aScenario({ members: 12, config: presets["swim-inf-susp"], lasts: 90, timeline: [crash] }), 0);
  expect(crashes).toHaveLength(2);
  for (const { fullDissemination } of crashes) expect(fullDissemination).toHaveProperty("seconds");
});
