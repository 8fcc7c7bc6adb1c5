/** Whom a member probes, whom it asks to relay, and on which beat. */

import { describe, expect, test } from "vitest";
import { memberId, rngFrom, seconds, startWalk, viewOf, type Member, type MemberId, type Rng, type Status, type View } from "../../../engine/index.ts";
import { answers, nextPeriodEnd, nextTarget, pickAlive, relaysDueAt, type Attempt } from "../../../engine/rules/probe.ts";
import { aRecord, idsOf, ms } from "../../builders.ts";

const group = (size: number, statusOf: (k: number) => Status = () => "alive"): View =>
  viewOf(Array.from({ length: size }, (_, k) => aRecord(`m${k}`, { status: statusOf(k) })));
const m = (k: number): MemberId => memberId(`m${k}`);
const DRAWS = 4_000;

describe("the beat", () => {
  test.for([
    // ended at, now, the next ends at, because
    [1000, 1000, 2000, "punctual"],
    [1000, 1001, 2000, "a little late: the beat is kept"],
    [1000, 1999, 2000, "very late, but the beat is not yet lost"],
    [1000, 2000, 3000, "a whole beat late: from now on"],
    [1000, 9500, 10_500, "a process that stood still does not catch up in a burst"],
  ] as const)("a period that ended at %i ms, judged at %i: the next ends at %i, %s", ([endedAt, now, expected]) => {
    expect(nextPeriodEnd(ms(endedAt), ms(now), seconds(1))).toBe(ms(expected));
  });
});

describe("the probe", () => {
  const attempt: Attempt = { seq: 7 as Attempt["seq"], target: m(1), incarnation: aRecord("m1").incarnation, askRelaysAt: ms(1500) };

  test("is answered by its own seq only", () => {
    expect([answers(attempt, attempt.seq), answers({ ...attempt, seq: 8 as Attempt["seq"] }, attempt.seq), answers(null, attempt.seq)]).toEqual([true, false, false]);
  });

  test("asks relays at its own time, and never if there is none", () => {
    const probe = { periodEndsAt: ms(2000), walk: startWalk(1), attempt };
    expect(relaysDueAt(probe)).toBe(ms(1500));
    expect(relaysDueAt({ ...probe, attempt: null })).toBeGreaterThan(ms(1e12));
  });
});

describe("the next target", () => {
  /** The targets of so many periods. */
  function targets(view: View, self: string, periods: number): readonly (MemberId | undefined)[] {
    let walk = startWalk(5);
    let rng = rngFrom(1);
    return Array.from({ length: periods }, () => {
      let target: Member | undefined;
      [target, walk, rng] = nextTarget(view, walk, memberId(self), rng);
      return target?.id;
    });
  }

  test("is everybody else once in each pass, ourselves never, and no period goes empty for it", () => {
    const probed = targets(group(7), "m3", 18);
    const others = [0, 1, 2, 4, 5, 6].map(m);
    for (const pass of [0, 6, 12]) expect(new Set(probed.slice(pass, pass + 6))).toEqual(new Set(others));
  });

  test("comes in another order in each pass (SWIM §4.3)", () => {
    const probed = targets(group(12), "m3", 11 * 20);
    const orders = new Set(Array.from({ length: 20 }, (_, pass) => probed.slice(pass * 11, pass * 11 + 11).join()));
    expect(orders.size).toBe(20);
  });

  test("is a suspect as well, but neither the dead nor the departed", () => {
    const statuses = ["alive", "suspect", "dead", "left"] as const;
    const probed = targets(group(12, (k) => statuses[k % 4] ?? "alive"), "m0", 5 * 4);
    expect(new Set(probed)).toEqual(new Set([1, 4, 5, 8, 9].map(m)));
  });

  test("is nobody where nobody else lives", () => {
    expect(targets(group(1), "m0", 3)).toEqual([undefined, undefined, undefined]);
    expect(targets(group(4, (k) => (k === 0 ? "alive" : "dead")), "m0", 3)).toEqual([undefined, undefined, undefined]);
    expect(targets(group(4, (k) => (k === 0 ? "left" : "dead")), "m0", 2)).toEqual([undefined, undefined]);
  });

  test("is the one other, period after period, in a group of two", () => {
    expect(targets(group(2), "m0", 4)).toEqual([m(1), m(1), m(1), m(1)]);
  });
});

describe("picking some of the alive", () => {
  /** How often each is picked in many draws of `wanted`. */
  function tally(view: View, wanted: number, except: readonly MemberId[]): ReadonlyMap<MemberId, number> {
    const counts = new Map<MemberId, number>();
    let rng: Rng = rngFrom(3);
    for (let draw = 0; draw < DRAWS; draw++) {
      let picked: readonly Member[];
      [picked, rng] = pickAlive(view, wanted, except, rng);
      expect(new Set(idsOf(picked)).size).toBe(picked.length);
      for (const { id } of picked) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  // Few are listed and shuffled, many are drawn: the border is at four for each one wanted or left out.
  test.for([[8, 3], [20, 3], [21, 3], [60, 3], [200, 1]] as const)("of %i members, %i: each as likely as the others, and never those left out", ([size, wanted]) => {
    const counts = tally(group(size), wanted, [m(0), m(1)]);
    expect([counts.has(m(0)), counts.has(m(1))]).toEqual([false, false]);
    const expected = (DRAWS * wanted) / (size - 2);
    const chiSquare = Array.from({ length: size - 2 }, (_, k) => ((counts.get(m(k + 2)) ?? 0) - expected) ** 2 / expected).reduce((sum, x) => sum + x);
    // Chi-square has mean ν and variance 2ν; five deviations are beyond chance.
    expect(chiSquare).toBeLessThan(size - 3 + 5 * Math.sqrt(2 * (size - 3)));
  });

  test.for([6, 100])("of %i, no suspect is picked: it may be what makes a relay useless (memberlist rule 15)", (size) => {
    const counts = tally(group(size, (k) => (k % 2 === 0 ? "alive" : "suspect")), 2, []);
    expect([...counts.keys()].every((id) => Number(id.slice(1)) % 2 === 0)).toBe(true);
    expect(counts.size).toBe(size / 2);
  });

  test("gives all there are, if fewer are there than wanted; and none, if none is wanted", () => {
    expect(new Set(idsOf(pickAlive(group(3), 5, [m(1)], rngFrom(1))[0]))).toEqual(new Set([m(0), m(2)]));
    const rng = rngFrom(1);
    expect(pickAlive(group(3), 0, [], rng)).toEqual([[], rng]);
  });

  test("in a crowd of which nearly all are suspects, gives up rather than search for ever", () => {
    const view = group(400, (k) => (k === 0 ? "alive" : "suspect"));
    expect(pickAlive(view, 3, [], rngFrom(1))[0].length).toBeLessThanOrEqual(1);
  });
});
