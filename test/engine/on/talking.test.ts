/** What applications say to one another through us: broadcasts, words to one member, and what is attached to acks and views. */

import { describe, expect, test } from "vitest";
import { bytes, exchangeId, milliseconds, NEVER, nextWake, type Bytes, type Config, type Datagram, type Effect, type Event, type Priority, type State } from "../../../engine/index.ts";
import { rumoursWaiting } from "../../../engine/rules/dissemination.ts";
import { AUTHORS, signed } from "../../../engine/words/authors.ts";
import { broadcastsWaiting } from "../../../engine/rules/mail.ts";
import {
  ack, after, alive, aMember, answered, aRecord, at, dead, effectsAfter, hears, ms, newsAfter, nack, opened, ping, pingReq, pushPull, received, stateAfter, woke,
} from "../../builders.ts";

const words = (...said: readonly string[]): readonly Bytes[] => said.map(bytes);
/** As Serf would have it: memberlist carries the words, and relays nothing. */
const plainly: Partial<Config> = { broadcastRelay: "off" };
const me = (config: Partial<Config> = {}): State => aMember("a", { knows: ["b", "c"], config });
const tellAll = (now: number, payload: string, key = "", priority: Priority = "normal"): Event =>
  ({ kind: "asked-to-broadcast", now: ms(now), payload: bytes(payload), key, priority });
const tellOne = (now: number, payload: string, over: "datagram" | "stream" = "datagram"): Event =>
  ({ kind: "asked-to-send", now: ms(now), to: at("b"), payload: bytes(payload), over });
const attach = (now: number, toAcks: string, toViews: string): Event => ({ kind: "asked-to-attach", now: ms(now), toAcks: bytes(toAcks), toViews: bytes(toViews) });
/** What comes in with this riding on it. */
const bearing = (now: number, ...said: readonly string[]): Event => received(now, { kind: "gossip", gossip: [], userMessages: words(...said) });
/** The broadcasts of a member, from its first on, as they are told. */
const ours = (state: State, ...said: readonly string[]): readonly Bytes[] => said.map((word, k) => bytes(`b${signed({ author: state.mail.mark, number: k + 1 }, bytes(word))}`));
/** Another's. */
const theirs = (word: string, number = 1): Bytes => bytes(`b${signed({ author: bytes("theirs"), number }, bytes(word))}`);
/** What rides on the ack to a ping. */
const spoken = (state: State, now = 500): readonly Bytes[] => effectsAfter(state, received(now, ping("b", "a", 1))).flatMap((effect) => (effect.kind === "send" ? effect.message.userMessages : []));
const heard = (effects: readonly Effect[]): readonly Bytes[] =>
  effects.flatMap((effect) => (effect.kind === "announce" && effect.change.kind === "message" ? [effect.change.payload] : []));

