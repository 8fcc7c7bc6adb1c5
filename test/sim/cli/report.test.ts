/** The report as a reader meets it. The golden: regenerate with -u, read it with fresh eyes, commit only what you can explain. */

import { stripVTControlCharacters } from "node:util";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf, renderReport } from "../../../sim/cli/report/index.ts";
import type { CrashResult, DisruptionResult, Observation, RunResult, SpreadResult } from "../../../sim/measure/result.ts";
import { summarise, type Summary } from "../../../sim/measure/summary.ts";
import { results, scenario, scenarioHash } from "./report-fixture.ts";

const summary = summarise(scenario, scenarioHash, results);
const plain = (of: Summary, width: number): string => renderReport(of, { color: false, width });
const linesOf = (text: string): readonly string[] => text.split("\n");

test("a whole report, at 80 columns and at 120", async () => {
  await expect(plain(summary, 80)).toMatchFileSnapshot("../../golden/report.txt");
  await expect(plain(summary, 120)).toMatchFileSnapshot("../../golden/report-wide.txt");
});

test("the sample in docs/reading-a-report.md is this very report", () => {
  const page = readFileSync(new URL("../../../docs/reading-a-report.md", import.meta.url), "utf8");
  expect(page).toContain(plain(summary, 100).trimEnd());
});

test("the last line is for copying: what to run again, and how it ended", () => {
  for (const color of [true, false]) {
    expect(renderReport(summary, { color, width: 80 })).toMatch(
      /\nseed=42 scenario=5d41402abc4b2a76 trace=[0-9a-f]{16} verdict=fail\n$/);
  }
});

test("colour adds nothing but colour", () => {
  const coloured = renderReport(summary, { color: true, width: 100 });
  expect(coloured).not.toBe(plain(summary, 100));
  expect(stripVTControlCharacters(coloured)).toBe(plain(summary, 100));
});

describe("no line is longer than the page, whatever the scenario", () => {
  const disruption = (at: number, kind: string): fc.Arbitrary<DisruptionResult> =>
    fc.record({
      entry: fc.nat(70), at: fc.constant(at), kind: fc.constant(kind),
      members: fc.array(fc.string({ maxLength: 30 }), { maxLength: 40 }),
      convergence: fc.oneof(fc.constant(null), fc.record({ seconds: fc.double({ min: 0, max: 999_999, noNaN: true }) }), fc.record({ censoredAfter: fc.constant(7) })),
    });
  const disruptions = fc.array(fc.tuple(fc.nat(1_000), fc.constantFrom("crash", "partition", "heal")), { maxLength: 60 })
    .chain((drawn) => fc.tuple(...drawn.map(([permille, kind]) => disruption(permille / 1_000, kind))));
  const strange = fc.record({
    name: fc.oneof(fc.string(), fc.string({ minLength: 130, maxLength: 200 })), about: fc.lorem({ maxCount: 60 }),
    text: fc.string({ maxLength: 200 }), duration: fc.constantFrom(0.5, 7, 60, 300, 301, 5_000, 18_000, 86_400 * 7),
    runs: fc.integer({ min: 1, max: 9 }), disruptions, events: fc.nat(),
  });

  test.for([80, 100, 120])("%d columns", (width) => {
    fc.assert(fc.property(strange, ({ name, about, text, duration, runs, disruptions: happened, events }) => {
      const expectations = [{ text, path: ["convergence", "max"], is: "<" as const, value: 3 }, ...scenario.expectations];
      const told: readonly RunResult[] = results.slice(0, runs).map((run) => (
        { ...run, events, disruptions: happened.map((each) => ({ ...each, at: each.at * duration })) }));
      const report = plain(summarise({ ...scenario, name, about, expectations, duration: (duration * 1e6) as typeof scenario.duration }, scenarioHash, told), width);
      for (const line of linesOf(report)) expect([...line].length, line).toBeLessThanOrEqual(width);
    }), { seed: 5, endOnFailure: true });
  });
});

test("whom a disruption met gives way where its figures need the room", () => {
  const [crash] = summary.disruptions;
  if (crash?.convergence == null) throw new Error("the fixture has a crash");
  const convergence = { ...crash.convergence, p50: 123_456, p90: 234_567, max: 345_678 };
  const roomy = plain({ ...summary, durationSeconds: 5_000, disruptions: [{ ...crash, convergence }] }, 80);
  const crowded = plain({ ...summary, durationSeconds: 5_000, disruptions: [{ ...crash, at: 1_234.5, lastAt: 4_567.8, kind: "partition", convergence }] }, 80);
  expect(roomy).toContain("  whom\n");
  expect(crowded).not.toContain("  whom\n");
  for (const line of linesOf(crowded)) expect([...line].length, line).toBeLessThanOrEqual(80);
});

