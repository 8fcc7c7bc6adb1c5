/** What a summary holds, and what it does not depend on. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fates } from "../../../sim/measure/fates.ts";
import type { BroadcastResult, DisruptionResult, Observation, RunResult } from "../../../sim/measure/result.ts";
import { metricsOf } from "../../../sim/measure/metrics.ts";
import { summarise } from "../../../sim/measure/summary.ts";
import { timeMetric } from "../../../sim/measure/time-metric.ts";
import { results, scenario, scenarioHash } from "../cli/report-fixture.ts";

const summary = summarise(scenario, scenarioHash, results);
const first = (count: number): readonly RunResult[] => results.slice(0, count);
const [one, two] = first(2);
if (one === undefined || two === undefined) throw new Error("the fixture has two runs at least");

describe("the whole", () => {
  test("is the same in whatever order the results arrive", () => {
    fc.assert(fc.property(fc.shuffledSubarray([...results], { minLength: results.length }), (shuffled) => {
      expect(JSON.stringify(summarise(scenario, scenarioHash, shuffled))).toBe(JSON.stringify(summary));
    }), { seed: 3, numRuns: 10 });
  });

  test("is plain data: what a file gives back is the same", () => {
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  test("adds up what the runs counted", () => {
    expect(summary).toMatchObject({ scenario: "split-and-heal", seed: "42", runs: 8, members: 12, durationSeconds: 120, simulatedSeconds: 960 });
    expect(summary.events).toBe(8 * 18_204 + 28 * 37);
    expect(summary.metrics).toMatchObject({ suspicions: 8 * 31 + 28, partitionEvictions: { count: 480 } });
    expect(summary.agreement).toHaveLength(120);
    expect(summary.perRun.map(({ run, falsePositives }) => [run, falsePositives])).toEqual([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 2], [6, 0], [7, 0]]);
  });

  test("adds up what became of datagrams, where the runs know it: those of real members don't", () => {
    const fates = new Fates();
    fates.datagramSent();
    fates.lost("burst");
    const counted = [one, two].map((run) => ({ ...run, fates: fates.results(0) }));
    expect(metricsOf(counted, []).fates).toMatchObject({ sent: 2, delivered: 0, lost: { burst: 2, loss: 0 } });
    expect(summary.metrics).not.toHaveProperty("fates");
  });

  test("refuses to count a run twice, or to speak of none", () => {
    expect(() => summarise(scenario, scenarioHash, [...first(2), ...first(1)])).toThrow("no run is counted twice");
    expect(() => summarise(scenario, scenarioHash, [])).toThrow("at least one run");
  });
});

describe("the trace hash", () => {
  const hashOf = (runs: readonly RunResult[]): string => summarise(scenario, scenarioHash, runs).traceHash;

  test("of one run is that run's own", () => expect(hashOf(first(1))).toBe("0123456789abcde0"));

  test("has sixteen digits, and changes with any run's hash or with their order", () => {
    const swapped = [{ ...one, traceHash: two.traceHash }, { ...two, traceHash: one.traceHash }];
    const hashes = [hashOf([one, two]), hashOf(first(3)), hashOf(swapped), hashOf([one, { ...two, traceHash: "f123456789abcde1" }])];
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("rates", () => {
  test("false positives per hour of running members, with the interval of bursts", () => {
    // Two in 8 · 1,330 member-seconds: 2 / 2.9556 h. Both are of one run, so that it is one burst of two: a dispersion of 2, which of eight runs
    // grows by (2.36462 / 1.95996)², Student's deviate over the normal one, to 2.9111: the interval of 2 / 2.9111 events in 2.9556 / 2.9111 h.
    expect(summary.metrics.falsePositives).toMatchObject({ count: 2, victims: 1, perMemberHour: 0.676692, dispersion: 2, ci95: [0.00398423, 4.9422] });
  });

  test("load per member and second, by kind in alphabetical order", () => {
    const { load } = summary.metrics;
    expect(Object.keys(load.byKind)).toEqual(["ack", "nack", "ping", "ping-req", "push-pull"]);
    expect(load.byKind["nack"]).toEqual({ count: 944, perMemberSecond: 0.0887218, bytesPerMemberSecond: 2.48421 });
    expect(load.streamsPerMemberSecond).toBe(0.0721805);
  });

  test("are unknown where no member ever ran, not zero", () => {
    const { falsePositives, load } = summarise(scenario, scenarioHash, [{ ...one, memberSeconds: 0 }]).metrics;
    expect([falsePositives.perMemberHour, load.bytesPerMemberSecond]).toEqual([null, null]);
  });
});

describe("sayings", () => {
  const spread = (reached: number, seconds: number | null): Omit<BroadcastResult, "payload"> => {
    const took: Observation = seconds === null ? { censoredAfter: 9 } : { seconds };
    return { at: 1, reached, of: 12, to50: { seconds: 0.5 }, to90: { seconds: 0.9 }, to99: took, toAll: took };
  };
  const said = [
    { ...one, broadcasts: [{ payload: "a", ...spread(12, 1.5) }, { payload: "b", ...spread(6, null) }] },
    { ...two, broadcasts: [{ payload: "a", ...spread(12, 2.5) }], updates: [{ member: "n1", ...spread(12, 4) }] },
  ];
  const { metrics } = summarise(scenario, scenarioHash, said);

  test("come as far as all of them together, and take as long as the last member takes", () => {
    expect(metrics.broadcasts).toMatchObject({ count: 3, reach: 0.833333, to50: { n: 3, max: 0.5 }, to99: { censored: 1 } });
    expect(metrics.broadcastDelivery).toMatchObject({ n: 3, p50: 2.5, max: 2.5, censored: 1 });
    expect(metrics.updates).toMatchObject({ count: 1, reach: 1 });
    expect(metrics.updateDissemination).toMatchObject({ n: 1, max: 4 });
  });

  test("that nobody had have no reach, not none", () => {
    expect(summary.metrics.broadcasts).toMatchObject({ count: 0, reach: null, to50: { n: 0 } });
  });
});

test("announcements of every kind have a rate, by the hours that members ran", () => {
  const { announcements } = summary.metrics;
  // 8 · 66 in 8 · 1,330 member-seconds.
  expect(announcements["joined"]).toEqual({ count: 528, perMemberHour: 178.647 });
  expect(announcements["damped"]).toEqual({ count: 0, perMemberHour: 0 });
});

test("as many runs as there may be are measured: more than a function of a thread takes arguments", () => {
  const quiet = { ...one, disruptions: [], crashes: [], broadcasts: [], updates: [], health: { mean: 0, max: 1, curve: [] } };
  const many: readonly RunResult[] = [...Array.from({ length: 600_000 }, () => quiet), { ...quiet, health: { ...quiet.health, max: 5 } }];
  expect(metricsOf(many, []).health.max).toBe(5);
});

test("health is the mean of the runs, and the worst of all", () => {
  const doubting = [{ ...one, health: { mean: 0.5, max: 2, curve: [] } }, { ...two, health: { mean: 0.25, max: 7, curve: [] } }];
  expect(summarise(scenario, scenarioHash, doubting).metrics.health).toEqual({ mean: 0.375, max: 7 });
});

test("Lifeguard's false positives are added up", () => {
  const { count, ofHealthy, healthyOfHealthy } = summarise(scenario, scenarioHash, results).metrics.falsePositives;
  expect([count, ofHealthy, healthyOfHealthy]).toEqual([2, 2, 2]);
});

test("blocks have figures of their own", () => {
  const block = { member: "n4", at: 50, firstSuspicion: { seconds: 1.5 }, firstDetection: { seconds: 12.5 }, fullDissemination: { censoredAfter: 16 } };
  const { metrics } = summarise(scenario, scenarioHash, [{ ...one, blocks: [block] }]);
  expect(metrics.blocks).toMatchObject({ firstDetection: { n: 1, max: 12.5 }, fullDissemination: { censored: 1 } });
  expect(metrics.firstDetection.max).toBe(4.731);
});

describe("lengths of time", () => {
  test("count the censored, and do not let them vanish", () => {
    expect(summary.metrics.convergence).toMatchObject({ unit: "s", n: 24, censored: 1, max: 30.204, p99: null });
    expect(summary.metrics.convergence.bounds.max).toEqual([50, null]);
  });

  test("what censoring leaves open: the median of four, two of them given up early", () => {
    const { p50, bounds } = timeMetric([[{ censoredAfter: 1 }, { censoredAfter: 1 }, { seconds: 2 }, { seconds: 3 }]], []);
    expect(p50).toBe(2);
    expect(bounds.p50).toEqual([1, 3]);
  });

  test("the figure lies between its bounds", () => {
    const observation: fc.Arbitrary<Observation> = fc.nat(20).chain((length) =>
      fc.constantFrom<Observation>({ seconds: length }, { censoredAfter: length }));
    fc.assert(fc.property(fc.array(observation, { minLength: 1, maxLength: 30 }), (observations) => {
      const { p50, p90, p99, max, bounds } = timeMetric([observations], []);
      for (const [figure, [least, greatest]] of [[p50, bounds.p50], [p90, bounds.p90], [p99, bounds.p99]] as const) {
        expect(figure ?? Infinity).toBeGreaterThanOrEqual(least ?? NaN);
        expect(figure ?? Infinity).toBeLessThanOrEqual(greatest ?? Infinity);
      }
      expect(max ?? -Infinity).toBeLessThanOrEqual(bounds.max[0] ?? NaN);
    }), { seed: 4 });
  });

  test("a single run has no intervals", () => {
    const { ci95 } = summarise(scenario, scenarioHash, first(1)).metrics.convergence;
    expect(ci95).toEqual({ p50: [null, null], p90: [null, null], p99: [null, null] });
  });
});

describe("disruptions", () => {
  const crash: DisruptionResult = { entry: 0, at: 10, kind: "crash", members: ["n3"], convergence: { seconds: 5 } };

  test("are gathered by entry and kind: a partition that heals itself has two rows", () => {
    expect(summary.disruptions.map(({ entry, kind, at, times }) => [entry, kind, at, times])).toEqual([
      [0, "crash", 10, 8], [1, "partition", 40, 8], [1, "heal", 70, 8],
    ]);
    expect(summary.disruptions[2]).toMatchObject({ convergence: { n: 8, censored: 1, p50: 24.775 }, members: ["n6", "n7", "n8", "n9", "n10", "n11"] });
  });

  test("an entry that happens again and again is one row, from its first time to its last", () => {
    const again = first(2).map((run) => ({ ...run, disruptions: [20, 30, 10].map((at): DisruptionResult => ({ ...crash, at })) }));
    expect(summarise(scenario, scenarioHash, again).disruptions).toMatchObject([{ at: 10, lastAt: 30, times: 6 }]);
  });

  test("what leaves the truth as it was has nothing to converge", () => {
    const impaired = { ...one, disruptions: [{ ...crash, kind: "impair", convergence: null }] };
    const { disruptions, metrics } = summarise(scenario, scenarioHash, [impaired]);
    expect(disruptions[0]?.convergence).toBeNull();
    expect(metrics.convergence.n).toBe(0);
  });
});
