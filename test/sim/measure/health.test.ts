/** How much members doubt themselves, looked at in the middle of each of 120 parts. */

import { expect, test } from "vitest";
import { seconds } from "../../../engine/index.ts";
import { Health } from "../../../sim/measure/health.ts";
import { aScene, type HandMade } from "./scene.ts";

const aGroup = (): HandMade & { readonly health: Health } => {
  const scene = aScene("a", "b", "c");
  return { ...scene, health: new Health(scene.truth, seconds(120)) };
};

test("is the mean over those who run, and the worst of any", () => {
  const { health, become } = aGroup();
  health.becomes(0, 3);
  health.pass(seconds(10));
  health.becomes(1, 6);
  become("c", "paused");
  health.pass(seconds(20));
  for (const who of [0, 1]) health.becomes(who, 0);
  const { mean, max, curve } = health.results(seconds(120));
  expect([max, curve.length, curve[9], curve[10], curve[19], curve[20]]).toEqual([6, 120, 1, 4.5, 4.5, 0]);
  expect(mean).toBeCloseTo((10 * 1 + 10 * 4.5) / 120, 12);
});

test("what comes and goes between two looks is not seen", () => {
  const { health } = aGroup();
  health.pass(seconds(10.6));
  health.becomes(0, 5);
  health.pass(seconds(11.4));
  health.becomes(0, 0);
  expect(health.results(seconds(120)).max).toBe(0);
});

test("of those who never doubt there is no curve, and of nobody there is no doubt", () => {
  expect(aGroup().health.results(seconds(120))).toEqual({ mean: 0, max: 0, curve: [] });
  const { health, become } = aGroup();
  for (const who of [0, 1, 2]) health.becomes(who, 4);
  for (const name of ["a", "b", "c"]) become(name, "crashed");
  expect(health.results(seconds(120)).max).toBe(0);
});
