/** The swarm: a seed is a world, whatever it draws compiles, and worlds are judged. */

import { describe, expect, test } from "vitest";
import { lastTroubleAt, oracleOf, oracles } from "../../../sim/oracle/index.ts";
import { compileScenario, scenarioHash } from "../../../sim/scenario/index.ts";
import { scenarioText } from "../../../sim/scenario/write.ts";
import { countTransitions, type Transitions } from "../../../sim/swarm/coverage.ts";
import { drawWorld, families } from "../../../sim/swarm/draw.ts";
import { themeOf, themes } from "../../../sim/swarm/theme.ts";
import { playWorld } from "../../../sim/swarm/play.ts";
import { call } from "../../cli/command.ts";

const seeds = Array.from({ length: 200 }, (_, number) => `test/${number}`);

describe("what a seed draws", () => {
  const worlds = seeds.map(drawWorld);

  test("is the same each time, and compiles to the same from its text", () => {
    for (const { seed, scenario, written } of worlds.slice(0, 20)) {
      expect(drawWorld(seed).written).toEqual(written);
      const again = compileScenario(scenarioText(written), { file: "x.yaml" });
      expect(again.ok && scenarioHash(again.scenario)).toBe(scenarioHash(scenario));
    }
  });

  test("has three to sixty-four members from the start, all families of faults, and all presets", () => {
    const sizes = worlds.map(({ scenario }) => scenario.members.filter(({ present }) => present).length);
    expect([Math.min(...sizes) >= 3, Math.max(...sizes) <= 64]).toEqual([true, true]);
    expect(new Set(worlds.flatMap(({ families: drawn }) => drawn))).toEqual(new Set(Object.keys(families)));
    expect(new Set(worlds.map(({ scenario }) => scenario.preset)).size).toBeGreaterThan(8);
  });

  test("is small where its name says so", () => {
    for (let number = 0; number < 40; number++) expect(drawWorld(`test/${number}/small`).scenario.members.filter(({ present }) => present).length).toBeLessThanOrEqual(12);
  });

  test("has a theme in every fourth world, and each theme in one of sixteen", () => {
    expect(seeds.slice(0, 32).map(themeOf).filter((theme) => theme !== null).length).toBe(8);
    expect(new Set(seeds.slice(0, 16).map(themeOf).filter((theme) => theme !== null))).toEqual(new Set(Object.values(themes)));
    expect([themeOf("test/4/small"), themeOf("4"), themeOf("test/x")]).toEqual([themes["conflict"], null, null]);
    for (const name of Object.keys(themes)) expect(oracleOf(name)?.kind).toBe("sometimes");
    for (const { seed, families: drawn } of worlds) expect(drawn).toEqual(expect.arrayContaining([...(themeOf(seed)?.families ?? [])]));
  });

  test("asks for no nack that a relay has forgotten to give, whatever the preset", () => {
    for (const seed of ["a/194", "a/305", "b/87"]) expect(() => drawWorld(seed)).not.toThrow();
  });

  test("leaves time for calm", () => {
    for (const { scenario } of worlds) expect(scenario.duration).toBeGreaterThan(lastTroubleAt(scenario));
  });
});

test("worlds hold what the oracles say, and are the same run each time", () => {
  const transitions: Transitions = new Map();
  for (const seed of seeds.slice(6, 9)) {
    const { scenario } = drawWorld(seed);
    const played = playWorld(scenario, { recorder: countTransitions(transitions) });
    expect([seed, played.broken]).toEqual([seed, null]);
    expect(playWorld(scenario).traceHash).toBe(played.traceHash);
  }
  expect(transitions.size).toBeGreaterThan(8);
});

test("a theme brings about what it is for", () => {
  const seen = [0, 16, 32, 48].map((number) => playWorld(drawWorld(`test/${number}/small`).scenario).findings.get("damping")?.tested ?? 0);
  expect(Math.max(...seen)).toBeGreaterThan(0);
});

test("the command says what it saw, and that it did not see everything", async () => {
  const { code, stdout, stderr } = await call("swarm", "--seed", "test", "--from", "6", "--seeds", "3");
  expect(stderr).toContain("swarm: seed=test worlds=test/6 to test/8");
  expect(stdout).toMatch(/^3 worlds, /);
  for (const { name } of oracles) expect(stdout).toContain(name);
  expect(stdout).toMatch(/never put to the test: .*\nseed=test worlds=3 broken=0 verdict=unknown\n$/);
  expect(code).toBe(2);
});

test("however many play, a batch shows the same", async () => {
  const [alone, together] = await Promise.all(["1", "2"].map((jobs) => call("swarm", "--seed", "test", "--seeds", "12", "--small", "--jobs", jobs)));
  const shown = ({ stdout }: { readonly stdout: string } = { stdout: "" }): string => stdout.slice(stdout.indexOf("\n"));
  expect(shown(together)).toBe(shown(alone));
  expect(shown(alone)).toMatch(/ {2}all +12 +\d+ +0\n/);
});
