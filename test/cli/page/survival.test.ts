/** Where a survival curve stands: between its steps, before the first, and where nothing is left. */

import { expect, test } from "vitest";
import { standingAt, survivalOf } from "../../../sim/cli/page/survival.ts";

test("between two steps the share stays, before the first all go on, and at the end the upper end is as it was", () => {
  const survival = survivalOf([{ seconds: 3 }, { censoredAfter: 2 }, { seconds: 1 }, { seconds: 3 }]);
  expect(survival).toMatchObject({ n: 4, censored: [2] });
  expect(standingAt(survival, 0.5)).toEqual({ share: 1, low: 1, high: 1, atRisk: 4 });
  expect(standingAt(survival, 2.9).share).toBe(0.75);
  expect(standingAt(survival, 99)).toEqual({ share: 0, low: 0, high: standingAt(survival, 1).high, atRisk: 2 });
  expect(standingAt(survivalOf([]), 1)).toEqual({ share: 1, low: 1, high: 1, atRisk: 0 });
});
