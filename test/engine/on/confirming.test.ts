/** Others who suspect the same: they shorten the wait (Lifeguard §IV-B). And on what grounds somebody is suspected, and buried. */

import { describe, expect, test } from "vitest";
import { memberId, milliseconds, NEVER, nextWake, seconds, type Claim, type Config, type State } from "../../../engine/index.ts";
import { lookUp } from "../../../engine/words/agenda.ts";
import type { Suspicion } from "../../../engine/words/suspicion.ts";
import { rumourOf } from "../../../engine/rules/dissemination.ts";
import {
  after, alive, aMember, answered, aRecord, at, dead, effectsAfter, hears, ms, nack, newsAfter, ping, pushPull, received, stateAfter, suspect, woke,
} from "../../builders.ts";

/** Up to three confirmations bring the wait from 24 s down to 4 s. */
const doubtful: Partial<Config> = { confirmations: 3, suspicionMaxMult: 6 };
const others = ["b", "c", "d", "e", "f", "g"];
/** Periods out of the way, so that only what the test is about is due. */
const undisturbed = (state: State): State => ({ ...state, probe: { ...state.probe, periodEndsAt: NEVER } });
const me = (config: Partial<Config> = {}): State => undisturbed(aMember("a", { knows: others, config: { ...doubtful, ...config } }));
const doubtOf = (state: State, name: string): Suspicion | undefined => lookUp(state.suspicions, name);
const told = (state: State, name: string): Claim | undefined => rumourOf(state.rumours, memberId(name))?.claim;

