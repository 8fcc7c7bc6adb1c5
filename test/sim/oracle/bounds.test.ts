/** What the bounds reckon with, held against what it stands for. */

import { expect, test } from "vitest";
import { bounds } from "../../../sim/oracle/index.ts";

/** The chance that each of four legs gets one of its first five segments through. */
const exchange = (loss: number): number => (1 - loss ** 5) ** 4;

test.each([0, 0.01, 0.05, 0.2, 0.5, 0.7])("an exchange comes about at least as often as is reckoned with, and hardly more often, where %f of all segments are lost", (loss) => {
  const reckoned = bounds.exchangeSucceeds(loss);
  expect(reckoned).toBeLessThanOrEqual(exchange(loss));
  // What two failing legs have in common is counted twice, and there are six pairs of legs. Numbers near 1 are cut at the sixteenth digit.
  expect(exchange(loss) - reckoned).toBeLessThanOrEqual(6 * loss ** 10 + 1e-15);
});

test("where nothing gets through, no exchange comes about", () => {
  expect(bounds.exchangeSucceeds(1)).toBe(0);
});
