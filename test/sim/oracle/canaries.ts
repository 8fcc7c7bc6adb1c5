/** Canaries: for each way in which an oracle can be broken, a rule of the protocol broken on purpose, and a world in which that shows. */

import {
  after, byteCount, bytes, claimsWaiting, find, incarnation, isLiving, memberId, noRumours, put, seconds, sizeOfMessage, spread, step,
  type Agenda, type Claim, type Effect, type Errand, type Event, type MemberId, type State, type Step, type Suspicion,
} from "../../../engine/index.ts";
import { posted } from "../../../engine/rules/mail.ts";
import { enter } from "../../../engine/words/agenda.ts";
import type { Scenario } from "../../../sim/scenario/model.ts";
import { aRecord, aScenario, atSecond, dead, ms, named } from "../../builders.ts";

export type Canary = {
  readonly oracle: string;
  readonly because: string;
  /** In which words the oracle says so: an oracle may be broken in several ways, and this is one of them. */
  readonly why: RegExp;
  readonly scenario: Scenario;
  /** The engine's step, with something wrong. */
  readonly rule?: typeof step;
  /** A newborn, with something wrong. */
  readonly birth?: (newborn: State) => State;
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
const leave = atSecond(3, { kind: "leave", members: named("m3") });
const update = atSecond(3, { kind: "update", members: named("m2"), meta: "new" as never });

const ghosts = ["g1", "g2", "g3", "g4", "g5"];
/** An agenda with an entry for each ghost, none of which comes due. */
const haunted = <T>(agenda: Agenda<T>, item: T): Agenda<T> => ghosts.reduce((all, ghost) => enter(all, ghost, ms(1e9), item), agenda);

/** What m1 keeps too much of, in a quiet group. */
const hoarder = (what: string, because: string, hoard: (state: State) => Partial<State>): Canary => ({
  oracle: "growth", because, why: new RegExp(`^\\d+ ${what}; the limit is \\d+`), scenario: { ...four(10), config: { ...four(10).config, errandsLimit: 4 } },
  rule: sickly(([state, effects]) => [{ ...state, ...hoard(state) }, effects]),
});

/** An alive claim of a record with seven versions: claims are weighed as if each had six. */
const overlong: Claim = { kind: "alive", member: { ...aRecord("m1"), versions: [1, 5, 2, 0, 0, 0, 0] as never } };

const failed = (member: NonNullable<ReturnType<typeof find>>): Effect =>
  ({ kind: "announce", change: { kind: "failed", member, by: sick, cause: { kind: "unrefuted" }, grounds: null } });

export const canaries: readonly Canary[] = [
  {
    oracle: "invariants", because: "m1 feels better than well", why: /^health is between/, scenario: four(10),
    rule: sickly(([state, effects]) => [{ ...state, health: -1 }, effects]),
  },
  {
    oracle: "invariants", because: "m1 has another configuration with every step", why: /^id, address and configuration do not change/, scenario: four(10),
    rule: sickly(([state, effects]) => [{ ...state, config: { ...state.config } }, effects]),
  },
  {
    oracle: "invariants", because: "newborns feel better than well", why: /^at birth: health is between/, scenario: four(10),
    birth: (newborn) => ({ ...newborn, health: -1 }),
  },
  {
    oracle: "incarnations", because: "m1 takes back what it said of itself", why: /^its own incarnation fell from \d+ to 0$/, scenario: four(10),
    rule: sickly(([state, effects]) => [{ ...state, self: { ...state.self, incarnation: incarnation(0) } }, effects]),
  },
  {
    oracle: "incarnations", because: "m1 holds one that it made up", why: /^it holds ghost, which was never a member$/, scenario: four(10),
    rule: sickly(([state, effects]) => [{ ...state, view: put(state.view, { ...aRecord("m9"), id: memberId("ghost") }) }, effects]),
  },
  {
    oracle: "incarnations", because: "m1 speaks up for m2", why: /the highest that m2 ever had is/, scenario: four(10),
    rule: sickly(([state, effects]) => [holding(state, loner, (held) => ({ ...held, incarnation: incarnation(held.incarnation + 1) })), effects]),
  },
  {
    oracle: "resurrection", because: "m1 believes in ghosts", why: /^it holds m3 living again at/, scenario: four(80, crash),
    rule: sickly(([state, effects], event) => {
      const isDead = event.kind === "woke" && find(state.view, gone)?.status === "dead";
      return [isDead ? holding(state, gone, (held) => ({ ...held, status: "alive" })) : state, effects];
    }),
  },
  {
    oracle: "completeness", because: "m1 never probes m3, and does not listen to those who do", why: / probes, and none of m3/, scenario: four(60, crash),
    rule: sickly(([state, effects], event, before) => {
      if (find(state.view, gone)?.status !== "alive") return [{ ...state, view: before.view, suspicions: before.suspicions, rumours: before.rumours, tombstones: before.tombstones }, effects];
      const { attempt } = state.probe;
      if (event.kind !== "woke" || attempt?.target !== gone) return [state, effects];
      return [{ ...state, probe: { ...state.probe, attempt: { ...attempt, target: loner } } }, effects];
    }),
  },
  {
    oracle: "completeness", because: "m1 dawdles between its probes", why: / s between two probes/, scenario: four(60, crash),
    rule: sickly(([state, effects], _, before) => {
      const isBegun = state.probe.attempt !== null && before.probe.attempt === null;
      return [isBegun ? { ...state, probe: { ...state.probe, periodEndsAt: after(state.probe.periodEndsAt, seconds(0.5)) } } : state, effects];
    }),
  },
  {
    oracle: "completeness", because: "m1 gives a suspect for ever to speak up", why: /^m3, which no longer runs, has been suspect for/, scenario: four(60, crash),
    rule: sickly(([state, effects]) => [find(state.view, gone)?.status === "dead" ? holding(state, gone, (held) => ({ ...held, status: "suspect" })) : state, effects]),
  },
  {
    oracle: "false-death", because: "m1 never speaks up for itself", why: /have held it gone for/,
    scenario: four(300, atSecond(3, { kind: "cut", from: named("m1"), to: named("m0", "m2", "m3"), bothWays: true }), atSecond(60, { kind: "heal", of: null })),
    rule: sickly((taken, _, before) => (taken[0].self.incarnation > before.self.incarnation ? [{ ...before, sync: taken[0].sync, probe: taken[0].probe, gossip: taken[0].gossip }, []] : taken)),
  },
  {
    oracle: "farewells", because: "m1 takes a goodbye for a death", why: /^it announced that m3 failed, and nothing kept m3's farewell from anybody$/, scenario: four(20, leave),
    rule: sickly(([state, effects]) => [state, effects.map((effect) => (effect.kind === "announce" && effect.change.kind === "left" ? failed(effect.change.member) : effect))]),
  },
  {
    oracle: "farewells", because: "m1 says of one that it knows to have left that it failed", why: /and had known that it left$/, scenario: four(20, leave),
    rule: sickly(([state, effects], event, before) => {
      const held = find(before.view, gone);
      return [state, held?.status === "left" && event.kind === "woke" ? [...effects, failed(held)] : effects];
    }),
  },
  {
    oracle: "tellings", because: "m1 forgets what it has told", why: /^it told /, scenario: four(20, update),
    rule: sickly(([state, effects]) => [{ ...state, rumours: claimsWaiting(state.rumours).reduce((rumours, claim) => spread(rumours, claim, "newest"), noRumours) }, effects]),
  },
  {
    oracle: "datagrams", because: "m1 talks without end", why: /of 1401 bytes; the limit is 1400/, scenario: four(10),
    rule: sickly(([state, effects]) => [state, effects.map((effect) => (effect.kind === "send" ? { ...effect, size: byteCount(1_401) } : effect))]),
  },
  {
    oracle: "datagrams", because: "m1 says that its datagrams are shorter than they are", why: /size was computed as \d+ bytes has/, scenario: four(30),
    rule: sickly(([state, effects]) => [state, effects.map((effect) => (effect.kind === "send" ? { ...effect, size: byteCount(effect.size - 1) } : effect))]),
  },
  {
    oracle: "datagrams", because: "m1 writes more versions than there are, and weighs six", why: / bytes cannot be written: expected: size/, scenario: four(300),
    rule: sickly(([state, effects]) => [state, effects.map((effect) => {
      if (effect.kind !== "send") return effect;
      const message = { ...effect.message, gossip: [overlong] };
      return { ...effect, message, size: sizeOfMessage(message) };
    })]),
  },
  hoarder("records", "m1 makes friends with ghosts", ({ view }) => ({ view: put(view, { ...aRecord("m9"), id: memberId("ghost") }) })),
  hoarder("rumours", "m1 tells of ghosts", ({ rumours }) => ({ rumours: ghosts.reduce((all, ghost) => spread(all, dead(ghost, "m1"), "newest"), rumours) })),
  hoarder("suspicions", "m1 suspects ghosts", ({ suspicions }) => ({ suspicions: haunted(suspicions, {} as Suspicion) })),
  hoarder("tombstones", "m1 remembers ghosts", ({ tombstones }) => ({ tombstones: haunted(tombstones, gone) })),
  hoarder("flaps", "m1 has seen ghosts come and go", ({ flaps }) => ({ flaps: haunted(flaps, { about: gone, returns: 1 }) })),
  hoarder("errands", "m1 runs errands for ghosts", ({ errands }) => ({ errands: haunted(errands, {} as Errand) })),
  hoarder("broadcasts", "m1 repeats what nobody said", ({ mail }) => ({ mail: posted(mail, bytes("boo"), "", "normal", "newest", 4)[0] })),
  {
    oracle: "agreement", because: "m1 will not have it that m3 is gone", why: / s after the last disruption it holds m3 suspect, which is crashed$/, scenario: four(600, crash),
    rule: sickly(([state, effects]) => {
      const held = find(state.view, gone);
      return [held !== undefined && !isLiving(held.status) ? holding(state, gone, (record) => ({ ...record, status: "alive" })) : state, effects];
    }),
  },
];

/** A world in which nothing happens that any oracle of the kind `sometimes` waits for. */
export const quiet: Scenario = aScenario({ members: 3, lasts: 5 });