describe("a broadcast of our application's", () => {
  test("rides on whatever we send next, as often as any news is told, and is not announced to ourselves", () => {
    let [state, effects] = after(me(), tellAll(10, "hello"));
    expect(effects).toEqual([]);
    for (let time = 1; time <= 4; time++) {
      [state, effects] = after(state, received(20 * time, ping("b", "a", time)));
      expect(effects, `time ${time}`).toMatchObject([{ kind: "send", to: at("b"), message: { kind: "ack", userMessages: ours(me(), "hello") } }]);
    }
    expect([broadcastsWaiting(state.mail), spoken(state)]).toEqual([0, []]);
  });

  test("is signed where that is our business, and goes as it was written where it is not", () => {
    expect([spoken(stateAfter(me(), tellAll(10, "hello"))), spoken(stateAfter(me(plainly), tellAll(10, "hello")))]).toEqual([ours(me(), "hello"), ["hello"]]);
  });

  test("is another each time, whatever it says", () => {
    expect(spoken(stateAfter(me(), tellAll(10, "hello"), tellAll(20, "hello")))).toEqual(ours(me(), "hello", "hello").toReversed());
  });

  test("is told between probes too", () => {
    const state = stateAfter(me({ gossipEvery: milliseconds(200) }), tellAll(10, "hello"));
    expect(nextWake(state)).toBe(ms(200));
    // A word alone goes bare: its type, and itself.
    expect(effectsAfter(state, woke(200))).toMatchObject([1, 2].map(() => ({ message: { kind: "gossip", gossip: [], userMessages: ours(me(), "hello") }, size: 14 })));
  });

  test("that comes back to us is not heard again", () => {
    expect(heard(effectsAfter(stateAfter(me(), tellAll(10, "hello")), bearing(20, ...ours(me(), "hello"))))).toEqual([]);
  });

  test("waits behind more urgent ones, and takes the place of what was said under its key", () => {
    const state = stateAfter(
      me(), tellAll(10, "dust", "", "bulk"), tellAll(11, "one", "k"), tellAll(12, "fire", "", "urgent"), tellAll(13, "two", "k"), tellAll(14, "rest"),
    );
    const [dust, , fire, two, rest] = ours(me(), "dust", "one", "fire", "two", "rest");
    expect(spoken(state)).toEqual([fire, rest, two, dust]);
  });

  test("too long for any datagram is counted, and not taken", () => {
    for (const config of [{}, plainly]) {
      const long = "x".repeat(1_400);
      expect(stateAfter(me(config), tellAll(10, long))).toEqual({ ...me(config), oddities: { ...me(config).oddities, oversized: 1 } });
    }
  });

  test("as long as can be still leaves us some day, and one byte more is not taken", () => {
    // 1400 less the compound's head, its two parts' lengths, an ack of the longest seq, the word's own type byte and mark, and a signature of six bytes and a number.
    const longest = 1400 - 2 - 2 - 2 - 22 - 1 - 1 - 7;
    expect(broadcastsWaiting(stateAfter(me(), tellAll(10, "x".repeat(longest + 1))).mail)).toBe(0);
    const state = stateAfter(me(), tellAll(10, "x".repeat(longest)));
    expect(broadcastsWaiting(state.mail)).toBe(1);
    expect(spoken(state)).toHaveLength(1);
  });
});