describe("a suspicion that others confirm", () => {
  const doubting = (config: Partial<Config> = {}): State => stateAfter(me(config), hears(0, suspect("b", "c")));

  test.for([
    [[],                    24_000, "nobody else suspects: it waits the longest"],
    [["d"],                 14_000, "one does"],
    [["d", "e"],             8_150, "two do"],
    [["d", "e", "f"],        4_000, "three do: it waits no longer than it must"],
    [["d", "e", "f", "g"],   4_000, "more are not wanted"],
    [["c"],                 24_000, "it was c that began: its word is no other"],
    [["d", "d", "d"],       14_000, "the same word again is no other either"],
  ] as const)("by %j becomes a death at %i ms: %s", ([by, end]) => {
    const state = stateAfter(doubting(), hears(1000, ...by.map((name) => suspect("b", name))));
    expect(nextWake(state)).toBe(ms(end));
    expect(newsAfter(state, woke(end - 1))).toEqual([]);
    expect(newsAfter(state, woke(end))).toEqual(["failed b@1"]);
  });

  test("is announced, and told on in the words of who confirms: once for each, and no more often than is wanted", () => {
    const once = stateAfter(doubting(), hears(1000, suspect("b", "d")));
    expect(effectsAfter(doubting(), hears(1000, suspect("b", "d")))).toEqual([
      { kind: "announce", change: { kind: "confirmed", member: aRecord("b", { status: "suspect" }), by: "d" } },
    ]);
    expect(rumourOf(once.rumours, memberId("b"))).toEqual({ claim: suspect("b", "d"), told: 0 });
    expect(after(once, hears(1100, suspect("b", "d"), suspect("b", "c")))).toEqual([once, []]);
    const thrice = stateAfter(once, hears(1200, suspect("b", "e"), suspect("b", "f")));
    expect(told(thrice, "b")).toEqual(suspect("b", "f"));
    expect(after(thrice, hears(1300, suspect("b", "g"), suspect("b", "z")))).toEqual([thrice, []]);
  });

  test("so late that it should have ended already ends at once", () => {
    const state = stateAfter(doubting(), hears(1000, suspect("b", "d"), suspect("b", "e")), hears(8_000, suspect("b", "f")));
    expect(newsAfter(state, woke(8_000))).toEqual(["failed b@1"]);
  });

  test("and does so too where a late alarm would make us doubt ourselves: this one is not late", () => {
    const state = stateAfter(doubting({ stallAfter: milliseconds(250) }), hears(1000, suspect("b", "d"), suspect("b", "e")), hears(8_000, suspect("b", "f")));
    expect(nextWake(state)).toBe(ms(8_000));
    expect(newsAfter(state, woke(8_000))).toEqual(["failed b@1"]);
  });

  test("for an earlier life is not confirmed", () => {
    const state = stateAfter(me(), hears(0, alive("b", 5), suspect("b", "c", 5)));
    expect(after(state, hears(1000, suspect("b", "d", 4)))).toEqual([state, []]);
  });

  test("for a later life begins anew, where that overrules; where it does not, it is confirmed as it is", () => {
    const confirmed = [hears(1000, suspect("b", "d")), hears(2000, suspect("b", "e", 2))];
    expect(doubtOf(stateAfter(doubting(), ...confirmed), "b")).toMatchObject({ incarnation: 2, by: "e", since: ms(2000), confirmedBy: [] });
    expect(doubtOf(stateAfter(doubting({ precedence: "memberlist" }), ...confirmed), "b")).toMatchObject({ incarnation: 1, by: "c", since: ms(0), confirmedBy: ["d", "e"] });
  });

  test("waits the least from the beginning where there are not enough others", () => {
    const few = undisturbed(aMember("a", { knows: ["b", "c", "d"], config: doubtful }));
    const state = stateAfter(few, hears(0, suspect("b", "c")));
    expect(nextWake(state)).toBe(ms(4000));
    expect(after(state, hears(1000, suspect("b", "d")))).toEqual([state, []]);
  });

  test("is never confirmed where that is not wanted", () => {
    const state = doubting({ confirmations: 0 });
    expect(after(state, hears(1000, suspect("b", "d")))).toEqual([state, []]);
  });

  test("can be confirmed by our own probe, once", () => {
    const state = stateAfter(aMember("a", { knows: ["b"], config: doubtful }), hears(0, alive("c"), alive("d"), alive("e"), suspect("b", "c")));
    const asking = { ...state, probe: { ...state.probe, attempt: null } };
    let current: State = asking;
    const confirmations: string[] = [];
    for (let now = 500; now <= 12_000; now += 500) {
      confirmations.push(...newsAfter(current, woke(now)).filter((word) => word === "confirmed b@1"));
      current = stateAfter(current, woke(now));
    }
    expect(confirmations).toEqual(["confirmed b@1"]);
    expect(doubtOf(current, "b")?.confirmedBy).toEqual(["a"]);
  });

  test("can be confirmed by ourselves, who see in another's view that it holds dead whom we suspect", () => {
    const view = pushPull(false, aRecord("b", { status: "dead" }));
    expect(doubtOf(stateAfter(doubting(), answered(500, view), answered(600, view)), "b")?.confirmedBy).toEqual(["a"]);
  });

  test("that is refuted is forgotten, confirmations and all", () => {
    const cleared = stateAfter(doubting(), hears(1000, suspect("b", "d"), alive("b", 2)), hears(2000, suspect("b", "e", 2)));
    expect(doubtOf(cleared, "b")).toMatchObject({ by: "e", since: ms(2000), confirmedBy: [] });
  });
});

