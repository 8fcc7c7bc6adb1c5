/** The scenario's network as faults: the same loss, delays and cuts, each on one side. */

import { describe, expect, test } from "vitest";
import { hindrancesOf, obedientFaults } from "../../../bin/udp/hindrances.ts";
import { address, instant } from "../../../engine/index.ts";
import { Script } from "../../../sim/index.ts";
import { scenarioOf } from "../../sim/scenario/builders.ts";

const idle = (): void => {};
const listens = (member: number): string => `127.0.0.1:${member}`;

function scriptOf(yaml: string): Script {
  return new Script({
    scenario: scenarioOf(`name: x\nduration: 1m\n${yaml}`), seed: "s", views: () => null,
    hands: { start: idle, crash: idle, pause: idle, resume: idle, give: idle, note: idle, addressFor: () => address("") },
  });
}

describe("what stands in a member's way", () => {
  test("a link that is the same to all needs no names: datagrams at who sends, streams both ways at who opens them", () => {
    const script = scriptOf("members: 4\nnetwork: { loss: 20%, latency: 5ms, duplicate: 3% }");
    const link = { peers: null, isBlocked: false, loss: expect.closeTo(0.2, 12), duplicate: 0.03, latencies: [{ kind: "constant", of: 5_000 }] };
    expect(hindrancesOf(script, 0, listens)).toEqual([{ way: "out", carriedBy: null, ...link }, { way: "in", carriedBy: "streams", ...link }]);
  });

  test("a one-way cut blocks what one sends, and the other's streams on their way back", () => {
    const script = scriptOf("members: [{ count: 3, name: a }]\nnetwork: { latency: 1ms }\ntimeline:\n  - { at: 1s, cut: { from: a1, to: a2 } }");
    script.begin();
    script.happen(0, instant(1_000_000));
    const blocked = (member: number): readonly object[] => hindrancesOf(script, member, listens).flatMap(({ isBlocked, way, carriedBy, peers }) => (isBlocked ? [{ way, carriedBy, peers }] : []));
    expect(blocked(0)).toEqual([{ way: "out", carriedBy: null, peers: [listens(1)] }]);
    expect(blocked(1)).toEqual([{ way: "in", carriedBy: "streams", peers: [listens(0)] }]);
    expect(blocked(2)).toEqual([]);
  });

  test("an impairment comes on top of the link: losses multiply, delays add up", () => {
    const script = scriptOf("members: [{ count: 2, name: a }]\nnetwork: { loss: 10%, latency: 1ms }\ntimeline:\n  - { at: 1s, impair: { members: a1, direction: out, loss: 50%, delay: 20ms } }");
    script.begin();
    script.happen(0, instant(1_000_000));
    expect(hindrancesOf(script, 0, listens)[0]).toMatchObject({ way: "out", loss: expect.closeTo(0.55, 12), latencies: [{ of: 1_000 }, { of: 20_000 }] });
    expect(hindrancesOf(script, 1, listens)[0]).toMatchObject({ way: "out", loss: expect.closeTo(0.1, 12), latencies: [{ of: 1_000 }] });
  });
});

test("as faults, latencies are milliseconds that add up", () => {
  const { faults, hinder } = obedientFaults(1);
  hinder([{ way: "out", carriedBy: null, peers: [listens(1)], isBlocked: false, loss: 0.2, duplicate: 0, latencies: [{ kind: "constant", of: 5_000 as never }, { kind: "uniform", min: 1_000 as never, max: 3_000 as never }] }]);
  const [first, ...delays] = faults.inForce();
  expect(first).toEqual({ way: "out", peers: [listens(1)], isBlocked: false, loss: 0.2, duplicate: 0 });
  expect(delays.map(({ delay }) => (typeof delay === "function" ? delay(0.5) : delay))).toEqual([5, 2]);
});
