/** Whole views: joining, comparing, calling the dead; and what is forgotten. */

import { describe, expect, test } from "vitest";
import { bytes, deadIn, digestOf, memberId, NEVER, nextWake, seconds, sizeOf, type Event, type PushPull, type State } from "../../../engine/index.ts";
import { rumourOf, rumoursWaiting } from "../../../engine/rules/dissemination.ts";
import {
  ack, after, alive, aMember, answered, aRecord, at, effectsAfter, hears, heldBy, left, ms, news, newsAfter, opened, pushPull, received, stateAfter, suspect, woke,
  type Circumstances,
} from "../../builders.ts";

const joining = (now: number, ...seeds: readonly string[]): Event => ({ kind: "asked-to-join", now: ms(now), seeds: seeds.map(at) });
const viewOf = (state: State, join = false): PushPull => ({ kind: "push-pull", join, view: state.view, userState: bytes("") });
/** Periods out of the way, so that only what the test is about is due. */
const idle = (name: string, circumstances: Circumstances): State => aMember(name, { ...circumstances, config: { periodEvery: seconds(100_000), ...circumstances.config } });

describe("joining", () => {
  test("calls all seeds but ourselves, with our view", () => {
    const [state, effects] = after(aMember("a"), joining(10, "a", "b", "c"));
    expect(effects).toEqual([
      { kind: "exchange", with: at("b"), message: viewOf(state, true) },
      { kind: "exchange", with: at("c"), message: viewOf(state, true) },
    ]);
  });

  test("calls again until one has answered", () => {
    const asked = stateAfter(idle("a", {}), joining(10, "b"));
    expect(nextWake(asked)).toBe(ms(5_010));
    expect(effectsAfter(asked, woke(5_010))).toMatchObject([{ kind: "exchange", with: at("b"), message: { join: true } }]);
    expect(effectsAfter(asked, woke(5_010), woke(10_010))).toMatchObject([{ kind: "exchange" }]);
  });

  test("then asks a seed once more, to hear of those who joined at the same moment, and then no more", () => {
    const answeredOnce = stateAfter(idle("a", {}), joining(10, "b"), answered(20, viewOf(aMember("b"), true)));
    expect([answeredOnce.sync.joining, nextWake(answeredOnce)]).toEqual(["settling", ms(5_020)]);
    expect(effectsAfter(answeredOnce, woke(5_020))).toMatchObject([{ kind: "exchange", with: at("b"), message: { join: false } }]);
    const settled = stateAfter(answeredOnce, woke(5_020));
    expect(settled.sync).toMatchObject({ joining: "not", joinAgainAt: NEVER, seeds: [] });
    expect(newsAfter(settled, answered(5_030, viewOf(aMember("b", { knows: ["c"] }), true)))).toEqual(["joined c@1"]);
    expect(effectsAfter(settled, woke(10_020))).toEqual([]);
  });

  test("ends with the answer of a seed, and of nobody else: others are called meanwhile, the dead for instance", () => {
    const asked = stateAfter(idle("a", {}), joining(10, "b"));
    const [met, learnt] = after(asked, answered(20, viewOf(aMember("c", { mourns: ["d"] }))));
    expect([met.sync, news(learnt), heldBy(met, "d")], "heard as from anybody").toEqual([asked.sync, ["joined c@1"], undefined]);
    expect(effectsAfter(met, woke(5_010)), "the seed is called again").toMatchObject([{ kind: "exchange", with: at("b"), message: { join: true } }]);
    expect(stateAfter(met, { ...answered(30, viewOf(aMember("b"))), from: at("b") } as Event).sync.joining, "though it does not say what it answers").toBe("settling");
    expect(stateAfter(met, answered(30, viewOf(aMember("b"), true))).sync.joining, "whatever address it goes by").toBe("settling");
  });

  test("where nobody asks again, calls the seeds once; the first answer is all there is", () => {
    const [asked, effects] = after(idle("a", { config: { joinAgainAfter: seconds(0) } }), joining(10, "b", "c"));
    expect(effects.map(({ kind }) => kind)).toEqual(["exchange", "exchange"]);
    expect(asked.sync).toMatchObject({ joining: "asking", joinAgainAt: NEVER, seeds: [] });
    expect(nextWake(asked)).toBe(ms(100_000_000));
    expect(after(asked, woke(60_000))).toEqual([asked, []]);
    const [joined, learnt] = after(asked, answered(20, viewOf(aMember("b", { mourns: ["c"] }), true)));
    expect([joined.sync.joining, joined.sync.joinAgainAt, news(learnt), heldBy(joined, "c")]).toEqual(["not", NEVER, ["joined b@1"], "dead@1"]);
    expect(after(joined, woke(60_000))).toEqual([joined, []]);
  });

  test("where newcomers tell, is telling on all that the seed knows", () => {
    const asked = stateAfter(aMember("a", { config: { newcomerTells: "on" } }), joining(10, "b"));
    const taught = stateAfter(asked, answered(20, viewOf(aMember("b", { knows: ["c"] }), true)));
    expect(["b", "c"].map((name) => rumourOf(taught.rumours, memberId(name))?.claim)).toEqual([alive("b"), alive("c")]);
  });

  test("with nobody but ourselves as a seed is done at once", () => {
    const state = aMember("a");
    expect(after(state, joining(10, "a"))).toEqual([state, []]);
    expect(after(state, joining(10))).toEqual([state, []]);
  });

  test("brings the newcomer everybody the seed knows; it does not tell the group of its own members", () => {
    const asked = stateAfter(aMember("a"), joining(10, "b"));
    const [state, effects] = after(asked, answered(20, viewOf(aMember("b", { knows: ["c", "d"] }), true)));
    expect(news(effects).toSorted()).toEqual(["joined b@1", "joined c@1", "joined d@1"]);
    expect(rumoursWaiting(state.rumours)).toBe(0);
  });

  test("by a member whose group its seed does not know: two groups meet through it, and it tells its own of theirs", () => {
    const told = (circumstances: Circumstances, ...seedKnows: readonly string[]): readonly string[] => {
      const asked = stateAfter(aMember("a", circumstances), joining(10, "b"));
      const { rumours } = stateAfter(asked, answered(20, viewOf(aMember("b", { knows: ["c", ...seedKnows] }), true)));
      return ["b", "c"].filter((name) => rumourOf(rumours, memberId(name)) !== undefined);
    };
    expect(told({ knows: ["d"] })).toEqual(["b", "c"]);
    expect(told({ knows: ["d"] }, "d"), "it only joins again").toEqual([]);
    expect(told({ mourns: ["d"] }), "it has lost its group").toEqual([]);
  });

  const manners = [{}, { newcomerTells: "on" }, { joinAgainAfter: seconds(0) }, { newcomerTells: "on", joinAgainAfter: seconds(0) }] as const;
  test.for(manners)("brings it the dead and the departed too, so that no stale word revives them (%o)", (config) => {
    const asked = stateAfter(aMember("a", { config }), joining(10, "b"));
    const seed = aMember("b", { mourns: ["c"], misses: ["d"], suspects: ["e"] });
    const [state, effects] = after(asked, answered(20, viewOf(seed, true)));
    expect(news(effects).toSorted(), "of the dead nothing is announced: they never lived here").toEqual(["joined b@1", "joined e@1", "suspected e@1"]);
    expect([heldBy(state, "c"), heldBy(state, "d"), heldBy(state, "e")]).toEqual(["dead@1", "left@1", "suspect@1"]);
    expect(newsAfter(state, hears(30, alive("c"), alive("d")))).toEqual([]);
  });

  test("brings it the tombstones of each seed that answers, until it has joined for good", () => {
    const settling = stateAfter(idle("a", {}), joining(10, "b", "c"), answered(20, viewOf(aMember("b", { mourns: ["d"] }), true)), answered(30, viewOf(aMember("c", { misses: ["e"] }), true)));
    expect([settling.sync.joining, heldBy(settling, "d"), heldBy(settling, "e")]).toEqual(["settling", "dead@1", "left@1"]);
    const settled = stateAfter(settling, woke(5_020), answered(5_030, viewOf(aMember("b", { mourns: ["f"] }), true)));
    expect([settled.sync.joining, heldBy(settled, "f")]).toEqual(["not", undefined]);
  });

  test("with a suspect among those it hears of: the deadline counts from then on", () => {
    const seed = aMember("b", { suspects: ["e"] });
    const state = stateAfter(idle("a", { config: { periodEvery: seconds(1), suspicionMult: 3 } }), joining(10, "b"), answered(20, viewOf(seed, true)));
    expect(newsAfter(state, woke(3_019))).not.toContain("failed e@1");
    expect(newsAfter(state, woke(3_020))).toContain("failed e@1");
  });

  test("under a name that the group holds dead or gone: the newcomer learns of it and speaks up, above its former life", () => {
    for (const seed of [aMember("b", { mourns: ["a"] }), aMember("b", { misses: ["a"] })]) {
      const state = stateAfter(aMember("a"), joining(10, "b"), answered(20, viewOf(seed, true)));
      expect(state.self.incarnation).toBe(2);
      expect(rumourOf(state.rumours, memberId("a"))?.claim).toEqual(alive("a", 2));
    }
  });

  test("whose seed has never heard of us: it learns of us, announces us, and tells on", () => {
    const [state, effects] = after(aMember("b", { knows: ["c"] }), opened(10, viewOf(aMember("a"), true)));
    expect(news(effects)).toEqual(["joined a@1"]);
    expect(rumourOf(state.rumours, memberId("a"))?.claim).toEqual(alive("a"));
  });
});

