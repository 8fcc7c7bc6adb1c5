/** Awareness: what makes a member doubt itself, and what it does slower then. In Lifeguard's manner, and in memberlist's. */

import { describe, expect, test } from "vitest";
import { milliseconds, presets, seconds } from "../../../engine/index.ts";
import { adjusted, askRelaysAfterAt, penaltyOf, periodAt, probeForAt } from "../../../engine/rules/awareness.ts";
import { aConfig } from "../../builders.ts";

describe("the score", () => {
  test("is memberlist's, sign by sign (its own test vector, with eight scores)", () => {
    const scores: number[] = [];
    let health = 0;
    for (const by of [0, -1, -10, 1, -1, 10, -1]) scores.push((health = adjusted(health, by, presets["memberlist-lan"])));
    expect(scores).toEqual([0, 0, 0, 1, 0, 7, 6]);
  });

  test("reaches eight in Lifeguard (§IV-A, S)", () => {
    expect(adjusted(0, 10, presets.lifeguard)).toBe(8);
  });

  test("never moves where the worst is zero", () => {
    expect([adjusted(0, 1, aConfig()), adjusted(0, 99, aConfig()), adjusted(0, -1, aConfig())]).toEqual([0, 0, 0]);
  });
});

describe("what a failed probe costs", () => {
  test.for([
    // asked, nacks, missing nacks, failure, because
    [0,       0,     1,             1,       "nobody was asked for any: one bad sign"],
    [3,       0,     3,             2,       "nobody heard us, or we hear nobody"],
    [3,       1,     2,             2,       "some did not"],
    [3,       3,     0,             1,       "all relays tried in vain: it is not us"],
    [3,       5,     0,             1,       "more than were asked: somebody sent two"],
    [1,       0,     1,             2,       "the only relay is silent"],
  ] as const)("%i asked, %i nacks: %i as memberlist counts, %i as Lifeguard does: %s", ([asked, nacks, missing, failure]) => {
    expect(penaltyOf(aConfig({ healthPenalty: "missing-nacks" }), asked, nacks)).toBe(missing);
    expect(penaltyOf(aConfig({ healthPenalty: "failure" }), asked, nacks)).toBe(failure);
  });
});

describe("what bad health stretches", () => {
  test.for([
    // health, period, ack, probe
    [0,        1,      0.5, 1],
    [1,        2,      1,   2],
    [8,        9,      4.5, 9],
  ] as const)("in Lifeguard, at %i: a period of %f s, %f s for the direct ack, %f s for all of the probe (§IV-A)", ([health, period, ack, probe]) => {
    const { lifeguard } = presets;
    expect([periodAt(lifeguard, health), askRelaysAfterAt(lifeguard, health), probeForAt(lifeguard, health)]).toEqual([seconds(period), seconds(ack), seconds(probe)]);
  });

  test.for([[0, 1], [1, 2], [7, 8]] as const)("in memberlist, at %i: only all of the probe, %f s", ([health, probe]) => {
    const lan = presets["memberlist-lan"];
    expect([periodAt(lan, health), askRelaysAfterAt(lan, health), probeForAt(lan, health)]).toEqual([seconds(1), milliseconds(500), seconds(probe)]);
  });
});