describe("what was said", () => {
  const [one] = results;
  if (one === undefined) throw new Error("the fixture has a run");
  const spread = (at: number, all: Observation): SpreadResult =>
    ({ at, reached: "seconds" in all ? 12 : 11, of: 12, to50: { seconds: 0.2 }, to90: { seconds: 0.61 }, to99: all, toAll: all });
  const broadcasts = [{ payload: "1", ...spread(20, { seconds: 0.812 }) }, { payload: "2", ...spread(90, { censoredAfter: 30 }) }];
  const updates = [{ member: "n2", ...spread(30, { seconds: 1.4 }) }];
  const talkative: RunResult = { ...one, broadcasts, updates, health: { mean: 0.1234, max: 3, curve: one.agreement.map(() => 0.1234) } };
  const report = (run: RunResult, width = 80): string => plain(summarise(scenario, scenarioHash, [run]), width);

  test("has a section that says how far it came, and how fast", () => {
    expect(report(talkative)).toContain([
      "SAYINGS  and the time until half of the members had them, and so on: medians",
      "              n    reach     half     90 %     99 %      all      max  censored",
      "  broadcasts  2   95.8 %  0.200 s  0.610 s  0.812 s  0.812 s  0.812 s         1",
      "  updates     1  100.0 %  0.200 s  0.610 s   1.40 s   1.40 s   1.40 s         0",
    ].join("\n"));
    expect(report({ ...talkative, broadcasts: [] })).not.toContain("  broadcasts ");
    expect(report(one)).not.toContain("SAYINGS");
  });

  test("to applications is counted by kind; kinds that did not occur are left out", () => {
    expect(report(one)).toContain("ANNOUNCEMENTS  to applications, per member-hour\n  joined 179 · suspected 355 · cleared 32.5 · failed 208 · refuted 10.8\n");
    expect(report({ ...one, announcements: {} })).not.toContain("ANNOUNCEMENTS");
  });

  test("doubts show where there were any", () => {
    expect(report(talkative)).toContain("  0.123  health           the mean of those who run; 3 at worst, 0 is good\n");
    expect(report(one)).not.toContain("  health ");
  });

  test("members that blocked were found out, or not", () => {
    const block: CrashResult = { member: "n4", at: 50, firstSuspicion: { seconds: 1.5 }, firstDetection: { seconds: 12.5 }, fullDissemination: { censoredAfter: 16 } };
    expect(report({ ...one, blocks: [block] })).toMatch(/^ {2}block: detection +1 +12\.5 s/m);
    expect(report(one)).not.toContain("block:");
  });
});

describe("a report of less", () => {
  const [one] = results;
  if (one === undefined) throw new Error("the fixture has a run");
  const uneventful: RunResult = { ...one, disruptions: [], crashes: [], load: { ...one.load, byKind: {} }, agreement: one.agreement.map(() => 1) };
  const report = plain(summarise({ ...scenario, expectations: [] }, scenarioHash, [uneventful]), 80);

  test("says so where nothing happened", () => {
    expect(report).toMatch(/^DISRUPTIONS {2}none$/m);
    expect(report).toMatch(/^EXPECTATIONS {2}none$/m);
    expect(report).toMatch(/^TIMES {2}a single run: no intervals$/m);
    expect(report).toMatch(/^ {2}first suspicion +0 +– +– +– +– +0$/m);
    expect(report).toMatch(/ verdict=pass\n$/);
  });

  test("shows what it cost only where it is told", () => {
    expect(report).not.toContain("took");
    expect(renderReport(summary, { color: false, width: 80, cost: { wallSeconds: 3.2, cpuSeconds: 6.1 } })).toContain("took 3.20 s (processor: 6.10 s)");
  });
});

describe("the chart", () => {
  /** One column of the chart, from top to bottom, where agreement is always the same. */
  const columnOf = (share: number): string => {
    const lines = linesOf(plain({ ...summary, agreement: summary.agreement.map(() => share) }, 120));
    const top = lines.findIndex((line) => line.startsWith("  100 % "));
    return lines.slice(top, top + 4).map((line) => line.charAt(8) || " ").join("");
  };

  test.for([
    [1, "████"], [0.999, "▇███"], [0.5, "  ██"], [0.001, "   ▁"], [0, "    "],
  ] as readonly (readonly [number, string])[])("agreement of %d: %j from top to bottom", ([share, column]) => {
    expect(columnOf(share)).toBe(column);
  });

  test("marks each disruption at its place, and gives way where two fall together", () => {
    const marks = (ats: readonly number[]): string | undefined => {
      const disruptions = ats.map((at) => ({ entry: 0, kind: "crash", at, lastAt: at, times: 1, members: [], convergence: null }));
      return linesOf(plain({ ...summary, disruptions }, 120)).find((line) => line.includes("  0 % "))?.slice(8);
    };
    expect(marks([0, 60, 120])).toMatch(/^a.{54}b.{54}c$/);
    expect(marks([60, 60])).toMatch(/^[─┬]{55}ab[─┬]{54}$/);
  });
});

test("a document is the summary with its cost", () => {
  const document = documentOf(summary, { wallSeconds: 1.5, cpuSeconds: 2.5 });
  expect(document).toEqual({ ...summary, wallSeconds: 1.5, cpuSeconds: 2.5 });
  expect(JSON.stringify(document)).toContain(`"simulatedSeconds":960,"wallSeconds":1.5,"cpuSeconds":2.5,"memberHours"`);
});
