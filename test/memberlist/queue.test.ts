/** memberlist's rules 58 to 64: what waits to be told, how often, in what order and how much at once; and the order in which what comes in is heard. */

import { expect, test } from "vitest";
import {
  bytes, COMPOUND_HEAD, COMPOUND_PART, memberId, sizeOfClaim, sizeOfMessage, type Datagram, type Event, type State,
} from "../../engine/index.ts";
import { lookUp } from "../../engine/words/agenda.ts";
import { ack, alive, at, effectsAfter, hears, heldBy, ms, newsAfter, ping, pingReq, received, stateAfter, suspect, woke } from "../builders.ts";
import { aLanMember, crowd, deedsOf, lan, lines, live, ofKind, toldIn } from "./life.ts";

/** What rides on each of so many acks in turn. */
function onAcks(state: State, times: number): readonly (readonly string[])[] {
  let current = state;
  return Array.from({ length: times }, () => {
    const asked = received(20, ping("b", "a", 1));
    const effects = effectsAfter(current, asked);
    current = stateAfter(current, asked);
    return toldIn(effects);
  });
}

const update = (now: number, meta: string): Event => ({ kind: "asked-to-update", now: ms(now), meta: bytes(meta) });
const broadcast = (payload: string, key: string): Event => ({ kind: "asked-to-broadcast", now: ms(1), payload: bytes(payload), key, priority: "normal" });
const datagrams = (state: State, event: Event): readonly Datagram[] => ofKind(effectsAfter(state, event), "send").map(({ message }) => message);

test("rule 58: everything is told `tellMult` times ⌈log₁₀(n + 1)⌉ times, n being the group when it is told", () => {
  const table = [[1, 4], [9, 4], [10, 8], [11, 8], [64, 8], [99, 8], [100, 12], [512, 12], [1000, 16], [10_000, 20]] as const;
  for (const [size, limit] of table) {
    const state = stateAfter(aLanMember("a", { knows: crowd(size - 1) }), update(1, "new"));
    expect(onAcks(state, 30).filter((claims) => claims.length > 0), `${size} members`).toHaveLength(limit);
  }
  const grown = stateAfter(aLanMember("a", { knows: crowd(8) }), update(1, "new"), hears(2, alive("x")));
  expect(onAcks(grown, 30).filter((claims) => claims.includes("alive a@2")), "9 members when it was queued, 10 when it is told").toHaveLength(8);
});

test("rule 59: what is new of a member takes the place of what was told of it before; words of the application with a key likewise, without one never (ours keeps refutations under the name as well)", () => {
  const member = aLanMember("a", { knows: ["b", "c"] });
  const queued = stateAfter(member, hears(1, suspect("b", "c")), hears(2, alive("b", 2)), update(3, "new"), hears(4, suspect("a", "c", 2)));
  expect(onAcks(queued, 4)).toEqual(Array.from({ length: 4 }, () => ["alive a@3", "alive b@2"]));
  expect(onAcks(queued, 5).at(-1)).toEqual([]);
  const spoken = stateAfter(member, broadcast("one", "k"), broadcast("two", "k"), broadcast("three", ""), broadcast("four", ""));
  expect(datagrams(spoken, received(20, ping("b", "a", 1)))[0]?.userMessages.toSorted()).toEqual(["four", "three", "two"]);
});

test("rule 60: what was told least goes first; of that the longest, of those the newest (where all fits, the order within the datagram is by length alone)", () => {
  const member = aLanMember("a", { knows: ["b", "c", "d", "e"], config: { claimsLimit: 1 } });
  const queued = stateAfter(member, hears(1, alive("b", 2, "short")), hears(2, alive("c", 2, "much longer")), hears(3, alive("d", 2, "brief")));
  const order = ["alive c@2", "alive d@2", "alive b@2"];
  expect(onAcks(queued, 6).flat()).toEqual([...order, ...order]);
  const late = stateAfter(queued, received(20, ping("b", "a", 1)), hears(21, alive("e", 2)));
  expect(onAcks(late, 4).flat()).toEqual(["alive d@2", "alive b@2", "alive e@2", "alive c@2"]);
});

test("rule 61: of each so often told, the longest that still fits is taken, and the next, then of those told once more; nothing twice in one datagram, and nothing beyond its limit (ours does not queue what no datagram can carry)", () => {
  const member = aLanMember("a", { knows: ["b", "c", "d"], config: { datagramBudget: 300 } });
  const told = stateAfter(member, hears(1, suspect("d", "c")), received(2, ping("b", "a", 1)));
  const queued = stateAfter(told, hears(3, alive("b", 2, "x".repeat(140)), alive("c", 2, "x".repeat(90))));
  expect(onAcks(queued, 5)).toEqual([["alive b@2", "suspect d@1 by c"], ["alive c@2", "suspect d@1 by c"], ["alive b@2", "suspect d@1 by c"], ["alive c@2"], ["alive b@2"]]);
  const giant = stateAfter(member, hears(1, alive("b", 2, "x".repeat(300))));
  expect([heldBy(giant, "b"), onAcks(giant, 1)]).toEqual(["alive@2", [[]]]);
});

