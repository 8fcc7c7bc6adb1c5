/** Links: what goes in comes out, and what comes from elsewhere is looked at before it is believed. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { bundleFrom, packed, type Spot, spotFrom, unpacked, wordsOf } from "../../viz/model/link.ts";
import type { Experiment } from "../../viz/model/run.ts";

const experiment: Experiment = { file: "scenarios/x.yaml", text: "members: 3\n", seed: "7", run: 2, edits: [{ at: "5s", crash: ["m1"] }] };
const spot: Spot = {
  at: instant(66_500_001), line: 12, chosen: 11, member: "m06", message: 123, observer: "m01", filter: "is:failed who:m01", view: "lanes", tab: "runs", layout: "zones", lanes: "near",
  span: { from: instant(1e6), to: instant(2.5e6) }, tour: "3.2",
};

test("an experiment comes back, with or without its text", () => {
  expect(unpacked(packed(experiment, undefined), undefined)).toEqual(experiment);
  expect(packed(experiment, experiment.text).text).toBeUndefined();
  expect(unpacked(packed(experiment, experiment.text), experiment.text)).toEqual(experiment);
  expect(unpacked(packed(experiment, experiment.text), undefined)).toBeNull();
});

test("a place comes back to the microsecond", () => {
  const words = new URLSearchParams(wordsOf(spot).map(([name, value]): [string, string] => [name, value]));
  expect(spotFrom((name) => words.get(name))).toEqual(spot);
});

test("what makes no sense is passed over", () => {
  const words: Readonly<Record<string, string>> = { t: "soon", line: "x", span: "5-2" };
  expect(spotFrom((name) => words[name] ?? null)).toEqual({ at: 0, line: null, chosen: null, member: null, message: null, observer: null, filter: "", view: "", tab: "", layout: "", lanes: "all", span: null, tour: "" });
  for (const strange of [null, 7, {}, [], [{}], [{ file: 1 }], [{ file: "x", edits: [{}] }], Array.from({ length: 5 }, () => ({ file: "x" }))]) expect(bundleFrom(strange)).toBeNull();
});
