/** How long a suspicion waits, against memberlist's own figures and SWIM's steps. */

import { describe, expect, test } from "vitest";
import { presets, seconds } from "../../../engine/index.ts";
import { suspectFor } from "../../../engine/rules/suspicion.ts";

describe("memberlist: mult · max(1, log₁₀ n) periods, the logarithm cut to thousandths (rules 41 and B.10; mult 4, periods of 1 s)", () => {
  test.for([
    [1, 4], [2, 4], [9, 4], [10, 4], [11, 4.164], [16, 4.816], [32, 6.02], [33, 6.072], [64, 7.224], [65, 7.248], [99, 7.98], [100, 8],
    [128, 8.428], [129, 8.44], [256, 9.632], [512, 10.836], [1000, 12], [10_000, 16],
  ] as const)("%i members: %f s", ([n, length]) => {
    expect(suspectFor(presets.swimlab, n)).toBe(seconds(length));
  });
});

describe("SWIM §5: 3 · ⌈ln(n+1)⌉ periods of 2 s. Figure 3c rises from 9 to 12 and to 15 periods, at about 19 and 53 members", () => {
  test.for([[7, 9], [8, 9], [19, 9], [20, 12], [53, 12], [54, 15], [147, 15], [148, 18], [402, 18], [403, 21]] as const)("%i members: %i periods", ([n, periods]) => {
    expect(suspectFor(presets["swim-inf-susp"], n)).toBe(seconds(2 * periods));
  });
});

test("a group that somehow counts nobody still waits", () => {
  expect(suspectFor(presets.swimlab, 0)).toBe(seconds(4));
});
