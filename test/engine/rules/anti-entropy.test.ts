/** What another's view teaches: memberlist's reading of a push-pull, and where ours differs. */

import { describe, expect, test } from "vitest";
import { memberId, NEVER, seconds, type Config } from "../../../engine/index.ts";
import { lessonOf, nextOfSeries } from "../../../engine/rules/anti-entropy.ts";
import { aConfig, alive, aRecord, dead, left, ms, suspect } from "../../builders.ts";

const me = memberId("a");
const forgiving = aConfig();
const mine = aRecord("b", { life: 2 });

describe("a record that differs from ours", () => {
  test("alive and left count as said (memberlist rule 53)", () => {
    expect(lessonOf(mine, aRecord("b", { life: 3, meta: "new" }), me, forgiving)).toEqual({ kind: "claim", claim: alive("b", 3, "new") });
    expect(lessonOf(mine, aRecord("b", { status: "left", life: 2 }), me, forgiving)).toEqual({ kind: "claim", claim: left("b", 2) });
  });

  test("suspect and dead make us suspect, in our own name, so that the accused can still refute (memberlist rule 53)", () => {
    for (const status of ["suspect", "dead"] as const) {
      expect(lessonOf(mine, aRecord("b", { status, life: 2 }), me, forgiving)).toEqual({ kind: "claim", claim: suspect("b", "a", 2) });
    }
  });

  test.for<readonly [string, Partial<Config>]>([
    ["suspicion is off", { suspicion: "off" }],
    ["death is final", { death: "final" }],
  ])("dead is dead where %s", ([, changes]) => {
    expect(lessonOf(mine, aRecord("b", { status: "dead", life: 2 }), me, aConfig(changes))).toEqual({ kind: "claim", claim: dead("b", "a", 2) });
    expect(lessonOf(mine, aRecord("b", { status: "suspect", life: 2 }), me, aConfig(changes))).toEqual({ kind: "claim", claim: suspect("b", "a", 2) });
  });
});

describe("a record of somebody we never heard of", () => {
  test("alive is a claim like any other: whoever learns of a newcomer tells it on", () => {
    expect(lessonOf(undefined, aRecord("b"), me, forgiving)).toEqual({ kind: "claim", claim: alive("b") });
  });

  test("anything else is taken as it stands, because a claim about a stranger would be ignored (against memberlist rule 54)", () => {
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
