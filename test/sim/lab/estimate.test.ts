/** From rows to estimates: which interval a figure gets. */

import { expect, test } from "vitest";
import { estimateOf } from "../../../sim/lab/estimate.ts";
import { Gathered } from "../../../sim/lab/gather.ts";
import { type CountName, countNames, type Row } from "../../../sim/lab/model.ts";
import { percentileInterval } from "../../../sim/measure/binomial.ts";

const NOTHING = Object.fromEntries(countNames.map((name) => [name, 0])) as Record<CountName, number>;
const MANNER = { confidence: 0.95, seed: "s" };

const gatheredOf = (rows: readonly Pick<Row, "counts" | "times">[]): Gathered => {
  const gathered = new Gathered();
  rows.forEach((row, repetition) => gathered.add({ cell: 0, repetition, traceHash: "0123456789abcdef", events: 1, memberSeconds: 100, ...row }));
  return gathered;
};

test("a kind of which each run has one observation has the exact interval, whatever the runs have of other kinds", () => {
  const lengths = Array.from({ length: 20 }, (_, i) => (i * 7) % 20);
  const cell = gatheredOf(lengths.map((length) => ({ counts: NOTHING, times: { firstDetection: { seconds: [length] }, convergence: { seconds: [1, 2, length] } } })));
  const [low, high] = percentileInterval(lengths.toSorted((a, b) => a - b), 50);
  expect(estimateOf(cell, "firstDetection.p50", MANNER)).toMatchObject({ low, high });
});

test("a mean of three runs has Student's interval", () => {
  // 10, 12 and 14 bytes a second: 12 ± 4.302653 · 2 / √3.
  const cell = gatheredOf([1_000, 1_200, 1_400].map((bytes) => ({ counts: { ...NOTHING, bytes }, times: {} })));
  expect(estimateOf(cell, "load.bytesPerMemberSecond", MANNER)).toMatchObject({ value: 12, low: 7.03172, high: 16.9683 });
});

test("a share is never above 1", () => {
  const cell = gatheredOf([0.5, 0.99].map((agreement) => ({ counts: { ...NOTHING, agreement }, times: {} })));
  expect(estimateOf(cell, "agreement.mean", MANNER)).toMatchObject({ low: 0, high: 1 });
});
