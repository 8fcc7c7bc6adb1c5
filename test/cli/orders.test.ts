/** What a worker may use of the memory. */

import { describe, expect, test } from "vitest";
import { limitsFor } from "../../sim/cli/orders.ts";

describe("what is young has room", () => {
  test("for a hundred and more members as always", () => {
    expect(limitsFor(2, 128, 24_000).maxYoungGenerationSizeMb).toBe(128);
  });

  test("for all members' last states in a large group, on a machine that has it", () => {
    expect(limitsFor(1, 50_000, 24_000).maxYoungGenerationSizeMb).toBe(781);
    expect(limitsFor(1, 1_000_000, 24_000).maxYoungGenerationSizeMb).toBe(1_536);
    expect(limitsFor(1, 1_000_000, 4_000).maxYoungGenerationSizeMb).toBe(400);
  });
});

test("workers share four fifths of the memory", () => {
  expect(limitsFor(4, 128, 24_000).maxOldGenerationSizeMb).toBe(4_800);
  expect(limitsFor(64, 128, 24_000).maxOldGenerationSizeMb).toBe(512);
});
