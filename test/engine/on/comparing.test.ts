/** Comparing views by digests: two members by hand, stream by stream. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  digestOf, digestsOf, exchangeId, hashOf, membersOf, memberId, partsOf, seconds, sizeOf, step, viewOf,
  type Answer, type Compare, type Config, type Effect, type Event, type Member, type Patch, type Request, type State,
} from "../../../engine/index.ts";
import { rumourOf } from "../../../engine/rules/dissemination.ts";
import {
  after, aMember, answered, aRecord, at, effectsAfter, hears, heldBy, left, ms, newsAfter, opened, pushPull, stateAfter, suspect, alive, woke, type Circumstances,
} from "../../builders.ts";

const comparing: Partial<Config> = { syncWith: "difference", syncEvery: seconds(30), periodEvery: seconds(100_000) };
const member = (name: string, circumstances: Circumstances = {}): State => aMember(name, { ...circumstances, config: { ...comparing, ...circumstances.config } });
const syncing = (state: State): Event => ({ kind: "woke", now: state.sync.syncAt });
const partOf = (name: string): number => hashOf(name) >>> 27;

type Talk = { readonly a: State; readonly b: State; /** What went over each stream, in turn. */ readonly said: readonly string[] };

/** One comparison between a and b, begun by a, until nobody opens another stream. */
function compare(a: State, b: State): Talk {
  const said: string[] = [];
  let [mine, theirs] = [a, b];
  let [asking, effects] = step({ ...mine, sync: { ...mine.sync, syncAt: ms(100) } }, woke(100));
  mine = asking;
  for (let request = requestIn(effects); request !== undefined; request = requestIn(effects)) {
    said.push(worded(request));
    [theirs, effects] = step(theirs, { kind: "exchange-opened", now: ms(110), from: at("a"), exchange: exchangeId(1), message: request });
    const answer = effects.flatMap((effect) => (effect.kind === "answer" ? [effect.message] : []))[0];
    if (answer === undefined) break;
    said.push(worded(answer));
    [mine, effects] = step(mine, { kind: "exchange-answered", now: ms(120), from: at("b"), message: answer });
  }
  return { a: mine, b: theirs, said };
}

const requestIn = (effects: readonly Effect[]): Request | undefined => effects.flatMap((effect) => (effect.kind === "exchange" ? [effect.message] : []))[0];
const worded = (message: Request | Answer): string =>
  message.kind === "patch" ? `patch of ${message.parts.length} parts: ${membersOf(message.view).map(({ id }) => id).toSorted().join(" ")}`.trim() : message.kind;

describe("a comparison", () => {
  test("begins with the digests of the parts of our view: one level down, or two in a group of thousands", () => {
    const few = member("a", { knows: ["b"] });
    expect(effectsAfter(few, syncing(few))).toEqual([{ kind: "exchange", with: at("b"), message: { kind: "compare", depth: 1, digests: digestsOf(few.view, 1) } }]);
    const many = member("a", { knows: Array.from({ length: 1_500 }, (_, k) => `m${k}`) });
    expect(effectsAfter(many, syncing(many))).toMatchObject([{ message: { kind: "compare", depth: 2 } }]);
    expect(effectsAfter(many, syncing(many)).map((effect) => effect.kind === "exchange" && effect.message.kind === "compare" && effect.message.digests.length)).toEqual([1024]);
  });

  test("between two that agree ends there: nothing is sent, and nobody changes", () => {
    const [a, b] = [member("a", { knows: ["b", "c"] }), member("b", { knows: ["a", "c"] })];
    const talk = compare(a, b);
    expect(talk.said).toEqual(["compare", "patch of 0 parts:"]);
    expect(talk.b).toBe(b);
    expect(talk.a.view).toBe(a.view);
  });

  test("gives both what either knew: the answer brings what is there, a second stream takes back what is here", () => {
    const talk = compare(member("a", { knows: ["b", "c", "d"] }), member("b", { knows: ["a", "c", "e"] }));
    expect(talk.said[0]).toBe("compare");
    expect(talk.said.length).toBe(3);
    expect(["a", "b", "c", "d", "e"].map((name) => [heldBy(talk.a, name), heldBy(talk.b, name)])).toEqual(Array.from({ length: 5 }, () => ["alive@1", "alive@1"]));
    expect(digestOf(talk.a.view)).toEqual(digestOf(talk.b.view));
  });

  test("takes nothing back if there is nothing that they do not know", () => {
    expect(compare(member("a", { knows: ["b"] }), member("b", { knows: ["a", "m1"] })).said).toEqual(["compare", "patch of 1 parts: m1"]);
  });

  test("hands over what hangs in the parts that differ, and no more; and takes back what differs, and no more", () => {
    const shared = Array.from({ length: 200 }, (_, k) => `m${k}`);
    const [a, b] = [member("a", { knows: ["b", ...shared] }), member("b", { knows: ["a", ...shared] })];
    const talk = compare(stateAfter(a, hears(10, alive("m7", 5))), b);
    const neighbours = membersOf(b.view).filter(({ id }) => partOf(id) === partOf("m7")).map(({ id }) => id);
    expect(talk.said).toEqual(["compare", `patch of 1 parts: ${neighbours.toSorted().join(" ")}`, "patch of 1 parts: m7"]);
    expect(neighbours.length).toBeLessThan(20);
    expect([heldBy(talk.a, "m7"), heldBy(talk.b, "m7")]).toEqual(["alive@5", "alive@5"]);
  });

  test("is a matter of what is held, not of who is asked: newer wins on both sides", () => {
    const a = stateAfter(member("a", { knows: ["b", "c", "d"] }), hears(0, alive("c", 5)));
    const b = stateAfter(member("b", { knows: ["a", "c", "d"] }), hears(0, alive("d", 5)));
    for (const talk of [compare(a, b), compare(b, a)]) expect([heldBy(talk.a, "c"), heldBy(talk.a, "d"), heldBy(talk.b, "c"), heldBy(talk.b, "d")]).toEqual(Array.from({ length: 4 }, () => "alive@5"));
  });

  test("teaches as a push-pull does: the dead become suspects in our own name, the departed count as said", () => {
    const talk = compare(member("a", { knows: ["b", "c", "d"] }), stateAfter(member("b", { knows: ["a", "c", "d"] }), hears(0, suspect("c", "z"), left("d"))));
    expect([heldBy(talk.a, "c"), heldBy(talk.a, "d")]).toEqual(["suspect@1", "left@1"]);
    expect(rumourOf(talk.a.rumours, memberId("c"))?.claim).toEqual(suspect("c", "a"));
  });

  test("reminds nobody of strangers who are dead: members forget at different moments", () => {
    const [a, b] = [member("a", { knows: ["b"] }), member("b", { knows: ["a"], mourns: ["c"], misses: ["d"] })];
    const talk = compare(a, b);
    expect([heldBy(talk.a, "c"), heldBy(talk.a, "d"), talk.said.length]).toEqual([undefined, undefined, 2]);
    expect(compare(b, a).b).toBe(a);
  });

  test("of any two views ends with one, where all live", () => {
    const names = [..."cdefgh", "m1", "m2", "m3"];
    const some = fc.subarray(names);
    fc.assert(fc.property(some, some, fc.array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 3 })), { maxLength: 6 }), (mine, yours, words) => {
      const a = stateAfter(member("a", { knows: ["b", ...mine] }), hears(10, ...words.map(([name, life]) => alive(name, life))));
      const talk = compare(a, member("b", { knows: ["a", ...yours] }));
      expect(digestOf(talk.a.view)).toEqual(digestOf(talk.b.view));
      expect(sizeOf(talk.a.view)).toBe(2 + new Set([...mine, ...yours, ...words.map(([name]) => name)]).size);
    }), { seed: 71, numRuns: 150 });
  });
});

