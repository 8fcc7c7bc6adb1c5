/** News: what a member makes of a claim about another, what it tells its application, and what it tells on. */

import { describe, expect, test } from "vitest";
import { bytes, nextWake, seconds, type Claim, type State } from "../../../engine/index.ts";
import { rumourOf } from "../../../engine/rules/dissemination.ts";
import {
  after, alive, aMember, aRecord, at, dead, effectsAfter, hears, heldBy, left, ms, newsAfter, ping, received, stateAfter, suspect, woke, type Circumstances,
} from "../../builders.ts";

const me = (changes: Circumstances = {}): State => aMember("a", { knows: ["b", "c"], ...changes });
/** What it tells of a member now. */
const told = (state: State, name: string): Claim | undefined => rumourOf(state.rumours, aRecord(name).id)?.claim;

describe("alive", () => {
  test("of a stranger makes it a member", () => {
    const state = stateAfter(me(), hears(10, alive("d")));
    expect(newsAfter(me(), hears(10, alive("d")))).toEqual(["joined d@1"]);
    expect([heldBy(state, "d"), told(state, "d")]).toEqual(["alive@1", alive("d")]);
  });

  test("with a new meta is an update", () => {
    expect(newsAfter(me(), hears(10, alive("b", 2, "new")))).toEqual(["updated b@2"]);
  });

  test("with nothing but a higher incarnation is told on, but is no news to the application", () => {
    const state = stateAfter(me(), hears(10, alive("b", 2)));
    expect(newsAfter(me(), hears(10, alive("b", 2)))).toEqual([]);
    expect([heldBy(state, "b"), told(state, "b")]).toEqual(["alive@2", alive("b", 2)]);
  });

  test("of a suspect clears it, and its deadline is gone", () => {
    const doubting = me({ suspects: ["d"] });
    const state = stateAfter(doubting, hears(10, alive("d", 2)));
    expect(newsAfter(doubting, hears(10, alive("d", 2)))).toEqual(["cleared d@2"]);
    expect(newsAfter(doubting, hears(10, alive("d", 2, "new")))).toEqual(["cleared d@2", "updated d@2"]);
    expect(state.suspicions).toBeNull();
  });

  test("of a suspect, at the incarnation that is suspected, clears nothing", () => {
    const doubting = me({ suspects: ["d"] });
    expect(after(doubting, hears(10, alive("d", 1)))).toEqual([doubting, []]);
  });

  test("of one who was dead, or gone, is a return", () => {
    const mourning = me({ mourns: ["d"], misses: ["e"] });
    const state = stateAfter(mourning, hears(10, alive("d", 2), alive("e", 2)));
    expect(newsAfter(mourning, hears(10, alive("d", 2), alive("e", 2)))).toEqual(["joined d@2", "joined e@2"]);
    expect(state.tombstones).toBeNull();
  });

  test("that we knew already changes nothing: the very same state", () => {
    const state = me();
    expect(after(state, hears(10, alive("b"), alive("c"), suspect("x", "c"), dead("x", "c"), left("x")))[0]).toBe(state);
  });
});

describe("suspect", () => {
  test("starts the deadline when we hear of it, whoever's probe it was", () => {
    const state = stateAfter(me(), hears(700, suspect("b", "c")));
    expect(newsAfter(me(), hears(700, suspect("b", "c")))).toEqual(["suspected b@1"]);
    expect(effectsAfter(me(), hears(700, suspect("b", "c")))).toMatchObject([{ change: { by: "c" } }]);
    expect(newsAfter(state, woke(4_699))).not.toContain("failed b@1");
    expect(newsAfter(state, woke(4_700))).toContain("failed b@1");
  });

  test("is told on as it was heard: from the one whose probe it was", () => {
    expect(told(stateAfter(me(), hears(10, suspect("b", "c"))), "b")).toEqual(suspect("b", "c"));
  });

  test("heard again, even from another, does not prolong the deadline", () => {
    const doubting = stateAfter(me(), hears(10, suspect("b", "c")));
    expect(after(doubting, hears(500, suspect("b", "z")))).toEqual([doubting, []]);
  });

  test("of a later life starts a new deadline, and is no news to the application", () => {
    const doubting = stateAfter(me(), hears(10, suspect("b", "c")));
    expect(newsAfter(doubting, hears(500, suspect("b", "c", 2)))).toEqual([]);
    const renewed = stateAfter(doubting, hears(500, suspect("b", "c", 2)));
    expect(newsAfter(renewed, woke(4_010))).not.toContain("failed b@2");
    expect(newsAfter(renewed, woke(4_500))).toContain("failed b@2");
  });

  test("waits the longer, the larger the group is when it begins", () => {
    const many = me({ knows: Array.from({ length: 99 }, (_, k) => `m${k}`) });
    expect(nextWake({ ...stateAfter(many, hears(10, suspect("m3", "m4"))), probe: { ...many.probe, periodEndsAt: ms(99_999) } })).toBe(ms(8_010));
  });

  test("of one who was dead, in a later life: it was back", () => {
    expect(newsAfter(me({ mourns: ["d"] }), hears(10, suspect("d", "c", 2)))).toEqual(["joined d@2", "suspected d@2"]);
  });
});

