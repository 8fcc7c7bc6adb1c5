/** The probe of one period: ping and ack, relays, and what comes of silence. */

import { describe, expect, test } from "vitest";
import { brokenBetween, brokenIn, GREATEST_SEQ, milliseconds, NEVER, nextWake, seqNo, type State } from "../../../engine/index.ts";
import {
  ack, after, alive, aMember, at, effectsAfter, hears, heldBy, left, ms, nack, news, newsAfter, ping, pingReq, received, send, sendings, stateAfter, suspect, woke,
} from "../../builders.ts";

/** Knows b, and has pinged it at 1000 ms under seq 1. */
const asking = (): State => stateAfter(aMember("a", { knows: ["b"] }), woke(1000));
/** The same, and could ask c, d, e and f to relay. */
const inAGroup = (): State => stateAfter(aMember("a", { knows: ["b", "c", "d", "e", "f"], seed: 4 }), woke(1000));
const targetOf = (state: State): string => state.probe.attempt?.target ?? "nobody";

describe("a period", () => {
  test("begins with a ping, and ends one period later", () => {
    const [state, effects] = after(aMember("a", { knows: ["b"] }), woke(1000));
    expect(effects).toEqual([send("b", ping("a", "b", 1))]);
    expect(state.probe).toMatchObject({ periodEndsAt: ms(2000), attempt: { seq: 1, target: "b", incarnation: 1, startedAt: ms(1000), askRelaysAt: ms(1500), failsAt: ms(2000) } });
  });

  test("passes in silence for who knows nobody else", () => {
    const [state, effects] = after(aMember("a"), woke(1000));
    expect(effects).toEqual([]);
    expect(state.probe).toMatchObject({ periodEndsAt: ms(2000), attempt: null });
  });

  test("whose ping was answered is followed by the next, and nobody is suspected", () => {
    const answered = stateAfter(asking(), received(1020, ack(1)));
    expect(answered.probe.attempt).toBeNull();
    expect(effectsAfter(answered, woke(2000))).toEqual([send("b", ping("a", "b", 2))]);
  });

  test("that ends without an ack makes the target suspect, and the next ping tells of it", () => {
    const [state, effects] = after(asking(), woke(1500), woke(2000));
    expect(news(effects)).toEqual(["suspected b@1"]);
    expect(effects.slice(1)).toEqual([send("b", ping("a", "b", 2, suspect("b", "a")))]);
    expect(heldBy(state, "b")).toBe("suspect@1");
  });

  test("judged late keeps the beat, however late: what was missed is not made up for", () => {
    expect([2900, 3000, 3700].map((now) => stateAfter(asking(), woke(now)).probe.periodEndsAt)).toEqual([3000, 4000, 4000].map(ms));
    expect(sendings(effectsAfter(asking(), woke(9_999))), "one ping, not eight").toEqual([`ping -> ${at("b")}`]);
  });

  test("that ends without an ack kills at once where there is no suspicion (SWIM §3.1)", () => {
    const state = stateAfter(aMember("a", { knows: ["b"], config: { suspicion: "off" } }), woke(1000));
    expect(newsAfter(state, woke(2000))).toEqual(["failed b@1"]);
  });
});

describe("an ack", () => {
  test("in time ends the wait: no relay is asked", () => {
    const state = stateAfter(asking(), received(1499, ack(1)));
    expect(nextWake(state)).toBe(ms(2000));
    expect(effectsAfter(state, woke(1500))).toEqual([]);
  });

  test("after the relays were asked, and before the period ends, is in time as well: direct or relayed, it bears the same seq", () => {
    const state = stateAfter(inAGroup(), woke(1500), received(1999, ack(1)));
    expect(state.probe.attempt).toBeNull();
    expect(newsAfter(state, woke(2000))).toEqual([]);
  });

  test("of an earlier period is late: counted, and no help to the probe that waits now", () => {
    const state = stateAfter(asking(), woke(2000));
    const [late, effects] = after(state, received(2010, ack(1)));
    expect(effects).toEqual([]);
    expect(late).toEqual({ ...state, oddities: { ...state.oddities, unexpectedAnswers: 1 } });
  });

  test("that nobody asked for, or that comes twice, is counted and changes nothing else", () => {
    const idle = aMember("a", { knows: ["b"] });
    expect(stateAfter(idle, received(10, ack(1)))).toEqual({ ...idle, oddities: { ...idle.oddities, unexpectedAnswers: 1 } });
    const answered = stateAfter(asking(), received(1020, ack(1)));
    expect(stateAfter(answered, received(1030, ack(1)))).toEqual({ ...answered, oddities: { ...answered.oddities, unexpectedAnswers: 1 } });
  });

  test("brings news even when it is late", () => {
    expect(newsAfter(aMember("a", { knows: ["b"] }), received(10, ack(99, suspect("b", "c"))))).toEqual(["suspected b@1"]);
  });
});

