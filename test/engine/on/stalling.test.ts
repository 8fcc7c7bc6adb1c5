/** Alarms that go off too late, and alarms of who cannot send: what a member makes of having slept, or of being gagged. */

import { describe, expect, test } from "vitest";
import { memberId, milliseconds, NEVER, nextMuteWake, nextWake, seconds, type Config, type Effect, type Event, type State } from "../../../engine/index.ts";
import { count, rankOf } from "../../../engine/words/agenda.ts";
import {
  ack, after, alive, aMember, answered, at, effectsAfter, hears, heldBy, left, ms, newsAfter, opened, pingReq, pushPull, received, sendings, stateAfter, suspect, woke,
} from "../../builders.ts";

const careful: Partial<Config> = { stallAfter: milliseconds(250), healthMax: 7 };
/** Has pinged b at 1000 ms, and would ask relays at 1500; the probe fails at 2000. */
const asking = (config: Partial<Config> = {}): State => stateAfter(aMember("a", { knows: ["b"], config: { ...careful, ...config } }), woke(1000));
const muted = (now: number): Event => ({ kind: "woke-mute", now: ms(now) });
/** Periods out of the way, so that only what the test is about is due. */
const undisturbed = (state: State): State => ({ ...state, probe: { ...state.probe, periodEndsAt: NEVER } });

