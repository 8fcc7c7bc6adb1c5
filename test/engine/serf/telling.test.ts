/** User events and queries: heard once, told on once. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { address, bytes, type Bytes } from "../../../engine/index.ts";
import { decodeSerf, encodeUserState, serfStep, userStateOf, type SerfInput, type SerfNews, type SerfState } from "../../../engine/serf/index.ts";
import { foldText } from "../../../engine/words/mix.ts";
import { ms } from "../../builders.ts";
import { after, anEvent, aSerf, aSerfOf, fromHex, hears, hearsEvent, meets, meetsBytes, outputsAfter, stateAfter } from "./builders.ts";

/** So many payloads of one hash, under the name of x: pairs of pieces are looked for that lead to the same, and each doubles what there is. */
function alike(count: number): readonly string[] {
  let hash = foldText(0, "x") ^ 0x811c9dc5;
  const after = (text: string): number => {
    let x = hash;
    for (let place = 0; place < text.length; place++) x = Math.imul(x ^ text.charCodeAt(place), 0x01000193);
    return x;
  };
  let texts = [""];
  while (texts.length < count) {
    const seen = new Map<number, string>();
    for (let number = 0; ; number++) {
      const piece = number.toString(36).padStart(4, "_");
      const led = after(piece);
      const other = seen.get(led);
      if (other !== undefined) {
        texts = texts.flatMap((text) => [text + other, text + piece]);
        hash = led;
        break;
      }
      seen.set(led, piece);
    }
  }
  return texts.slice(0, count);
}

const tells = (name: string, payload = "", coalesce = false): SerfInput => ({ kind: "asked-to-tell", now: ms(1), name, payload: bytes(payload), coalesce });