test("rule 62: a datagram holds `datagramBudget` bytes, of which a compound takes two, and two for each part; the application's words get what claims leave (ours counts the message itself as a part, which memberlist forgets; labels and encryption are the driver's to subtract)", () => {
  const claims = ["b", "c", "d"].map((name) => suspect(name, "z"));
  const part = COMPOUND_PART + sizeOfClaim(suspect("b", "z"));
  const full = COMPOUND_HEAD + COMPOUND_PART + sizeOfMessage(ack(1)) + 3 * part;
  const accusing = (datagramBudget: number, ...words: readonly Event[]): State =>
    stateAfter(aLanMember("a", { knows: ["b", "c", "d", "e"], config: { datagramBudget } }), hears(1, ...claims), ...words);
  const acked = (state: State) => ofKind(effectsAfter(state, received(20, ping("e", "a", 1))), "send")[0];
  expect([acked(accusing(full))?.message.gossip.length, acked(accusing(full))?.size]).toEqual([3, full]);
  expect(acked(accusing(full - 1))?.message.gossip.length, "memberlist would send one or two bytes more than the budget").toBe(2);
  const gossip = (state: State) => ofKind(effectsAfter(state, woke(200)), "send")[0];
  expect(gossip(accusing(COMPOUND_HEAD + 3 * part))).toMatchObject({ size: COMPOUND_HEAD + 3 * part });
  expect(gossip(accusing(COMPOUND_HEAD + 3 * part - 1))?.message.gossip).toHaveLength(2);
  const spoken = (datagramBudget: number): readonly string[] => acked(accusing(datagramBudget, broadcast("word", "")))?.message.userMessages ?? [];
  expect([spoken(full + 3 + 4), spoken(full + 3 + 3)], "three bytes each beside themselves").toEqual([["word"], []]);
  expect([lan.datagramBudget, lan.broadcastShare]).toEqual([1400, 0]);
});

test("rule 63: every ping, ack, nack and ping-req takes news along; a suspect's ping and a word from application to application do not", () => {
  const member = stateAfter(aLanMember("a", { knows: ["b", "c"] }), received(900, pingReq("c", "x", 9, true)), update(990, "new"));
  const { deeds } = live(member, 1600, [received(1001, ping("c", "a", 3)), update(1390, "newer"), update(1490, "newest")]);
  for (const kind of ["ping", "ack", "nack", "ping-req"]) expect(lines(deeds, new RegExp(` ${kind} .*: alive a@`)), kind).not.toEqual([]);
  const suspicious = stateAfter(aLanMember("a", { suspects: ["b"] }), update(990, "new"));
  expect(lines(live(suspicious, 1000).deeds, / ping/)).toEqual(["1000 ping b: suspect b@1 by a"]);
  const word: Event = { kind: "asked-to-send", now: ms(995), to: at("b"), payload: bytes("psst"), over: "datagram" };
  expect(datagrams(suspicious, word)).toEqual([{ kind: "gossip", gossip: [], userMessages: ["psst"] }]);
});

test("rule 64: of a datagram the question or answer is heard first, then who is alive, then everything else, each the last first (ours hears the application's words at the end, in order; how much may wait unheard is the driver's)", () => {
  const member = aLanMember("a", { knows: ["b", "c", "d"] });
  expect(deedsOf(effectsAfter(member, received(10, ping("b", "a", 1, alive("c", 2)))))[0], "the ack does not carry it yet").toBe("ack b");
  expect(heldBy(stateAfter(member, hears(10, suspect("b", "c"), alive("b", 2))), "b"), "the accusation comes too late").toBe("alive@2");
  expect(newsAfter(member, hears(10, alive("b", 2, "new"), alive("b", 3, "newer")))).toEqual(["updated b@3"]);
  const accused = stateAfter(aLanMember("a", { knows: ["b", "c", "d", "e"] }), hears(10, suspect("b", "c"), suspect("b", "d")));
  expect(lookUp(accused.suspicions, memberId("b"))).toMatchObject({ by: "d", confirmedBy: ["c"] });
  const mixed = received(10, { kind: "gossip", gossip: [suspect("b", "c"), alive("c", 2, "new")], userMessages: [bytes("one"), bytes("two")] });
  expect(newsAfter(member, mixed)).toEqual(["updated c@2", "suspected b@1", "message", "message"]);
  const heard = ofKind(effectsAfter(member, mixed), "announce").flatMap(({ change }) => (change.kind === "message" ? [change.payload] : []));
  expect(heard).toEqual(["one", "two"]);
});

