/** What another member adds to an exchange of views, and what we make of it. */

import { describe, expect, test } from "vitest";
import { bytes } from "../../../engine/index.ts";
import type { SerfInput } from "../../../engine/serf/index.ts";
import { ms } from "../../builders.ts";
import { aSerf, came, died, hearsEvent, hearsIntent, heldOf, meets, meetsBytes, outputsAfter, stateAfter, type Knowledge } from "./builders.ts";

const joins = (oldEvents: "heard" | "ignored"): SerfInput => ({ kind: "asked-to-join", now: ms(0), oldEvents });

describe("a user state", () => {
  test("rule 68: clocks first, then who left as leave intents one moment later, then the rest as join intents, then events", () => {
    const knowledge = { clocks: [9, 7, 5], intents: { a: 2, b: 4, c: 4, d: 6 }, left: ["c", "d"], events: [[6, "deploy"]] } as const;
    const state = aSerf("a", came("b"), hearsIntent("leave b@3"), came("c"), died("c"), came("d"));
    expect(outputsAfter(state, meets(knowledge))).toEqual(["c failed -> left", "d alive -> leaving", "b leaving -> alive", "told deploy@6"]);
    const after = stateAfter(state, meets(knowledge));
    expect(["a", "b", "c", "d"].map((name) => heldOf(after, name))).toEqual(["alive@2", "alive@4", "left@5", "leaving@7"]);
    expect(after.clocks).toEqual({ intents: 9, events: 7, queries: 5 });
  });

  test("moves clocks to what it shows, for nothing was said at that moment yet; by a clock at 0 it moves none", () => {
    expect(aSerf("a", meets({ clocks: [5, 5, 5] })).clocks).toEqual({ intents: 5, events: 5, queries: 5 });
    expect(aSerf("a", meets({ clocks: [0, 0, 0] })).clocks).toEqual({ intents: 1, events: 1, queries: 1 });
    expect(aSerf("a", meets({ clocks: [0, 0, 0], intents: { b: 8 } })).clocks.intents).toBe(9);
    expect(aSerf("a", meets({ clocks: [0, 0, 0], intents: { b: 8 }, left: ["b"] })).clocks.intents).toBe(10);
  });

  test("teaches nothing twice, and nothing of it is told on", () => {
    const knowledge = { clocks: [9, 7, 5], intents: { b: 4 }, left: ["b"], events: [[6, "deploy"]] } as const;
    const state = aSerf("a", came("b"), meets(knowledge));
    expect(outputsAfter(state, meets(knowledge))).toEqual([]);
  });

  test("that two hold of who left does not grow by being exchanged; the later moment stands", () => {
    const left = (time: number): Knowledge => ({ intents: { b: time }, left: ["b"] });
    const state = aSerf("a", came("b"), hearsIntent("leave b@4"));
    for (const inputs of [[died("b")], []]) {
      const held = (time: number): string | undefined => heldOf(stateAfter(state, ...inputs, meets(left(time))), "b")?.split("@")[1];
      expect([held(3), held(4), held(5)]).toEqual(["4", "4", "5"]);
    }
  });

  test("is waited with for members who come later", () => {
    const state = aSerf("a", meets({ intents: { b: 4, c: 5 }, left: ["b"] }), came("b", 10), came("c", 10));
    expect([heldOf(state, "b"), heldOf(state, "c")]).toEqual(["leaving@5", "alive@5"]);
  });

  test("that counts us among those who left is refuted", () => {
    const state = aSerf("a");
    expect(outputsAfter(state, meets({ clocks: [6, 1, 1], intents: { a: 4 }, left: ["a"] }))).toEqual(["say join a@6, urgent"]);
  });

  test("names on the list of those who left, but without a moment, left at the first", () => {
    expect(heldOf(aSerf("a", came("b"), died("b"), meets({ left: ["b"] })), "b")).toBe("left@1");
  });

  test("is counted when it is none, and changes nothing; who adds nothing is no Serf", () => {
    const state = aSerf("a", meetsBytes(bytes("state-n1")));
    expect(state.oddities).toEqual({ unreadable: 1, oversized: 0, crowded: 0 });
    expect(aSerf("a", meetsBytes(bytes(""))).oddities.unreadable).toBe(0);
  });
});

describe("joining", () => {
  test("is said after the first state came in, at the group's moment, once", () => {
    const state = aSerf("a", joins("heard"));
    expect(outputsAfter(state, came("b"))).toEqual(["b none -> alive"]);
    expect(outputsAfter(state, meets({ clocks: [7, 1, 1] }))).toEqual(["say join a@7, urgent"]);
    expect(outputsAfter(state, meets({ clocks: [7, 1, 1] }), meets({ clocks: [9, 1, 1] }))).toEqual([]);
    expect(heldOf(stateAfter(state, meets({ clocks: [7, 1, 1] })), "a")).toBe("alive@7");
  });

  test("waits on when what came in was no state", () => {
    expect(outputsAfter(aSerf("a", joins("heard"), meetsBytes(bytes("?"))), meets({}))).toEqual(["say join a@1, urgent"]);
  });

  test("hears what was told before, or is deaf to it, as asked", () => {
    const knowledge = { clocks: [1, 4, 1], events: [[2, "old"], [3, "older"]] } as const;
    expect(outputsAfter(aSerf("a", joins("heard")), meets(knowledge))).toEqual(["told old@2", "told older@3", "say join a@1, urgent"]);
    expect(outputsAfter(aSerf("a", joins("ignored")), meets(knowledge))).toEqual(["say join a@1, urgent"]);
    const joined = aSerf("a", joins("ignored"), meets(knowledge));
    expect(outputsAfter(joined, hearsEvent(3, "late"))).toEqual([]);
    expect(outputsAfter(joined, hearsEvent(4, "new"))).toEqual(["told new@4", "say new@4, bulk"]);
  });
});