describe("a broadcast that comes in", () => {
  test("is announced, and told on; but only once each, whoever brings it", () => {
    const [state, effects] = after(me(), bearing(10, theirs("hello")));
    expect(effects).toEqual([{ kind: "announce", change: { kind: "message", payload: "hello", from: at("y") } }]);
    expect(spoken(state)).toEqual([theirs("hello")]);
    const again = [bearing(20, theirs("hello")), received(30, { ...ack(9), userMessages: [theirs("hello"), theirs("hello")] })];
    for (const event of again) expect(heard(effectsAfter(state, event))).toEqual([]);
    expect(broadcastsWaiting(stateAfter(state, ...again).mail)).toBe(1);
    expect(heard(effectsAfter(state, bearing(40, theirs("hello", 2)))), "the same words, said again").toEqual(["hello"]);
  });

  test("comes back however many came meanwhile, and is still no news", () => {
    const state = stateAfter(me(), ...Array.from({ length: 3_000 }, (_, k) => bearing(10 + k, theirs(`word ${k}`, k + 1))));
    expect(heard(effectsAfter(state, bearing(4_000, theirs("word 0", 1))))).toEqual([]);
  });

  test("keeps its author remembered as long as copies of it come, however many other authors there are", () => {
    const word = (author: number): Bytes => bytes(`b${signed({ author: bytes(`a${author}`.padEnd(6)), number: 1 }, bytes("hello"))}`);
    const others = Array.from({ length: AUTHORS - 1 }, (_, k) => bearing(1_000, word(k + 1)));
    const full = stateAfter(me(), bearing(0, word(0)), ...others, bearing(30_000, word(0)));
    const [crowded, effects] = after(full, bearing(62_000, word(AUTHORS)));
    expect(heard(effects), "another takes the place of one that has been silent for a minute").toEqual(["hello"]);
    expect(heard(effectsAfter(crowded, bearing(63_000, word(0))))).toEqual([]);
  });

  test("without a signature is counted, and not heard", () => {
    expect(after(me(), bearing(10, "bhello"))).toEqual([{ ...me(), oddities: { ...me().oddities, unheard: 1 } }, []]);
  });

  test("is announced as often as it comes where it is the application's business, and not told on", () => {
    const state = stateAfter(me(plainly), bearing(10, "bhello"));
    expect(state).toEqual(me(plainly));
    expect(heard(effectsAfter(state, bearing(20, "bhello", "bhello")))).toEqual(words("bhello", "bhello"));
  });

  test.for<readonly [string, Datagram]>([
    ["a ping", ping("b", "a", 1)], ["an ack", ack(99)], ["a nack", nack(99)], ["a request to relay", pingReq("b", "c", 1)], ["gossip", { kind: "gossip", gossip: [], userMessages: [] }],
  ])("is heard on %s", ([, message]) => {
    expect(heard(effectsAfter(me(), received(10, { ...message, userMessages: [theirs("hello")] })))).toEqual(["hello"]);
  });

  test("is already in the ack to the ping that brought it; or is not, in memberlist's order", () => {
    const bringing = received(10, { ...ping("b", "a", 1), userMessages: [theirs("hello")] });
    const [newsFirst, answerFirst] = (["news", "answer"] as const).map((hearFirst) => effectsAfter(me({ hearFirst }), bringing));
    expect(newsFirst).toMatchObject([{ kind: "announce" }, { kind: "send", message: { userMessages: [theirs("hello")] } }]);
    expect(answerFirst).toMatchObject([{ kind: "send", message: { userMessages: [] } }, { kind: "announce" }]);
  });

  test("may be one too many: then the one that would be told last is given up, and that is announced", () => {
    const many = Array.from({ length: 4_096 }, (_, nth) => `${nth}`);
    const full = stateAfter(me(), ...many.map((word) => bearing(10, theirs(word, Number(word) + 1))));
    expect([broadcastsWaiting(full.mail), newsAfter(me(), ...many.map((word) => bearing(10, theirs(word, Number(word) + 1)))).some((line) => line.startsWith("untold"))]).toEqual([4_096, false]);
    const [state, effects] = after(full, bearing(20, theirs("new", 5_000), theirs("newer", 5_001), theirs("new", 5_000)));
    expect(effects.map((effect) => effect.kind === "announce" && [effect.change.kind, "payload" in effect.change && effect.change.payload])).toEqual([
      ["message", "new"], ["untold", "0"], ["message", "newer"], ["untold", "1"],
    ]);
    expect([broadcastsWaiting(state.mail), spoken(state)[0]]).toEqual([4_096, theirs("newer", 5_001)]);
    const plain = stateAfter(me(plainly), ...many.map((word) => tellAll(10, word)));
    expect(effectsAfter(plain, tellAll(20, "new"))).toEqual([{ kind: "announce", change: { kind: "untold", payload: "0" } }]);
    expect(effectsAfter(plain, tellAll(20, "new", "", "bulk")), "each priority has room of its own").toEqual([]);
  });

  test("over a stream is one as well", () => {
    expect(spoken(stateAfter(me(), opened(10, { kind: "user", payload: theirs("hello") })))).toEqual([theirs("hello")]);
  });

  test("that no datagram could carry is announced, but not told on: it would wait for ever", () => {
    const long = theirs("x".repeat(5_000));
    const state = stateAfter(me(), opened(10, { kind: "user", payload: long }));
    expect([heard(effectsAfter(me(), opened(10, { kind: "user", payload: long }))).length, broadcastsWaiting(state.mail), state.gossip.at]).toEqual([1, 0, NEVER]);
    expect(heard(effectsAfter(state, opened(20, { kind: "user", payload: long }))), "nor heard twice").toEqual([]);
  });

  test("after word of our end is not heard", () => {
    const end: Datagram = { kind: "gossip", gossip: [dead("a", "b")], userMessages: [theirs("hello")] };
    expect(newsAfter(me({ precedence: "final" }), received(10, end))).toEqual(["departed a@1"]);
  });
});

