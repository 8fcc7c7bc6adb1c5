/** Pinging for somebody else, a peer or our application: errands. */

import { describe, expect, test } from "vitest";
import { bytes, memberId, milliseconds, nextWake, type Event, type State } from "../../../engine/index.ts";
import { inOrder } from "../../../engine/words/agenda.ts";
import {
  ack, after, aMember, at, effectsAfter, left, ms, nack, newsAfter, ping, pingReq, received, send, sendings, stateAfter, woke, type Circumstances,
} from "../../builders.ts";

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

  test("about one that said goodbye is run, as it may be back, and whoever missed the goodbye hears it", () => {
    const ask = (held: "misses" | "mourns", correction: "on" | "off") => effectsAfter(aMember("b", { knows: ["a"], [held]: ["c"], config: { correction } }), received(10, pingReq("a", "c", 70)));
    const look = send("c", ping("b", "c", 1));
    expect(ask("misses", "on")).toEqual([look, send("a", { kind: "gossip", gossip: [left("c")], userMessages: [] })]);
    expect(ask("misses", "off")).toEqual([look]);
    expect(ask("mourns", "on"), "who has said nothing is not quoted").toEqual([look]);
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

describe("a nack", () => {
  /** Asked at 10 ms to relay to c, and to say if it waits in vain. It says so after 400 ms, and waits for another 100. */
  const waiting = (wantsNack = true): State => stateAfter(relay({ config: { nackAfter: milliseconds(400) } }), received(10, pingReq("a", "c", 70, wantsNack)));

  test("is sent while the asker still waits (Lifeguard §IV-A: after 80 % of its own wait), and only once", () => {
    expect([nextWake(waiting()), effectsAfter(waiting(), woke(409)), effectsAfter(waiting(), woke(410))]).toEqual([ms(410), [], [send("a", nack(70))]]);
    expect([nextWake(stateAfter(waiting(), woke(410))), effectsAfter(waiting(), woke(410), woke(510))]).toEqual([ms(510), []]);
  });

  test("is not the end of it: what comes later is forwarded all the same", () => {
    const later = stateAfter(waiting(), woke(410));
    expect(effectsAfter(later, received(450, ack(1)))).toEqual([send("a", ack(70))]);
    expect(stateAfter(later, received(450, ack(1))).errands).toBeNull();
  });

  test("is sent in vain after that: what comes later still is counted", () => {
    expect(stateAfter(waiting(), woke(410), woke(510), received(511, ack(1)))).toMatchObject({ errands: null, oddities: { unexpectedAnswers: 1 } });
  });

  test("is not sent to whom it would not help, nor when there was an answer in time", () => {
    expect(nextWake(waiting(false))).toBe(ms(510));
    expect(effectsAfter(waiting(false), woke(410), woke(510))).toEqual([]);
    expect(effectsAfter(waiting(), received(409, ack(1)), woke(410), woke(510))).toEqual([]);
  });

  test("may be due only when the errand ends, as in memberlist: then that is the end of it", () => {
    const slow = stateAfter(relay({ config: { nackAfter: milliseconds(700) } }), received(10, pingReq("a", "c", 70, true)));
    const [state, effects] = after(slow, woke(510));
    expect([effects, state.errands]).toEqual([[send("a", nack(70))], null]);
  });

  test("of one errand says nothing of another", () => {
    const two = stateAfter(waiting(), received(200, pingReq("a", "c", 71, true)));
    expect(effectsAfter(two, woke(410))).toEqual([send("a", nack(70))]);
    expect(effectsAfter(two, woke(410), woke(600))).toEqual([send("a", nack(71))]);
  });
});

describe("a ping that our application asks for", () => {
  const please = (now: number, target: string): Event => ({ kind: "asked-to-ping", now: ms(now), to: at(target), target: memberId(target) });
  const asking = (): State => stateAfter(relay(), please(10, "c"));

  test("is sent at once, to whomever it names", () => {
    expect(effectsAfter(relay(), please(10, "c"))).toEqual([send("c", ping("b", "c", 1))]);
    expect(effectsAfter(relay(), please(10, "x"))).toEqual([send("x", ping("b", "x", 1))]);
  });

  test("that is answered is announced, with how long it took and what the answer bore; nobody else hears of it", () => {
    const [state, effects] = after(asking(), received(33, { ...ack(1), payload: bytes("here") }));
    expect(effects).toEqual([{ kind: "announce", change: { kind: "answered", target: "c", roundTrip: milliseconds(23), payload: "here" } }]);
    expect(state.errands).toBeNull();
  });

  test("that is not answered for as long as a probe would wait is announced as well, and nobody is suspected", () => {
    expect(nextWake(asking())).toBe(ms(510));
    expect(effectsAfter(asking(), woke(510))).toEqual([{ kind: "announce", change: { kind: "unanswered", target: "c" } }]);
    expect(stateAfter(asking(), woke(510)).suspicions).toBeNull();
    expect(newsAfter(asking(), woke(510), received(511, ack(1)))).toEqual([]);
  });

  test("is told apart from errands for peers, and from our own probe", () => {
    const state = stateAfter(asking(), received(20, pingReq("a", "c", 70)), woke(1000));
    expect(newsAfter(asking(), received(20, pingReq("a", "c", 70)), received(30, ack(1)))).toEqual(["answered c"]);
    expect(sendings(effectsAfter(asking(), received(20, pingReq("a", "c", 70)), received(30, ack(2))))).toEqual([`ack -> ${at("a")}`]);
    expect(state.probe.attempt?.seq).toBe(3);
  });

  test("beyond the limit of errands is refused, counted, and answered: it was promised one of two words", () => {
    const full = stateAfter(relay({ config: { errandsLimit: 1 } }), received(5, pingReq("a", "c", 70)));
    const [state, effects] = after(full, please(10, "c"));
    expect(state).toEqual({ ...full, oddities: { ...full.oddities, refusedErrands: 1 } });
    expect(effects).toEqual([{ kind: "announce", change: { kind: "unanswered", target: "c" } }]);
  });
});

describe("a direct answer to our own probe", () => {
  const asking = (roundTrips: "announced" | "silent"): State => stateAfter(aMember("a", { knows: ["b"], config: { roundTrips } }), woke(1000));

  test("is announced where applications want to know how long it took (Serf's coordinates are made of it)", () => {
    expect(effectsAfter(asking("announced"), received(1023, { ...ack(1), payload: bytes("here") }))).toEqual([
      { kind: "announce", change: { kind: "answered", target: "b", roundTrip: milliseconds(23), payload: "here" } },
    ]);
    expect(effectsAfter(asking("silent"), received(1023, ack(1)))).toEqual([]);
  });

  test("is not, once relays were asked: who knows which way it took", () => {
    const helped = stateAfter(aMember("a", { knows: ["b", "c"], config: { roundTrips: "announced" } }), woke(1000), woke(1500));
    expect(effectsAfter(helped, received(1600, ack(1)))).toEqual([]);
    expect(effectsAfter(asking("announced"), woke(1500), received(1600, ack(1))), "though there was nobody to ask, as in memberlist").toEqual([]);
  });
});
