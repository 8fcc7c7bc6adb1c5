/** memberlist's rules 11 to 21: the probe of one member, from ping to suspicion, and what it does to the prober's health. */

import { expect, test } from "vitest";
import {
  bytes, memberId, micros, start, viewOf, type Config, type Event, type Member, type State, type Versions,
} from "../../engine/index.ts";
import { memberlistCodec, type Codec } from "../../adapter/index.ts";
import { aMemberIn, aWorld, listen, stopAll } from "../adapter/member/group.ts";
import { ack, alive, aRecord, at, effectsAfter, hears, heldBy, ms, nack, newsAfter, pingReq, received, stateAfter, suspect, woke } from "../builders.ts";
import { aLanMember, claimText, deedsOf, lan, lines, live, local, nameAt, ofKind, toldIn, wan } from "./life.ts";

/** A member that has been accused so many times, and spoke up each time: each is a bad sign (rule 44). */
const unwell = (state: State, times: number): State =>
  Array.from({ length: times }, (_, life) => hears(1, suspect("a", "z", state.self.incarnation + life))).reduce((current: State, accusation) => stateAfter(current, accusation), state);

const targetOf = (state: State): string => state.probe.attempt?.target ?? "nobody";
/** Knows b to e, and has begun its first probe, of `targetOf`. */
const probing = (config: Partial<Config> = {}): State => stateAfter(aLanMember("a", { knows: ["b", "c", "d", "e"], config }), woke(1000));
/** The same, and waits for its relays. */
const asking = (config: Partial<Config> = {}): State => stateAfter(probing(config), woke(1500));
/** The same, and has failed: after so many nacks. */
const failing = (nacks: number): State => stateAfter(asking(), ...Array.from({ length: nacks }, () => received(1900, nack(1))), woke(2000));

test("rule 11: bad health stretches the time until a probe has failed, by score + 1, and not the time until relays are asked", () => {
  const { deeds } = live(unwell(aLanMember("a", { knows: ["b"] }), 3), 6000);
  expect(lines(deeds, / ping|suspected/).slice(0, 3)).toEqual(["1000 ping b", "1500 ping b over a stream", "5000 suspected b@1"]);
});

test("rule 12: a suspect is pinged with its suspicion and nothing else, anybody else with what there is to tell", () => {
  const news: Event = { kind: "asked-to-update", now: ms(990), meta: bytes("new") };
  const ofSuspect = live(aLanMember("a", { suspects: ["b"] }), 1000, [news]);
  expect(lines(ofSuspect.deeds, / ping/)).toEqual(["1000 ping b: suspect b@1 by a"]);
  expect(lines(live(aLanMember("a", { knows: ["b"] }), 1000, [news]).deeds, / ping/)).toEqual(["1000 ping b: alive a@2"]);
  const [sent] = ofKind(effectsAfter(aLanMember("a", { knows: ["b"] }), woke(1000)), "send");
  expect(sent?.message).toMatchObject({ kind: "ping", seq: 1, target: "b", source: "a", sourceAddress: at("a") });
});

