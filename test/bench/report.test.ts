/** What the benchmarks say of a figure: its verdict, its line in the table, and its history. */

import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { assertSameRun, bestOf, type Figure, type Measured, rowOf, shared, verdictOf } from "../../bench/report/figure.ts";
import { type HistoryLine, historyLine, readHistory, showHistory } from "../../bench/report/history.ts";
import { heading, tableLine } from "../../bench/report/table.ts";

/** 70 ms are one calibration loop: the budget is a tenth of it. */
const aFigure = (parts: Partial<Figure> = {}): Figure => ({ name: "W(7)", unit: "CPU ms", budget: 7, budgetRatio: 0.1, measure: () => measured(7, 0.1), ...parts });
const measured = (value: number, ratio: number | null = null): Measured => ({ value, ratio });
const verdict = (parts: Partial<Figure>, came: Measured): string => verdictOf(rowOf(aFigure(parts), came));

describe("a figure is judged", () => {
  test.for([
    // what came out         of which figure                        is                because
    [measured(50, 0.1),      {},                                    "reached",        "the ratio counts, whatever the milliseconds say"],
    [measured(5, 0.114),     {},                                    "within noise",   "the same program strays that far"],
    [measured(5, 0.116),     {},                                    "broken",         "that is more than noise"],
    [measured(5, 0.116),     { held: 0.2 },                         "held",           "it is held to more than is aimed at"],
    [measured(5, 0.1),       { held: 0.2 },                         "reached",        "the budget stays what is aimed at"],
    [measured(5, 0.229),     { held: 0.2 },                         "held",           "noise is granted there as well"],
    [measured(5, 0.231),     { held: 0.2 },                         "broken",         "that is worse than was ever seen"],
    [measured(5, 0.3),       { onDemand: true },                    "not reached",    "nobody promised it"],
    [measured(5, 0.3),       { onDemand: true, held: 0.2 },         "broken",         "whoever asks learns of it too"],
    [measured(9),            { budgetRatio: null },                 "broken",         "what is no time is judged in its unit"],
    [measured(9),            { budgetRatio: null, held: 8 },        "held",           "and held in it"],
    [measured(6.9),          { budgetRatio: null, isFloor: true },  "within noise",   "less is worse"],
    [measured(5),            { budgetRatio: null, isFloor: true },  "broken",         "a floor has a limit too"],
    [measured(5),            { budgetRatio: null, isFloor: true, held: 5 }, "held",   "and may be held lower"],
  ] as const)("%o of %o: %s, because %s", ([came, parts, expected]) => {
    expect(verdict(parts, came)).toBe(expected);
  });

  test("by its best measurement, and by no more of them than it takes", () => {
    const ratios = [0.3, 0.2, 0.25, 0.11, 0.1];
    let taken = 0;
    const row = bestOf(5, aFigure(), () => measured(1, ratios[taken++] ?? Infinity));
    expect([row.measured.ratio, taken]).toEqual([0.11, 4]);
  });

  test("and is broken if all are", () => {
    let taken = 0;
    const row = bestOf(5, aFigure(), () => measured(1, [0.3, 0.2, 0.25, 0.4, 0.5][taken++] ?? 0));
    expect([row.measured.ratio, taken, verdictOf(row)]).toEqual([0.2, 5, "broken"]);
  });
});

test("one measurement serves several figures, and the one that asks again gets another", () => {
  let made = 0;
  const measure = shared(() => ++made);
  const run = (): string => "";
  expect([measure(run, "a"), measure(run, "b"), measure(run, "a"), measure(run, "b"), measure(run, "b")]).toEqual([1, 1, 2, 2, 3]);
});

test("another run than the one that was budgeted is no measurement", () => {
  expect(() => assertSameRun("W(7)", "aaaa", "aaaa")).not.toThrow();
  expect(() => assertSameRun("W(7)", "aaaa", "bbbb")).toThrow("W(7) played another run: its trace is bbbb, and its budget is for aaaa");
});

test("the table has a line for each figure, under one heading", () => {
  const lines = [heading, tableLine(rowOf(aFigure({ held: 0.2 }), measured(12.345, 0.15))), tableLine(rowOf(aFigure({ budgetRatio: null }), measured(5)))].map(stripVTControlCharacters);
  expect(lines).toEqual([
    "figure                                                          measured   budget  unit                     ratio   budget     held",
    "W(7)                                                                12.3        7  CPU ms                    0.15      0.1      0.2  held",
    "W(7)                                                                   5        7  CPU ms                                            ✓",
  ]);
});

describe("the history", () => {
  const about = { at: "2026-11-26T13:30:26.825Z", commit: "7e5523c-dirty", node: "20.20.2", processor: "a processor" };
  const rows = [rowOf(aFigure(), { value: 12.34567, ratio: 0.123456, traceHash: "00c0ffee00c0ffee" }), rowOf(aFigure({ name: "memory", budgetRatio: null }), measured(5))];

  test("keeps a run in one line, and gives it back", () => {
    const line = historyLine(about, rows);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(readHistory(line)).toEqual([{ ...about, figures: { "W(7)": [12.35, 0.1235, "00c0ffee00c0ffee"], memory: [5, null] } }]);
  });

  test("names the line that is no run", () => {
    for (const spoilt of ["{", "7", '{"at":"","commit":""}', '{"at":"","commit":"","figures":{"a":"b"}}']) {
      expect(() => readHistory(`${historyLine(about, rows)}${spoilt}\n`)).toThrow(`line 2 of the history is not a run: ${spoilt}`);
    }
  });

  test("shows how each figure went, most recent last, whatever the order of the lines", () => {
    const later: HistoryLine = { ...about, at: "2026-11-27T09:00:00.000Z", commit: "4b78851", figures: { "W(7)": [11, 0.11] } };
    const shown = showHistory([later, ...readHistory(historyLine(about, rows))], "W(", new Map([["W(7)", "CPU ms"]]));
    expect(shown).toBe([
      "W(7), CPU ms",
      "  when (UTC)        commit            measured     ratio  trace",
      "  2026-11-26 13:30  7e5523c-dirty         12.4     0.124  00c0ffee00c0ffee",
      "  2026-11-27 09:00  4b78851                 11      0.11",
      "",
    ].join("\n"));
    expect(showHistory([later], "no such thing", new Map())).toBe("");
  });

  test("that is kept can be read", () => {
    expect(readHistory(readFileSync(new URL("../../bench/history.ndjson", import.meta.url), "utf8")).length).toBeGreaterThan(1);
  });
});

test("the page of figures has the trace of every run that is budgeted, and no other", () => {
  const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const hashesIn = (text: string): readonly string[] => (text.match(/\b[0-9a-f]{16}\b/g) ?? []).toSorted();
  const [, section = ""] = read("docs/performance.md").split("\n## The runs\n");
  const stated = hashesIn(read("bench/workload-runs.ts"));
  expect(stated.length).toBeGreaterThan(10);
  expect(hashesIn(section.split("\n## ")[0] ?? "")).toEqual(stated);
});
