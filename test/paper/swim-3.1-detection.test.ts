/**
 * SWIM §3.1: from the failure of any member to its detection by some other it takes e/(e−1) periods on average, whatever the size of
 * the group. Counted to the end of the period in which a probe failed.
 */

import { describe, expect, test } from "vitest";
import { below, memberId, presets, rngFrom, seconds, startWalk, viewOf, type MemberId, type Rng, type View, type Walk } from "../../engine/index.ts";
import { nextTarget } from "../../engine/rules/probe.ts";
import { playRun } from "../../sim/run.ts";
import { aRecord, aScenario, atSecond, named } from "../builders.ts";
import { detectionApart, detectionAtRandom, detectionInTurn, meanOf } from "./theory.ts";

/** The standard deviation of a first detection, in periods, in either convention. */
const DEVIATION = 0.95;

type Prober = { readonly walk: Walk; readonly rng: Rng };

/** One period of everybody's probing: whom each has probed, and where each stands then. */
type Period = { readonly targets: readonly (MemberId | undefined)[]; readonly next: readonly Prober[] };

function period(view: View, ids: readonly MemberId[], probers: readonly Prober[]): Period {
  const steps = probers.map(({ walk, rng }, nth) => {
    const { target, ...next } = nextTarget(view, walk, ids[nth] ?? memberId(""), rng);
    return { target: target?.id, next };
  });
  return { targets: steps.map(({ target }) => target), next: steps.map(({ next }) => next) };
}

/** Periods from a crash to the end of the first period that fails, if the crash falls on the beginning of everybody's period, or anywhere. */
function detectionTimes(n: number, trials: number): { readonly together: readonly number[]; readonly apart: readonly number[] } {
  const ids = Array.from({ length: n }, (_, k) => memberId(`m${k}`));
  const view = viewOf(ids.map((id) => aRecord(id)));
  let probers: readonly Prober[] = ids.map((_, nth) => ({ walk: startWalk(nth * 7919), rng: rngFrom(nth) }));
  let dice = rngFrom(n);
  const phase = (): number => {
    let thrown: number;
    [thrown, dice] = below(4_294_967_296, dice);
    return thrown / 4_294_967_296;
  };
  const together: number[] = [];
  const apart: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const victim = ids[(trial * 31) % n];
    const phases = ids.map(phase);
    let ahead = probers;
    for (let whole = 1; ; whole++) {
      const { targets, next } = period(view, ids, ahead);
      ahead = next;
      const sent = targets.flatMap((target, nth) => (target === victim ? [phases[nth] ?? 0] : []));
      if (sent.length === 0) continue;
      together.push(whole);
      apart.push(whole + Math.min(...sent));
      break;
    }
    // Not a whole number of passes later, so that every trial finds the passes elsewhere.
    for (let skipped = 0; skipped < 3; skipped++) probers = period(view, ids, probers).next;
  }
  return { together, apart };
}

describe("by the probing of the engine alone", () => {
  const sizes = [8, 16, 32, 64, 128] as const;
  const trials = (n: number): number => (n < 128 ? 1_000 : 500);
  const measured = new Map(sizes.map((n) => [n, detectionTimes(n, trials(n))]));

  test.for(sizes)("%i members, periods together: as the closed form has it", (n) => {
    const { mean } = meanOf(measured.get(n)?.together ?? []);
    expect(Math.abs(mean - detectionInTurn(n))).toBeLessThan((3 * DEVIATION) / Math.sqrt(trials(n)));
  });

  test.for(sizes)("%i members, each with periods of its own: as the closed form has it", (n) => {
    const { mean } = meanOf(measured.get(n)?.apart ?? []);
    expect(Math.abs(mean - detectionApart(n))).toBeLessThan((3 * DEVIATION) / Math.sqrt(trials(n)));
  });

  test("there is no trend in n: from 16 to 128 members, all within their errors of e/(e−1)", () => {
    for (const n of sizes.slice(1)) {
      const { mean, error } = meanOf(measured.get(n)?.together ?? []);
      expect(Math.abs(mean - Math.E / (Math.E - 1))).toBeLessThan(3 * error + Math.abs(detectionInTurn(n) - Math.E / (Math.E - 1)));
    }
  });

  test("going round in turn is hardly faster than choosing at random, and in the limit no faster (§4.3)", () => {
    expect([detectionInTurn(8), detectionApart(8), detectionApart(32)].map((periods) => periods.toFixed(2))).toEqual(["1.47", "1.88", "1.97"]);
    expect(detectionAtRandom(8)).toBeCloseTo(1.647, 3);
    expect(detectionInTurn(1_000)).toBeCloseTo(Math.E / (Math.E - 1), 2);
  });
});

describe("in the world", () => {
  const RUNS = 120;
  const firstSuspicions = (stagger: "random" | "none"): readonly number[] => Array.from({ length: RUNS }, (_, run) => {
    const config = { ...presets["swim-inf-susp"], periodEvery: seconds(1), stagger };
    const { crashes } = playRun(aScenario({ members: 16, config, lasts: 14, timeline: [atSecond(4, { kind: "crash", members: named("m1") })] }), run);
    const seen = crashes[0]?.firstSuspicion;
    return seen !== undefined && "seconds" in seen ? seen.seconds : NaN;
  });
  const tolerance = (3 * DEVIATION) / Math.sqrt(RUNS);

  test("periods together, a crash exactly as one begins: 1.58, for 16 members in turn 1.52", () => {
    const { mean } = meanOf(firstSuspicions("none"));
    expect(Math.abs(mean - detectionInTurn(16))).toBeLessThan(tolerance);
  });

  test("each member's periods beginning at a moment of its own: 1.98, for 16 members in turn 1.94", () => {
    const { mean } = meanOf(firstSuspicions("random"));
    expect(Math.abs(mean - detectionApart(16))).toBeLessThan(tolerance);
  });
});