describe("the cause of a suspicion is", () => {
  test("our own probe: under which seq, since when, through whom, and who said that it waited in vain", () => {
    const asking = stateAfter(aMember("a", { knows: ["b", "c"], config: { nackAfter: milliseconds(400) } }), woke(1000));
    const [target, relay] = asking.probe.attempt?.target === "b" ? ["b", "c"] : ["c", "b"];
    for (const copies of [[nack(1)], [nack(1), nack(1)]]) {
      expect(effectsAfter(asking, woke(1500), ...copies.map((copy) => received(1950, copy)), woke(2000))[0], "one relay said so, however many copies of that came").toEqual({
        kind: "announce",
        change: { kind: "suspected", member: aRecord(target, { status: "suspect" }), by: "a", cause: { kind: "probe", seq: 1, at: ms(1000), relays: [relay], nacks: 1 } },
      });
    }
  });

  test.for([
    ["what somebody told us", hears(700, suspect("b", "c")), { by: "c", cause: { kind: "gossip", via: at("y") } }],
    ["what rode on a ping",   received(700, ping("d", "a", 1, suspect("b", "c"))), { by: "c", cause: { kind: "gossip", via: at("y") } }],
    ["another's view, which we repeat in our own name", answered(700, pushPull(false, aRecord("b", { status: "dead" }))), { by: "a", cause: { kind: "view", via: at("y") } }],
  ] as const)("%s", ([, event, change]) => {
    expect(effectsAfter(me(), event)[0]).toMatchObject({ change: { kind: "suspected", ...change } });
    expect(doubtOf(stateAfter(me(), event), "b")).toMatchObject({ since: ms(700), ...change });
  });
});

describe("a death is announced with how we know, and the grounds on which we suspected", () => {
  test("our own, when our suspicion ran out: who began it, since when, why, and who confirmed", () => {
    const state = stateAfter(me(), hears(100, suspect("b", "c")), hears(200, suspect("b", "d")));
    expect(effectsAfter(state, woke(14_100))).toMatchObject([
      { change: { kind: "failed", by: "a", cause: { kind: "unrefuted" }, grounds: { by: "c", since: ms(100), cause: { kind: "gossip", via: at("y") }, confirmedBy: ["d"] } } },
    ]);
  });

  test("our own, too, when another's ran out first", () => {
    const state = stateAfter(me(), hears(100, suspect("b", "c")));
    expect(effectsAfter(state, hears(900, dead("b", "e")))).toMatchObject([{ change: { kind: "failed", by: "e", cause: { kind: "gossip", via: at("y") }, grounds: { by: "c", since: ms(100) } } }]);
  });

  test("none, when we did not", () => {
    expect(effectsAfter(me(), hears(900, dead("b", "e")))).toEqual([
      { kind: "announce", change: { kind: "failed", member: aRecord("b", { status: "dead" }), by: "e", cause: { kind: "gossip", via: at("y") }, grounds: null } },
    ]);
  });

  test("none, when our own probe kills at once: under which seq, since when, through whom, and who said that it waited in vain", () => {
    const asking = stateAfter(aMember("a", { knows: ["b", "c"], config: { suspicion: "off", nackAfter: milliseconds(400) } }), woke(1000));
    const [target, relay] = asking.probe.attempt?.target === "b" ? ["b", "c"] : ["c", "b"];
    expect(effectsAfter(asking, woke(1500), received(1950, nack(1)), woke(2000))[0]).toEqual({
      kind: "announce",
      change: { kind: "failed", member: aRecord(target, { status: "dead" }), by: "a", cause: { kind: "probe", seq: 1, at: ms(1000), relays: [relay], nacks: 1 }, grounds: null },
    });
  });

  test("none, when another's view has it where the dead need not be suspected: we repeat it in our own name", () => {
    const view = pushPull(false, aRecord("b", { status: "dead" }));
    expect(effectsAfter(me({ suspicion: "off" }), answered(700, view))[0]).toMatchObject({ change: { kind: "failed", by: "a", cause: { kind: "view", via: at("y") }, grounds: null } });
  });
});

test("a suspicion waits as long as the group was large when it began, for the longest and for the least", () => {
  const many = undisturbed(aMember("a", { knows: Array.from({ length: 99 }, (_, k) => `m${k}`), config: doubtful }));
  expect(doubtOf(stateAfter(many, hears(0, suspect("m3", "m4"))), "m3")).toMatchObject({ wanted: 3, least: seconds(8), most: seconds(48) });
});
