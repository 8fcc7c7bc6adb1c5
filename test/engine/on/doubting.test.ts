/** Local health at work: what makes a member doubt itself, and how much slower it probes then, in Lifeguard's manner and in memberlist's. */

import { describe, expect, test } from "vitest";
import { memberId, milliseconds, nextWake, type Config, type Member, type State } from "../../../engine/index.ts";
import {
  ack, aMember, aRecord, at, dead, effectsAfter, hears, ms, nack, received, sendings, stateAfter, suspect, woke,
} from "../../builders.ts";

const lifeguard: Partial<Config> = { healthMax: 8, healthStretches: "period", healthPenalty: "failure" };
const memberlist: Partial<Config> = { healthMax: 7, healthStretches: "probe", healthPenalty: "missing-nacks" };
/** Has pinged somebody at 1000 ms under seq 1; the others can relay. */
const asking = (config: Partial<Config>, ...knows: readonly string[]): State =>
  stateAfter(aMember("a", { knows: knows.length === 0 ? ["b"] : knows, config: { suspicionMult: 1_000, ...config } }), woke(1000));
const inAGroup = (config: Partial<Config>): State => asking({ nackAfter: milliseconds(400), ...config }, "b", "c", "d", "e", "f");
const failing = (state: State): State => stateAfter(state, woke(1500), woke(2000));

describe("in bad health, in Lifeguard's manner (§IV-A)", () => {
  test("the next period is longer, and so is each wait in it", () => {
    const doubting = failing(asking(lifeguard));
    expect(doubting.health).toBe(1);
    expect(doubting.probe).toMatchObject({ periodEndsAt: ms(4000), attempt: { seq: 2, startedAt: ms(2000), askRelaysAt: ms(3000), failsAt: ms(4000) } });
  });

  test("the worse the longer, up to nine times", () => {
    const worst = failing({ ...asking(lifeguard), health: 8 });
    expect(worst.health).toBe(8);
    expect(worst.probe).toMatchObject({ periodEndsAt: ms(11_000), attempt: { askRelaysAt: ms(6500), failsAt: ms(11_000) } });
  });

  test("an answer makes us better, and the period after that is shorter again", () => {
    const better = stateAfter(failing(asking(lifeguard)), received(2020, ack(2)));
    expect(better.health).toBe(0);
    expect([nextWake(better), stateAfter(better, woke(4000)).probe.periodEndsAt]).toEqual([ms(4000), ms(5000)]);
  });
});

describe("in bad health, in memberlist's manner", () => {
  test("only the probe as a whole may take longer: relays are asked as soon, and the beat goes on", () => {
    const doubting = failing(asking(memberlist));
    expect(doubting.health).toBe(1);
    expect(doubting.probe).toMatchObject({ periodEndsAt: ms(3000), attempt: { startedAt: ms(2000), askRelaysAt: ms(2500), failsAt: ms(4000) } });
  });

  test("a probe that goes on beyond its period is followed at once by the next, and that by the beat", () => {
    const late = stateAfter(failing(asking(memberlist)), woke(2500), woke(4000));
    expect(late.health).toBe(2);
    expect(late.probe).toMatchObject({ periodEndsAt: ms(5000), attempt: { seq: 3, startedAt: ms(4000), failsAt: ms(7000) } });
  });

  test("nobody is probed while a probe goes on", () => {
    const doubting = failing(asking(memberlist));
    expect(effectsAfter(doubting, woke(2500), woke(3000))).toEqual([]);
    expect(stateAfter(doubting, woke(2500), woke(3000)).probe.attempt?.seq).toBe(2);
  });

  test("one that is answered beyond its period is followed at once, too", () => {
    const answered = stateAfter(failing(asking(memberlist)), woke(2500), received(3300, ack(2)));
    expect(answered.health).toBe(0);
    expect(answered.probe).toMatchObject({ periodEndsAt: ms(4000), attempt: { seq: 3, startedAt: ms(3300) } });
  });
});

