/** Which lines of the timeline leave something to agree upon, and so end the watch on what happened before them: two members, a beat of a second. */

import { describe, expect, test } from "vitest";
import { milliseconds, seconds, type Config } from "../../../engine/index.ts";
import type { Observation } from "../../../sim/measure/result.ts";
import { playRun } from "../../../sim/run.ts";
import type { Action, Disruption } from "../../../sim/scenario/model.ts";
import { aScenario, atSecond, named } from "../../builders.ts";

const onTheBeat: Partial<Config> = { stagger: "none", syncEvery: seconds(0), reconnectEvery: seconds(0) };

/** What came of each line, in order. */
const convergences = (timeline: readonly Disruption[]): readonly (Observation | null)[] =>
  playRun(aScenario({ members: 2, lasts: 12.5, config: onTheBeat, timeline }), 0).disruptions.map(({ convergence }) => convergence);

/** The period from 3 to 4 finds out, the suspicion ends at 8. */
const crash = atSecond(2.5, { kind: "crash", members: named("m1") });
const learned = { seconds: 5.5 };

const between = { from: named("m0"), to: named("m1"), bothWays: true };
const impair: Action = { kind: "impair", ...between, loss: 0, duplicate: 0, delay: { kind: "constant", of: milliseconds(1) } };
const clog: Action = { kind: "clog", ...between, capacity: null };
const cut: Action = { kind: "cut", ...between };
const heal = (of: number | null): Action => ({ kind: "heal", of });

describe("a crash at 2.5 is watched until all know of it at 8, though meanwhile", () => {
  test.for([
    ["an impairment ends", impair, heal(0)],
    ["a clog ends", clog, heal(0)],
    ["all faults end, which are an impairment", impair, heal(null)],
    ["all faults end, and there is none", { kind: "hasten", members: named("m0") }, heal(null)],
    ["a line of no fault ends", { kind: "hasten", members: named("m0") }, heal(0)],
  ] as const satisfies readonly (readonly [string, Action, Action])[])("%s", ([, begins, ends]) => {
    expect(convergences([atSecond(2.2, begins), crash, atSecond(3.5, ends)])).toEqual([null, learned, null]);
  });
});

test("the end of a cut is watched as its begin was, whatever else ends with it", () => {
  expect(convergences([atSecond(2.5, impair), atSecond(2.5, cut), atSecond(3.5, heal(null))])).toEqual([null, { censoredAfter: 1 }, { seconds: 0 }]);
});

describe("nor does what strikes nobody end the watch on the crash at 2.5", () => {
  const m1 = named("m1");
  const rebirth = { incarnation: "lost", address: "same" } as const;
  test.for([
    ["it has crashed already", { kind: "crash", members: m1 }],
    ["it is not there to stand still", { kind: "pause", members: m1 }],
    ["it is not there to say goodbye", { kind: "leave", members: m1 }],
    ["the other one has not crashed", { kind: "restart", members: named("m0"), ...rebirth }],
    ["nobody is left who could come in its place", { kind: "replace", members: m1, by: named("m0") }],
  ] as const satisfies readonly (readonly [string, Action])[])("%s", ([, strikes]) => {
    expect(convergences([crash, atSecond(4, strikes)])).toEqual([learned, null]);
  });
});
