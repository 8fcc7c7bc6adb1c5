/** Everything that an application is told of, each brought about once. */

import { bytes, exchangeId, memberId, seconds, type Change, type Event, type State } from "../../engine/index.ts";
import { ack, aClaim, alive, aMember, aRecord, at, dead, hears, ms, newsAfter, pushPull, received, stateAfter, suspect, woke } from "../builders.ts";

/** For each kind of announcement, what is announced when something happens that calls for it. */
export function announcements(): Readonly<Record<Change["kind"], readonly string[]>> {
  const member = aMember("a", { knows: ["b", "c", "d", "e"], config: { confirmations: 1, suspicionMaxMult: 2, streamPing: "on", roundTrips: "announced" } });
  const target = stateAfter(member, woke(1000)).probe.attempt?.target ?? "";
  const streamed: Event = { kind: "exchange-answered", now: ms(1600), from: at(target), message: ack(1) };
  const pinged: Event = { kind: "asked-to-ping", now: ms(10), to: at("b"), target: memberId("b") };
  const mail: Event = { kind: "exchange-opened", now: ms(10), from: at("b"), exchange: exchangeId(1), message: { kind: "user", payload: bytes("dhello") } };
  const broadcast = (payload: string): Event => ({ kind: "asked-to-broadcast", now: ms(10), payload: bytes(payload), key: "", priority: "normal" });
  const withState: Event = { ...mail, message: { ...pushPull(false), userState: bytes("clock") } };
  const flapping = aMember("a", { knows: ["b"], mourns: ["c"], config: { flapLimit: 1 } });
  const kinds = (state: State, ...events: readonly Event[]): readonly string[] => newsAfter(state, ...events).map((line) => line.split(" ")[0] ?? "");
  return {
    joined: kinds(member, hears(10, alive("x"))),
    updated: kinds(member, hears(10, alive("b", 2, "new"))),
    suspected: kinds(member, hears(10, suspect("b", "c"))),
    confirmed: kinds(member, hears(10, suspect("b", "c")), hears(11, suspect("b", "d"))),
    cleared: kinds(member, hears(10, suspect("b", "c")), hears(11, alive("b", 2))),
    failed: kinds(member, hears(10, dead("b", "c"))),
    left: kinds(member, hears(10, aClaim("b", "left@1"))),
    forgotten: kinds(aMember("a", { mourns: ["b"], config: { forgetAfter: seconds(1) } }), woke(1000)),
    refuted: kinds(member, hears(10, suspect("a", "c"))),
    conflict: kinds(member, hears(10, { kind: "alive", member: { ...aRecord("b", { life: 2 }), address: at("x") } })),
    "datagrams-lost": kinds(member, woke(1000), woke(1500), streamed, woke(2000)),
    damped: kinds(flapping, hears(10, alive("c", 2)), hears(20, dead("c", "b", 2)), hears(30, alive("c", 3))),
    answered: kinds(member, pinged, received(11, ack(1))),
    unanswered: kinds(member, pinged, woke(510)),
    departed: kinds(aMember("a"), { kind: "asked-to-leave", now: ms(10) }),
    message: kinds(member, mail),
    untold: kinds(stateAfter(member, ...Array.from({ length: 4096 }, (_, nth) => broadcast(`${nth}`))), broadcast("one more")),
    state: kinds(member, withState),
  };
}
