/** The oracles as properties of whatever happens; what fails says how to see it again. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { seconds } from "../../engine/index.ts";
import type { Action, Disruption, Selector } from "../../sim/scenario/model.ts";
import { aScenario, atSecond, uniform } from "../builders.ts";
import { hold, holdSeed } from "./scenario.ts";

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
  fc.assert(fc.property(someTrouble, fc.integer({ min: 2, max: 7 }), fc.nat({ max: 1_000 }), (timeline, members, seed) => {
    hold(aScenario({ members, config: { syncEvery: seconds(5), reconnectEvery: seconds(5) }, seed: String(seed), lasts: 900, latency: uniform(1, 40), timeline }));
  }), { seed: 61, numRuns: 10 });
});

test("and in worlds of the swarm", () => {
  fc.assert(fc.property(fc.nat({ max: 1_000_000 }).map((number) => `law/${number}`), holdSeed), { seed: 62, numRuns: 3 });
});

test("what fails says how to see it again", () => {
  // A bug that is known: test/bugs/moved-in-the-same-life.yaml.
  const timeline = [atSecond(1, { kind: "crash", members: { kind: "names", names: ["m1"] } }), atSecond(3, { kind: "restart", members: { kind: "all" }, incarnation: "kept", address: "new" })];
  const moved = aScenario({ members: 2, lasts: 120, config: { reclaimAfter: seconds(0) }, seed: "swarm-350", timeline });
  expect(() => hold(moved)).toThrow(/^false-death is broken at .*, m1: .*\nin the browser: npm run viz, and open http:\/\/localhost:5173\/#x=[\w-]+&t=[\d.]+&member=m1\nsave this as bug\.yaml, and: npm run sim -- shrink bug\.yaml\nseed: swarm-350\n/);
});