describe("an exchange that a peer opens", () => {
  test("is answered with our view as it was before we learned from theirs", () => {
    const before = aMember("b", { knows: ["c"] });
    const effects = effectsAfter(before, opened(10, viewOf(aMember("a", { knows: ["d"] }), true)));
    expect(effects[0]).toEqual({ kind: "answer", exchange: 5, message: viewOf(before, true) });
    expect(effectsAfter(before, opened(10, viewOf(aMember("a"))))[0], "and with whether it was asked by a newcomer").toEqual({ kind: "answer", exchange: 5, message: viewOf(before) });
    expect(news(effects).toSorted()).toEqual(["joined a@1", "joined d@1"]);
  });

  test("between two that agree teaches nothing: the very same state", () => {
    const state = aMember("b", { knows: ["a", "c"] });
    expect(after(state, opened(10, viewOf(aMember("a", { knows: ["b", "c"] }))))[0]).toBe(state);
  });

  test("teaches what is newer, and is not confused by what is older", () => {
    const mine = stateAfter(aMember("b", { knows: ["a", "c", "d"] }), hears(0, alive("c", 5)));
    const theirs = stateAfter(aMember("a", { knows: ["b", "c", "d"] }), hears(0, alive("d", 5), suspect("c", "a", 4)));
    const wiser = stateAfter(mine, opened(10, viewOf(theirs)));
    expect([heldBy(wiser, "c"), heldBy(wiser, "d")]).toEqual(["alive@5", "alive@5"]);
  });

  test("by one who holds dead whom we hold alive makes us suspect, in our own name", () => {
    const [state, effects] = after(aMember("b", { knows: ["a", "c"] }), opened(10, viewOf(aMember("a", { knows: ["b"], mourns: ["c"] }))));
    expect(effects.slice(1)).toMatchObject([{ kind: "announce", change: { kind: "suspected", by: "b" } }]);
    expect(rumourOf(state.rumours, memberId("c"))?.claim).toEqual(suspect("c", "b"));
  });

  test("by one who holds us dead makes us speak up", () => {
    expect(newsAfter(aMember("b", { knows: ["a"] }), opened(10, viewOf(aMember("a", { mourns: ["b"] }))))).toEqual(["refuted b@2"]);
  });

  test("by one who remembers a stranger's death does not remind us: else the group would remember its dead for ever", () => {
    const state = aMember("b", { knows: ["a"] });
    for (const theirs of [aMember("a", { knows: ["b"], mourns: ["c"] }), aMember("a", { knows: ["b"], misses: ["c"] })]) {
      expect(stateAfter(state, opened(10, viewOf(theirs)))).toBe(state);
      expect(stateAfter(state, answered(10, viewOf(theirs)))).toBe(state);
    }
  });

  test("by one who remembers whom we never heard of, suspect or gone, teaches nothing where strangers are ignored; not even a newcomer", () => {
    const seed = viewOf(aMember("b", { knows: ["f"], suspects: ["c"], mourns: ["d"], misses: ["e"] }));
    const wary: Circumstances = { config: { strangers: "ignore" } };
    for (const state of [stateAfter(aMember("a", wary), opened(10, seed)), stateAfter(aMember("a", wary), joining(5, "b"), answered(10, seed))]) {
      expect(["b", "c", "d", "e", "f"].map((name) => heldBy(state, name))).toEqual(["alive@1", undefined, undefined, undefined, "alive@1"]);
    }
  });

  test("by one whose suspicion of a stranger we never heard of makes us know and suspect it", () => {
    expect(newsAfter(aMember("b", { knows: ["a"] }), opened(10, viewOf(aMember("a", { knows: ["b"], suspects: ["c"] }))))).toEqual(["joined c@1", "suspected c@1"]);
  });

  test("by one whose members speak other versions than ours is answered, and refused whole", () => {
    const state = aMember("b", { knows: ["a"] });
    const strange: PushPull = { ...pushPull(false, aRecord("c"), { ...aRecord("d"), versions: [7, 9, 8, 0, 0, 0] }), userState: bytes("hello") };
    const [refusing, effects] = after(state, opened(10, strange));
    expect(refusing).toEqual({ ...state, oddities: { ...state.oddities, incompatible: 1 } });
    expect(effects, "not even the application hears of it").toEqual([{ kind: "answer", exchange: 5, message: viewOf(state) }]);
    expect(after(state, answered(10, strange))).toEqual([refusing, []]);
    const asked = stateAfter(aMember("a"), joining(10, "b"));
    expect(stateAfter(asked, answered(20, strange)), "a seed that is refused has not let us in").toEqual({ ...asked, oddities: { ...asked.oddities, incompatible: 1 } });
    const generous = aMember("b", { knows: ["a"], config: { versionCheck: "off" } });
    expect(newsAfter(generous, opened(10, strange)).toSorted()).toEqual(["joined c@1", "joined d@1", "state"]);
  });

  test("by one who holds us departed for good, where that is final: we go, and learn no more", () => {
    const theirs = pushPull(false, aRecord("a"), aRecord("b", { status: "left" }), aRecord("c"));
    const [state, effects] = after(aMember("b", { config: { precedence: "final" } }), opened(10, theirs));
    expect(state.phase.kind).toBe("departed");
    expect(news(effects).at(-1)).toBe("departed b@1");
  });
});

