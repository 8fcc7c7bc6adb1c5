/** Lamport clocks: always ahead of all they heard. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lamportTime, type LamportTime } from "../../../engine/index.ts";
import { compared, LATEST, startClocks, witness, witnessed } from "../../../engine/serf/lamport.ts";

const aTime = fc.oneof(fc.nat({ max: 20 }), fc.maxSafeNat()).map(lamportTime);
const heardAll = (times: readonly LamportTime[]): LamportTime => times.reduce(witness, startClocks.intents);

describe("a Lamport clock", () => {
  test("rule 67: three clocks start at 1, and each goes one beyond whatever it hears that is not behind it", () => {
    expect(startClocks).toEqual({ intents: 1, events: 1, queries: 1 });
    for (const [clock, heard, then] of [
      [1, 0, 1],
      [1, 1, 2],
      [1, 2, 3],
      [5, 4, 5],
      [5, 5, 6],
      [5, 9, 10],
    ] as const) {
      expect([clock, heard, witness(lamportTime(clock), lamportTime(heard))]).toEqual([clock, heard, then]);
    }
    expect(witnessed(startClocks, "queries", lamportTime(7))).toEqual({ intents: 1, events: 1, queries: 8 });
  });

  test("shows the same whatever the order of hearing, and however often it hears each", () => {
    fc.assert(fc.property(fc.array(aTime), fc.array(aTime), (one, other) => {
      const both = heardAll([...one, ...other]);
      expect(heardAll([...other, ...one, ...one])).toBe(both);
      for (const time of [...one, ...other]) expect(time < both || both === LATEST).toBe(true);
    }), { seed: 67, numRuns: 500 });
  });

  test("stands still at the last moment that it can count to", () => {
    expect(witness(LATEST, LATEST)).toBe(LATEST);
    expect(witness(lamportTime(3), LATEST)).toBe(LATEST);
  });

  test("that heard nothing new is the same clock", () => {
    expect(witnessed(startClocks, "events", lamportTime(0))).toBe(startClocks);
    expect(compared(startClocks, startClocks)).toBe(startClocks);
  });
});