describe("a failed probe costs", () => {
  test.for([
    // nacks, as memberlist counts, as Lifeguard does, because
    [0, 3, 2, "no relay said that it tried: perhaps it is we whom nobody hears"],
    [1, 2, 2, "two did not"],
    [3, 0, 1, "all three did: it is the target's fault, or our way to it"],
    [5, 0, 1, "more than were asked"],
  ] as const)("with three relays asked and %i nacks: %i as memberlist counts, %i as Lifeguard does: %s", ([nacks, missing, failure]) => {
    for (const [flavour, cost] of [[memberlist, missing], [lifeguard, failure]] as const) {
      const heard = Array.from({ length: nacks }, (_, k) => received(1910 + k, nack(1)));
      expect(stateAfter(inAGroup(flavour), woke(1500), ...heard, woke(2000)).health).toBe(cost);
    }
  });

  test("one, where relays are asked for no nacks; and they are told so", () => {
    for (const flavour of [memberlist, lifeguard]) {
      const state = inAGroup({ ...flavour, nackAfter: milliseconds(0) });
      const requests = effectsAfter(state, woke(1500)).flatMap((effect) => (effect.kind === "send" && effect.message.kind === "ping-req" ? [effect.message.wantsNack] : []));
      expect(requests).toEqual([false, false, false]);
      expect(stateAfter(state, woke(1500), woke(2000)).health).toBe(1);
    }
  });

  test("nothing for the nacks of relays that do not know what one is: they speak an older protocol", () => {
    const old: Member = { ...aRecord("c"), versions: [1, 3, 2, 0, 0, 0] };
    const taught = stateAfter(aMember("a", { knows: ["b"], config: { ...memberlist, nackAfter: milliseconds(400) } }), hears(10, { kind: "alive", member: old }));
    // Whoever is probed, the other is the only relay: nacks are wanted of b alone.
    const state = stateAfter(taught, woke(1000), woke(1500));
    expect(state.probe.attempt).toMatchObject(state.probe.attempt?.target === "b" ? { relays: ["c"], nacksWanted: 0 } : { relays: ["b"], nacksWanted: 1 });
    const asked = (target: "b" | "c"): State => stateAfter({ ...state, probe: { ...state.probe, attempt: state.probe.attempt && { ...state.probe.attempt, target: memberId(target), askRelaysAt: ms(1500) } } }, woke(1600));
    expect([asked("b"), asked("c")].map(({ probe }) => [probe.attempt?.relays, probe.attempt?.nacksWanted])).toEqual([[["c"], 0], [["b"], 1]]);
  });

  test("nothing at all where health is switched off", () => {
    expect(failing(asking({})).health).toBe(0);
  });
});

describe("health", () => {
  test("gets worse when somebody accuses us: we may have been deaf", () => {
    expect(stateAfter(aMember("a", { config: memberlist }), hears(10, suspect("a", "b")), hears(20, dead("a", "b", 2))).health).toBe(2);
  });

  test("gets no worse by a word that is refuted already", () => {
    expect(stateAfter(aMember("a", { config: memberlist }), hears(10, suspect("a", "b"), suspect("a", "c"))).health).toBe(1);
  });

  test("gets better with each answer in time, by a relay as well, and no better than good", () => {
    const unwell = { ...inAGroup(memberlist), health: 3 };
    expect(stateAfter(unwell, received(1020, ack(1))).health).toBe(2);
    expect(stateAfter(unwell, woke(1500), received(1900, ack(1))).health).toBe(2);
    expect(stateAfter({ ...unwell, health: 0 }, received(1020, ack(1))).health).toBe(0);
    expect(stateAfter(unwell, received(1020, ack(99))).health, "of nothing that we asked").toBe(3);
  });

  test("changes neither whom we answer nor when", () => {
    const unwell = { ...aMember("a", { knows: ["b"], config: lifeguard }), health: 8 };
    expect(sendings(effectsAfter(unwell, received(10, { ...ack(7), kind: "ping", target: memberId("a"), source: memberId("b"), sourceAddress: at("b") })))).toEqual([`ack -> ${at("b")}`]);
  });
});