describe("a user event", () => {
  test("is heard, and told on, the first time; another of the same moment is another", () => {
    const state = aSerf("a", hearsEvent(3, "deploy", ":1"));
    expect(outputsAfter(aSerf("a"), hearsEvent(3, "deploy", ":1"))).toEqual(["told deploy:1@3", "say deploy:1@3, bulk"]);
    expect(outputsAfter(state, hearsEvent(3, "deploy", ":1"))).toEqual([]);
    expect(outputsAfter(state, hearsEvent(3, "deploy", ":2"))).toEqual(["told deploy:2@3", "say deploy:2@3, bulk"]);
    expect(outputsAfter(state, hearsEvent(4, "deploy", ":1"))).toEqual(["told deploy:1@4", "say deploy:1@4, bulk"]);
    expect(state.clocks).toEqual({ intents: 1, events: 4, queries: 1 });
  });

  test("is told on byte for byte as it came", () => {
    const odd = fromHex("03 82 a44e616d65 d90178 a54c54696d65 cc02");
    expect(after(aSerf("a"), hears(odd))[1].find(({ kind }) => kind === "broadcast")).toEqual({ kind: "broadcast", payload: odd, priority: "bulk" });
  });

  test("is told by our application, and heard by it too, at a later moment than any that was heard", () => {
    const state = aSerf("a", hearsEvent(3, "deploy"));
    expect(outputsAfter(state, tells("build", ":9"))).toEqual(["told build:9@4", "say build:9@4, bulk"]);
    expect(outputsAfter(state, tells("build"), tells("build"))).toEqual(["told build@5", "say build@5, bulk"]);
    const [news] = after(aSerf("a"), tells("build", "", true))[1].flatMap((output): readonly SerfNews[] => (output.kind === "announce" ? [output.news] : []));
    expect(news).toMatchObject({ kind: "told", event: { coalesce: true } });
  });

  test("of our own is held against its limit as it is encoded; a longer one is not told, and moves no clock", () => {
    const room = 512 - anEvent(1, "x", "").length;
    expect(outputsAfter(aSerf("a"), tells("x", "y".repeat(room - 2)))).toHaveLength(2);
    expect(outputsAfter(aSerf("a"), tells("x", "y".repeat(room - 1)))).toEqual(["not told x: it takes 513 bytes, and 512 are allowed"]);
    expect(aSerf("a", tells("x", "y".repeat(600))).clocks.events).toBe(1);
    expect(() => aSerfOf({ userEventLimit: 9_217 }, "a")).toThrow("user events of at most 9216 bytes");
  });

  test("of another's is heard up to 9 KiB; a longer one is counted", () => {
    expect(outputsAfter(aSerf("a"), hearsEvent(3, "x", "y".repeat(9_215)))).toHaveLength(2);
    expect(outputsAfter(aSerf("a"), hearsEvent(3, "x", "y".repeat(9_216)))).toEqual([]);
    expect(aSerf("a", hearsEvent(3, "x", "y".repeat(9_216))).oddities.oversized).toBe(1);
  });

  test("is remembered for 512 moments, and not heard any more when it is older", () => {
    const state = aSerf("a", hearsEvent(1_000, "now"));
    expect(outputsAfter(state, hearsEvent(489, "old"))).toEqual(["told old@489", "say old@489, bulk"]);
    expect(outputsAfter(state, hearsEvent(488, "older"))).toEqual([]);
    expect(stateAfter(state, hearsEvent(489, "old"), hearsEvent(1_001, "new")).events.slots.map(({ ltime }) => ltime)).toEqual([1_000, 1_001]);
  });

  test("pushes out the oldest moments when there is more than may be kept, and these are not heard again", () => {
    const small = aSerfOf({ ringBytes: 100 }, "a");
    const state = stateAfter(small, ...[1, 2, 3, 4].map((ltime) => hearsEvent(ltime, "ten chars.")));
    expect(state.events).toMatchObject({ floor: 2, bytes: 78 });
    expect(state.events.slots.map(({ ltime }) => ltime)).toEqual([2, 3, 4]);
    expect(outputsAfter(state, hearsEvent(1, "ten chars."))).toEqual([]);
    const flooded = stateAfter(state, hearsEvent(5, "y".repeat(200)));
    expect([flooded.events.slots, flooded.events.floor, flooded.events.bytes]).toEqual([[], 6, 0]);
    expect(outputsAfter(flooded, hearsEvent(6, "x"))).toEqual(["told x@6", "say x@6, bulk"]);
  });

  test("is told from thousands of the same moment, unless these were looked for so that it is hard", () => {
    const many = Array.from({ length: 2_000 }, (_, nth) => hearsEvent(3, `e${nth}`));
    const state = aSerf("a", ...many);
    expect([outputsAfter(state, hearsEvent(3, "e77")), outputsAfter(state, hearsEvent(3, "e2000"))]).toEqual([[], ["told e2000@3", "say e2000@3, bulk"]]);
    expect(userStateOf(state).events).toMatchObject([{ ltime: 3, said: { length: 2_000 } }]);
    const texts = alike(17);
    expect(new Set(texts.map((text) => foldText(foldText(0, "x"), text))).size).toBe(1);
    const full = aSerf("a", ...texts.slice(0, 16).map((text) => hearsEvent(3, "x", text)));
    expect(full.oddities.crowded).toBe(0);
    expect(outputsAfter(full, hearsEvent(3, "x", texts[15]))).toEqual([]);
    expect(outputsAfter(full, hearsEvent(3, "x", texts[16]))).toEqual([]);
    expect(stateAfter(full, hearsEvent(3, "x", texts[16]), hearsEvent(3, "x", texts[0])).oddities.crowded).toBe(1);
    expect(outputsAfter(full, hearsEvent(4, "x", texts[16])), "of another moment it is heard").toHaveLength(2);
  });

  test("comes once, in whatever order and however often, by gossip or in an exchange of views", () => {
    const anUtterance = fc.record({ ltime: fc.integer({ min: 1, max: 700 }), name: fc.constantFrom("x", "y", "z"), inExchange: fc.boolean() });
    let told = 0;
    fc.assert(fc.property(fc.array(anUtterance, { maxLength: 40 }), (utterances) => {
      let state: SerfState = aSerf("a");
      const news: string[] = [];
      for (const { ltime, name, inExchange } of [...utterances, ...utterances.toReversed()]) {
        const knowledge = { events: [[ltime, name]] } as const;
        const [next, outputs] = serfStep(state, inExchange ? meets(knowledge) : hearsEvent(ltime, name));
        for (const output of outputs) {
          if (output.kind === "announce" && output.news.kind === "told") news.push(`${output.news.event.ltime} ${name}`);
        }
        state = next;
      }
      told += news.length;
      expect(new Set(news).size).toBe(news.length);
      const latest = Math.max(...utterances.map(({ ltime }) => ltime));
      for (const { ltime, name } of utterances) if (ltime > latest - 512) expect(news).toContain(`${ltime} ${name}`);
    }), { seed: 512, numRuns: 300 });
    expect(told).toBeGreaterThan(1_000);
  });

  test("reaches a third member by way of our own user state", () => {
    const state = aSerf("a", hearsEvent(3, "deploy", ":1"), hearsEvent(3, "deploy", ":2"), hearsEvent(600, "build"));
    expect(outputsAfter(aSerf("b"), meetsBytes(encodeUserState(userStateOf(state), 512)))).toEqual(["told build@600"]);
    const early = aSerf("a", hearsEvent(3, "deploy", ":1"), hearsEvent(3, "deploy", ":2"));
    expect(outputsAfter(aSerf("b"), meetsBytes(encodeUserState(userStateOf(early), 512)))).toEqual(["told deploy:1@3", "told deploy:2@3"]);
  });
});

