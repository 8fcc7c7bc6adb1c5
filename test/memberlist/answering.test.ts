/** memberlist's rules 22 to 25: what is answered, what is passed on, and what is met with silence. */

import { expect, test } from "vitest";
import { address, bytes, decode, exchangeId, memberId, type Event, type Ping } from "../../engine/index.ts";
import { ack, alive, effectsAfter, hears, ms, nack, ping, pingReq, received, send, stateAfter, woke } from "../builders.ts";
import { aLanMember, deedsOf, diary, lan, live } from "./life.ts";

/** `00`, a map of `Node: "b"` and `SeqNo: 7`: a ping that does not say whom to answer. */
const BRIEF = Uint8Array.from([0x00, 0x82, 0xa4, 0x4e, 0x6f, 0x64, 0x65, 0xa1, 0x62, 0xa5, 0x53, 0x65, 0x71, 0x4e, 0x6f, 0x07]);

test("rule 22: a ping is answered with what the application adds to acks and with news, at the address it names or else where it came from, and only by whom it names, if anybody", () => {
  const attached: Event = { kind: "asked-to-attach", now: ms(0), toAcks: bytes("here"), toViews: bytes("") };
  const member = stateAfter(aLanMember("b", { knows: ["a"] }), attached, hears(1, alive("a", 2)));
  expect(effectsAfter(member, received(10, ping("a", "b", 7)))).toEqual([send("a", { ...ack(7, alive("a", 2)), payload: bytes("here") })]);
  const misdirected = received(10, ping("a", "x", 7));
  expect([effectsAfter(member, misdirected), stateAfter(member, misdirected).oddities.misdirected]).toEqual([[], 1]);
  expect(deedsOf(effectsAfter(member, received(10, ping("a", "", 7))))).toEqual(["ack a: alive a@2"]);
  expect(decode(BRIEF, address("10.0.0.3:9999"))).toMatchObject({ ok: true, message: { kind: "ping", seq: 7, target: "b", sourceAddress: "10.0.0.3:9999" } });
});

test("rule 23: whoever is asked to ping another does so in its own name, passes an ack on under the asker's seq and without what came with it, and says so if it waited in vain and a nack is wanted", () => {
  const relay = stateAfter(aLanMember("r"), received(5, pingReq("z", "y", 70)));
  const asked = received(10, pingReq("a", "b", 77, true));
  expect(effectsAfter(relay, asked)).toEqual([send("b", ping("r", "b", 2))]);
  const waiting = stateAfter(relay, asked);
  expect(effectsAfter(waiting, received(509, { ...ack(2), payload: bytes("here") }))).toEqual([send("a", ack(77))]);
  const inVain = live(waiting, 600, [received(550, ack(2))]);
  expect(diary(inVain.deeds), "after `nackAfter`; z wanted none").toEqual(["510 nack a"]);
  expect(inVain.state.oddities.unexpectedAnswers, "after `relayFor` nothing is passed on").toBe(1);
  expect([lan.nackAfter, lan.relayFor], "memberlist's ProbeTimeout").toEqual([lan.askRelaysAfter, lan.askRelaysAfter]);
});

test("rule 24: an ack counts once, and only under a seq that somebody waits for; a nack is counted while the wait goes on, and none of a relay's target", () => {
  const target = "b";
  const prober = stateAfter(aLanMember("a", { knows: [target, "c"] }), woke(1000));
  const seen = (...events: readonly Event[]): unknown => {
    const { probe, oddities } = stateAfter(prober, ...events);
    return [probe.attempt?.nacks ?? "over", oddities.unexpectedAnswers];
  };
  expect(seen(received(1010, ack(9))), "nobody asked").toEqual([0, 1]);
  expect(seen(received(1010, ack(1)), received(1011, ack(1))), "the first one ended it").toEqual(["over", 1]);
  expect(seen(received(1010, nack(1)), received(1011, nack(1))), "we go on waiting").toEqual([2, 0]);
  expect(seen(received(1010, nack(1)), received(1011, ack(1)))).toEqual(["over", 0]);
  expect(seen(received(1010, pingReq("c", "d", 5, true)), received(1011, nack(2))), "a relay's errand").toEqual([0, 1]);
  expect(seen(received(2001, nack(1)), received(2002, ack(1))), "the wait is over, though an alarm that is late has yet to say so").toEqual([0, 2]);
  expect(seen(received(1999, nack(1)), received(2000, ack(1))), "at the last moment: the next one has begun").toEqual([0, 0]);
});

test("rule 25: a ping over a stream is answered on the stream, with nothing added; one meant for another is not answered, and the driver closes the stream", () => {
  const attached: Event = { kind: "asked-to-attach", now: ms(0), toAcks: bytes("here"), toViews: bytes("") };
  const member = stateAfter(aLanMember("b", { knows: ["a"] }), attached, hears(1, alive("a", 2)));
  const opened = (message: Ping): Event => ({ kind: "exchange-opened", now: ms(10), from: message.sourceAddress, exchange: exchangeId(3), message });
  expect(effectsAfter(member, opened(ping("a", "b", 7)))).toEqual([{ kind: "answer", exchange: 3, message: ack(7) }]);
  expect(effectsAfter(member, opened(ping("a", "x", 7)))).toEqual([]);
  expect(stateAfter(member, opened(ping("a", "x", 7))).oddities.misdirected).toBe(1);
  expect(effectsAfter(member, opened({ ...ping("a", "b", 7), target: memberId("") }))).toHaveLength(1);
});
