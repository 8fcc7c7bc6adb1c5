/** The oracles as properties of whatever happens; what fails says how to see it again. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { seconds } from "../../engine/index.ts";
import type { Action, Disruption, Selector } from "../../sim/scenario/model.ts";
import { aScenario, atSecond, uniform } from "../builders.ts";
import { assertWorlds, caseOf, caseOfSeed, hold } from "./scenario.ts";

const some = (count: number): Selector => ({ kind: "count", count, among: { kind: "all" } });
const someTrouble: fc.Arbitrary<readonly Disruption[]> = fc.array(fc.record({
  second: fc.integer({ min: 1, max: 40 }),
  action: fc.constantFrom<Action>(
    { kind: "crash", members: some(1) }, { kind: "pause", members: some(1) }, { kind: "resume", members: some(1) }, { kind: "leave", members: some(1) },
    { kind: "restart", members: some(1), incarnation: "lost", address: "same" }, { kind: "heal", of: null },
    { kind: "partition", sides: [{ kind: "fraction", fraction: 0.5, among: { kind: "all" } }, { kind: "rest" }] },
  ),
}), { maxLength: 8 }).map((deeds) => [...deeds.toSorted((one, other) => one.second - other.second).map(({ second, action }) => atSecond(second, action)), atSecond(45, { kind: "heal", of: null })]);

test("whatever befalls a small group, every oracle holds", () => {
  assertWorlds(fc.tuple(someTrouble, fc.integer({ min: 2, max: 7 }), fc.nat({ max: 1_000 })), ([timeline, members, seed]) =>
    caseOf(aScenario({ members, config: { syncEvery: seconds(5), reconnectEvery: seconds(5) }, seed: String(seed), lasts: 900, latency: uniform(1, 40), timeline })), { seed: 61, numRuns: 10 });
});

test("and in worlds of the swarm", () => {
  assertWorlds(fc.nat({ max: 1_000_000 }).map((number) => `law/${number}`), caseOfSeed, { seed: 62, numRuns: 3 });
});

// A bug that is known: test/bugs/moved-in-the-same-life.yaml.
const moved = (after: number) => aScenario({ members: 2, lasts: 120, config: { reclaimAfter: seconds(0) }, seed: "swarm-350", timeline: [
  atSecond(1, { kind: "crash", members: { kind: "names", names: ["m1"] } }), atSecond(after, { kind: "restart", members: { kind: "all" }, incarnation: "kept", address: "new" }),
] });

/** What the swarm says, the smallest scenario as a file, and how to look at the moment of failure. */
const story = /^broken: false-death in world out\/bugs\/false-death-swarm-350-whole\.yaml at .*, m\d: .*\n {2}npm run sim -- shrink out\/bugs\/false-death-swarm-350-whole\.yaml\nthe smallest that was found is out\/bugs\/false-death-swarm-350\.yaml:\n# false-death: .*\n# Broken at (.*)s, (m\d): .*\n# To look at it: npm run sim -- .* --trace --out .*\n#  +npm run sim -- trace .*\n# In the browser: npm run viz, and open http:\/\/localhost:5173\/#x=[\w-]+&t=\1&member=\2\n/;

test("what fails says how to see it again", () => {
  expect(() => hold(caseOf(moved(3)), 2)).toThrow(story);
});

test("a property that fails says the same of the least value that fails, and what fast-check says of it", () => {
  const failing = (): void => assertWorlds(fc.integer({ min: 3, max: 4 }), (after) => caseOf(moved(after)), { seed: 63, numRuns: 1 }, undefined, 1);
  expect(failing).toThrow(story);
  expect(failing).toThrow(/\nProperty failed after 1 tests\n[^]*Counterexample: \[3\]/);
});
