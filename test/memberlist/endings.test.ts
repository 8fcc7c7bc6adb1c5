/** memberlist's rules 44 to 55: refuting, dying, leaving, speaking of oneself anew, and exchanging views. */

import { expect, test } from "vitest";
import {
  bytes, exchangeId, find, memberId, membersOf, start, viewOf, type Config, type Event, type Member, type PushPull, type State, type Versions,
} from "../../engine/index.ts";
import { lookUp } from "../../engine/words/agenda.ts";
import { after, alive, aRecord, at, dead, effectsAfter, hears, heldBy, idsOf, left, ms, newsAfter, ping, pushPull, received, stateAfter, suspect, woke } from "../builders.ts";
import { aMemberIn, aWorld, namesOf, stopAll } from "../adapter/member/group.ts";
import { acked, aLanMember, crowd, deedsOf, lan, lines, live, ofKind, toldIn } from "./life.ts";

/** What it tells in the following half second. */
const tells = (state: State): readonly string[] => [...new Set(toldIn(live(state, 500).deeds.map(({ effect }) => effect)))];
const leave = (now: number): Event => ({ kind: "asked-to-leave", now: ms(now) });

/** A peer, b, opens a stream and sends its view. */
const offered = (message: PushPull, now = 10): Event => ({ kind: "exchange-opened", now: ms(now), from: at("b"), exchange: exchangeId(1), message });
const offers = (...records: readonly Member[]): Event => offered(pushPull(false, ...records));

test("rule 44: to refute is to speak up with the next incarnation, or the one above that accused; it costs one in health, and everything else we say of ourselves stays (ours believes no accusation that cannot be outdone)", () => {
  const member = aLanMember("a", { knows: ["b"], life: 3, meta: "mine" });
  const refuted = stateAfter(member, hears(1, suspect("a", "b", 3)));
  expect([refuted.self, refuted.health]).toEqual([aRecord("a", { life: 4, meta: "mine" }), 1]);
  expect(tells(refuted)).toEqual(["alive a@4"]);
  expect(heldBy(stateAfter(member, hears(1, dead("a", "b", 70))), "a")).toBe("alive@71");
  const greatest = 4_294_967_295;
  expect(heldBy(stateAfter(member, hears(1, dead("a", "b", greatest - 1))), "a")).toBe(`alive@${greatest}`);
  const unmoved = stateAfter(member, hears(1, dead("a", "b", greatest)));
  expect([heldBy(unmoved, "a"), unmoved.oddities.unanswerable], "memberlist's answer would be 0").toEqual(["alive@3", 1]);
});

test("rule 45: nobody dies who is unknown, has spoken since, or is gone already; whoever dies is no longer under suspicion", () => {
  const member = aLanMember("a", { knows: ["b"], suspects: ["c"], mourns: ["d"], misses: ["e"] });
  expect(heldBy(stateAfter(member, hears(1, dead("x", "b", 9))), "x")).toBeUndefined();
  expect(heldBy(stateAfter(member, hears(1, alive("b", 2), dead("b", "c", 1))), "b")).toBe("alive@2");
  expect(newsAfter(member, hears(1, left("d", 5), dead("e", "b", 5), dead("d", "b", 5)))).toEqual([]);
  expect(stateAfter(member, hears(1, dead("c", "b", 1))).suspicions).toBeNull();
});

test("rule 46: of our own death we hear as of an accusation, unless we are leaving: then it is our farewell that is told", () => {
  const member = aLanMember("a", { knows: ["b"] });
  expect(newsAfter(member, hears(1, dead("a", "b", 1)))).toEqual(["refuted a@2"]);
  expect(newsAfter(member, hears(1, left("a", 1))), "even in our own name").toEqual(["refuted a@2"]);
  expect(tells(stateAfter(member, leave(10)))).toEqual(["left a@1 by a"]);
});

test("rule 47: else it is told on as it came and held under the incarnation said: as gone by its own word if its accuser is itself, as dead if not", () => {
  const member = aLanMember("a", { knows: ["b", "c"] });
  const bereaved = stateAfter(member, hears(1, dead("b", "c", 4)));
  expect([heldBy(bereaved, "b"), tells(bereaved), newsAfter(member, hears(1, dead("b", "c", 4)))]).toEqual(["dead@4", ["dead b@4 by c"], ["failed b@4"]]);
  const missing = stateAfter(member, hears(1, left("b", 4)));
  expect([heldBy(missing, "b"), tells(missing), newsAfter(member, hears(1, left("b", 4)))]).toEqual(["left@4", ["left b@4 by b"], ["left b@4"]]);
});

test("rule 48: more evidence of a death does not raise the incarnation that is held, so that an old alive in between revives the dead (not where `precedence` is total)", () => {
  const revived = (config: Partial<Config>): string | undefined =>
    heldBy(stateAfter(aLanMember("a", { mourns: ["b"], config }), hears(1, dead("b", "c", 5)), hears(2, alive("b", 3))), "b");
  expect([revived({}), revived({ precedence: "total" })]).toEqual(["alive@3", "dead@5"]);
});