describe("the end of a suspicion", () => {
  test("is a death, and we say so in our own name", () => {
    const [state, effects] = after(me({ knows: ["c"] }), hears(10, suspect("c", "z")), woke(4_010));
    expect(effects).toContainEqual({ kind: "announce", change: {
      kind: "failed", member: aRecord("c", { status: "dead" }), by: "a", cause: { kind: "unrefuted" },
      grounds: { by: "z", since: ms(10), cause: { kind: "gossip", via: at("y") }, confirmedBy: [] },
    } });
    expect(told(state, "c")).toEqual(dead("c", "a"));
  });

  test("comes to each suspect in its own time", () => {
    const state = stateAfter(me(), hears(10, suspect("b", "z")), hears(20, suspect("c", "z")));
    expect(newsAfter(state, woke(4_010))).toEqual(["failed b@1"]);
    expect(newsAfter(state, woke(4_010), woke(4_020))).toEqual(["failed c@1"]);
    expect(newsAfter(state, woke(4_020)), "one late alarm, both deaths in order").toEqual(["failed b@1", "failed c@1"]);
  });
});

describe("dead and left", () => {
  test("end the membership, and the suspicion that came before", () => {
    for (const [claim, word] of [[dead("b", "c"), "failed b@1"], [left("b"), "left b@1"]] as const) {
      const state = stateAfter(me({ suspects: ["b"], knows: ["c"] }), hears(10, claim));
      expect(newsAfter(me(), hears(10, claim))).toEqual([word]);
      expect([heldBy(state, "b"), state.suspicions, told(state, "b")]).toEqual([`${claim.kind}@1`, null, claim]);
    }
  });

  test("the death of one who said goodbye before it is no news; its goodbye after its death is", () => {
    expect(newsAfter(me({ misses: ["d"] }), hears(10, dead("d", "c")))).toEqual([]);
    expect(newsAfter(me({ mourns: ["d"] }), hears(10, left("d")))).toEqual(["left d@1"]);
  });

  test("the goodbye of a later life is told on, but not announced twice", () => {
    const missing = me({ misses: ["d"] });
    expect(newsAfter(missing, hears(10, left("d", 2)))).toEqual([]);
    expect(told(stateAfter(missing, hears(10, left("d", 2))), "d")).toEqual(left("d", 2));
  });

  test("the death of a later life, unheard of before, is told on but not announced twice", () => {
    const mourning = me({ mourns: ["d"] });
    expect(newsAfter(mourning, hears(10, dead("d", "c", 2)))).toEqual([]);
    expect(told(stateAfter(mourning, hears(10, dead("d", "c", 2))), "d")).toEqual(dead("d", "c", 2));
  });
});

describe("gossip", () => {
  test("is weighed claim by claim, in the order in which it came", () => {
    expect(newsAfter(me(), hears(10, suspect("b", "c"), alive("b", 2), dead("b", "c", 2), alive("d")))).toEqual(["suspected b@1", "cleared b@2", "failed b@2", "joined d@1"]);
  });

  test("is weighed in memberlist's order where that is wanted: who lives first, and the last word first", () => {
    const memberlist = me({ config: { hearFirst: "answer" } });
    expect(newsAfter(memberlist, hears(10, suspect("b", "c"), alive("b", 2, "new"), alive("d"), alive("e"), dead("c", "z")))).toEqual(["joined e@1", "joined d@1", "updated b@2", "failed c@1"]);
    expect(newsAfter(memberlist, hears(10, dead("b", "c"), suspect("b", "c"))), "the last accusation first").toEqual(["suspected b@1", "failed b@1"]);
    expect(newsAfter(memberlist, hears(10, suspect("b", "c"), dead("b", "c")))).toEqual(["failed b@1"]);
  });

  test("is heard before the ping that it rode on is answered; in memberlist's order, after", () => {
    const told = (hearFirst: "news" | "answer"): readonly string[] =>
      effectsAfter(me({ config: { hearFirst } }), received(10, ping("b", "a", 1, alive("d")))).map((effect) => (effect.kind === "send" ? `ack with ${effect.message.gossip.length}` : effect.kind));
    expect([told("news"), told("answer")]).toEqual([["announce", "ack with 1"], ["ack with 0", "announce"]]);
  });

  test("that no datagram could carry is believed, but not told on: it would stand at the head of our rumours for ever", () => {
    const long = alive("d", 1, "x".repeat(1_400));
    const state = stateAfter(me({ config: { metaLimit: 2_000 } }), hears(10, long));
    expect([heldBy(state, "d"), told(state, "d")]).toEqual(["alive@1", undefined]);
    const talked = stateAfter(state, hears(20, alive("e")));
    expect(effectsAfter(talked, received(30, ping("b", "a", 1)))).toMatchObject([{ message: { kind: "ack", gossip: [alive("e")] } }]);
  });
});

