/** memberlist's rules 26 to 35: what is made of a claim that somebody is alive. */

import { expect, test } from "vitest";
import {
  admitting, decode, encode, exchangeId, find, memberId, noUserMessages, seconds, withinCidrs,
  type Admits, type AliveClaim, type Config, type Datagram, type Event, type State,
} from "../../engine/index.ts";
import { alive, aRecord, at, dead, hears, heldBy, ms, newsAfter, pushPull, received, stateAfter, suspect } from "../builders.ts";
import { aLanMember, lines, live, ofKind } from "./life.ts";

/** The same claim, from another place. */
const movedTo = (place: string, { member }: AliveClaim): AliveClaim => ({ kind: "alive", member: { ...member, address: at(place) } });

test("rule 26: who is leaving, or has left, takes no word about itself", () => {
  const leaving = stateAfter(aLanMember("a", { knows: ["b"] }), { kind: "asked-to-leave", now: ms(10) });
  const after = stateAfter(leaving, hears(11, alive("a", 9), suspect("a", "b", 9), dead("a", "b", 9)));
  expect([heldBy(after, "a"), after.health]).toEqual(["left@1", 0]);
});

test("rule 27: an alive claim that makes no sense of its protocol versions is ignored (ours also if it does not name them, and counted)", () => {
  const member = aLanMember("a", { knows: ["b"] });
  for (const [least, greatest] of [[0, 5], [1, 0], [3, 2], [0, 0]] as const) {
    const odd: AliveClaim = { kind: "alive", member: { ...aRecord("b", { life: 2 }), versions: [least, greatest, 2, 0, 0, 0] } };
    const after = stateAfter(member, hears(10, odd));
    expect([heldBy(after, "b"), after.oddities.unversioned], `${least} to ${greatest}`).toEqual(["alive@1", 1]);
  }
});

/** What a member holds of these names after a driver let in what the doorkeeper left of each event. */
function heldBehind(admits: Admits, names: readonly string[], ...events: readonly Event[]): readonly (string | undefined)[] {
  const state = stateAfter(aLanMember("a", { knows: ["b"] }), ...events.flatMap((event) => admitting(event, admits) ?? []));
  return names.map((name) => heldBy(state, name));
}

/** A stream on which b shows its view. */
const viewOfB = (...names: readonly string[]): Event =>
  ({ kind: "exchange-opened", now: ms(20), from: at("b"), exchange: exchangeId(1), message: pushPull(false, ...names.map((name) => aRecord(name, { life: 2 }))) });

/** c's alive claim as a peer would say it who names so many of its six versions (1, 5, 2, and 2, 5, 4 of the application's), and as it is read. */
function sayingVersions(length: number): Event {
  const claim: AliveClaim = { kind: "alive", member: { ...aRecord("c"), versions: [1, 5, 2, 2, 5, 4] } };
  const written = encode({ kind: "gossip", gossip: [claim], userMessages: noUserMessages });
  // The versions come last, after a byte that says how many there are.
  const versionsAt = written.length - 6;
  const read = decode(Uint8Array.from([...written.subarray(0, versionsAt - 1), 0xa0 + length, ...written.subarray(versionsAt, versionsAt + length)]));
  if (!read.ok) throw new Error(read.why);
  return received(10, read.message as Datagram);
}

test("rule 28: the application may veto each alive claim, and is asked only if that names all six versions (ours reads 0 for those that are missing, and asks): what it refuses is as if it had not come, of members that we know too, in gossip and in views", () => {
  const names = ["b", "c", "d"];
  for (const event of [hears(10, ...names.map((name) => alive(name, 2))), viewOfB(...names)]) {
    expect(heldBehind(() => true, names, event)).toEqual(["alive@2", "alive@2", "alive@2"]);
    expect(heldBehind(({ id }) => id !== "b" && id !== "c", names, event)).toEqual(["alive@1", undefined, "alive@2"]);
  }
  for (let length = 0; length <= 6; length++) {
    const asked: (readonly number[])[] = [];
    const isTaken = heldBehind(({ versions }) => (asked.push(versions), true), ["c"], sayingVersions(length))[0] === "alive@1";
    expect(asked, `${length} versions`).toEqual([[1, 5, 2, 2, 5, 4].map((version, place) => (place < length ? version : 0))]);
    expect(isTaken, `${length} versions: without the first two it makes no sense (rule 27)`).toBe(length >= 2);
    expect(heldBehind(({ versions }) => versions.every((version) => version > 0), ["c"], sayingVersions(length)), "and so it may insist on all").toEqual([length === 6 ? "alive@1" : undefined]);
  }
});

test("rule 29: a stranger is taken in if its address lies within the allowed networks, and only then, in gossip and in views", () => {
  const local: Admits = ({ address }) => withinCidrs(["10.0.0.0/24"])(address);
  // c is at 10.0.0.3, m7 at 10.1.0.7.
  for (const event of [hears(10, alive("c", 2), alive("m7", 2)), viewOfB("c", "m7")]) {
    expect(heldBehind(() => true, ["c", "m7"], event)).toEqual(["alive@2", "alive@2"]);
    expect(heldBehind(local, ["c", "m7"], event)).toEqual(["alive@2", undefined]);
    expect(heldBehind(({ address }) => withinCidrs(["10.1.0.0/16", "fd00::/8"])(address), ["c", "m7"], event)).toEqual([undefined, "alive@2"]);
  }
});

