/** Intents, in words and as a law: the later word wins. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memberId, seconds } from "../../../engine/index.ts";
import { serfStep, type SerfInput } from "../../../engine/serf/index.ts";
import { ms } from "../../builders.ts";
import { after, aSerf, aSerfOf, came, died, hearsIntent, heldOf, outputsAfter, stateAfter } from "./builders.ts";

const minutes = (count: number): number => count * 60_000;

describe("an intent", () => {
  test("rule 66: an intent counts only if it is newer than what we hold, and only then is it told on", () => {
    for (const [held, heard, then, outputs] of [
      // held                                      heard          then         outputs
      [[came("b")],                                "leave b@1",   "leaving@1", ["b alive -> leaving", "say leave b@1, urgent"]],
      [[came("b"), hearsIntent("join b@5")],       "leave b@5",   "alive@5",   []],
      [[came("b"), hearsIntent("join b@5")],       "leave b@4",   "alive@5",   []],
      [[came("b"), hearsIntent("join b@5")],       "join b@5",    "alive@5",   []],
      [[came("b"), hearsIntent("join b@5")],       "join b@7",    "alive@7",   ["say join b@7, urgent"]],
      [[came("b"), hearsIntent("leave b@5")],      "join b@6",    "alive@6",   ["b leaving -> alive", "say join b@6, urgent"]],
      [[came("b"), hearsIntent("leave b@5")],      "join b@5",    "leaving@5", []],
      [[came("b"), hearsIntent("leave b@5")],      "leave b@6",   "leaving@6", ["say leave b@6, urgent"]],
      [[came("b"), died("b")],                     "leave b@6",   "left@6",    ["b failed -> left", "say leave b@6, urgent"]],
      [[came("b"), died("b")],                     "join b@6",    "failed@6",  ["say join b@6, urgent"]],
      [[came("b"), hearsIntent("leave b@5"), died("b")], "leave b@6", "left@6", ["say leave b@6, urgent"]],
      [[came("b"), hearsIntent("leave b@5"), died("b")], "join b@6",  "left@6", ["say join b@6, urgent"]],
      [[],                                         "leave b@6",   undefined,   ["say leave b@6, urgent"]],
      [[hearsIntent("join b@6")],                  "leave b@6",   undefined,   []],
    ] as const) {
      const state = aSerf("a", ...held);
      expect([heard, outputsAfter(state, hearsIntent(heard))]).toEqual([heard, outputs]);
      expect([heard, heldOf(stateAfter(state, hearsIntent(heard)), "b")]).toEqual([heard, then]);
    }
  });

  test("that says we leave is refuted while we stay: we say that we joined, at a later moment", () => {
    expect(outputsAfter(aSerf("a"), hearsIntent("leave a@8"))).toEqual(["say join a@9, urgent"]);
    expect(heldOf(aSerf("a", hearsIntent("leave a@8")), "a")).toBe("alive@9");
    expect(outputsAfter(aSerf("a", hearsIntent("leave a@8")), hearsIntent("leave a@8"))).toEqual([]);
  });

  test("that says we leave is believed once we mean to", () => {
    const leaving = aSerf("a", { kind: "asked-to-leave", now: ms(0) });
    expect(outputsAfter(leaving, hearsIntent("leave a@8"))).toEqual(["say leave a@8, urgent"]);
    expect(heldOf(leaving, "a")).toBe("leaving@1");
  });

  test("moves our clock even if it changes nothing else", () => {
    expect(aSerf("a", came("b"), hearsIntent("join b@5"), hearsIntent("leave b@4")).clocks.intents).toBe(6);
    expect(aSerf("a", hearsIntent("leave x@40")).clocks.intents).toBe(41);
  });

  test("about a stranger waits for five minutes, and no longer", () => {
    const state = aSerf("a", hearsIntent("leave b@3", 0));
    expect(heldOf(stateAfter(state, came("b", minutes(5))), "b")).toBe("leaving@3");
    expect(heldOf(stateAfter(state, came("b", minutes(5) + 1)), "b")).toBe("alive@0");
    expect(outputsAfter(state, hearsIntent("leave b@3", minutes(5)))).toEqual([]);
    expect(outputsAfter(state, hearsIntent("leave b@3", minutes(5) + 1))).toEqual(["say leave b@3, urgent"]);
  });

  test("about a stranger waits anew when a later one comes, and is used once", () => {
    const state = aSerf("a", hearsIntent("join b@3", 0), hearsIntent("leave b@4", minutes(3)));
    expect(heldOf(stateAfter(state, came("b", minutes(8))), "b")).toBe("leaving@4");
    expect(stateAfter(state, came("b", minutes(8))).strangers).toBeNull();
  });

  test("about strangers are kept up to a limit, beyond which the oldest goes; names beyond reason are not kept at all", () => {
    const state = stateAfter(aSerfOf({ intentsLimit: 2 }, "a"), ...["b", "c", "d"].map((name, second) => hearsIntent(`leave ${name}@3`, second)));
    const statuses = ["b", "c", "d"].map((name) => heldOf(stateAfter(state, came(name, 10)), name));
    expect(statuses).toEqual(["alive@0", "leaving@3", "leaving@3"]);
    const long = "x".repeat(513);
    expect(outputsAfter(aSerf("a"), hearsIntent(`leave ${long}@3`))).toEqual([]);
    expect(aSerf("a", hearsIntent(`leave ${long}@3`)).strangers).toBeNull();
    expect(outputsAfter(aSerf("a"), hearsIntent(`leave ${long.slice(1)}@3`))).toHaveLength(1);
  });
});

describe("pruning", () => {
  test("forgets who left or failed at once", () => {
    const failed = aSerf("a", came("b"), died("b"));
    expect(outputsAfter(failed, hearsIntent("prune b@3"))).toEqual(["b failed -> left", "b left -> none", "say leave b@3, urgent"]);
    const left = stateAfter(failed, hearsIntent("leave b@3"));
    expect(outputsAfter(left, hearsIntent("prune b@4"))).toEqual(["b left -> none", "say leave b@4, urgent"]);
    expect(heldOf(stateAfter(left, hearsIntent("prune b@4")), "b")).toBeUndefined();
  });

  test("forgets who still lives when it is gone, unless it means to stay after all", () => {
    const leaving = aSerf("a", came("b"), hearsIntent("prune b@3"));
    expect(heldOf(leaving, "b")).toBe("leaving@3");
    expect(outputsAfter(leaving, died("b"))).toEqual(["b leaving -> left", "b left -> none"]);
    expect(outputsAfter(leaving, hearsIntent("join b@4"), hearsIntent("leave b@5"), died("b"))).toEqual(["b leaving -> left"]);
    expect(outputsAfter(leaving, hearsIntent("leave b@5"), died("b"))).toEqual(["b leaving -> left", "b left -> none"]);
  });

  test("is forgotten by who comes back: when it leaves again, it is remembered", () => {
    const back = aSerf("a", came("b"), hearsIntent("prune b@3"), came("b"));
    expect(outputsAfter(back, hearsIntent("leave b@5"), died("b"))).toEqual(["b leaving -> left"]);
    expect(heldOf(stateAfter(back, hearsIntent("leave b@5"), died("b")), "b")).toBe("left@5");
  });

  test("is asked for by the application, with or without forgetting", () => {
    const failed = aSerf("a", came("b"), died("b"), hearsIntent("join b@6"));
    const remove = (prune: boolean): SerfInput => ({ kind: "asked-to-remove", now: ms(1), member: memberId("b"), prune });
    expect(outputsAfter(failed, remove(false))).toEqual(["b failed -> left", "say leave b@7, urgent"]);
    expect(outputsAfter(failed, remove(true))).toEqual(["b failed -> left", "b left -> none", "say leave b@7, urgent"]);
  });
});

describe("the order of intents", () => {
  const someIntents = fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 }).chain((times) =>
    fc.tuple(...times.map((time) => fc.constantFrom("join", "leave").map((word) => `${word} b@${time + 1}`))));
  const latest = (intents: readonly string[]): string => intents.toSorted((one, other) => timeOf(other) - timeOf(one))[0] ?? "";
  const timeOf = (intent: string): number => Number(intent.split("@")[1]);

  test("makes no difference, nor when the member comes among them: the later word wins", () => {
    const story = someIntents.chain((intents) =>
      fc.shuffledSubarray([...intents, "comes"], { minLength: intents.length + 1 }).map((order) => ({ intents, order })));
    let leavings = 0;
    fc.assert(fc.property(story, ({ intents, order }) => {
      const state = aSerf("a", ...order.map((intent) => (intent === "comes" ? came("b") : hearsIntent(intent))));
      const last = latest(intents);
      if (last.startsWith("leave")) leavings++;
      expect(heldOf(state, "b")).toBe(`${last.startsWith("leave") ? "leaving" : "alive"}@${timeOf(last)}`);
      expect(state.clocks.intents).toBe(timeOf(last) + 1);
    }), { seed: 66, numRuns: 1_000 });
    expect(leavings).toBeGreaterThan(300);
  });

  test("makes no difference to what is told on but this: what is older than what was heard is not", () => {
    fc.assert(fc.property(someIntents, (intents) => {
      const rising = intents.toSorted((one, other) => timeOf(one) - timeOf(other));
      const told = (order: readonly string[]): number => {
        let state = aSerf("a", came("b"));
        let count = 0;
        for (const intent of [...order, ...order]) {
          const [next, outputs] = serfStep(state, hearsIntent(intent));
          count += outputs.filter(({ kind }) => kind === "broadcast").length;
          state = next;
        }
        return count;
      };
      expect(told(rising)).toBe(intents.length);
      expect(told(rising.toReversed())).toBe(1);
    }), { seed: 67, numRuns: 200 });
  });
});

describe("leaving", () => {
  const goodbye: SerfInput = { kind: "asked-to-leave", now: ms(100) };

  test("says so first, and asks the engine to leave a second later, once", () => {
    const [state] = after(aSerf("a", came("b")), goodbye);
    expect(outputsAfter(aSerf("a", came("b")), goodbye)).toEqual(["a alive -> leaving", "say leave a@1, urgent"]);
    expect(outputsAfter(state, { kind: "woke", now: ms(1_099) })).toEqual([]);
    expect(outputsAfter(state, { kind: "woke", now: ms(1_100) })).toEqual(["leave"]);
    expect(outputsAfter(state, { kind: "woke", now: ms(1_100) }, { kind: "woke", now: ms(1_200) })).toEqual([]);
  });

  test("waits as long as it was told to", () => {
    const state = stateAfter(aSerfOf({ leaveAfter: seconds(0) }, "a"), goodbye);
    expect(outputsAfter(state, { kind: "woke", now: ms(100) })).toEqual(["leave"]);
  });

  test("is not done twice, and not undone by joining", () => {
    const state = stateAfter(aSerf("a"), goodbye);
    expect(outputsAfter(state, goodbye)).toEqual([]);
    expect(stateAfter(state, { kind: "asked-to-join", now: ms(200), oldEvents: "heard" }).phase).toEqual(state.phase);
  });
});