describe("a word about ourselves", () => {
  const accused = me({ life: 3, meta: "mine" });

  test("that accuses us is refuted: with an incarnation above it, and what we are", () => {
    const [state, effects] = after(accused, hears(10, suspect("a", "b", 3)));
    expect(state.self).toEqual(aRecord("a", { life: 4, meta: "mine" }));
    expect(heldBy(state, "a")).toBe("alive@4");
    expect(effects).toEqual([{ kind: "announce", change: { kind: "refuted", member: state.self, accused: 3, by: "b" } }]);
    expect(told(state, "a")).toEqual(alive("a", 4, "mine"));
  });

  test("of an incarnation that we do not remember is refuted above that", () => {
    expect(newsAfter(accused, hears(10, dead("a", "b", 9)))).toEqual(["refuted a@10"]);
    expect(newsAfter(accused, hears(10, alive("a", 9)))).toEqual(["refuted a@10"]);
  });

  test("of an incarnation gone by is ignored, and so is our own word coming back", () => {
    expect(after(accused, hears(10, suspect("a", "b", 2), dead("a", "b", 2), alive("a", 2), alive("a", 3, "mine")))).toEqual([accused, []]);
  });

  test("that puts another meta into our mouth at our incarnation is refuted, for the others may believe it", () => {
    expect(newsAfter(accused, hears(10, alive("a", 3, "not mine")))).toEqual(["refuted a@4"]);
  });


  test("is refuted once, however often it is heard", () => {
    expect(newsAfter(accused, hears(10, suspect("a", "b", 3), suspect("a", "c", 3), dead("a", "c", 3)))).toEqual(["refuted a@4"]);
  });

  test("that we are dead, where death is final: we obey, and are gone", () => {
    const mortal = me({ config: { precedence: "final" } });
    const [state, effects] = after(mortal, received(10, ping("b", "a", 1, suspect("b", "c"), dead("a", "c", 1), suspect("c", "b"))));
    expect(effects.map((effect) => effect.kind === "announce" && effect.change.kind), "no ack, and nothing heard after our end").toEqual(["suspected", "departed"]);
    expect(state.phase).toEqual({ kind: "departed" });
    expect(nextWake(state)).toBe(9_007_199_254_740_991);
  });
});

describe("news of our own", () => {
  test("a new meta is a new incarnation, and is told", () => {
    const [state, effects] = after(me(), { kind: "asked-to-update", now: ms(10), meta: bytes("new") });
    expect(effects).toEqual([]);
    expect(state.self).toEqual(aRecord("a", { life: 2, meta: "new" }));
    expect([heldBy(state, "a"), told(state, "a")]).toEqual(["alive@2", alive("a", 2, "new")]);
  });

  test("the same meta again is none", () => {
    const state = me({ meta: "old" });
    expect(after(state, { kind: "asked-to-update", now: ms(10), meta: bytes("old") })[0]).toBe(state);
  });

  test("a meta that is too long is counted, and not taken", () => {
    const state = me({ config: { metaLimit: 3 } });
    expect(stateAfter(state, { kind: "asked-to-update", now: ms(10), meta: bytes("four") })).toEqual({ ...state, oddities: { ...state.oddities, oversized: 1 } });
    expect(stateAfter(state, { kind: "asked-to-update", now: ms(10), meta: bytes("two") }).self.meta).toBe("two");
  });

  test("who departed hears nothing more, and says nothing", () => {
    const gone = stateAfter(me({ config: { precedence: "final" } }), hears(10, dead("a", "b")));
    const everything = [
      woke(99_999), received(20, ping("b", "a", 1)), hears(20, alive("d")), { kind: "asked-to-leave", now: ms(20) },
      { kind: "asked-to-update", now: ms(20), meta: bytes("x") }, { kind: "asked-to-join", now: ms(20), seeds: [at("b")] },
    ] as const;
    for (const event of everything) {
      const [state, effects] = after(gone, event);
      expect(state, event.kind).toBe(gone);
      expect(effects).toEqual([]);
    }
  });
});

test("what happens to be due at one instant is done in the order of `deadlines`: what we owe others first, our own period last", () => {
  const state = stateAfter(me({ mourns: ["d"], config: { forgetAfter: seconds(4) } }), hears(0, suspect("b", "z")), woke(1000));
  const due = { ...state, probe: { ...state.probe, periodEndsAt: ms(4000), attempt: null } };
  const kinds = effectsAfter(due, woke(4000)).map((effect) => (effect.kind === "announce" ? effect.change.kind : effect.kind));
  expect(kinds).toEqual(["failed", "forgotten", "send"]);
});