describe("comparing views from time to time", () => {
  const regular: Circumstances = { knows: ["b"], config: { syncEvery: seconds(30) } };

  test("is done with somebody alive, at its time, and again one interval later", () => {
    const state = idle("a", regular);
    const first = state.sync.syncAt;
    expect(first).toBeGreaterThanOrEqual(ms(30_000));
    expect(first, "the first after a random part of the interval, and a whole one").toBeLessThan(ms(60_000));
    const [later, effects] = after(state, { kind: "woke", now: first });
    expect(effects).toEqual([{ kind: "exchange", with: at("b"), message: viewOf(state) }]);
    expect(later.sync.syncAt).toBe(first + seconds(30));
  });

  test("is done with nobody by who knows nobody alive", () => {
    const lonely = idle("a", { suspects: ["b"], config: { syncEvery: seconds(30), suspicionMult: 1_000 } });
    expect(effectsAfter(lonely, { kind: "woke", now: lonely.sync.syncAt })).toEqual([]);
  });

  test("is never done where the interval is zero", () => {
    expect(idle("a", { knows: ["b"] }).sync.syncAt).toBe(NEVER);
  });
});

describe("calling the dead", () => {
  const mourner = (dead: number, alive: number, seed: number): State => idle("a", {
    knows: Array.from({ length: alive - 1 }, (_, k) => `m${k}`),
    mourns: Array.from({ length: dead }, (_, k) => `m${500 + k}`),
    config: { reconnectEvery: seconds(30) }, seed,
  });
  const callsOf = (state: State): number => effectsAfter(state, { kind: "woke", now: state.sync.reconnectAt }).length;

  test("is an ordinary exchange, with one of them", () => {
    const state = mourner(3, 3, 1);
    const effects = effectsAfter(state, { kind: "woke", now: state.sync.reconnectAt });
    expect(effects).toMatchObject([{ kind: "exchange", message: { join: false } }]);
    expect(effects.every((effect) => effect.kind === "exchange" && [at("m500"), at("m501"), at("m502")].includes(effect.with))).toBe(true);
  });

  test("is done with the chance dead/living, so that the group's calls do not grow with its size (Serf)", () => {
    const calls = Array.from({ length: 400 }, (_, seed) => callsOf(mourner(2, 10, seed))).reduce((sum, one) => sum + one);
    // 400 · 2/10 = 80, give or take four deviations of √(400 · 0.2 · 0.8) = 8.
    expect(calls).toBeGreaterThan(48);
    expect(calls).toBeLessThan(112);
    expect(Array.from({ length: 20 }, (_, seed) => callsOf(mourner(5, 4, seed))), "more dead than living: always").toEqual(Array.from({ length: 20 }, () => 1));
  });

  test("is not done while nobody is dead; the departed are left in peace", () => {
    const state = idle("a", { knows: ["b"], misses: ["c", "d"], config: { reconnectEvery: seconds(30) } });
    expect(deadIn(state.view)).toBe(0);
    expect(callsOf(state)).toBe(0);
  });

  test("happens again, one interval later", () => {
    const state = mourner(3, 3, 1);
    expect(stateAfter(state, { kind: "woke", now: state.sync.reconnectAt }).sync.reconnectAt).toBe(state.sync.reconnectAt + seconds(30));
  });
});

