/** Whom a member probes, until when it waits, and on which beat. */

import { describe, expect, test } from "vitest";
import { memberId, NEVER, rngFrom, seconds, startWalk, viewOf, type MemberId, type Status, type View } from "../../../engine/index.ts";
import { answered, answers, attempting, isFor, nextPeriodEnd, nextTarget, probeDueAt, type Attempt, type NextTarget } from "../../../engine/rules/probe.ts";
import { aRecord, ms } from "../../builders.ts";

const group = (size: number, statusOf: (k: number) => Status = () => "alive"): View =>
  viewOf(Array.from({ length: size }, (_, k) => aRecord(`m${k}`, { status: statusOf(k) })));
const m = (k: number): MemberId => memberId(`m${k}`);

describe("the beat", () => {
  test.for([
    // ended at, now, the next ends at, because
    [1000, 1000, 2000, "punctual"],
    [1000, 1001, 2000, "a little late: the beat is kept"],
    [1000, 1999, 2000, "very late, but the beat is not yet lost"],
    [1000, 2000, 3000, "a whole beat late: that beat is lost, the next is not"],
    [1000, 2001, 3000, "a beat is missed, the rhythm is kept"],
    [1000, 9500, 10_000, "a process that stood still does not catch up in a burst, nor begin a rhythm of its own"],
  ] as const)("a period that ended at %i ms, judged at %i: the next ends at %i, %s", ([endedAt, now, expected]) => {
    expect(nextPeriodEnd(ms(endedAt), ms(now), seconds(1))).toBe(ms(expected));
  });
});

describe("the probe", () => {
  const attempt: Attempt = {
    seq: 7 as Attempt["seq"], target: m(1), incarnation: aRecord("m1").incarnation, startedAt: ms(1000), askRelaysAt: ms(1500), failsAt: ms(2000),
    relays: [], nacksWanted: 0, nacks: 0, isStreamAnswered: false,
  };
  const probe = { periodEndsAt: ms(2500), walk: startWalk(1), attempt };

  test("is answered by its own seq only", () => {
    expect([answers(attempt, attempt.seq), answers({ ...attempt, seq: 8 as Attempt["seq"] }, attempt.seq), answers(null, attempt.seq)]).toEqual([true, false, false]);
  });

  test("waits for its relays to be asked, then for its end; one that is answered, for the next period", () => {
    expect(probeDueAt(probe)).toBe(ms(1500));
    expect(probeDueAt(attempting(probe, { ...attempt, askRelaysAt: NEVER }))).toBe(ms(2000));
    expect(probeDueAt(answered(probe))).toBe(ms(2500));
  });

  test("that fails before it asks for help does not wait for that", () => {
    expect(probeDueAt(attempting(probe, { ...attempt, askRelaysAt: ms(3000) }))).toBe(ms(2000));
  });
});

test("a ping is for whom it names, or for whoever is there if it names nobody", () => {
  expect([isFor(m(1), m(1)), isFor(m(2), m(1)), isFor(memberId(""), m(1))]).toEqual([true, false, true]);
});

describe("the next target", () => {
  /** What so many periods begin with. */
  function periodsOf(view: View, self: string, periods: number): readonly NextTarget[] {
    let next: Pick<NextTarget, "walk" | "rng"> = { walk: startWalk(5), rng: rngFrom(1) };
    return Array.from({ length: periods }, () => {
      const begun = nextTarget(view, next.walk, memberId(self), next.rng);
      next = begun;
      return begun;
    });
  }
  const targets = (view: View, self: string, periods: number): readonly (MemberId | undefined)[] => periodsOf(view, self, periods).map(({ target }) => target?.id);

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

  test("says when it begins a new pass, and takes no dice but for that", () => {
    const periods = periodsOf(group(4), "m3", 9);
    expect(periods.map(({ isNewPass }) => isNewPass)).toEqual([false, false, false, true, false, false, true, false, false]);
    expect(periods[2]?.rng).toEqual(rngFrom(1));
    expect(periods[3]?.rng).not.toEqual(rngFrom(1));
  });

  test("where nobody else lives, every period is a new pass", () => {
    expect(periodsOf(group(1), "m0", 3).map(({ isNewPass }) => isNewPass)).toEqual([true, true, true]);
  });
});
