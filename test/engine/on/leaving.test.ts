/** Saying goodbye, and news in SWIM's basic variant, which is sent to everyone at once. */

import { describe, expect, test } from "vitest";
import { exchangeId, find, memberId, milliseconds, NEVER, nextWake, seconds, type Event, type State } from "../../../engine/index.ts";
import { rumourOf, rumoursWaiting } from "../../../engine/rules/dissemination.ts";
import {
  ack, after, alive, aMember, aRecord, at, dead, effectsAfter, hears, heldBy, left, ms, news, newsAfter, ping, pushPull, received, sendings, stateAfter, suspect, woke,
} from "../../builders.ts";

const goodbye = (now: number): Event => ({ kind: "asked-to-leave", now: ms(now) });
const five = (): State => aMember("a", { knows: ["b", "c", "d", "e"], config: { periodEvery: seconds(1_000) } });

describe("leaving", () => {
  test("says so in our own record, tells a few directly, and the rest as any news", () => {
    const [state, effects] = after(five(), goodbye(10));
    expect(heldBy(state, "a")).toBe("left@1");
    expect(state.phase).toEqual({ kind: "leaving", until: ms(5_010) });
    expect(effects.map((effect) => effect.kind === "send" && effect.message)).toEqual(Array.from({ length: 3 }, () => ({ kind: "gossip", gossip: [left("a")], userMessages: [] })));
    expect(new Set(sendings(effects)).size).toBe(3);
    expect(rumourOf(state.rumours, memberId("a"))?.claim).toEqual(left("a"));
  });

  test("before a seed has answered, we call none again", () => {
    const asked: Event = { kind: "asked-to-join", now: ms(5), seeds: [at("y")] };
    expect(stateAfter(five(), asked).sync.joinAgainAt).toBe(ms(5_005));
    const leaving = stateAfter(five(), asked, goodbye(10));
    expect([leaving.sync.joining, leaving.sync.joinAgainAt, leaving.sync.seeds]).toEqual(["not", NEVER, []]);
    expect(effectsAfter(leaving, woke(5_005)).filter(({ kind }) => kind === "exchange")).toEqual([]);
  });

  test("we still answer, and tell, for a while", () => {
    const state = stateAfter(five(), goodbye(10));
    expect(effectsAfter(state, received(20, ping("b", "a", 7)))).toMatchObject([{ to: at("b"), message: { ...ack(7), gossip: [left("a")] } }]);
  });

  test("as soon as it was told as often as any news, we are gone", () => {
    let state = stateAfter(five(), goodbye(10));
    for (const time of [1, 2, 3]) {
      state = stateAfter(state, received(20 * time, ping("b", "a", time)));
      expect([state.phase.kind, rumourOf(state.rumours, memberId("a"))?.told]).toEqual(["leaving", time]);
    }
    const [gone, effects] = after(state, received(80, ping("b", "a", 4)));
    expect(effects).toMatchObject([{ kind: "send", message: { ...ack(4), gossip: [left("a")] } }, { kind: "announce", change: { kind: "departed" } }]);
    expect([gone.phase.kind, nextWake(gone)]).toEqual(["departed", NEVER]);
    expect(after(gone, received(90, ping("b", "a", 5)))).toEqual([gone, []]);
  });

  test("whom nobody asks tells it between probes, and is gone the sooner", () => {
    const state = stateAfter(aMember("a", { knows: ["b", "c", "d", "e"], config: { periodEvery: seconds(1_000), gossipEvery: milliseconds(200) } }), goodbye(10));
    expect(nextWake(state)).toBe(ms(200));
    const [gone, effects] = after(state, woke(200), woke(400));
    expect(sendings(effects), "three each time, and four times are enough").toHaveLength(1);
    expect([news(effects), gone.phase.kind]).toEqual([["departed a@1"], "departed"]);
  });

  test("at the latest, we are gone when we have lingered for long enough, told or not", () => {
    const state = stateAfter(five(), goodbye(10));
    expect(effectsAfter(state, woke(5_009))).toEqual([]);
    const [later, effects] = after(state, woke(5_010));
    expect(news(effects)).toEqual(["departed a@1"]);
    expect(later.phase).toEqual({ kind: "departed" });
  });

  test("a name so long that no datagram carries the farewell keeps nobody waiting", () => {
    const state = aMember("a".repeat(1_400), { knows: ["b"], config: { farewells: 0 } });
    expect(newsAfter(state, goodbye(10))).toEqual([`departed ${"a".repeat(1_400)}@1`]);
  });

  test("is not undone by an accusation, nor by an old word of ours", () => {
    const state = stateAfter(five(), goodbye(10));
    expect(after(state, hears(20, suspect("a", "b"), dead("a", "b"), alive("a", 1), alive("a", 5)))).toEqual([state, []]);
  });

  test("is not done twice; and who is leaving neither joins nor changes", () => {
    const state = stateAfter(five(), goodbye(10));
    expect(after(state, goodbye(20))).toEqual([state, []]);
    expect(after(state, { kind: "asked-to-join", now: ms(20), seeds: [at("b")] })).toEqual([state, []]);
    expect(after(state, { kind: "asked-to-update", now: ms(20), meta: aRecord("x", { meta: "new" }).meta })).toEqual([state, []]);
  });

  test("alone, or with none but the dead, is being gone at once: there is nobody to tell", () => {
    for (const state of [aMember("a"), aMember("a", { mourns: ["b"], misses: ["c"] })]) {
      const [gone, effects] = after(state, goodbye(10));
      expect([gone.phase.kind, news(effects), heldBy(gone, "a")]).toEqual(["departed", ["departed a@1"], "left@1"]);
    }
  });

  test("is learned from a view as well: a left record is the member's own goodbye", () => {
    const message = pushPull(false, aRecord("a", { status: "left" }));
    const state = stateAfter(aMember("b", { knows: ["a"] }), { kind: "exchange-answered", now: ms(10), from: at("a"), message });
    expect(heldBy(state, "a")).toBe("left@1");
  });
});

