/** Pinging in somebody else's name: errands. */

import { describe, expect, test } from "vitest";
import { nextWake, type State } from "../../../engine/index.ts";
import { inOrder } from "../../../engine/words/agenda.ts";
import { ack, after, aMember, at, effectsAfter, ms, nack, ping, pingReq, received, send, sendings, stateAfter, woke, type Circumstances } from "../../builders.ts";

const relay = (changes: Circumstances = {}): State => aMember("b", { knows: ["a", "c"], ...changes });

describe("a request to relay", () => {
  test("is run at once: the target is pinged in our own name, under a seq of our own", () => {
    const [state, effects] = after(relay(), received(10, pingReq("a", "c", 70)));
    expect(effects).toEqual([send("c", ping("b", "c", 1))]);
    expect(inOrder(state.errands)).toEqual([
      { target: "c", sentAt: ms(10), until: ms(510), client: { kind: "peer", address: at("a"), theirSeq: 70, wantsNack: false } },
    ]);
  });

  test("about ourselves is answered at once", () => {
    const state = relay();
    expect(after(state, received(10, pingReq("a", "b", 70)))).toEqual([state, [send("a", ack(70))]]);
  });

  test("about a stranger is run as well: the asker says where it listens", () => {
    expect(effectsAfter(relay(), received(10, pingReq("a", "x", 70)))).toEqual([send("x", ping("b", "x", 1))]);
  });

  test("beyond the limit is refused and counted, and leaves no trace", () => {
    const full = stateAfter(relay({ config: { errandsLimit: 2 } }), received(10, pingReq("a", "c", 1)), received(11, pingReq("a", "c", 2)));
    const [state, effects] = after(full, received(12, pingReq("a", "c", 3)));
    expect(effects).toEqual([]);
    expect(state).toEqual({ ...full, oddities: { ...full.oddities, refusedErrands: 1 } });
    const freed = stateAfter(full, received(13, ack(1)));
    expect(sendings(effectsAfter(freed, received(14, pingReq("a", "c", 4))))).toEqual(["ping -> 10.0.0.3:7946"]);
  });
});

describe("the answer to an errand", () => {
  test("goes back under the asker's seq, once", () => {
    const state = stateAfter(relay(), received(10, pingReq("a", "c", 70)));
    expect(effectsAfter(state, received(20, ack(1)))).toEqual([send("a", ack(70))]);
    const done = stateAfter(state, received(20, ack(1)));
    expect(done.errands).toBeNull();
    expect(after(done, received(21, ack(1)))).toEqual([{ ...done, oddities: { ...done.oddities, unexpectedAnswers: 1 } }, []]);
  });

  test("goes to the one who asked for it, when two ask after the same target", () => {
    const state = stateAfter(aMember("b", { knows: ["a", "c", "d"] }), received(10, pingReq("a", "c", 70)), received(11, pingReq("d", "c", 70)));
    expect(effectsAfter(state, received(20, ack(2)))).toEqual([send("d", ack(70))]);
    expect(effectsAfter(state, received(20, ack(1)))).toEqual([send("a", ack(70))]);
  });

  test("is no answer to a probe of our own, nor the other way round", () => {
    const state = stateAfter(aMember("b", { knows: ["c"] }), received(990, pingReq("a", "c", 70)), woke(1000));
    expect(state.probe.attempt?.seq).toBe(2);
    expect(stateAfter(state, received(1010, ack(1))).probe.attempt).not.toBeNull();
    expect(stateAfter(state, received(1010, ack(2))).errands).not.toBeNull();
  });

  test("that does not come is not waited for beyond `relayFor`; nobody is told who did not ask", () => {
    const state = stateAfter(relay(), received(10, pingReq("a", "c", 70)));
    expect(nextWake(state)).toBe(ms(510));
    expect(effectsAfter(state, woke(510))).toEqual([]);
    expect(stateAfter(state, woke(510), received(511, ack(1))).oddities.unexpectedAnswers).toBe(1);
  });

  test("that does not come is a nack to who wants to know (Lifeguard §IV-A)", () => {
    const state = stateAfter(relay(), received(10, pingReq("a", "c", 70, true)));
    expect(effectsAfter(state, woke(509))).toEqual([]);
    expect(effectsAfter(state, woke(510))).toEqual([send("a", nack(70))]);
    expect(effectsAfter(state, received(20, ack(1)), woke(510))).toEqual([]);
  });
});
