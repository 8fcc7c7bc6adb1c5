/** The name of an experiment: the same for whoever repeats it, another for whoever changes it. */

import { expect, test } from "vitest";
import { scenarioHash } from "../../../sim/scenario/index.ts";
import { base, scenarioOf } from "./builders.ts";

const hash = (text: string): string => scenarioHash(scenarioOf(text));
const text = `${base}timeline: [{ at: 10s, crash: 1 }]\nexpect: [convergence.p99 < 30s]\n`;

test("this one, forever", () => {
  expect(hash(text)).toMatch(/^[0-9a-f]{16}$/);
  expect(hash("duration: 1m\nmembers: 1\n")).toBe(hash("duration: 60s\nmembers: [{ name: m1 }]\n"));
});

test("whoever repeats it, under whatever name", () => {
  for (const same of ["seed: 7", "runs: 50", "name: other", "about: Something."]) expect(hash(`${text}${same}\n`), same).toBe(hash(text));
  expect(hash(text.replace("< 30s", "<   30000ms"))).toBe(hash(text));
});

test.for([
  ["duration: 1m", "duration: 2m"],
  ["members: 64", "members: 65"],
  ["members: 64", "members: 64\nstart: cold"],
  ["members: 64", "members: 64\nseeds: m02"],
  ["members: 64", "members: 64\nnetwork: { loss: 0.0001% }"],
  ["members: 64", "members: 64\nconfig: { relays: 2 }"],
  ["at: 10s", "at: 10000001us"],
  ["crash: 1", "crash: 2"],
  ["crash: 1", "pause: 1"],
  ["< 30s", "<= 30s"],
  ["p99", "p90"],
])("a change of %s to %s", ([from, to]) => {
  const [before, now] = [hash(text), hash(text.replace(from ?? "", to ?? ""))];
  expect(now.slice(0, 8)).not.toBe(before.slice(0, 8));
  expect(now.slice(8)).not.toBe(before.slice(8));
});
