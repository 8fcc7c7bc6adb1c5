/**
 * SWIM §3.1: the load on each member does not grow with the group, and k relays make false alarms as rare as wanted.
 * Suspicions are begun and refuted here, but nobody ever dies of one: the failure detector alone is measured.
 */

import { describe, expect, test } from "vitest";
import { presets, seconds, type Config, type MemberId, type State } from "../../engine/index.ts";
import { playRun } from "../../sim/run.ts";
import { aScenario } from "../builders.ts";
import { failedProbes, messagesSent } from "./theory.ts";

const nobodyDies: Config = { ...presets["swim-inf-susp"], periodEvery: seconds(1), suspicionMult: 1_000_000 };

type Tally = { readonly periods: number; readonly failed: number; readonly sent: number };

/** Counts periods, probes that failed, and datagrams. */
function tallyOf(members: number, loss: number, relays: number, lasts: number): Tally {
  const states = new Map<MemberId, State>();
  let [periods, failed] = [0, 0];
  const { load } = playRun(aScenario({ members, loss, lasts, config: { ...nobodyDies, relays } }), 0, {
    born(_, who, state) { states.set(who, state); },
    stepped(_, who, _event, _effects, state) {
      const before = states.get(who);
      states.set(who, state);
      if (before === undefined || before.probe.periodEndsAt === state.probe.periodEndsAt) return;
      periods++;
      if (before.probe.attempt !== null) failed++;
    },
  });
  return { periods, failed, sent: load.datagrams };
}

describe("without loss, 2.0 messages sent per member and period (Fig. 2: flat from 5 to 55 members)", () => {
  test.for([5, 13, 28, 55])("%i members, 40 periods", (members) => {
    const { sent, failed, periods } = tallyOf(members, 0, 3, 40.5);
    expect(sent / periods).toBeGreaterThan(1.95);
    expect(sent / periods).toBeLessThanOrEqual(2);
    expect(failed).toBe(0);
  });
});

describe("with loss, in each direction and of each packet alike", () => {
  const MEMBERS = 32;
  const cases = [1, 3].flatMap((relays) => [0.01, 0.05, 0.1, 0.2].map((loss) => ({ relays, loss })));

  test.for(cases)("k = $relays, loss $loss: probes fail, and load grows, as reckoned", ({ relays, loss }) => {
    const { periods, failed, sent } = tallyOf(MEMBERS, loss, relays, 120);
    const expected = failedProbes(loss, relays) * periods;
    // Failures are rare and independent: Poisson, and four deviations of it.
    expect(Math.abs(failed - expected)).toBeLessThan(4 * Math.sqrt(expected) + 1);
    // What varies most is how many pings go unanswered; each of those costs the relays' messages.
    const unanswered = 1 - (1 - loss) ** 2;
    const costOfOne = messagesSent(loss, relays) - (2 - loss);
    const deviation = (costOfOne / unanswered) * Math.sqrt((unanswered * (1 - unanswered)) / periods);
    expect(Math.abs(sent / periods - messagesSent(loss, relays))).toBeLessThan(4 * deviation + 0.01);
  });

  test("two more relays save most of the false alarms: at 10 % loss, seven in eight", () => {
    expect(failedProbes(0.1, 3) / failedProbes(0.1, 1)).toBeLessThan(1 / 8);
    const [one, three] = [tallyOf(MEMBERS, 0.1, 1, 120), tallyOf(MEMBERS, 0.1, 3, 120)];
    expect(three.failed / one.failed).toBeLessThan(1 / 5);
  });
});

test("a ping that is answered costs two messages; one that needs relays, as many more as relays answer (Fig. 1)", () => {
  expect(messagesSent(0, 3)).toBe(2);
  expect(messagesSent(0.05, 3)).toBeCloseTo(3.035, 3);
  expect(messagesSent(0.2, 1)).toBeCloseTo(2.863, 3);
  expect([failedProbes(0.05, 1), failedProbes(0.2, 3)].map((rate) => Number(rate.toPrecision(3)))).toEqual([0.0181, 0.0741]);
});
