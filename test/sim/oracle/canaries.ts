/** Canaries: for each oracle that can be broken, a rule of the protocol broken on purpose, and a world in which that shows. */

import {
  claimsWaiting, find, incarnation, isLiving, memberId, noRumours, put, seconds, spread, step, type ByteCount, type Effect, type Event, type MemberId, type State, type Step,
} from "../../../engine/index.ts";
import type { Scenario } from "../../../sim/scenario/model.ts";
import { aRecord, aScenario, atSecond, named } from "../../builders.ts";

export type Canary = {
  readonly oracle: string;
  readonly because: string;
  readonly scenario: Scenario;
  /** The engine's step, with something wrong. */
  readonly rule: typeof step;
};

const sick = memberId("m1");
const [loner, gone] = [memberId("m2"), memberId("m3")];

/** What m1 makes of its steps, once they are taken. */
const sickly = (spoil: (step: Step, event: Event, before: State) => Step): typeof step => (state, event) => {
  const taken = step(state, event);
  return state.self.id === sick && taken[0].phase.kind === "member" ? spoil(taken, event, state) : taken;
};

const holding = (state: State, about: MemberId, change: (held: NonNullable<ReturnType<typeof find>>) => NonNullable<ReturnType<typeof find>>): State => {
  const held = find(state.view, about);
  return held === undefined ? state : { ...state, view: put(state.view, change(held)) };
};

/** Four members who compare views and call the dead every five seconds, and never doubt themselves. m3 crashes, or so. */
const four = (lasts: number, ...timeline: Scenario["timeline"]): Scenario =>
  aScenario({ members: 4, lasts, config: { healthMax: 0, syncEvery: seconds(5), reconnectEvery: seconds(5) }, timeline });
const crash = atSecond(3, { kind: "crash", members: named("m3") });
const update = atSecond(3, { kind: "update", members: named("m2"), meta: "new" as never });

export const canaries: readonly Canary[] = [
  {
    oracle: "invariants", because: "m1 feels better than well", scenario: four(10),
    rule: sickly(([state, effects]) => [{ ...state, health: -1 }, effects]),
  },
  {
    oracle: "incarnations", because: "m1 speaks up for m2", scenario: four(10),
    rule: sickly(([state, effects]) => [holding(state, loner, (held) => ({ ...held, incarnation: incarnation(held.incarnation + 1) })), effects]),
  },
  {
    oracle: "resurrection", because: "m1 believes in ghosts", scenario: four(80, crash),
    rule: sickly(([state, effects], event) => {
      const isDead = event.kind === "woke" && find(state.view, gone)?.status === "dead";
      return [isDead ? holding(state, gone, (held) => ({ ...held, status: "alive" })) : state, effects];
    }),
  },
  {
    oracle: "completeness", because: "m1 never probes m3, and does not listen to those who do", scenario: four(60, crash),
    rule: sickly(([state, effects], event, before) => {
      if (find(state.view, gone)?.status !== "alive") return [{ ...state, view: before.view, suspicions: before.suspicions, rumours: before.rumours, tombstones: before.tombstones }, effects];
      const { attempt } = state.probe;
      if (event.kind !== "woke" || attempt?.target !== gone) return [state, effects];
      return [{ ...state, probe: { ...state.probe, attempt: { ...attempt, target: loner } } }, effects];
    }),
  },
  {
    oracle: "false-death", because: "m1 never speaks up for itself",
    scenario: four(300, atSecond(3, { kind: "cut", from: named("m1"), to: named("m0", "m2", "m3"), bothWays: true }), atSecond(60, { kind: "heal", of: null })),
    rule: sickly((taken, _, before) => (taken[0].self.incarnation > before.self.incarnation ? [{ ...before, sync: taken[0].sync, probe: taken[0].probe, gossip: taken[0].gossip }, []] : taken)),
  },
  {
    oracle: "farewells", because: "m1 takes a goodbye for a death", scenario: four(20, atSecond(3, { kind: "leave", members: named("m3") })),
    rule: sickly(([state, effects]) => [state, effects.map((effect): Effect =>
      (effect.kind === "announce" && effect.change.kind === "left" ? { kind: "announce", change: { kind: "failed", member: effect.change.member, by: sick, cause: { kind: "unrefuted" }, grounds: null } } : effect))]),
  },
  {
    oracle: "tellings", because: "m1 forgets what it has told", scenario: four(20, update),
    rule: sickly(([state, effects]) => [{ ...state, rumours: claimsWaiting(state.rumours).reduce((rumours, claim) => spread(rumours, claim, "newest"), noRumours) }, effects]),
  },
  {
    oracle: "datagrams", because: "m1 talks without end", scenario: four(10),
    rule: sickly(([state, effects]) => [state, effects.map((effect) => (effect.kind === "send" ? { ...effect, size: 1_401 as ByteCount } : effect))]),
  },
  {
    oracle: "growth", because: "m1 makes friends with ghosts", scenario: four(10),
    rule: sickly(([state, effects]) => [{ ...state, view: put(state.view, { ...aRecord("m9"), id: memberId("ghost") }) }, effects]),
  },
  {
    oracle: "agreement", because: "m1 will not have it that m3 is gone", scenario: four(600, crash),
    rule: sickly(([state, effects]) => {
      const held = find(state.view, gone);
      return [held !== undefined && !isLiving(held.status) ? holding(state, gone, (record) => ({ ...record, status: "alive" })) : state, effects];
    }),
  },
];

/** A world in which nothing happens that any oracle of the kind `sometimes` waits for. */
export const quiet: Scenario = aScenario({ members: 3, lasts: 5 });
