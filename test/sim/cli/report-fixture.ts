/** A small experiment as its runs might have left it: twelve members, a crash, a partition that heals, eight runs. Made by hand. */

import { bytes, instant, presets, seconds } from "../../../engine/index.ts";
import type { Disruption, Expectation, Scenario } from "../../../sim/scenario/model.ts";
import type { DisruptionResult, Observation, RunResult } from "../../../sim/measure/result.ts";

const NAMES = Array.from({ length: 12 }, (_, i) => `n${i}`);
const SIX: readonly string[] = NAMES.slice(6);

const link = { latency: { kind: "constant", of: seconds(0.001) }, loss: 0.01, duplicate: 0 } as const;

const timeline: readonly Disruption[] = [
  { at: instant(10_000_000), entry: 0, action: { kind: "crash", members: { kind: "names", names: ["n3"] } } },
  { at: instant(40_000_000), entry: 1, action: { kind: "partition", sides: [{ kind: "names", names: SIX }, { kind: "rest" }] } },
  { at: instant(70_000_000), entry: 1, action: { kind: "heal", of: 1 } },
];

const expectations: readonly Expectation[] = [
  { text: "firstDetection.p99 < 8 s", path: ["firstDetection", "p99"], is: "<", value: 8 },
  { text: "falsePositives.count == 0", path: ["falsePositives", "count"], is: "==", value: 0 },
  { text: "disruptions[1].convergence.max < 60 s", path: ["disruptions", 1, "convergence", "max"], is: "<", value: 60 },
];

export const scenario: Scenario = {
  name: "split-and-heal",
  about: "One member crashes; later the halves cannot hear each other for half a minute.",
  seed: "42",
  runs: 8,
  duration: seconds(120),
  start: "warm",
  members: NAMES.map((name, i) => ({ name, tags: {}, meta: bytes(""), present: true, seed: i === 0 })),
  preset: "swimlab",
  config: presets.swimlab,
  network: { link, links: [], streamDeadline: seconds(10), retransmitAfter: seconds(0.2), catchUp: seconds(0) },
  timeline,
  expectations,
};

export const scenarioHash = "5d41402abc4b2a76";

/** What the eight runs took, in seconds: [first suspicion, first detection, full dissemination, after the partition, after the heal]. */
const TOOK: readonly (readonly [number, number, number, number, number | null])[] = [
  [0.512, 4.731, 5.204, 7.113, 21.402],
  [1.204, 5.402, 6.113, 8.002, 28.911],
  [0.731, 4.902, 5.731, 7.544, 12.337],
  [1.902, 6.113, 6.604, 9.125, 30.204],
  [0.904, 5.113, 5.502, 7.902, null],
  [2.402, 6.604, 7.331, 8.731, 24.775],
  [0.613, 4.804, 5.113, 7.331, 17.608],
  [1.513, 5.731, 6.402, 8.244, 26.033],
];

function runOf(run: number, [suspected, detected, disseminated, split, healed]: (typeof TOOK)[number]): RunResult {
  const afterHeal: Observation = healed === null ? { censoredAfter: 50 } : { seconds: healed };
  const hasFalsePositive = run === 5;
  return {
    run,
    seed: `42/${run}`,
    traceHash: `0123456789abcde${run}`,
    events: 18_204 + run * 37,
    simulatedSeconds: 120,
    memberSeconds: 12 * 120 - 110,
    disruptions: [
      disruption(0, 10, "crash", ["n3"], { seconds: disseminated }),
      disruption(1, 40, "partition", SIX, { seconds: split }),
      disruption(1, 70, "heal", SIX, afterHeal),
    ],
    crashes: [{
      member: "n3", at: 10,
      firstSuspicion: { seconds: suspected }, firstDetection: { seconds: detected }, fullDissemination: { seconds: disseminated },
    }],
    blocks: [],
    broadcasts: [],
    updates: [],
    falsePositives: {
      count: hasFalsePositive ? 2 : 0, atHealthy: hasFalsePositive ? 2 : 0, ofHealthy: hasFalsePositive ? 2 : 0, healthyOfHealthy: hasFalsePositive ? 2 : 0,
      victims: hasFalsePositive ? 1 : 0, falseDeathSeconds: hasFalsePositive ? 3.25 : 0,
    },
    partitionEvictions: 60,
    suspicions: 31 + run,
    refutations: 4 + (run % 3),
    load: {
      streams: 96,
      datagrams: 2_911 + run * 11,
      bytes: 241_030 + run * 900,
      byKind: {
        ack: { count: 1_302 + run * 5, bytes: 50_118 + run * 210 },
        nack: { count: 118, bytes: 3_304 },
        ping: { count: 1_355 + run * 5, bytes: 84_010 + run * 380 },
        "ping-req": { count: 136, bytes: 9_112 },
        "push-pull": { count: 192, bytes: 94_486 + run * 310 },
      },
    },
    announcements: { joined: 66, suspected: 131 + run, cleared: 12, failed: 77 + (hasFalsePositive ? 2 : 0), refuted: 4 + (run % 3) },
    health: { mean: 0, max: 0, curve: [] },
    agreement: Array.from({ length: 120 }, (_, i) => agreementAt(i + 0.5, disseminated, split, healed ?? 50)),
  };
}

function disruption(entry: number, at: number, kind: string, members: readonly string[], convergence: Observation): DisruptionResult {
  return { entry, at, kind, members, convergence };
}

/** Nobody agrees right after a disruption; word spreads in the last fifth of the time it takes. */
function agreementAt(at: number, disseminated: number, split: number, healed: number): number {
  const since = (start: number, took: number): number => Math.min(1, Math.max(0, (at - start - took * 0.8) / (took * 0.2)));
  if (at < 10) return 1;
  if (at < 40) return since(10, disseminated);
  return at < 70 ? since(40, split) : since(70, healed);
}

export const results: readonly RunResult[] = TOOK.map((took, run) => runOf(run, took));