describe("a word to one member", () => {
  test("goes to it alone, at once: best effort", () => {
    expect(after(me(), tellOne(10, "psst"))).toMatchObject([me(), [{ kind: "send", to: at("b"), message: { kind: "gossip", gossip: [], userMessages: ["dpsst"] } }]]);
    expect(effectsAfter(me(plainly), tellOne(10, "psst"))).toMatchObject([{ message: { userMessages: ["psst"] } }]);
  });

  test("or over a stream, of any length", () => {
    const long = "x".repeat(100_000);
    expect(after(me(), tellOne(10, long, "stream"))).toEqual([me(), [{ kind: "exchange", with: at("b"), message: { kind: "user", payload: `d${long}` } }]]);
    expect(stateAfter(me(), tellOne(10, long))).toEqual({ ...me(), oddities: { ...me().oddities, oversized: 1 } });
  });

  test("as long as a datagram holds goes, and one byte more does not", () => {
    // 1400 less the compound's head, the part's length, the word's own type byte and its mark.
    const longest = 1400 - 2 - 2 - 1 - 1;
    expect(effectsAfter(me(), tellOne(10, "x".repeat(longest)))).toHaveLength(1);
    expect(effectsAfter(me(), tellOne(10, "x".repeat(longest + 1)))).toEqual([]);
  });

  test("that comes in is announced, each time, and not told on", () => {
    const [state, effects] = after(me(), bearing(10, "dpsst", "dpsst"));
    expect([state, heard(effects)]).toEqual([me(), words("psst", "psst")]);
    expect(effectsAfter(me(), opened(10, { kind: "user", payload: bytes("dpsst") }))).toEqual([
      { kind: "announce", change: { kind: "message", payload: "psst", from: at("y") } },
    ]);
  });

  test("of nothing is a word as well", () => {
    expect(heard(effectsAfter(me(plainly), bearing(10, "")))).toEqual(words(""));
    expect(heard(effectsAfter(me(), bearing(10, "d")))).toEqual(words(""));
  });
});

describe("of a datagram's room", () => {
  /** Has far more to tell than fits in a datagram of 400 bytes. */
  const crowded = (config: Partial<Config>, ...broadcasts: readonly string[]): State => stateAfter(
    me({ datagramBudget: 400, ...config }), hears(10, ...Array.from({ length: 40 }, (_, k) => alive(`m${k}`))), ...broadcasts.map((payload) => tellAll(20, payload)),
  );
  const load = (state: State): readonly [claims: number, words: number] => {
    const [effect] = effectsAfter(state, received(500, ping("b", "a", 1)));
    return effect?.kind === "send" ? [effect.message.gossip.length, effect.message.userMessages.length] : [-1, -1];
  };
  const word = "x".repeat(40);

  test("a share is kept for broadcasts while any wait, so that claims cannot starve them", () => {
    expect(load(crowded({ broadcastShare: 200 }, word, word + 1, word + 2, word + 3, word + 4, word + 5))).toEqual([2, 4]);
  });

  test("claims take it all while none wait; and broadcasts take what the claims leave", () => {
    const [claims] = load(crowded({ broadcastShare: 200 }));
    expect(claims).toBe(6);
    expect(load(stateAfter(me({ datagramBudget: 400, broadcastShare: 200 }), ...Array.from({ length: 9 }, (_, k) => tellAll(20, `${word}${k}`))))).toEqual([0, 7]);
  });

  test("nothing is kept where that is not wanted: then claims go first, as in memberlist", () => {
    expect(load(crowded({ broadcastShare: 0 }, word, word + 1))).toEqual([6, 0]);
    expect(load(crowded({ broadcastShare: 0, datagramBudget: 415 }, "short", word))[1], "but what is left over").toBe(1);
  });

  test("none is used beyond the budget, nor are there more parts than a compound can count", () => {
    const many = Array.from({ length: 300 }, (_, k) => tellAll(20, String(k)));
    const [effect] = effectsAfter(stateAfter(me({ datagramBudget: 9_000 }), hears(10, alive("d"), alive("e")), ...many), received(500, ping("b", "a", 1)));
    expect(effect?.kind === "send" && effect.message.gossip.length + effect.message.userMessages.length).toBe(254);
    expect(effect?.kind === "send" && effect.size).toBeLessThanOrEqual(9_000);
  });
});

