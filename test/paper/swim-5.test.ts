/** SWIM §5: the experiments. What its figures show that does not hang on its machines. */

import { describe, expect, test } from "vitest";
import { livingIn, milliseconds, presets, type MemberId, type State } from "../../engine/index.ts";
import type { Scenario } from "../../sim/scenario/model.ts";
import { playRun } from "../../sim/run.ts";
import { aScenario, atSecond, named } from "../builders.ts";

test("the parameters: a period of 2 s, one relay, λ = 3, a suspicion of 3⌈ln(n+1)⌉ periods, at most six claims in a message", () => {
  expect(presets["swim-inf-susp"]).toMatchObject({
    periodEvery: 2_000_000, relays: 1, tellMult: 3, suspicionMult: 3, scale: "ln", claimsLimit: 6, precedence: "final", suspicion: "on", dissemination: "piggyback",
  });
  expect(presets["swim-inf"]).toEqual({ ...presets["swim-inf-susp"], suspicion: "off" });
  expect(presets["swim-basic"]).toEqual({ ...presets["swim-inf"], dissemination: "multicast" });
});

describe("§5.3, Figure 4: seventeen processes join one by one, every 5 s, while one packet in ten is lost", () => {
  /** Groups that hold together are all alike. How far the others fall apart differs by a fifth of a member, which takes many runs to see. */
  const RUNS = { "swim-inf-susp": 20, "swim-inf": 200, "swim-basic": 200 } as const;
  type Variant = keyof typeof RUNS;
  const names = Array.from({ length: 17 }, (_, k) => `m${k}`);
  const clean = { latency: { kind: "constant" as const, of: milliseconds(1) }, loss: 0, duplicate: 0 };

  /** The paper's coordinator is always there to let processes in: it alone loses nothing. */
  function figureFour(preset: Variant): Scenario {
    const timeline = names.slice(1).map((name, k) => atSecond(5 * k + 3.3, { kind: "join", members: named(name) }));
    const scenario = aScenario({ members: names, absent: names.slice(1), config: presets[preset], loss: 0.1, lasts: 175, timeline });
    const links = [{ from: named("m0"), to: { kind: "all" as const }, link: clean }, { from: { kind: "all" as const }, to: named("m0"), link: clean }];
    return { ...scenario, network: { ...scenario.network, links } };
  }

  /** How many the coordinator holds living in the end, itself among them, in each of the runs; in order. */
  const finalSizes = (preset: Variant): readonly number[] => Array.from({ length: RUNS[preset] }, (_, run) => {
    let coordinator: State | undefined;
    playRun(figureFour(preset), run, { stepped(_at, who: MemberId, _event, _effects, state) { if (who === "m0") coordinator = state; } });
    return coordinator === undefined ? 0 : livingIn(coordinator.view);
  }).toSorted((one, other) => one - other);

  test("with suspicion the group holds together; without, it falls apart, and with multicast a little further (12, 4 and 2 in the paper)", () => {
    const sizes = { suspicion: finalSizes("swim-inf-susp"), infection: finalSizes("swim-inf"), basic: finalSizes("swim-basic") };
    const median = (of: readonly number[]): number => of[of.length / 2] ?? 0;
    const mean = (of: readonly number[]): number => of.reduce((sum, size) => sum + size, 0) / of.length;
    expect(median(sizes.suspicion)).toBeGreaterThanOrEqual(12);
    expect(median(sizes.infection)).toBeLessThanOrEqual(4 + 3);
    expect(median(sizes.basic)).toBeLessThanOrEqual(2 + 3);
    expect(Math.min(...sizes.suspicion), "no run with suspicion is as bad as the best without").toBeGreaterThan(Math.max(...sizes.infection, ...sizes.basic));
    expect(mean(sizes.infection)).toBeGreaterThan(mean(sizes.basic));
  });
});