test("rule 49: leaving is dying by one's own word; whoever leaves waits until that was told often enough, or for so long, or not at all where nobody is left, and goes on answering (ours then stops); the departed are not told, probed, or asked to relay", () => {
  const member = aLanMember("a", { knows: ["b", "c"] });
  const { deeds } = live(stateAfter(member, leave(10)), 3000, [received(20, ping("b", "a", 5))], acked);
  expect(lines(deeds, /ack|departed/)).toEqual(["20 ack b: left a@1 by a", "400 departed a@1"]);
  const unheard = live(stateAfter(aLanMember("a", { knows: ["b"], config: { gossipEvery: lan.reclaimAfter } }), leave(10)), 9000, [], acked);
  expect(lines(unheard.deeds, /departed/), "its probes told it four times").toEqual(["4000 departed a@1"]);
  const mute = aLanMember("a", { knows: ["b"], config: { gossipEvery: lan.reclaimAfter, periodEvery: lan.syncEvery } });
  expect(lines(live(stateAfter(mute, leave(10)), 9000).deeds, /departed/), "`lingerFor`").toEqual(["5010 departed a@1"]);
  expect(newsAfter(aLanMember("a", { mourns: ["b"] }), leave(10))).toEqual(["departed a@1"]);
  const widow = live(stateAfter(aLanMember("a", { knows: ["b"], misses: ["c", "d"] }), hears(1, alive("b", 2))), 4000, []);
  expect(lines(widow.deeds, / [cd]\b/), "b does not answer, and there is news").toEqual([]);
});

test("rule 50: news of ourselves is told under the next incarnation (ours only if it is news; when it has been told is not announced)", () => {
  const update = (meta: string): Event => ({ kind: "asked-to-update", now: ms(10), meta: bytes(meta) });
  const member = aLanMember("a", { knows: ["b"], life: 3, meta: "old" });
  const updated = stateAfter(member, update("new"));
  expect([updated.self, tells(updated), updated.health]).toEqual([aRecord("a", { life: 4, meta: "new" }), ["alive a@4"], 0]);
  expect(stateAfter(member, update("old"))).toBe(member);
});

test("rule 51: views are exchanged as they were before, everybody in them: whoever is asked answers first, and learns then (ours of what differs alone: that both suspect somebody confirms nothing)", () => {
  const member = aLanMember("a", { knows: ["b"], suspects: ["c"], mourns: ["d"], misses: ["e"] });
  const [state, effects] = after(member, offers(aRecord("b"), aRecord("x"), aRecord("c", { status: "suspect" })));
  expect(deedsOf(effects)).toEqual(["push-pull on stream 1", "joined x@1"]);
  const [answer] = ofKind(effects, "answer");
  expect(answer?.message).toMatchObject({ join: false, view: member.view });
  expect([heldBy(state, "x"), lookUp(state.suspicions, memberId("c"))?.confirmedBy]).toEqual(["alive@1", []]);
  const [sent] = ofKind(effectsAfter(member, woke(member.sync.syncAt / 1000)), "exchange");
  expect(sent?.message.kind === "push-pull" && idsOf(membersOf(sent.message.view)).toSorted()).toEqual(["a", "b", "c", "d", "e"]);
});

test("rule 52: a view is refused whole if anybody, here or there, speaks a version that not all the alive understand; the other side does not hear of it", () => {
  const speaks = (name: string, versions: Versions, status: Member["status"] = "alive"): Member => ({ ...aRecord(name, { status }), versions });
  const isTaken = (...theirs: readonly Member[]): boolean => {
    const [state, effects] = after(aLanMember("a", { knows: ["b"] }), offers(...theirs, aRecord("x")));
    expect(deedsOf(effects)[0], "answered in any case").toBe("push-pull on stream 1");
    expect(state.oddities.incompatible).toBe(heldBy(state, "x") === undefined ? 1 : 0);
    return heldBy(state, "x") !== undefined;
  };
  expect(isTaken(speaks("y", [1, 5, 2, 0, 0, 0]))).toBe(true);
  expect(isTaken(speaks("y", [3, 5, 3, 0, 0, 0])), "we speak 2").toBe(false);
  expect(isTaken(speaks("y", [1, 1, 1, 0, 0, 0])), "understands no 2").toBe(false);
  expect(isTaken(speaks("y", [1, 6, 6, 0, 0, 0])), "we understand no 6").toBe(false);
  expect(isTaken(speaks("y", [1, 6, 6, 0, 0, 0], "dead")), "not even of the dead").toBe(false);
  expect(isTaken(speaks("y", [3, 5, 3, 0, 0, 0], "dead")), "but the dead need not understand us").toBe(true);
  expect(isTaken(speaks("y", [3, 5, 3, 0, 0, 0], "suspect")), "nor suspects").toBe(true);
  expect(isTaken(speaks("y", [1, 5, 2, 2, 5, 4])), "the same for the application's versions").toBe(false);
  expect(isTaken(speaks("y", [0, 0, 0, 0, 0, 0])), "who names no version").toBe(false);
});

