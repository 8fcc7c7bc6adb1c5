/** Pings over streams: whether a member whose datagrams are not answered lives all the same; and datagrams that cannot even be sent. */

import { describe, expect, test } from "vitest";
import { bytes, NEVER, nextWake, type Config, type Event, type Member, type State } from "../../../engine/index.ts";
import {
  ack, after, aMember, answered, aRecord, at, effectsAfter, hears, heldBy, ms, newsAfter, opened, ping, received, sendings, stateAfter, woke,
} from "../../builders.ts";

/** Knows b, and has pinged it at 1000 ms under seq 1. */
const asking = (config: Partial<Config> = {}): State => stateAfter(aMember("a", { knows: ["b"], config: { streamPing: "on", healthMax: 7, ...config } }), woke(1000));
const undeliverable = (now: number, to: string): Event => ({ kind: "undeliverable", now: ms(now), to: at(to) });

describe("a ping that is not answered in time", () => {
  test("is repeated over a stream, beside the relays, and nothing rides on it", () => {
    const state = stateAfter(aMember("a", { knows: ["b", "c"], config: { streamPing: "on" } }), woke(1000), hears(1100, { kind: "alive", member: aRecord("d") }));
    const target = state.probe.attempt?.target === "b" ? "b" : "c";
    const effects = effectsAfter(state, woke(1500));
    expect(sendings(effects)).toHaveLength(2);
    expect(effects.at(-1)).toEqual({ kind: "exchange", with: at(target), message: ping("a", target, 1) });
  });

  test("is not, where that is switched off, nor if the target speaks a protocol without", () => {
    expect(effectsAfter(asking({ streamPing: "off" }), woke(1500))).toEqual([]);
    const old: Member = { ...aRecord("b"), versions: [1, 2, 2, 0, 0, 0] };
    const state = stateAfter(aMember("a", { config: { streamPing: "on" } }), hears(10, { kind: "alive", member: old }), woke(1000));
    expect(effectsAfter(state, woke(1500))).toEqual([]);
  });
});

describe("a target that answers over the stream", () => {
  const reached = (): State => stateAfter(asking(), woke(1500), answered(1600, ack(1)));

  test("may still answer by datagram: the probe waits on", () => {
    expect(reached().probe.attempt).toMatchObject({ seq: 1, isStreamAnswered: true });
    expect(after(asking(), woke(1500), answered(1600, ack(1)))[1]).toEqual([]);
    const both = stateAfter(reached(), received(1700, ack(1)));
    expect([both.probe.attempt, both.health]).toEqual([null, 0]);
    expect(newsAfter(both, woke(2000))).toEqual([]);
  });

  test("and by no datagram is not suspected: the application hears that they are lost, and we feel no worse", () => {
    const state = { ...reached(), health: 2 };
    const [later, effects] = after(state, woke(2000));
    expect(effects[0]).toEqual({ kind: "announce", change: { kind: "datagrams-lost", member: aRecord("b") } });
    expect([heldBy(later, "b"), later.health, later.suspicions]).toEqual(["alive@1", 1, null]);
  });

  test("once is asked again in the next probe", () => {
    expect(newsAfter(reached(), woke(2000), woke(2500), woke(3000)), "and suspected if it answers that in no way").toEqual(["suspected b@1"]);
    expect(newsAfter(reached(), woke(2000), woke(2500), answered(2600, ack(2)), woke(3000))).toEqual(["datagrams-lost b@1"]);
  });

  test("of a probe long over has answered nothing: counted", () => {
    const state = stateAfter(asking(), received(1020, ack(1)));
    expect(after(state, answered(1600, ack(1)))).toEqual([{ ...state, oddities: { ...state.oddities, unexpectedAnswers: 1 } }, []]);
    const other = stateAfter(asking(), woke(1500));
    expect(stateAfter(other, answered(1600, ack(7)))).toEqual({ ...other, oddities: { ...other.oddities, unexpectedAnswers: 1 } });
  });

  test("but was forgotten meanwhile is nothing to announce", () => {
    const brief = asking({ forgetAfter: 100_000 as Config["forgetAfter"] });
    const gone = stateAfter(brief, woke(1500), hears(1550, { kind: "left", about: aRecord("b").id, incarnation: aRecord("b").incarnation, from: aRecord("b").id }), answered(1600, ack(1)), woke(1650));
    expect([heldBy(gone, "b"), newsAfter(gone, woke(2000))]).toEqual([undefined, []]);
  });
});

describe("a ping that comes over a stream", () => {
  test("is answered on it, without anything of the application's", () => {
    const state = stateAfter(aMember("b", { knows: ["a"] }), { kind: "asked-to-attach", now: ms(0), toAcks: bytes("here"), toViews: bytes("there") });
    expect(after(state, opened(10, ping("a", "b", 7)))).toEqual([state, [{ kind: "answer", exchange: 5, message: ack(7) }]]);
  });

  test("meant for another is met with silence, and counted", () => {
    const state = aMember("b", { knows: ["a"] });
    expect(after(state, opened(10, ping("a", "c", 7)))).toEqual([{ ...state, oddities: { ...state.oddities, misdirected: 1 } }, []]);
  });
});

describe("a ping that could not even be sent", () => {
  test("is not waited for: relays are asked at once", () => {
    const state = stateAfter(asking(), undeliverable(1010, "b"));
    expect([state.probe.attempt?.askRelaysAt, nextWake(state)]).toEqual([ms(1010), ms(1010)]);
    expect(effectsAfter(state, woke(1010))).toEqual([{ kind: "exchange", with: at("b"), message: ping("a", "b", 1) }]);
    expect(newsAfter(stateAfter(state, woke(1010)), woke(2000)), "the probe lasts as long as any").toEqual(["suspected b@1"]);
  });

  test("changes nothing if it was to another, or relays were asked already, or nobody waits", () => {
    for (const state of [asking(), stateAfter(asking(), woke(1500)), stateAfter(asking(), undeliverable(1010, "b")), aMember("a", { knows: ["b"] })]) {
      const to = state.probe.attempt?.askRelaysAt === ms(1500) ? "c" : "b";
      const [same, effects] = after(state, undeliverable(1600, to));
      expect(effects).toEqual([]);
      expect(same).toBe(state);
    }
    expect(stateAfter(asking(), woke(1500)).probe.attempt?.askRelaysAt).toBe(NEVER);
  });
});