describe("SWIM's basic variant: news is multicast by whoever has it first hand (SWIM §3.2)", () => {
  const basic = (name: string, knows: readonly string[]): State =>
    aMember(name, { knows, config: { dissemination: "multicast", suspicion: "off", precedence: "final" } });

  test("a failed probe is told to everyone but ourselves, at once, and rides on nothing; whom we declare dead hears it too, and may yet object", () => {
    const asking = stateAfter(basic("a", ["b", "c", "d"]), woke(1000));
    const victim = asking.probe.attempt?.target ?? "";
    const [state, effects] = after(asking, woke(1500), woke(2000));
    const told = effects.filter((effect) => effect.kind === "send" && effect.message.kind === "gossip");
    expect(news(effects)).toEqual([`failed ${victim}@1`]);
    expect(sendings(told).toSorted()).toEqual(["b", "c", "d"].map((name) => `gossip -> ${at(name)}`));
    expect(told).toMatchObject(told.map(() => ({ message: { gossip: [dead(victim, "a")] } })));
    expect(rumoursWaiting(state.rumours)).toBe(0);
  });

  test("those who are dead already are told nothing", () => {
    const mourning = aMember("a", { knows: ["b"], mourns: ["c"], misses: ["d"], config: { dissemination: "multicast" } });
    expect(sendings(effectsAfter(mourning, hears(10, suspect("a", "b"))))).toEqual([`gossip -> ${at("b")}`]);
  });

  test("what we hear we believe, and do not tell on", () => {
    const [state, effects] = after(basic("a", ["b", "c", "d"]), hears(10, dead("b", "c")));
    expect([heldBy(state, "b"), sendings(effects)]).toEqual(["dead@1", []]);
  });

  test("a newcomer is announced to everyone by its seed: nobody else has heard of it", () => {
    const effects = effectsAfter(basic("b", ["c", "d"]), {
      kind: "exchange-opened", now: ms(10), from: at("a"), exchange: exchangeId(1), message: { ...pushPull(true), view: basic("a", []).view },
    });
    expect(sendings(effects).toSorted()).toEqual([`gossip -> ${at("a")}`, `gossip -> ${at("c")}`, `gossip -> ${at("d")}`]);
  });

  test("a goodbye reaches everyone, once; and we linger, for the answers that we owe", () => {
    const [state, effects] = after(basic("a", ["b", "c"]), goodbye(10));
    expect(sendings(effects).toSorted()).toEqual([`gossip -> ${at("b")}`, `gossip -> ${at("c")}`]);
    expect(state.phase).toEqual({ kind: "leaving", until: ms(5_010) });
    expect(sendings(effectsAfter(state, received(20, ping("b", "a", 7))))).toEqual([`ack -> ${at("b")}`]);
  });

  test("a refutation too, where there is suspicion", () => {
    const state = aMember("a", { knows: ["b", "c"], config: { dissemination: "multicast" } });
    expect(effectsAfter(state, hears(10, suspect("a", "b"))).slice(1)).toMatchObject([1, 2].map(() => ({ message: { gossip: [alive("a", 2)] } })));
    expect(find(stateAfter(state, hears(10, suspect("a", "b"))).view, memberId("a"))?.incarnation).toBe(2);
  });
});