describe("what a peer asks and answers", () => {
  const me = (): State => member("a", { knows: ["b", "c"] });
  const patch = (parts: readonly number[], ...records: readonly Member[]): Patch => ({ kind: "patch", depth: 1, parts, view: viewOf(records) });

  test("a comparison with fewer digests than there are parts is answered as if the rest were nothing", () => {
    const asked: Compare = { kind: "compare", depth: 1, digests: [] };
    const [effect] = effectsAfter(me(), opened(10, asked));
    const filled = [...new Set(["a", "b", "c"].map(partOf))].toSorted((one, other) => one - other);
    expect(effect).toEqual({ kind: "answer", exchange: 5, message: { kind: "patch", depth: 1, parts: filled, view: partsOf(me().view, 1, filled) } });
  });

  test("a comparison teaches us nothing, and changes nothing", () => {
    const state = me();
    expect(stateAfter(state, opened(10, { kind: "compare", depth: 2, digests: digestsOf(viewOf([]), 2) }))).toBe(state);
  });

  test("a patch is news: believed, told on, and announced, whether it answers or comes by itself", () => {
    for (const event of [answered(10, patch([partOf("d")], aRecord("d"))), opened(10, patch([partOf("d")], aRecord("d")))]) {
      expect(newsAfter(me(), event)).toEqual(["joined d@1"]);
      expect(rumourOf(stateAfter(me(), event).rumours, memberId("d"))?.claim).toEqual(alive("d"));
      expect(effectsAfter(me(), event).filter(({ kind }) => kind !== "announce"), "and not answered").toEqual([]);
    }
  });

  test("a patch of parts that there are not, or with members that belong elsewhere, does no harm", () => {
    expect(newsAfter(me(), answered(10, patch([99, -1, 1e9], aRecord("d"))))).toEqual(["joined d@1"]);
    expect(newsAfter(me(), answered(10, patch([partOf("b") ^ 1], aRecord("d"))))).toEqual(["joined d@1"]);
  });

  test("a patch of members that speak other versions than ours is refused whole, and nothing is sent back", () => {
    const strange = patch([partOf("b"), partOf("d")], { ...aRecord("d"), versions: [7, 9, 8, 0, 0, 0] });
    for (const event of [answered(10, strange), opened(10, strange)]) {
      expect(after(me(), event)).toEqual([{ ...me(), oddities: { ...me().oddities, incompatible: 1 } }, []]);
    }
  });

  test("a patch that ends us, where that is final, is the last we learn", () => {
    const final = member("a", { knows: ["b"], config: { precedence: "final" } });
    const effects = effectsAfter(final, answered(10, patch([partOf("a"), partOf("b")], aRecord("a", { status: "left" }))));
    expect(effects.at(-1)).toMatchObject({ change: { kind: "departed" } });
    expect(effects.some(({ kind }) => kind === "exchange")).toBe(false);
  });
});

test("newcomers, and those who call the dead, exchange whole views all the same", () => {
  expect(effectsAfter(member("a"), { kind: "asked-to-join", now: ms(10), seeds: [at("b")] })).toMatchObject([{ message: { kind: "push-pull", join: true } }]);
  const mourning = member("a", { mourns: ["b", "c"], config: { reconnectEvery: seconds(30) } });
  expect(effectsAfter(mourning, { kind: "woke", now: mourning.sync.reconnectAt })).toMatchObject([{ message: { kind: "push-pull", join: false } }]);
  expect(effectsAfter(member("b", { knows: ["a"] }), opened(10, pushPull(true, aRecord("c"))))).toMatchObject([{ kind: "answer", message: { kind: "push-pull" } }, {}]);
});