describe("relays", () => {
  test("are asked when the ping was not answered: as many as configured, never the target, never ourselves", () => {
    const state = inAGroup();
    const effects = effectsAfter(state, woke(1500));
    expect(effects.length).toBe(3);
    for (const effect of effects) {
      expect(effect).toMatchObject({ kind: "send", message: pingReq("a", targetOf(state), 1) });
      expect([at("a"), at(targetOf(state))]).not.toContain(effect.kind === "send" && effect.to);
    }
    expect(new Set(sendings(effects)).size).toBe(3);
  });

  test("are asked once", () => {
    const state = stateAfter(inAGroup(), woke(1500));
    expect(state.probe.attempt?.askRelaysAt).toBe(NEVER);
    expect(nextWake(state)).toBe(ms(2000));
  });

  test("are never suspects", () => {
    const state = stateAfter(aMember("a", { knows: ["b"], suspects: ["c", "d", "e"] }), woke(1000));
    const alone = { ...state, probe: { ...state.probe, attempt: state.probe.attempt && { ...state.probe.attempt, target: aMember("b").self.id } } };
    expect(effectsAfter(alone, woke(1500))).toEqual([]);
  });

  test("may be none: in a group of two the probe waits on", () => {
    const state = stateAfter(asking(), woke(1500));
    expect(state.probe.attempt).toMatchObject({ target: "b", askRelaysAt: NEVER });
  });

  test("are not asked for somebody who was forgotten in the meantime", () => {
    const brief = stateAfter(aMember("a", { knows: ["b", "c"], config: { forgetAfter: milliseconds(400) } }), woke(1000));
    const target = targetOf(brief);
    const gone = stateAfter(brief, hears(1050, left(target)));
    expect(sendings(effectsAfter(stateAfter(brief, hears(1150, left(target))), woke(1500))), "remembered until 1550").toHaveLength(1);
    expect(effectsAfter(gone, woke(1450), woke(1500)), "remembered until 1450").toEqual([]);
  });

  test("that say nack only say that they tried: the probe waits on, for other relays may fare better", () => {
    const state = stateAfter(inAGroup(), woke(1500));
    const [told, effects] = after(state, received(1900, nack(1)));
    expect([effects, told.probe.attempt]).toEqual([[], state.probe.attempt && { ...state.probe.attempt, nacks: 1 }]);
    expect(newsAfter(state, received(1900, nack(1)), woke(2000))).toEqual([`suspected ${targetOf(state)}@1`]);
  });

  test("that say nack to a question long over are counted", () => {
    const state = aMember("a", { knows: ["b"] });
    expect(stateAfter(state, received(10, nack(5))).oddities.unexpectedAnswers).toBe(1);
  });
});

describe("a failed probe", () => {
  test("accuses the life of the target that it asked, not one that spoke up since", () => {
    const state = stateAfter(asking(), hears(1200, alive("b", 2)));
    expect(newsAfter(state, woke(2000))).toEqual([]);
    expect(heldBy(stateAfter(state, woke(2000)), "b")).toBe("alive@2");
  });

  test("of somebody who left meanwhile says nothing", () => {
    expect(newsAfter(stateAfter(asking(), hears(1200, left("b"))), woke(2000))).toEqual([]);
  });

  test("of one who is suspect already neither announces it again nor gives it more time", () => {
    const state = stateAfter(asking(), woke(2000));
    const again = stateAfter(state, woke(2500), woke(3000));
    expect(newsAfter(state, woke(2500), woke(3000))).toEqual([]);
    expect(again.suspicions).toBe(state.suspicions);
  });
});

describe("a ping", () => {
  test("is answered with an ack of its seq, to whom it says it comes from", () => {
    expect(effectsAfter(aMember("b", { knows: ["a"] }), received(10, ping("a", "b", 7)))).toEqual([send("a", ack(7))]);
  });

  test("from a stranger is answered as well, and does not make it a member", () => {
    const [state, effects] = after(aMember("b"), received(10, ping("x", "b", 7)));
    expect(effects).toEqual([send("x", ack(7))]);
    expect(heldBy(state, "x")).toBeUndefined();
  });

  test("meant for another member at our address is met with silence, and counted", () => {
    const state = aMember("b", { knows: ["a"] });
    expect(after(state, received(10, ping("a", "c", 7)))).toEqual([{ ...state, oddities: { ...state.oddities, misdirected: 1 } }, []]);
  });

  test("that names nobody is answered by whoever is there", () => {
    expect(effectsAfter(aMember("b", { knows: ["a"] }), received(10, ping("a", "", 7)))).toEqual([send("a", ack(7))]);
  });

  test("meant for another still brings its news", () => {
    expect(newsAfter(aMember("b", { knows: ["a", "d"] }), received(10, ping("a", "c", 7, suspect("d", "a"))))).toEqual(["suspected d@1"]);
  });

  test("is heard before it is answered, so that the ack passes on what the ping has brought", () => {
    expect(effectsAfter(aMember("b", { knows: ["a", "c"] }), received(10, ping("a", "b", 7, suspect("c", "a"))))).toMatchObject([
      { kind: "announce", change: { kind: "suspected" } },
      send("a", ack(7, suspect("c", "a"))),
    ]);
  });
});

test("after as many questions as 32 bits count, the next is the first again: a peer can read it, and its answer counts", () => {
  const before: State = { ...aMember("a", { knows: ["b"] }), seq: GREATEST_SEQ };
  const [asking, effects] = after(before, woke(1000));
  expect(effects).toEqual([send("b", ping("a", "b", 1))]);
  expect([brokenIn(asking), brokenBetween(before, woke(1000), asking)]).toEqual([[], []]);
  expect(stateAfter(asking, received(1010, ack(1))).probe.attempt).toBeNull();
  const relay: State = { ...aMember("r", { knows: ["a", "b"] }), seq: seqNo(GREATEST_SEQ - 1) };
  const both = stateAfter(relay, received(10, pingReq("a", "b", 7)), received(20, pingReq("a", "b", 8)));
  expect([both.seq, brokenIn(both)]).toEqual([1, []]);
  expect(effectsAfter(both, received(30, ack(1)))).toEqual([send("a", ack(8))]);
  expect(effectsAfter(both, received(30, ack(GREATEST_SEQ)))).toEqual([send("a", ack(7))]);
});