test("rule 13: a ping that could not even be sent brings the relays at once, and the probe fails no sooner for it; any other failure to send ends the probe without consequences (ours takes that for a loss: relays are asked when it is time)", async () => {
  const target = targetOf(probing());
  const refused = live(stateAfter(probing(), { kind: "undeliverable", now: ms(1001), to: at(target) }), 2000);
  expect(lines(refused.deeds, /ping-req/).map((line) => Number.parseInt(line, 10))).toEqual([1001, 1001, 1001]);
  expect(lines(refused.deeds, /suspected/)).toEqual([`2000 suspected ${target}@1`]);
  const suspect = stateAfter(aLanMember("a", { suspects: ["b"] }), woke(1000), { kind: "undeliverable", now: ms(1001), to: at("b") });
  expect(lines(live(suspect, 1400).deeds, /stream/), "a suspect's as well").toEqual(["1001 ping b over a stream"]);
  // Of what fails otherwise the engine hears nothing.
  const lost = live(probing(), 2000);
  expect(lines(lost.deeds, /ping-req/).map((line) => Number.parseInt(line, 10))).toEqual([1500, 1500, 1500]);
  expect([lines(lost.deeds, /suspected/), lost.state.health], "three nacks are missing").toEqual([[`2000 suspected ${target}@1`], 3]);
  // A member that cannot write its pings: whoever it cannot ask itself is asked by relays, and nobody is accused.
  const world = aWorld();
  const plain = memberlistCodec();
  const encode: Codec["encode"] = (message, version) => {
    if (message.kind === "ping") throw new Error("no ink");
    return plain.encode(message, version);
  };
  const a = await aMemberIn(world, "a", { preset: "memberlist-lan", codec: { ...plain, encode } });
  const others = [await aMemberIn(world, "b", { preset: "memberlist-lan", seeds: [a.address] }), await aMemberIn(world, "c", { preset: "memberlist-lan", seeds: [a.address] })];
  await world.pass(2);
  const heard = listen(a);
  await world.pass(10);
  expect(a.stats().sent["ping-req"]?.count).toBeGreaterThan(5);
  expect(new Set(heard)).toEqual(new Set(["error no ink"]));
  await stopAll([a, ...others]);
});

test("rule 14: an ack before `askRelaysAfter` ends the probe: the application hears how long it took and what came with it, and our health improves", () => {
  const member = stateAfter(unwell(aLanMember("a", { knows: ["b"], config: { roundTrips: "announced" } }), 2), woke(1000));
  const answer = received(1020, { ...ack(1), payload: bytes("hello") });
  const [announced] = ofKind(effectsAfter(member, answer), "announce");
  expect(announced?.change).toEqual({ kind: "answered", target: memberId("b"), roundTrip: micros(20_000), payload: bytes("hello") });
  const answered = stateAfter(member, answer);
  expect(answered.health).toBe(1);
  expect(lines(live(answered, 1999).deeds, /ping|suspected/)).toEqual([]);
});

const withVersions = (name: string, versions: Versions): Member => ({ ...aRecord(name), versions });
/** A member of the LAN that knows these, at 1000 ms. */
const among = (...members: readonly Member[]): State =>
  stateAfter(start({ config: lan, id: memberId("a"), address: at("a"), now: ms(0), seed: 1, view: viewOf(members) }), woke(1000));

test("rule 15: then relays are asked, under the same seq: up to `relays` who are alive, suspects not among them, and a nack of each that knows what it is", () => {
  const state = stateAfter(among(withVersions("b", [1, 3, 2, 0, 0, 0]), aRecord("c"), aRecord("d"), aRecord("e")), hears(1450, suspect("e", "z")));
  const target = targetOf(state);
  expect(["c", "d"], "so that b is asked").toContain(target);
  const requests = ofKind(effectsAfter(state, woke(1500)), "send");
  expect(requests.map(({ to }) => nameAt(to)).toSorted()).toEqual(["b", target === "c" ? "d" : "c"]);
  for (const { to, message } of requests) {
    expect(message).toMatchObject({ kind: "ping-req", seq: 1, target, targetAddress: at(target), source: "a", sourceAddress: at("a"), wantsNack: nameAt(to) !== "b" });
    expect(message.gossip.map(claimText), "news rides along").toEqual(["suspect e@1 by z"]);
  }
  expect(stateAfter(state, woke(1500)).probe.attempt?.nacksWanted).toBe(1);
});

test("rule 16: at the same time it is pinged over a stream, if it knows how and we may; what comes after the probe has failed is too late (when to give up the stream is the driver's)", () => {
  const streams = (state: State): readonly string[] => deedsOf(ofKind(effectsAfter(state, woke(1500)), "exchange"));
  const target = targetOf(probing());
  expect(streams(probing())).toEqual([`ping ${target} over a stream`]);
  expect(streams(probing({ streamPing: "off" }))).toEqual([]);
  expect(streams(among(withVersions("b", [1, 2, 2, 0, 0, 0])))).toEqual([]);
  const late = stateAfter(asking(), woke(2000), { kind: "exchange-answered", now: ms(2001), from: at(target), message: ack(1) });
  expect([heldBy(late, target), late.oddities.unexpectedAnswers]).toEqual(["suspect@1", 1]);
});

