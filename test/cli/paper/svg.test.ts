/** Scales and pictures. */

import { describe, expect, test } from "vitest";
import { within, type Comparison } from "../../../sim/cli/paper/model/comparison.ts";
import { scaleFor } from "../../../sim/cli/paper/render/svg/scale.ts";
import { tickText } from "../../../sim/cli/paper/render/wording.ts";
import { strip } from "../../../sim/cli/paper/render/svg/strip.ts";

const linear = { name: "", scale: "linear" } as const;
const logarithmic = { name: "", scale: "log" } as const;

describe("a linear scale begins at nothing, has round values and room for all", () => {
  test.for([
    [[3, 17], [0, 5, 10, 15, 20]], [[0.2, 0.9], [0, 0.2, 0.4, 0.6, 0.8, 1]], [[-3, 4], [-4, -2, 0, 2, 4]], [[0], [0, 0.2, 0.4, 0.6, 0.8, 1]], [[], [0, 0.2, 0.4, 0.6, 0.8, 1]], [[2], [0, 0.5, 1, 1.5, 2]],
  ] as const)("%o: %o", ([values, ticks]) => {
    const scale = scaleFor(values, linear, [0, 100]);
    expect(scale.ticks).toEqual(ticks);
    expect([scale.place(ticks[0]), scale.place(ticks.at(-1) ?? NaN)]).toEqual([0, 100]);
  });
});

describe("a logarithmic one has powers of ten", () => {
  test.for([[[0.003, 40], [0.001, 0.01, 0.1, 1, 10, 100]], [[2, 3], [1, 10]], [[], [1, 10]], [[1e-6, 1], [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]]] as const)("%o: %o", ([values, ticks]) => {
    const scale = scaleFor(values, logarithmic, [100, 0]);
    expect(scale.ticks).toEqual(ticks);
    expect(scale.place(ticks[0])).toBe(100);
    expect(scale.place(ticks.at(-1) ?? NaN)).toBeCloseTo(0, 9);
  });
});

test("round values are written short", () => {
  expect([0, 0.2, 2.5, -4, 1_000, 0.001, 1e-5, 1e5, 0.30000000000000004].map(tickText)).toEqual(["0", "0.2", "2.5", "−4", "1,000", "0.001", "10⁻⁵", "10⁵", "0.3"]);
});

describe("a strip shows ours and theirs within what is accepted", () => {
  const circle = (comparison: Comparison): string | undefined => /<circle cx="([\d.]+)"[^>]*class="(\w+)"/.exec(strip(comparison))?.slice(1, 3).join(" ");

  test.for([[2, "32 pass"], [1.9, "16 pass"], [2.1, "48 pass"], [5, "61 miss"], [-5, "3 miss"]] as const)("ours %d", ([ours, expected]) => {
    expect(circle(within(ours, 2, 0.1))).toBe(expected);
  });

  test("a range with one end gets another from what there is to show", () => {
    expect(circle({ ours: 0.5, theirs: 1, accepts: [null, 1] })).toBe("32 pass");
  });

  test("there is none where nothing is judged or measured", () => {
    expect([strip({ ours: 1, theirs: 1, accepts: null }), strip({ ours: null, theirs: 1, accepts: [0, 1] }), strip({ ours: 1, theirs: 1, accepts: [1, 1] })]).toEqual(["", "", ""]);
  });
});
