/** The survival curve against a published example, and at its ends. */

import { expect, test } from "vitest";
import type { Observation } from "../../../sim/measure/result.ts";
import { stepAt, survivalOf } from "../../../sim/measure/survival.ts";

const ended = (seconds: number): Observation => ({ seconds });
const censored = (censoredAfter: number): Observation => ({ censoredAfter });

/** Weeks of remission under 6-mercaptopurine (Freireich et al. 1963), the example of the textbooks: Kalbfleisch and Prentice 1980, table 1.2. */
const remissions = [
  ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map(ended),
  ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(censored),
];

test("weeks of remission survive as they are published, with their intervals", () => {
  const { steps, censored: given, n } = survivalOf(remissions);
  const rounded = steps.map(({ at, share, low, high, atRisk }) => [at, atRisk, ...[share, low, high].map((x) => Number(x.toFixed(3)))]);
  expect(rounded).toEqual([
    [6, 21, 0.857, 0.62, 0.952],
    [7, 17, 0.807, 0.563, 0.923],
    [10, 15, 0.753, 0.503, 0.889],
    [13, 12, 0.69, 0.432, 0.849],
    [16, 11, 0.627, 0.368, 0.805],
    [22, 7, 0.538, 0.268, 0.747],
    [23, 6, 0.448, 0.188, 0.68],
  ]);
  expect(given).toEqual([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
  expect(n).toBe(21);
});

test("between two steps the share stays, before the first there is none, and nothing is left where all have ended", () => {
  const survival = survivalOf([ended(1), ended(3)]);
  expect(stepAt(survival, 0.5)).toBeNull();
  expect(stepAt(survival, 2.9)?.share).toBe(0.5);
  expect(stepAt(survival, 99)).toMatchObject({ at: 3, share: 0, low: 0 });
  expect(survivalOf([])).toEqual({ steps: [], censored: [], n: 0 });
});