test("rule 30: the name of a member that is known at another address may be taken over if that one has left, or has been dead for longer than `reclaimAfter`; else the application hears of a conflict (ours not of old news), of ourselves too", () => {
  const heardBy = (state: State, now = 1000, life = 1): readonly [string | undefined, readonly string[]] => {
    const claim = hears(now, movedTo("x", alive("b", life)));
    return [find(stateAfter(state, claim).view, memberId("b"))?.address, newsAfter(state, claim)];
  };
  const mourner = (config: Partial<Config> = {}): State => aLanMember("a", { mourns: ["b"], config });
  expect(heardBy(aLanMember("a", { misses: ["b"] })), "whatever its incarnation").toEqual([at("x"), ["joined b@1"]]);
  expect(heardBy(mourner(), 29_000, 2)).toEqual([at("b"), ["conflict b@1"]]);
  expect(heardBy(mourner({ reclaimAfter: seconds(10) }), 10_000, 2), "not for longer").toEqual([at("b"), ["conflict b@1"]]);
  expect(heardBy(mourner({ reclaimAfter: seconds(10) }), 10_001)).toEqual([at("x"), ["joined b@1"]]);
  expect(heardBy(aLanMember("a", { knows: ["b"] }), 1000, 2)).toEqual([at("b"), ["conflict b@1"]]);
  expect(heardBy(aLanMember("a", { suspects: ["b"] }), 1000, 2)).toEqual([at("b"), ["conflict b@1"]]);
  expect(heardBy(aLanMember("a", { knows: ["b"] }), 1000, 1), "from before it moved").toEqual([at("b"), []]);
  expect(newsAfter(aLanMember("a", { knows: ["b"] }), hears(10, movedTo("x", alive("a", 1))))).toEqual(["conflict a@1"]);
});

test("rule 31: an alive claim that is no fresher than what is known of its subject is ignored; of ourselves, one that is staler", () => {
  const member = stateAfter(aLanMember("a", { knows: ["b"], life: 3 }), hears(1, alive("b", 4)));
  for (const life of [1, 3, 4]) expect(newsAfter(member, hears(10, alive("b", life, "new")))).toEqual([]);
  expect(newsAfter(member, hears(10, alive("b", 5, "new")))).toEqual(["updated b@5"]);
  expect(heldBy(stateAfter(member, hears(10, alive("a", 2, "old"))), "a")).toBe("alive@3");
  expect(heldBy(stateAfter(member, hears(10, alive("a", 3, "old"))), "a"), "it goes on: see rule 33").toBe("alive@4");
});

test("rule 32: a fresher one ends the suspicion", () => {
  const member = stateAfter(aLanMember("a", { knows: ["c"], suspects: ["b"] }), hears(100, alive("b", 2)));
  expect([heldBy(member, "b"), member.suspicions]).toEqual(["alive@2", null]);
  expect(lines(live(member, 900).deeds, /failed/)).toEqual([]);
});

test("rule 33: what is said of ourselves under our own incarnation is ignored if it is what we say; else, and under a higher one, it is refuted", () => {
  const member = aLanMember("a", { knows: ["b"], life: 3, meta: "mine" });
  expect(newsAfter(member, hears(10, alive("a", 3, "mine")))).toEqual([]);
  expect(newsAfter(member, hears(10, alive("a", 3, "not mine")))).toEqual(["refuted a@4"]);
  const ofOtherVersions: AliveClaim = { kind: "alive", member: { ...aRecord("a", { life: 3, meta: "mine" }), versions: [1, 5, 3, 0, 0, 0] } };
  expect(newsAfter(member, hears(10, ofOtherVersions))).toEqual(["refuted a@4"]);
  expect(newsAfter(member, hears(10, alive("a", 8, "mine")))).toEqual(["refuted a@9"]);
});

test("rule 34: else it is told on as it came, and all it says is held from now on", () => {
  const claim: AliveClaim = { kind: "alive", member: { ...aRecord("b", { life: 2, meta: "new" }), versions: [1, 5, 4, 1, 2, 1] } };
  const member = stateAfter(aLanMember("a", { mourns: ["b"], knows: ["c"] }), hears(100, claim));
  expect(find(member.view, memberId("b"))).toEqual(claim.member);
  const [told] = ofKind(live(member, 200).deeds.map(({ effect }) => effect), "send");
  expect(told?.message.gossip).toEqual([claim]);
});

test("rule 35: the application hears of who was unknown, dead or gone that it joined, whatever its meta; else of a new meta that it was updated (and, ours, of suspicions)", () => {
  const member = aLanMember("a", { knows: ["b"], suspects: ["c"], mourns: ["d"], misses: ["e"] });
  const heard = (claim: AliveClaim): readonly string[] => newsAfter(member, hears(10, claim));
  expect(heard(alive("x", 1, "new"))).toEqual(["joined x@1"]);
  expect(heard(alive("d", 2, "new"))).toEqual(["joined d@2"]);
  expect(heard(alive("e", 2, "new"))).toEqual(["joined e@2"]);
  expect(heard(alive("b", 2, "new"))).toEqual(["updated b@2"]);
  expect(heard(alive("b", 2))).toEqual([]);
  expect(heard(alive("c", 2, "new"))).toEqual(["cleared c@2", "updated c@2"]);
  expect(heard(alive("c", 2))).toEqual(["cleared c@2"]);
});
