/** The greatest incarnation that the wire carries: whoever is driven there is still found out, and whoever is not is not silenced by it. */

import { describe, expect, test } from "vitest";
import { bytes, type Claim, type State } from "../../../engine/index.ts";
import { after, alive, aMember, answered, aRecord, at, dead, effectsAfter, hears, heldBy, left, ms, pushPull, stateAfter, suspect } from "../../builders.ts";

const me = (): State => aMember("a", { knows: ["b", "c"] });

describe("an accusation under an incarnation that nobody could speak up above", () => {
  const greatest = 4_294_967_295;

  test("about another is counted, and changes nothing else", () => {
    for (const claim of [suspect("b", "z", greatest), dead("b", "z", greatest), left("b", greatest)]) {
      const [state, effects] = after(me(), hears(10, claim));
      expect([state, effects]).toEqual([{ ...me(), oddities: { ...me().oddities, unanswerable: 1 } }, []]);
    }
  });

  test("about ourselves does not silence us: the last that can be answered is, and the answer is believed", () => {
    expect(stateAfter(me(), hears(10, suspect("a", "z", greatest))).self.incarnation).toBe(1);
    expect(stateAfter(me(), hears(10, suspect("a", "z", greatest - 1))).self.incarnation).toBe(greatest);
    expect(heldBy(stateAfter(me(), hears(10, suspect("b", "z", greatest - 1), alive("b", greatest))), "b")).toBe(`alive@${greatest}`);
  });

  test("about a stranger in another's view makes it no member", () => {
    const joining = stateAfter(me(), { kind: "asked-to-join", now: ms(1), seeds: [at("y")] });
    for (const status of ["suspect", "dead"] as const) {
      const state = stateAfter(joining, answered(10, pushPull(true, aRecord("z", { life: greatest, status }))));
      expect([heldBy(state, "z"), state.oddities.unanswerable]).toEqual([undefined, 1]);
    }
  });

  test("counts if the accused has gone there itself: else nobody would ever find out that it crashed, or left", () => {
    const limit = stateAfter(me(), hears(10, alive("b", greatest)));
    for (const [claim, then] of [[suspect("b", "z", greatest), "suspect"], [dead("b", "z", greatest), "dead"], [left("b", greatest), "left"]] as const) {
      expect(heldBy(stateAfter(limit, hears(11, claim)), "b")).toBe(`${then}@${greatest}`);
    }
    const driven = stateAfter(me(), hears(10, suspect("a", "z", greatest - 1)));
    const accused = stateAfter(driven, hears(11, suspect("a", "z", greatest)));
    expect([accused.self.incarnation, accused.phase.kind]).toEqual([greatest, "member"]);
  });

  test("is the last of its subject's: it can say nothing new of itself, which is counted", () => {
    const driven = stateAfter(me(), hears(10, suspect("a", "z", greatest - 1)));
    const [state, effects] = after(driven, { kind: "asked-to-update", now: ms(11), meta: bytes("new") });
    expect([state.self, state.oddities.unanswerable, effects]).toEqual([driven.self, 1, []]);
  });
});

describe("claims that a datagram carries", () => {
  test("are as many in a correction as elsewhere: what is beyond them is corrected another time", () => {
    const corrected = (claimsLimit: number): readonly (readonly Claim[])[] =>
      effectsAfter(aMember("a", { knows: ["d"], misses: ["b", "c"], config: { correction: "on", claimsLimit } }), hears(10, dead("b", "d"), dead("c", "d")))
        .flatMap((effect) => (effect.kind === "send" ? [effect.message.gossip] : []));
    expect(corrected(2)).toEqual([[left("b"), left("c")]]);
    expect(corrected(1)).toEqual([[left("b")]]);
  });
});
