/** Some of the members, and how many they are. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { Flock } from "../../../sim/measure/flock.ts";

const MEMBERS = 8;

test("whoever comes and goes, it counts what a set counts", () => {
  const deeds = fc.array(fc.record({ kind: fc.constantFrom("add" as const, "delete" as const, "clear" as const), who: fc.nat({ max: MEMBERS - 1 }) }));
  fc.assert(fc.property(deeds, (all) => {
    const [flock, set] = [new Flock(MEMBERS), new Set<number>()];
    for (const { kind, who } of all) {
      if (kind === "clear") {
        flock.clear();
        set.clear();
      } else {
        flock[kind](who);
        set[kind](who);
      }
      expect(flock.size).toBe(set.size);
    }
  }), { seed: 5 });
});