describe("what is attached", () => {
  const attached = (): State => stateAfter(me(), attach(5, "here", "there"));

  test("to acks, is on each ack to a ping, and on no other", () => {
    expect(effectsAfter(attached(), received(10, ping("b", "a", 7)))).toMatchObject([{ message: { kind: "ack", seq: 7, payload: "here" } }]);
    expect(effectsAfter(attached(), received(10, pingReq("b", "a", 7))), "nor to a request about ourselves").toMatchObject([{ message: { payload: "" } }]);
    expect(effectsAfter(attached(), received(10, pingReq("b", "c", 7)), received(20, { ...ack(1), payload: bytes("c's") })), "nor to one that we forward")
      .toMatchObject([{ message: { kind: "ack", seq: 7, payload: "" } }]);
  });

  test("to views, is on each that we send, asked or answering", () => {
    expect(effectsAfter(attached(), { kind: "asked-to-join", now: ms(10), seeds: [at("b")] })).toMatchObject([{ message: { kind: "push-pull", userState: "there" } }]);
    expect(effectsAfter(attached(), opened(10, pushPull(false)))).toMatchObject([{ kind: "answer", exchange: exchangeId(5), message: { userState: "there" } }]);
  });

  test("by another to its view is announced, whether it asked or answered, newcomer or not", () => {
    const view = { ...pushPull(true, aRecord("b")), userState: bytes("theirs") };
    expect(effectsAfter(me(), opened(10, view)).slice(1)).toEqual([{ kind: "announce", change: { kind: "state", userState: "theirs", from: at("y"), join: true } }]);
    expect(effectsAfter(me(), answered(10, { ...view, join: false }))).toEqual([{ kind: "announce", change: { kind: "state", userState: "theirs", from: at("y"), join: false } }]);
    expect(effectsAfter(me(), answered(10, pushPull(false))), "nothing is nothing").toEqual([]);
  });

  test("is what was attached last; nothing can be attached again", () => {
    const state = stateAfter(attached(), attach(6, "", ""));
    expect(effectsAfter(state, received(10, ping("b", "a", 7)))).toMatchObject([{ message: { payload: "" } }]);
    expect(state).toEqual(me());
  });

  test("to acks may not be longer than meta: it is counted, and nothing changes", () => {
    expect(stateAfter(attached(), attach(6, "x".repeat(513), "new"))).toEqual({ ...attached(), oddities: { ...attached().oddities, oversized: 1 } });
    expect(stateAfter(attached(), attach(6, "x".repeat(512), "y".repeat(10_000))).mail).toMatchObject({ toAcks: "x".repeat(512), toViews: "y".repeat(10_000) });
  });
});

test("words are no news of members, and news of members are no words", () => {
  const state = stateAfter(me(), bearing(10, theirs("hello")), hears(20, alive("d")));
  expect([rumoursWaiting(state.rumours), broadcastsWaiting(state.mail)]).toEqual([1, 1]);
});
