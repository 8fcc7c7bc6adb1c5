/** Telling suspects that they are suspected, so that they can refute: in memberlist's way, and by Lifeguard's buddy system (§IV-C). */

import { describe, expect, test } from "vitest";
import { bytes, memberId, sizeOfMessage, type Claim, type Config, type Effect, type Event, type State } from "../../../engine/index.ts";
import { rumourOf } from "../../../engine/rules/dissemination.ts";
import { alive, aMember, effectsAfter, hears, left, ms, newsAfter, ping, pingReq, received, stateAfter, suspect, woke } from "../../builders.ts";

/** Suspects b, and has told that; has yet to tell that c left. So b is whom it pings at 1000 ms. */
const suspecting = (config: Partial<Config>): State => stateAfter(aMember("a", { suspects: ["b"], knows: ["c"], config }), hears(10, left("c")));
const carried = (effects: readonly Effect[]): readonly (readonly Claim[])[] => effects.flatMap((effect) => (effect.kind === "send" ? [effect.message.gossip] : []));
const told = (state: State, name: string): number | undefined => rumourOf(state.rumours, memberId(name))?.told;

const [inOurOwn, forAnother] = [woke(1000), received(20, pingReq("d", "b", 70))];
const [warning, news] = [suspect("b", "a"), left("c")];

describe("a ping of a suspect carries", () => {
  test.for([
    ["off",        "nothing but what we have to tell",                              [news],          [news]],
    ["own-pings",  "the suspicion alone if it is our own, as memberlist's does",    [warning],       [news]],
    ["every-ping", "the suspicion first, for others as well, then what we have to tell", [warning, news], [warning, news]],
    ["every-answer", "the same",                                                       [warning, news], [warning, news]],
  ] as const)("%s: %s", ([buddy, , own, relayed]) => {
    expect(carried(effectsAfter(suspecting({ buddy }), inOurOwn))).toEqual([own]);
    expect(carried(effectsAfter(suspecting({ buddy }), forAnother))).toEqual([relayed]);
  });

  test("the suspicion although it was told often enough; and that is no telling of anything else", () => {
    expect([told(suspecting({}), "b"), told(suspecting({}), "c")]).toEqual([undefined, 0]);
    const [alone, before] = (["own-pings", "every-ping"] as const).map((buddy) => stateAfter(suspecting({ buddy }), inOurOwn));
    expect([alone, before].map((state) => state && [told(state, "b"), told(state, "c")])).toEqual([[undefined, 0], [undefined, 1]]);
  });

  test("the suspicion of the life that is suspected, in our own name", () => {
    const later = stateAfter(suspecting({ buddy: "every-ping" }), hears(30, suspect("b", "d", 4)));
    expect(carried(effectsAfter(later, inOurOwn))[0]?.[0]).toEqual(suspect("b", "a", 4));
  });

  test("as many bytes as were reckoned", () => {
    for (const buddy of ["off", "own-pings", "every-ping", "every-answer"] as const) {
      for (const effect of [...effectsAfter(suspecting({ buddy }), inOurOwn), ...effectsAfter(aMember("a", { suspects: ["b"], config: { buddy } }), inOurOwn)]) {
        expect(effect.kind === "send" && effect.size).toBe(effect.kind === "send" && sizeOfMessage(effect.message));
      }
    }
  });
});

test("a ping of nobody suspected carries no suspicion, nor does an ack, or a request to relay", () => {
  const config = { buddy: "every-ping" } as const;
  expect(carried(effectsAfter(aMember("a", { knows: ["b"], config }), inOurOwn))).toEqual([[]]);
  const probing = stateAfter(aMember("a", { suspects: ["b"], knows: ["c", "d"], config }), inOurOwn);
  expect(carried(effectsAfter(probing, received(1010, ping("b", "a", 9))))).toEqual([[]]);
  expect(carried(effectsAfter(probing, woke(1500))).every((gossip) => gossip.length === 0)).toBe(true);
});

describe("an ack to a suspect", () => {
  const asks = received(20, ping("b", "a", 9));

  test.for([["off", [news]], ["own-pings", [news]], ["every-ping", [news]], ["every-answer", [warning, news]]] as const)("%s", ([buddy, gossip]) => {
    expect(carried(effectsAfter(suspecting({ buddy }), asks))).toEqual([gossip]);
  });

  test("tells it of the suspicion, whoever else suspects it, and nobody else of it", () => {
    const config = { buddy: "every-answer" } as const;
    const state = stateAfter(aMember("a", { knows: ["b", "c"], config: { ...config, tellMult: 0 } }), hears(10, suspect("b", "c", 3)));
    expect(carried(effectsAfter(state, asks))).toEqual([[suspect("b", "a", 3)]]);
    expect(carried(effectsAfter(state, received(20, ping("c", "a", 9))))).toEqual([[]]);
  });

  test("lets it refute, which clears it", () => {
    const [heard] = carried(effectsAfter(suspecting({ buddy: "every-answer" }), asks));
    const suspected = stateAfter(aMember("b", { knows: ["a"] }), woke(1000));
    expect(newsAfter(suspected, hears(1010, ...(heard ?? [])))).toContain("refuted b@2");
  });
});

test("who is warned refutes at once, and whoever hears that clears it", () => {
  const accused = aMember("b", { knows: ["a"] });
  const [warned] = carried(effectsAfter(suspecting({ buddy: "own-pings" }), inOurOwn));
  const answer = effectsAfter(accused, received(1010, ping("a", "b", 1, ...(warned ?? []))));
  expect(carried(answer)).toEqual([[alive("b", 2)]]);
  expect(newsAfter(suspecting({ buddy: "own-pings" }), inOurOwn, hears(1020, ...(carried(answer)[0] ?? [])))).toEqual(["cleared b@2"]);
});

describe("a warning that does not fit", () => {
  const long = (buddy: Config["buddy"], datagramBudget: number): State => aMember("a", { suspects: ["b"], config: { buddy, datagramBudget } });
  const whole = 94;

  test("is left out, however much it is wanted: a datagram has its budget", () => {
    for (const buddy of ["own-pings", "every-ping"] as const) {
      expect(effectsAfter(long(buddy, whole), inOurOwn)).toMatchObject([{ message: { gossip: [warning] }, size: whole }]);
      expect(effectsAfter(long(buddy, whole - 1), inOurOwn)).toMatchObject([{ message: { gossip: [] }, size: 59 }]);
    }
  });

  test("among the parts that a compound can count takes one's place", () => {
    const words = Array.from({ length: 300 }, (_, k): Event => ({ kind: "asked-to-broadcast", now: ms(20), payload: bytes(`${k}`), key: "", priority: "normal" }));
    const state = stateAfter(aMember("a", { suspects: ["b"], config: { buddy: "every-ping", datagramBudget: 9_000 } }), ...words);
    expect(effectsAfter(state, inOurOwn).map((effect) => effect.kind === "send" && effect.message.gossip.length + effect.message.userMessages.length)).toEqual([254]);
  });

  test("among the claims that may ride on one message takes one's place", () => {
    expect(carried(effectsAfter(suspecting({ buddy: "every-ping", claimsLimit: 1 }), inOurOwn))).toEqual([[warning]]);
  });
});