describe("an alarm that is late", () => {
  test("asks relays all the same", () => {
    for (const now of [1750, 1751, 1999]) expect(stateAfter(asking(), woke(now))).toMatchObject({ health: 0, probe: { attempt: { askRelaysAt: NEVER, failsAt: ms(2000) } } });
  });

  test("gives a probe that should have failed one period more, for its answer may be waiting unread; and we doubt ourselves", () => {
    const late = stateAfter(asking(), woke(2300));
    expect([late.probe.attempt?.failsAt, late.health, heldBy(late, "b")]).toEqual([ms(3300), 1, "alive@1"]);
    expect(newsAfter(late, received(2301, ack(1)), woke(3300)), "it was").toEqual([]);
    expect(newsAfter(late, woke(3300)), "it was not").toEqual(["suspected b@1"]);
  });

  test("that comes after the answer has been read: the answer counts for who forgives itself its delays, and for nobody else", () => {
    const readLate = (config: Partial<Config>): readonly unknown[] => {
      const late = received(2300, ack(1));
      return [stateAfter(asking(config), late).oddities.unexpectedAnswers, newsAfter(asking(config), late, woke(2301))];
    };
    expect(readLate({})).toEqual([0, []]);
    expect(readLate({ stallAfter: seconds(0) })).toEqual([1, ["suspected b@1"]]);
  });

  test("that comes after an answer has been read: what else was due meanwhile is put off all the same, though the deadline that was overdue for longest is gone", () => {
    const doubting = stateAfter(aMember("a", { knows: ["b", "c"], config: careful }), hears(100, suspect("c", "b")), woke(1000), received(1001, ack(1)), woke(2000), received(2001, ack(2)), woke(3000));
    expect(nextWake(doubting), "slept from then on").toBe(ms(3500));
    for (const what of [[woke(4300)], [received(4300, ack(3)), woke(4300)]]) {
      expect(newsAfter(doubting, ...what), "c was due at 4100").toEqual([]);
      expect(heldBy(stateAfter(doubting, ...what, hears(4301, alive("c", 2)), woke(5300)), "c")).toBe("alive@2");
      expect(newsAfter(doubting, ...what, woke(4800), woke(5300))).toContain("failed c@1");
    }
    const two = undisturbed(stateAfter(aMember("a", { knows: ["b", "c", "d"], config: careful }), hears(0, suspect("b", "z")), hears(200, suspect("c", "z"))));
    expect(newsAfter(two, hears(4_300, alive("b", 2)), woke(4_300)), "one refutation was read, and the other may come next").toEqual([]);
  });

  test("that comes after any other answer that removes what was overdue: an errand's, a seed's", () => {
    const doubting = (config: Partial<Config> = {}): State =>
      undisturbed(stateAfter(aMember("a", { knows: ["b", "c", "d"], config: { ...careful, ...config } }), hears(0, suspect("b", "z"))));
    const relaying = stateAfter(doubting({ relayFor: milliseconds(500) }), received(3_300, pingReq("d", "c", 70)));
    const joining = stateAfter(doubting({ joinAgainAfter: milliseconds(3_800) }), { kind: "asked-to-join", now: ms(0), seeds: [at("y")] });
    const seed = answered(4_100, pushPull(true));
    for (const [state, answer] of [[relaying, received(4_100, ack(1))], [joining, seed]] as const) {
      expect(nextWake(state)).toBe(ms(3_800));
      expect(newsAfter(state, answer, woke(4_100)), "b was due at 4000").toEqual([]);
      expect(newsAfter(state, { ...answer, now: ms(4_050) }, woke(4_100)), "in time, but for what is allowed").toEqual(["failed b@1"]);
    }
  });

  test("by no more than is allowed is a failure as ever", () => {
    expect(newsAfter(stateAfter(asking(), woke(1500)), woke(2250))).toEqual(["suspected b@1"]);
    expect(newsAfter(stateAfter(asking(), woke(1500)), woke(2251))).toEqual([]);
  });

  test("makes us no worse than the worst, nor doubt at all where that is switched off", () => {
    expect(stateAfter({ ...asking(), health: 7 }, woke(2300)).health).toBe(7);
    expect(newsAfter(asking({ stallAfter: seconds(0) }), woke(2300))).toEqual(["suspected b@1"]);
  });

  test("time and again gives time and again: who never wakes in time accuses nobody", () => {
    let state = asking();
    for (const now of [2300, 4000, 6000, 8000]) {
      expect(newsAfter(state, woke(now)), `${now}`).toEqual([]);
      state = stateAfter(state, woke(now));
    }
    expect([state.health, state.probe.attempt?.failsAt]).toEqual([4, ms(9000)]);
  });

  test("gives a suspect one period more, to be heard", () => {
    const doubting = undisturbed(stateAfter(aMember("a", { knows: ["b", "c"], config: careful }), hears(0, suspect("b", "c"))));
    const late = stateAfter(doubting, woke(4_300));
    expect([heldBy(late, "b"), rankOf(late.suspicions, memberId("b")), nextWake(late)]).toEqual(["suspect@1", ms(5_300), ms(5_300)]);
    expect(newsAfter(late, hears(4_301, alive("b", 2)), woke(5_300)), "it had spoken up").toEqual([]);
    expect(newsAfter(late, woke(5_300)), "it had not").toEqual(["failed b@1"]);
    expect(newsAfter(doubting, woke(4_250))).toEqual(["failed b@1"]);
  });

  test("gives all that was due with it the same, each in its turn", () => {
    const doubting = undisturbed(stateAfter(aMember("a", { knows: ["b", "c"], config: careful }), hears(0, suspect("b", "z")), hears(200, suspect("c", "z"))));
    expect(newsAfter(doubting, woke(4_300))).toEqual([]);
    expect(count(stateAfter(doubting, woke(4_300)).suspicions)).toBe(2);
    expect(newsAfter(doubting, woke(4_300), woke(5_300))).toHaveLength(2);
  });

  describe("lets no confirmation end a suspicion before what waits unread was heard", () => {
    const confirmable = { ...careful, confirmations: 3, suspicionMaxMult: 6 };
    /** Suspects b since the origin: until 24 s, or until 4 s if three confirm it. */
    const doubting = undisturbed(stateAfter(aMember("a", { knows: ["b", "c", "d", "e", "f"], config: confirmable }), hears(0, suspect("b", "c"))));
    const confirmations = (now: number): Event => hears(now, suspect("b", "d"), suspect("b", "e"), suspect("b", "f"));
    /** Overslept the end of a period, until then; and no probe of its own disturbs what comes after. */
    const sleeping = (until: number): State => {
      const awake = stateAfter({ ...doubting, probe: { ...doubting.probe, periodEndsAt: ms(2_000) } }, woke(until));
      return { ...awake, probe: { ...awake.probe, attempt: null, periodEndsAt: NEVER } };
    };
    /** What is announced at once; what is held of b, if it refutes; what is announced in the end, if it does not. */
    const outcomes = (state: State, now: number): readonly unknown[] => [
      newsAfter(state, woke(now + 1)), heldBy(stateAfter(state, woke(now + 1), hears(now + 2, alive("b", 2)), woke(now + 1_000)), "b"), newsAfter(state, woke(now + 1), woke(now + 1_000)),
    ];
    const heard = [[], "alive@2", ["failed b@1"]];

    test("one that was put off", () => expect(outcomes(stateAfter(doubting, woke(60_000), confirmations(60_000)), 60_000)).toEqual(heard));
    test("one that had time left", () => expect(outcomes(stateAfter(sleeping(20_000), confirmations(20_000)), 20_000)).toEqual(heard));
    test("one that is overdue, where what waited is read before the alarm", () => expect(outcomes(stateAfter(doubting, confirmations(60_000)), 60_000)).toEqual([[], "alive@2", []]));
    test("one that is due soon, no later than it was due", () => expect(newsAfter(sleeping(23_700), confirmations(23_700), woke(24_000))).toEqual(["failed b@1"]));
    test("later on they do as ever", () => expect(newsAfter(sleeping(20_000), confirmations(21_500), woke(21_500))).toEqual(["failed b@1"]));
  });

  test("does not hold up what accuses nobody: errands, tombstones, periods", () => {
    const state = stateAfter(aMember("a", { knows: ["b", "c"], mourns: ["d"], config: { ...careful, forgetAfter: seconds(2) } }), received(1000, pingReq("b", "c", 7, true)));
    const effects = effectsAfter(state, woke(2000));
    expect(effects.map((effect) => (effect.kind === "announce" ? effect.change.kind : effect.kind === "send" && effect.message.kind))).toEqual(["ping", "nack", "forgotten"]);
  });
});