test("rule 53: of another's view, alive and gone count as said; dead and suspect make us suspect, in our own name; then the application gets what its peer added (a veto on joining is the doorkeeper's, before the engine)", () => {
  const member = aLanMember("a", { knows: ["b", "c", "d", "e"] });
  const theirs = [aRecord("b", { life: 2, meta: "new" }), aRecord("c", { status: "left" }), aRecord("d", { status: "dead" }), aRecord("e", { status: "suspect" })];
  const message: PushPull = { ...pushPull(true, ...theirs), userState: bytes("clock") };
  const state = stateAfter(member, offered(message));
  expect(["b", "c", "d", "e"].map((name) => heldBy(state, name))).toEqual(["alive@2", "left@1", "suspect@1", "suspect@1"]);
  expect(lookUp(state.suspicions, memberId("d"))?.by).toBe("a");
  const announced = ofKind(effectsAfter(member, offered(message)), "announce").map(({ change }) => change);
  expect(announced.at(-1)).toEqual({ kind: "state", userState: "clock", from: at("b"), join: true });
  expect(announced.length).toBe(5);
  expect(heldBy(stateAfter(member, offers(aRecord("a", { status: "dead" }))), "a"), "of ourselves").toBe("alive@2");
});

test("rule 54: so nobody learns of the dead, departed or suspect that it did not know (`strangers: ignore`)", () => {
  const answered: Event = { kind: "exchange-answered", now: ms(20), from: at("b"), message: pushPull(false, aRecord("b"), aRecord("c", { status: "dead" }), aRecord("d", { status: "left" }), aRecord("e", { status: "suspect" })) };
  const newcomer = start({ config: lan, id: memberId("a"), address: at("a"), now: ms(0), seed: 1 });
  const joined = stateAfter(newcomer, { kind: "asked-to-join", now: ms(10), seeds: [at("b")] }, answered);
  expect(["b", "c", "d", "e"].map((name) => find(joined.view, memberId(name))?.status)).toEqual(["alive", undefined, undefined, undefined]);
  expect(viewOf([joined.self, aRecord("b")])).toEqual(joined.view);
});

test("rule 55: views are exchanged with a random member that is alive; a newcomer calls its seeds (ours all at once), and one that answers is enough: to join is an error only if none does", async () => {
  const partners = crowd(30).map((_, seed) => {
    const member = aLanMember("a", { knows: ["b", "c"], suspects: ["d"], mourns: ["e"], misses: ["f"], seed });
    return lines(live(member, 60_000, [hears(29_000, alive("d", 2), suspect("d", "b", 2))], acked).deeds, /push-pull/)[0]?.split(" ")[2];
  });
  expect(new Set(partners)).toEqual(new Set(["b", "c"]));
  const newcomer = aLanMember("a");
  const join: Event = { kind: "asked-to-join", now: ms(10), seeds: [at("b"), at("a"), at("c")] };
  expect(deedsOf(effectsAfter(newcomer, join))).toEqual(["push-pull b over a stream", "push-pull c over a stream"]);
  expect(ofKind(effectsAfter(newcomer, join), "exchange").every(({ message }) => message.kind === "push-pull" && message.join)).toBe(true);
  const joined = stateAfter(newcomer, join, { kind: "exchange-answered", now: ms(30), from: at("c"), message: pushPull(true, aRecord("c"), aRecord("b")) });
  expect([joined.sync.joining, heldBy(joined, "b"), heldBy(joined, "c")]).toEqual(["not", "alive@1", "alive@1"]);
  const unanswered = live(stateAfter(newcomer, join), 60_000);
  expect([unanswered.state.sync.joining, lines(unanswered.deeds, /push-pull/)], "to the engine, who is not answered still asks; it calls nobody again").toEqual(["asking", []]);
  // Who counts the answers is the driver.
  const world = aWorld();
  const [one, other] = [await aMemberIn(world, "one", { preset: "memberlist-lan" }), await aMemberIn(world, "other", { preset: "memberlist-lan" })];
  const nowhere = ["10.9.9.9:7946", "10.9.9.8:7946"];
  await expect(world.until(other.join(nowhere))).rejects.toMatchObject({ code: "join-failed", message: expect.stringMatching(/10\.9\.9\.9.*10\.9\.9\.8/) });
  expect(await world.until(other.join([...nowhere, one.address]))).toBe(1);
  expect([namesOf(one), namesOf(other)]).toEqual([["one", "other"], ["one", "other"]]);
  await stopAll([one, other]);
});