describe("a query", () => {
  const byte = (value: number): string => value.toString(16).padStart(2, "0");
  /** From 10.0.0.1:80, by the name of "load"; `more` are further fields in hex. */
  const aQuery = (ltime: number, id: number, flags = 0, ...more: readonly string[]): Bytes =>
    fromHex(`04 ${byte(0x86 + more.length)} a441646472 a40a000001 a4506f7274 50 a54c54696d65 ${byte(ltime)} a24944 ${byte(id)}
      a5466c616773 ${byte(flags)} a44e616d65 a46c6f6164 ${more.join("")}`);

  test("is heard, and told on, the first time; another of the same moment is known by its id", () => {
    expect(outputsAfter(aSerf("a"), hears(aQuery(3, 7)))).toEqual(["asked load@3", "say load@3, normal"]);
    const state = aSerf("a", hears(aQuery(3, 7)));
    expect(outputsAfter(state, hears(aQuery(3, 7)))).toEqual([]);
    expect(outputsAfter(state, hears(aQuery(3, 8)))).toEqual(["asked load@3", "say load@3, normal"]);
    expect(state.clocks).toEqual({ intents: 1, events: 1, queries: 4 });
  });

  test("is not told on if it says so", () => {
    expect(outputsAfter(aSerf("a"), hears(aQuery(3, 7, 2)))).toEqual(["asked load@3"]);
  });

  test("says whom it is for: a filter that is none we know lets nobody through", () => {
    const [names, tag, odd] = ["00 92 a161 a162", "01 82 a3546167 a4726f6c65 a445787072 a47765622e", "07 78"];
    const filters = `a746696c74657273 93 a6${names} b5${tag} a2${odd}`;
    const read = decodeSerf(aQuery(3, 7, 1, filters));
    expect(read).toMatchObject({
      ok: true,
      message: {
        wantsAck: true, tellOn: true, sourceAddress: address("10.0.0.1:80"),
        filters: [{ kind: "names", names: ["a", "b"] }, { kind: "tag", tag: "role", expression: "web." }, { kind: "unknown" }],
      },
    });
  });

  test("without an address for the answer is refused, and one longer than anything may be counted", () => {
    expect(decodeSerf(fromHex("04 81 a44e616d65 a46c6f6164"))).toEqual({ ok: false, why: "an address of 0 bytes" });
    const long = aQuery(3, 7, 0, `a75061796c6f6164 da2401 ${"79".repeat(0x2401)}`);
    expect(outputsAfter(aSerf("a"), hears(long))).toEqual([]);
    expect(aSerf("a", hears(long)).oddities.oversized).toBe(1);
  });

  test("has a ring of its own: 512 moments, and so many bytes", () => {
    const small = aSerfOf({ ringBytes: 32 }, "a");
    const state = stateAfter(small, hears(aQuery(1, 7)), hears(aQuery(2, 7)), hears(aQuery(3, 7)));
    expect(state.queries).toEqual({ slots: [{ ltime: 2, said: [7] }, { ltime: 3, said: [7] }], floor: 2, bytes: 32 });
    expect(state.events.slots).toEqual([]);
  });
});
