/** What somebody has happen in a world that is being played: as if it had been written. */

import { expect, test } from "vitest";
import { instant, seconds } from "../../../engine/index.ts";
import { compileScenario } from "../../../sim/scenario/compile/compile.ts";
import type { Action, Scenario } from "../../../sim/scenario/model.ts";
import { World } from "../../../sim/world/world.ts";
import { named } from "../../builders.ts";

function compiled(timeline: string): Scenario {
  const text = `{ members: 10, duration: 90s, network: { loss: 3% }, timeline: [${["{ at: 20s, crash: 1 }", ...(timeline === "" ? [] : [timeline])].join(", ")}] }`;
  const scenario = compileScenario(text, { file: "world.yaml" });
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.errors));
  return scenario.scenario;
}

const everybody = { kind: "all" } as const;
const one = { kind: "count", count: 1, among: everybody } as const;
const partition: Action = { kind: "partition", sides: [{ kind: "count", count: 4, among: everybody }, { kind: "rest" }] };

/** At 30.4 s, between two looks at who agrees, and 15 s later. */
const moments = [instant(seconds(30.4)), instant(seconds(45.4))] as const;

test.each<readonly [kind: string, written: string, first: Action, then: (index: number) => Action]>([
  ["two crashes", "{ at: 30.4s, crash: 1, added: yes }, { at: 45.4s, crash: 1, added: yes }", { kind: "crash", members: one }, () => ({ kind: "crash", members: one })],
  ["a partition and its end", "{ at: 30.4s, partition: [4, rest], for: 15s, added: yes }", partition, (of) => ({ kind: "heal", of })],
  ["a pause and its end", "{ at: 30.4s, pause: 1, for: 15s, added: yes }", { kind: "pause", members: one }, (as) => ({ kind: "resume", members: { kind: "same", as, end: 0 } })],
])("%s: the run is the one whose timeline has it", (_, written, first, then) => {
  const world = new World(compiled(""), 0);
  world.playTo(moments[0]);
  const index = world.disrupt(first);
  world.playTo(moments[1]);
  world.disrupt(then(index));
  const asWritten = new World(compiled(written), 0).play();
  const played = world.play();
  expect(played.disruptions.map(({ at, kind }) => [at, kind])).toEqual(asWritten.disruptions.map(({ at, kind }) => [at, kind]));
  expect({ ...played, disruptions: played.disruptions.map((each) => ({ ...each, entry: null })) })
    .toEqual({ ...asWritten, disruptions: asWritten.disruptions.map((each) => ({ ...each, entry: null })) });
});

test("each is an entry of its own, after the timeline's, and the recorder is told", () => {
  const told: unknown[] = [];
  const world = new World(compiled(""), 0, { disrupted: (at, kind, _, rift) => told.push([at, kind, rift]) });
  expect(world.disrupt(partition)).toBe(1);
  world.playTo(moments[0]);
  expect(world.disrupt({ kind: "heal", of: null })).toBe(2);
  expect(world.play().disruptions.map(({ entry, kind, at }) => [entry, kind, at])).toEqual([[1, "partition", 0], [0, "crash", 20], [2, "heal", 30.4]]);
  expect(told).toMatchObject([[0, "partition", { kind: "began", fault: 1 }], [20_000_000, "crash", undefined], [30_400_000, "heal", { kind: "ended", faults: [1] }]]);
});

test("what cannot happen is refused, and nothing has happened", () => {
  const world = new World(compiled(""), 0);
  world.playTo(moments[0]);
  expect(() => world.disrupt({ kind: "crash", members: named("m1") })).toThrow(new RangeError('no member is called "m1"'));
  expect(() => world.disrupt({ kind: "cut", from: everybody, to: named("m01", "x"), bothWays: true })).toThrow(new RangeError('no member is called "x"'));
  expect(() => world.disrupt({ kind: "heal", of: 7 })).toThrow(RangeError);
  expect(world.play()).toEqual(new World(compiled(""), 0).play());
});

test("a moment that is over changes nothing: time does not go back", () => {
  const world = new World(compiled(""), 0);
  world.playTo(moments[1]);
  world.playTo(moments[0]);
  expect(world.clock).toBe(moments[1]);
  expect(world.play()).toEqual(new World(compiled(""), 0).play());
});
