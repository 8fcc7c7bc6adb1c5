/** When an expectation holds, when it fails, and when nobody can say. */

import { describe, expect, test } from "vitest";
import type { Observation } from "../../../sim/measure/result.ts";
import { timeMetric, type TimeMetric } from "../../../sim/measure/time-metric.ts";
import { exitCode, judge, overall, type Figures, type Judgement, type Verdict } from "../../../sim/measure/verdict.ts";
import type { Expectation } from "../../../sim/scenario/model.ts";

const metric = (...observations: readonly Observation[]): TimeMetric => timeMetric([observations], []);
const took = (seconds: number): Observation => ({ seconds });
const stillGoingAfter = (censoredAfter: number): Observation => ({ censoredAfter });

type Row = Figures["disruptions"][number] & { readonly convergence: TimeMetric | null };
const row = (entry: number | null, kind: string, convergence: TimeMetric | null): Row => ({ entry, kind, convergence });

const figures: Figures = {
  metrics: {
    firstDetection: metric(took(1), took(2), took(3)),
    // The median is 2 s whatever becomes of the censored; the greatest is 5 s at least.
    convergence: metric(took(1), took(2), took(3), stillGoingAfter(5)),
    // Nobody knows the median: it is 2 s at least.
    fullDissemination: metric(took(1), stillGoingAfter(2), stillGoingAfter(9)),
    firstSuspicion: metric(),
    falsePositives: { count: 3, perMemberHour: null },
    suspicions: 12,
  },
  disruptions: [
    row(null, "start", metric(took(0.5))),
    row(0, "partition", metric(took(10))),
    row(1, "crash", metric(took(4))),
    row(0, "heal", metric(took(20), stillGoingAfter(30))),
    row(3, "impair", null),
  ],
};

const SIGNS: readonly Expectation["is"][] = ["<", "<=", ">", ">=", "==", "!="];

const expecting = (text: string): Judgement => {
  const [figure = "", sign, value] = text.split(" ");
  const is = SIGNS.find((known) => known === sign);
  if (is === undefined) throw new Error(`no comparison: ${text}`);
  const path = figure.split(/[.[\]]+/).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return judge({ text, path, is, value: Number(value) }, figures);
};

describe("what is known exactly is compared exactly", () => {
  test.for([
    ["firstDetection.p50 < 2", "fail"], ["firstDetection.p50 < 2.1", "pass"],
    ["firstDetection.p50 <= 2", "pass"], ["firstDetection.p50 <= 1.9", "fail"],
    ["firstDetection.p50 > 2", "fail"], ["firstDetection.p50 > 1.9", "pass"],
    ["firstDetection.p50 >= 2", "pass"], ["firstDetection.p50 >= 2.1", "fail"],
    ["falsePositives.count == 3", "pass"], ["falsePositives.count == 2", "fail"],
    ["falsePositives.count != 2", "pass"], ["falsePositives.count != 3", "fail"],
    ["suspicions < 13", "pass"],
    ["convergence.n == 4", "pass"], ["convergence.censored == 0", "fail"],
  ] as const)("%s: %s", ([text, verdict]) => expect(expecting(text).verdict).toBe(verdict));
});

describe("where something was censored, both extremes must agree", () => {
  test.for([
    ["convergence.p50 < 2.5", "pass", "the median does not depend on the censored"],
    ["convergence.max < 4", "fail", "one was watched for longer than that"],
    ["convergence.max < 6", "unknown", "it may have ended at five, or never"],
    ["convergence.max > 4", "pass", "it cannot be less than five"],
    ["convergence.max > 6", "unknown", ""],
    ["convergence.max >= 5", "pass", ""],
    ["convergence.max <= 5", "unknown", "it may have ended just then"],
    ["convergence.max == 4", "fail", "it cannot be less than five"],
    ["convergence.max == 7", "unknown", ""],
    ["convergence.max != 4", "pass", ""],
    ["convergence.max != 7", "unknown", ""],
    ["fullDissemination.p50 < 2", "fail", "two of three took two seconds at least"],
    ["fullDissemination.p50 < 3", "unknown", ""],
  ] as const)("%s: %s; %s", ([text, verdict]) => expect(expecting(text).verdict).toBe(verdict));

  test("it says what was measured, and what may be true", () => {
    expect(expecting("convergence.p50 < 3")).toMatchObject({ value: 2, why: "measured 2 s" });
    expect(expecting("convergence.max < 6")).toMatchObject({ value: 3, why: "measured 3 s; counting the 1 of 4 censored: 5 s or more" });
    expect(expecting("fullDissemination.p50 < 3")).toMatchObject({ value: null, why: "not reached; counting the 2 of 3 censored: 2 s or more" });
  });
});

describe("what never happened is neither well nor ill", () => {
  test.for([
    ["firstSuspicion.p99 < 3", "unknown", /^never exercised/],
    ["firstSuspicion.censored == 0", "unknown", /^never exercised/],
    ["firstSuspicion.n == 0", "pass", /^measured 0$/],
    ["falsePositives.perMemberHour < 1", "unknown", /^could not be measured$/],
    ["falsePositives.perHour < 1", "unknown", /^the report has no such figure$/],
    ["nonsense < 1", "unknown", /^the report has no such figure$/],
    ["disruptions[2].convergence.max < 60", "unknown", /^never exercised/],
    ["disruptions[3].convergence.max < 60", "unknown", /^never exercised/],
  ] as const)("%s: %s", ([text, verdict, why]) => {
    expect(expecting(text).verdict).toBe(verdict);
    expect(expecting(text).why).toMatch(why);
  });
});

describe("disruptions[i] speaks of all that the timeline's entry i caused", () => {
  test.for([
    ["disruptions[1].convergence.max < 5", "pass", "crash: measured 4 s"],
    ["disruptions[0].convergence.p50 < 5", "fail", "heal: measured 20 s"],
    ["disruptions[0].convergence.p50 < 15", "fail", "heal: measured 20 s"],
    ["disruptions[0].convergence.p50 > 15", "fail", "partition: measured 10 s"],
    ["disruptions[0].convergence.p50 < 25", "pass", "heal: measured 20 s"],
    ["disruptions[0].convergence.max < 60", "unknown", "heal: measured 20 s; counting the 1 of 2 censored: 30 s or more"],
  ] as const)("%s: %s, because of the %s", ([text, verdict, why]) => expect(expecting(text)).toMatchObject({ verdict, why }));
});

test.for([
  [[], "pass", 0],
  [["pass", "pass"], "pass", 0],
  [["pass", "unknown"], "unknown", 2],
  [["unknown", "fail", "pass"], "fail", 1],
] as readonly (readonly [readonly Verdict[], Verdict, number])[])("all of %j: %s, exit code %d", ([verdicts, verdict, code]) => {
  expect(overall(verdicts.map((each) => ({ verdict: each })))).toBe(verdict);
  expect(exitCode(verdict)).toBe(code);
});
