/** The model checker's oracles: each can be broken there, on the shortest way, and is found. */

import { describe, expect, test } from "vitest";
import {
  claimsWaiting, find, incarnation, memberId, noRumours, put, spread, step, type ByteCount, type Event, type State, type Step,
} from "../../../engine/index.ts";
import { explore } from "../../../sim/explore/explore.ts";
import type { SmallWorld } from "../../../sim/explore/world.ts";
import { aRecord } from "../../builders.ts";
import { worldOf } from "./worlds.ts";

const [sick, other] = [memberId("m1"), memberId("m2")];

/** What m1 makes of its steps, once they are taken. */
const sickly = (spoil: (step: Step, event: Event, before: State) => Step): typeof step => (state, event) => {
  const taken = step(state, event);
  return state.self.id === sick && taken[0].phase.kind === "member" ? spoil(taken, event, state) : taken;
};

/** Whom m1 holds in this way. */
const held = (state: State, status: "dead" | "left") => [other, memberId("m3")].map((id) => find(state.view, id)).find((record) => record?.status === status);

const crash = worldOf("three-members", { losses: 0, crashes: 1 });
const clear = worldOf("farewell", { losses: 0 });
const lossy = worldOf("farewell", {});

const canaries: readonly (readonly [oracle: string, because: string, world: SmallWorld, rule: typeof step])[] = [
  ["invariants", "m1 feels better than well", crash, sickly(([state, effects]) => [{ ...state, health: -1 }, effects])],
  ["incarnations", "m1 speaks up for m2", worldOf("three-members", { losses: 0, crashes: 0 }), sickly(([state, effects], event) => {
    const is = find(state.view, other);
    return is === undefined || event.kind !== "received" ? [state, effects] : [{ ...state, view: put(state.view, { ...is, incarnation: incarnation(is.incarnation + 1) }) }, effects];
  })],
  ["resurrection", "m1 believes in ghosts", crash, sickly(([state, effects], event, before) => {
    const ghost = held(before, "dead");
    return ghost === undefined || event.kind !== "woke" ? [state, effects] : [{ ...state, view: put(state.view, { ...ghost, status: "alive" }) }, effects];
  })],
  ["farewells", "m1 says of one it knows to have left that it failed", lossy, sickly(([state, effects], event, before) => {
    const member = held(before, "left");
    return member === undefined || event.kind !== "woke" ? [state, effects] : [state, [...effects, { kind: "announce", change: { kind: "failed", member, by: sick, cause: { kind: "unrefuted" }, grounds: null } }]];
  })],
  ["farewells", "nobody corrects who missed a goodbye", clear, (state, event) => {
    const [next, effects] = step(state, event);
    return [next, event.kind !== "received" ? effects : effects.filter((effect) => effect.kind !== "send" || effect.message.kind !== "gossip" || !effect.message.gossip.some(({ kind }) => kind === "left"))];
  }],
  ["tellings", "m1 forgets what it has told", crash, sickly(([state, effects]) =>
    [{ ...state, rumours: claimsWaiting(state.rumours).reduce((rumours, claim) => spread(rumours, claim, "newest"), noRumours) }, effects])],
  ["datagrams", "m1 talks without end", crash, sickly(([state, effects]) => [state, effects.map((effect) => (effect.kind === "send" ? { ...effect, size: 1_401 as ByteCount } : effect))])],
  ["growth", "m1 makes friends with ghosts", crash, sickly(([state, effects]) => [{ ...state, view: put(state.view, { ...aRecord("m9"), id: memberId("m4") }) }, effects])],
];

describe("a broken rule is found", () => {
  test.each(canaries)("%s: %s", (oracle, _, world, rule) => {
    expect(explore(world, { most: 2_000 }).broken, "a sound engine breaks nothing").toBeNull();
    const { broken } = explore(world, { most: 20_000, rule });
    expect([broken?.oracle, broken?.path.length]).toEqual([oracle, expect.any(Number)]);
    expect(broken?.why).not.toMatch(/undefined|NaN/);
  });
});

test("who says goodbye is known to have left by all who run, in the end", () => {
  expect(explore(clear)).toMatchObject({ isWhole: true, broken: null, agrees: true });
});
