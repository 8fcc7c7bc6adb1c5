/** SWIM §3.1: the failure detector, sentence by sentence in our words (its Figure 1). */

import { expect, test } from "vitest";
import { ack, after, aMember, effectsAfter, newsAfter, ping, pingReq, received, send, sendings, stateAfter, woke } from "../builders.ts";

const asked = () => stateAfter(aMember("a", { knows: ["b", "c", "d", "e"], config: { relays: 2 } }), woke(1000));

test("in each protocol period T′ one member is selected from the list, and a ping sent to it", () => {
  let state = aMember("a", { knows: ["b", "c", "d", "e"] });
  for (let period = 1; period <= 12; period++) {
    const [next, effects] = after(state, woke(period * 1000));
    expect(sendings(effects), `period ${period}`).toHaveLength(1);
    state = stateAfter(next, received(period * 1000 + 10, ack(period)));
  }
});

test("if no ack comes within a time shorter than the period, k members are selected at random, and a ping-req sent to each", () => {
  const state = asked();
  const target = state.probe.attempt?.target ?? "";
  expect(effectsAfter(state, woke(1499))).toEqual([]);
  expect(effectsAfter(state, woke(1500)).map((effect) => effect.kind === "send" && effect.message)).toEqual([pingReq("a", target, 1), pingReq("a", target, 1)]);
});

test("each of these pings the target, and forwards its ack, if one comes", () => {
  const relay = stateAfter(aMember("c", { knows: ["a", "b"] }), received(10, pingReq("a", "b", 7)));
  expect(effectsAfter(aMember("c", { knows: ["a", "b"] }), received(10, pingReq("a", "b", 7)))).toEqual([send("b", ping("c", "b", 1))]);
  expect(effectsAfter(relay, received(20, ack(1)))).toEqual([send("a", ack(7))]);
  expect(effectsAfter(relay, woke(9_999)).filter((effect) => effect.kind === "send" && effect.message.kind === "ack"), "and only then").toEqual([]);
});

test("at the end of the period, and not before, a target of which no ack came, directly or indirectly, is declared failed (suspected, by §4.2)", () => {
  const state = stateAfter(asked(), woke(1500));
  const target = state.probe.attempt?.target ?? "";
  expect(newsAfter(state, woke(1999))).toEqual([]);
  expect(newsAfter(state, woke(2000))).toEqual([`suspected ${target}@1`]);
  expect(newsAfter(state, received(1999, ack(1)), woke(2000))).toEqual([]);
});

test("pings and acks bear the number of their period, so that a late ack is not taken for one of the present", () => {
  const late = stateAfter(asked(), woke(1500), woke(2000));
  expect(stateAfter(late, received(2001, ack(1))).probe.attempt).toEqual(late.probe.attempt);
  expect(stateAfter(late, received(2001, ack(2))).probe.attempt).toBeNull();
});
