/** Where members listen, and who listens there: one the other's inverse. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { address } from "../../../engine/index.ts";
import { addressOf, numberOf } from "../../../sim/world/address.ts";

test.for([
  [0, "10.0.0.1:7946"],
  [8, "10.0.0.9:7946"],
  [254, "10.0.0.255:7946"],
  [255, "10.0.1.0:7946"],
  [65_535, "10.1.0.0:7946"],
  [16_777_214, "10.255.255.255:7946"],
] as const)("member %i listens at %s", ([member, where]) => {
  expect(addressOf(member)).toBe(where);
  expect(numberOf(address(where))).toBe(member);
});

test("each member of sixteen million is found at its address, wherever it has moved", () => {
  fc.assert(fc.property(fc.nat({ max: 16_777_214 }), fc.nat({ max: 1_000 }), (member, moves) => {
    expect(numberOf(addressOf(member, moves))).toBe(member);
  }), { seed: 14, numRuns: 2_000 });
});

test("a member that moves listens somewhere else each time, ninety times", () => {
  const places = Array.from({ length: 91 }, (_, moves) => addressOf(7, moves));
  expect(places.slice(0, 2)).toEqual(["10.0.0.8:7946", "11.0.0.8:7946"]);
  expect(new Set(places).size).toBe(90);
  expect(places.at(-1)).toBe(places[0]);
});
