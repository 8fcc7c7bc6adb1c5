/** When views are compared, how finely, and what another's view teaches: memberlist's reading of a push-pull, and where ours differs. */

import { describe, expect, test } from "vitest";
import { memberId, NEVER, partsAt, presets, seconds, type Config } from "../../../engine/index.ts";
import { depthFor, lessonOf, nextOfSeries, syncEveryAt } from "../../../engine/rules/anti-entropy.ts";
import { aConfig, alive, aRecord, dead, left, ms, suspect } from "../../builders.ts";

const me = memberId("a");
const forgiving = aConfig();
const mine = aRecord("b", { life: 2 });

describe("a record that differs from ours", () => {
  test("alive and left count as said", () => {
    expect(lessonOf(mine, aRecord("b", { life: 3, meta: "new" }), me, forgiving)).toEqual({ kind: "claim", claim: alive("b", 3, "new") });
    expect(lessonOf(mine, aRecord("b", { status: "left", life: 2 }), me, forgiving)).toEqual({ kind: "claim", claim: left("b", 2) });
  });

  test("suspect and dead make us suspect, in our own name, so that the accused can still refute", () => {
    for (const status of ["suspect", "dead"] as const) {
      expect(lessonOf(mine, aRecord("b", { status, life: 2 }), me, forgiving)).toEqual({ kind: "claim", claim: suspect("b", "a", 2) });
    }
  });

  test.for<readonly [string, Partial<Config>]>([
    ["suspicion is off", { suspicion: "off" }],
    ["death is final", { precedence: "final" }],
  ])("dead is dead where %s", ([, changes]) => {
    expect(lessonOf(mine, aRecord("b", { status: "dead", life: 2 }), me, aConfig(changes))).toEqual({ kind: "claim", claim: dead("b", "a", 2) });
    expect(lessonOf(mine, aRecord("b", { status: "suspect", life: 2 }), me, aConfig(changes))).toEqual({ kind: "claim", claim: suspect("b", "a", 2) });
  });
});

describe("a record of somebody we never heard of", () => {
  test("alive is a claim like any other: whoever learns of a newcomer tells it on", () => {
    expect(lessonOf(undefined, aRecord("b"), me, forgiving)).toEqual({ kind: "claim", claim: alive("b") });
  });

  test("anything else is taken as it stands, because a claim about a stranger would be ignored (memberlist ignores the record as well)", () => {
    for (const status of ["suspect", "dead", "left"] as const) {
      const theirs = aRecord("b", { status, life: 3 });
      expect(lessonOf(undefined, theirs, me, forgiving)).toEqual({ kind: "record", record: theirs });
    }
  });
});

test("a series goes on from now; of length zero, it is none", () => {
  expect(nextOfSeries(ms(1700), seconds(30))).toBe(ms(31_700));
  expect(nextOfSeries(ms(1700), seconds(0))).toBe(NEVER);
});

describe("how long until the next exchange", () => {
  test.for([
    [0, 1], [1, 1], [31, 1], [32, 1], [33, 2], [64, 2], [65, 3], [128, 3], [129, 4], [256, 4], [512, 5], [1000, 6], [10_000, 10],
  ] as const)("among %i grows to %i times the interval, as in memberlist (its own test vectors)", ([n, times]) => {
    expect(syncEveryAt({ ...presets["memberlist-lan"], syncEvery: seconds(1) }, n)).toBe(seconds(times));
    expect(syncEveryAt(presets["memberlist-lan"], n)).toBe(seconds(30 * times));
  });

  test("or does not grow, where that is not wanted", () => {
    expect(syncEveryAt(aConfig({ syncEvery: seconds(30), syncScale: "constant" }), 10_000)).toBe(seconds(30));
  });
});

test.for([[1, 1], [32, 1], [1024, 1], [1025, 2], [100_000, 2]] as const)("%i members are compared %i levels down: parts of some thirty members", ([n, depth]) => {
  expect(depthFor(n)).toBe(depth);
  expect(n / partsAt(depth)).toBeLessThan(100);
});