describe("woken while nothing can be sent", () => {
  /** Suspects b until 4000 ms, holds d dead until 5000, and has pinged somebody at 1000. */
  const doubting = (): State => stateAfter(aMember("a", { knows: ["b", "c", "e"], mourns: ["d"], config: { forgetAfter: seconds(5) } }), hears(0, suspect("b", "c")), woke(1000));
  const kinds = (effects: readonly Effect[]) => effects.map((effect) => (effect.kind === "announce" ? effect.change.kind : effect.kind));

  test("what needs no sending is met, and the rest stays overdue", () => {
    const [state, effects] = after(doubting(), muted(5_000));
    expect(kinds(effects)).toEqual(["failed", "forgotten"]);
    expect([nextWake(state), nextMuteWake(state)], "relays are still to be asked; b is forgotten next").toEqual([ms(1500), ms(10_000)]);
    expect(sendings(effectsAfter(state, woke(1500))), "as soon as it can").not.toEqual([]);
  });

  test("a period begins, and its probe stands still: nobody is asked to relay, nor accused, nor probed after that", () => {
    const [state, effects] = after(aMember("a", { knows: ["b", "c"] }), muted(1000));
    expect(kinds(effects)).toEqual(["send"]);
    expect([state.probe.attempt?.startedAt, nextMuteWake(state)]).toEqual([ms(1000), NEVER]);
    expect(after(state, muted(9_000))).toEqual([state, []]);
  });

  test("early, changes nothing: the very same state", () => {
    const state = doubting();
    expect(after(state, muted(3_999))).toEqual([state, []]);
    expect(after(state, muted(3_999))[0]).toBe(state);
  });

  test("does not doubt itself for being late: the driver says why it was", () => {
    const careless = stateAfter(aMember("a", { knows: ["b", "c"], config: careful }), hears(0, suspect("b", "c")), woke(1000));
    expect(newsAfter(careless, muted(9_000))).toEqual(["failed b@1"]);
  });

  test("ends a farewell that lingers", () => {
    const leaving = stateAfter(aMember("a", { knows: ["b"], config: { lingerFor: seconds(2) } }), { kind: "asked-to-leave", now: ms(10) });
    expect(newsAfter(leaving, muted(2_010))).toEqual(["departed a@1"]);
  });

  test("sends nothing, though what needs sending is due at the very same moment", () => {
    const { attempt } = doubting().probe;
    const dueWithIt: readonly (readonly [string, State])[] = [
      ["an errand", stateAfter(doubting(), received(3_500, pingReq("b", "c", 7, true)))],
      ["relays to ask", { ...doubting(), probe: { ...doubting().probe, attempt: attempt && { ...attempt, askRelaysAt: ms(4_000) } } }],
      ["a probe that fails", { ...doubting(), probe: { ...doubting().probe, attempt: attempt && { ...attempt, askRelaysAt: NEVER, failsAt: ms(4_000) } } }],
      ["an exchange of views", { ...doubting(), sync: { ...doubting().sync, syncAt: ms(4_000) } }],
    ];
    for (const [what, state] of dueWithIt) expect(kinds(effectsAfter(state, muted(4_000))), what).toEqual(["failed"]);
    const leaving = stateAfter(aMember("a", { knows: ["b"], config: { lingerFor: seconds(2) } }), woke(1000), { kind: "asked-to-leave", now: ms(1010) });
    expect(kinds(effectsAfter({ ...leaving, sync: { ...leaving.sync, syncAt: ms(3_010) } }, muted(3_010)))).toEqual(["departed"]);
  });

  test("what it hears meanwhile it answers, as ever: whether that can be sent is the driver's business", () => {
    expect(effectsAfter(doubting(), muted(1_100), opened(1_110, pushPull(false)))).toMatchObject([{ kind: "answer" }]);
    expect(newsAfter(doubting(), muted(1_100), hears(1_110, left("c")))).toEqual(["left c@1"]);
  });
});