describe("tombstones", () => {
  const brief: Circumstances = { knows: ["b"], mourns: ["c"], config: { forgetAfter: seconds(60) } };

  test("are remembered for so long, and then nothing is known of the member", () => {
    const state = idle("a", brief);
    expect(nextWake(state)).toBe(ms(60_000));
    const [later, effects] = after(state, woke(60_000));
    expect(news(effects)).toEqual(["forgotten c@1"]);
    expect([heldBy(later, "c"), sizeOf(later.view), later.tombstones]).toEqual([undefined, 2, null]);
    expect(digestOf(later.view)).toEqual(digestOf(idle("a", { knows: ["b"] }).view));
  });

  test("are counted from the first news of the end: hearing more of it does not prolong them", () => {
    const reminded = stateAfter(idle("a", brief), hears(30_000, left("c")));
    expect(heldBy(reminded, "c")).toBe("left@1");
    expect(newsAfter(reminded, woke(60_000))).toEqual(["forgotten c@1"]);
  });

  test("take what is told of the member with them", () => {
    const telling = stateAfter(idle("a", brief), hears(30_000, left("c")));
    expect(rumoursWaiting(telling.rumours)).toBe(1);
    expect(rumoursWaiting(stateAfter(telling, woke(60_000)).rumours)).toBe(0);
  });

  test("may be kept until a pass through the group ends: no alarm is set for them, and they go when they are older than that", () => {
    const waiting = aMember("a", { knows: ["b", "d"], mourns: ["c"], config: { forgetAfter: seconds(2), forgetWhen: "pass-ends" } });
    expect(nextWake(waiting)).toBe(ms(1000));
    let state = waiting;
    const forgotten: string[] = [];
    for (let now = 1000; now <= 5000; now += 1000) {
      const [next, effects] = after(state, woke(now));
      if (news(effects).includes("forgotten c@1")) forgotten.push(`${now}`);
      state = stateAfter(next, received(now + 10, ack(next.seq)));
    }
    expect(forgotten, "passes end at 3000 and at 5000").toEqual(["3000"]);
  });

  test("go when a pass ends strictly after their time", () => {
    const alone = (forgetAfter: number): State => aMember("a", { mourns: ["c"], config: { forgetAfter: seconds(forgetAfter), forgetWhen: "pass-ends" } });
    expect(newsAfter(alone(1), woke(1000)), "who is alone begins a pass in each period").toEqual([]);
    expect(newsAfter(alone(1), woke(1000), woke(2000))).toEqual(["forgotten c@1"]);
    expect(newsAfter(alone(0.999), woke(1000))).toEqual(["forgotten c@1"]);
  });

  test("of one who comes back are gone", () => {
    const back = stateAfter(idle("a", brief), hears(30_000, alive("c", 2)));
    expect(back.tombstones).toBeNull();
    expect(effectsAfter(back, woke(60_000))).toEqual([]);
  });
});