test("rule 17: an ack that comes until the probe fails, late or by way of a relay, ends it as well, but tells the application no round trip", () => {
  const state = asking({ roundTrips: "announced" });
  const answer = received(1999, ack(1));
  expect(newsAfter(state, answer)).toEqual([]);
  expect([stateAfter(state, answer).probe.attempt, stateAfter(unwell(state, 3), answer).health]).toEqual([null, 2]);
  const withoutRelays = stateAfter(aLanMember("a", { knows: ["b"], config: { roundTrips: "announced" } }), woke(1000), woke(1500));
  expect(newsAfter(withoutRelays, answer)).toEqual([]);
});

test("rule 18: whoever answered over the stream alone is not suspected; the application is warned that datagrams are lost, and our health improves", () => {
  const target = targetOf(probing());
  const state = stateAfter(unwell(asking(), 2), { kind: "exchange-answered", now: ms(1600), from: at(target), message: ack(1) });
  expect(newsAfter(state, woke(2000)), "not before all datagrams had their time").toEqual([`datagrams-lost ${target}@1`]);
  const ended = stateAfter(state, woke(2000));
  expect([heldBy(ended, target), ended.health]).toEqual(["alive@1", 1]);
});

test("rule 19: else it has failed, which costs one in health for each nack that is missing, or one if none was promised, and makes the target suspect under the incarnation it had when the probe began", () => {
  expect([0, 1, 2, 3].map((nacks) => failing(nacks).health)).toEqual([3, 2, 1, 0]);
  expect(stateAfter(aLanMember("a", { knows: ["b"] }), woke(1000), woke(1500), woke(2000)).health).toBe(1);
  const target = targetOf(probing());
  expect(heldBy(failing(0), target)).toBe("suspect@1");
  expect(toldIn(live(failing(0), 2300).deeds.map(({ effect }) => effect))).toContain(`suspect ${target}@1 by a`);
  expect(heldBy(stateAfter(asking(), hears(1700, alive(target, 2)), woke(2000)), target), "it has spoken since").toBe("alive@2");
});

test("rule 20: health stays between 0 and 7 (`healthMax`): better with each probe that is answered, worse with each that fails and with each refutation", () => {
  expect(unwell(aLanMember("a"), 12).health).toBe(7);
  const answered = (state: State): State => stateAfter(state, received(1010, ack(1)));
  expect(answered(unwell(probing(), 7)).health).toBe(6);
  expect(answered(probing()).health).toBe(0);
  expect(failing(0).health).toBe(3);
  expect([lan, wan, local].map(({ healthMax }) => healthMax)).toEqual([7, 7, 7]);
});

test("rule 21: a relay's nack comes `nackAfter` after the request, which with LAN and WAN numbers is just too late to count (with Local numbers, and with ours, it is in time)", () => {
  expect(healthAfterSilence(lan)).toBe(1);
  expect(healthAfterSilence(wan)).toBe(1);
  expect(healthAfterSilence(local)).toBe(0);
  expect(healthAfterSilence({ ...lan, nackAfter: micros(400_000) })).toBe(0);
});

/** Our health once a first probe has failed that one relay tried as well, a millisecond away. */
function healthAfterSilence(config: Config): number {
  const [period, direct] = [config.periodEvery / 1000, config.askRelaysAfter / 1000];
  const prober = stateAfter(aLanMember("a", { knows: ["b", "c"], config }), woke(period), woke(period + direct));
  const target = targetOf(prober);
  const relay = aLanMember(target === "b" ? "c" : "b", { config: { ...config, periodEvery: micros(1e9) } });
  const request = received(period + direct + 1, pingReq("a", target, 1, true));
  const nacks = live(relay, 3 * period + 1, [request]).deeds.flatMap(({ at: moment, effect }) => (effect.kind === "send" && effect.message.kind === "nack" ? [received(moment + 1, effect.message)] : []));
  expect(nacks).toHaveLength(1);
  return live(prober, 2 * period, nacks).state.health;
}

