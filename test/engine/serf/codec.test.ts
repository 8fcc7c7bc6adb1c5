/** Serf's bytes: whatever we say is understood, and whatever comes in, the answer is a message or a reason. */

import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytes, lamportTime, memberId, type Bytes } from "../../../engine/index.ts";
import {
  decodeSerf, decodeUserState, encodeSerf, encodeUserState, metaOf, tagsOf, type Intent, type Tags, type UserEvent, type UserState,
} from "../../../engine/serf/index.ts";
import { fromHex } from "./builders.ts";

const BORDERS = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 9_007_199_254_740_991];
const aTime = fc.oneof(fc.constantFrom(...BORDERS), fc.maxSafeNat()).map(lamportTime);
/** Any text without lone surrogates, which no encoding can carry. */
const aText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "binary", minLength: 28, maxLength: 40 }));
const aName = aText.map(memberId);
const aPayload = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 300 })).map((raw) => bytes(String.fromCharCode(...raw)));

const aMessage: fc.Arbitrary<Intent | UserEvent> = fc.oneof(
  fc.record({ kind: fc.constant("join"), ltime: aTime, about: aName }),
  fc.record({ kind: fc.constant("leave"), ltime: aTime, about: aName, prune: fc.boolean() }),
  fc.record({ kind: fc.constant("user-event"), ltime: aTime, name: aText, payload: aPayload, coalesce: fc.boolean() }),
);

const anEventText = fc.record({ name: aText.map((text) => `${text}!`), payload: aPayload });
const someSlots = fc.uniqueArray(fc.nat({ max: 15 }), { maxLength: 6 }).chain((times) =>
  fc.tuple(...times.toSorted((one, other) => one - other).map((time) =>
    fc.array(anEventText, { minLength: 1, maxLength: 20 }).map((said) => ({ ltime: lamportTime(time), said })))));
const aUserState: fc.Arbitrary<UserState> = fc.record({
  clocks: fc.record({ intents: aTime, events: aTime, queries: aTime }),
  intents: fc.array(fc.tuple(aName, aTime), { maxLength: 40 }),
  left: fc.array(aName, { maxLength: 40 }),
  events: someSlots,
});

describe("what we say", () => {
  test("is understood as it was meant", () => {
    fc.assert(fc.property(aMessage, (message) => {
      expect(decodeSerf(encodeSerf(message))).toEqual({ ok: true, message });
    }), { seed: 1, numRuns: 2_000 });
  });

  test("in exchanges of views is too", () => {
    fc.assert(fc.property(aUserState, (state) => {
      expect(decodeUserState(encodeUserState(state, 16))).toEqual({ ok: true, state });
    }), { seed: 2, numRuns: 500 });
  });

  test("holds lists and maps of any length", () => {
    for (const length of [15, 16, 65_535, 65_536, 70_000]) {
      const left = Array.from({ length }, (_, nth) => memberId(`m${nth}`));
      const state = { clocks: { intents: lamportTime(3), events: lamportTime(1), queries: lamportTime(1) }, intents: left.map((name) => [name, lamportTime(2)] as const), left, events: [] };
      const read = decodeUserState(encodeUserState(state, 1));
      expect(read.ok && [read.state.left.length, read.state.intents.length, read.state.intents.at(-1)]).toEqual([length, length, [`m${length - 1}`, 2]]);
    }
  });

  test("stands in the ring at its moment modulo the slots, each empty one a byte", () => {
    const written = encodeUserState({
      clocks: { intents: lamportTime(1), events: lamportTime(7), queries: lamportTime(1) }, intents: [], left: [],
      events: [{ ltime: lamportTime(6), said: [{ name: "x", payload: bytes("") }] }],
    }, 4);
    expect(written).toBe(fromHex(`02 86 aa4576656e744c54696d65 07 a64576656e7473 94 c0 c0
      82 a64576656e7473 91 82 a44e616d65 a178 a75061796c6f6164 c0 a54c54696d65 06 c0
      a54c54696d65 01 ab4c6566744d656d62657273 90 aa51756572794c54696d65 01 ac5374617475734c54696d6573 80`));
  });
});

const [, ...lines] = readFileSync(new URL("captures.jsonl", import.meta.url), "utf8").trim().split("\n");
const captures: readonly Bytes[] = lines.map((line) => fromHex(JSON.parse(line).hex));
/** Long ones are mostly empty slots. */
const short = captures.filter(({ length }) => length < 300);

/** Reads it as all that it may be; never more comes of it than it is long. */
function survives(payload: Bytes): "understood" | "refused" {
  const [message, state, tags] = [decodeSerf(payload), decodeUserState(payload), tagsOf(payload)];
  for (const read of [message, state]) if (!read.ok) expect(read.why).not.toBe("");
  if (message.ok && message.message.kind !== "query" && message.message.kind !== "answer") expect(decodeSerf(encodeSerf(message.message))).toEqual(message);
  if (state.ok) expect(state.state.intents.length + state.state.left.length + 8 * state.state.events.length).toBeLessThanOrEqual(payload.length);
  if (tags !== undefined) expect(tags.length).toBeLessThanOrEqual(payload.length + 1);
  return message.ok || state.ok ? "understood" : "refused";
}
const flipped = (payload: Bytes, bit: number): Bytes =>
  bytes(payload.slice(0, bit >> 3) + String.fromCharCode(payload.charCodeAt(bit >> 3) ^ (1 << (bit & 7))) + payload.slice((bit >> 3) + 1));

describe("nothing throws", () => {
  test("at arbitrary bytes, of any type, tags among them", () => {
    const noise = fc.tuple(fc.oneof(fc.nat({ max: 10 }), fc.constant(0xff)), fc.constantFrom(0x80, 0x81, 0x82, 0x86, 0xde), fc.uint8Array({ maxLength: 80 }));
    let refused = 0;
    fc.assert(fc.property(noise, ([type, head, rest]) => {
      if (survives(bytes(String.fromCharCode(type, head, ...rest))) === "refused") refused++;
    }), { seed: 3, numRuns: 10_000 });
    expect(refused).toBeGreaterThan(5_000);
  });

  test("at real ones cut off anywhere, or with any bit flipped", () => {
    const fates: ("understood" | "refused")[] = [];
    for (const payload of short) {
      for (let end = 0; end < payload.length; end++) fates.push(survives(bytes(payload.slice(0, end))));
      for (let bit = 0; bit < 8 * payload.length; bit++) fates.push(survives(flipped(payload, bit)));
    }
    for (const payload of captures) for (let end = 0; end < payload.length; end += 7) fates.push(survives(bytes(payload.slice(0, end))));
    expect(fates.filter((fate) => fate === "understood").length).toBeGreaterThan(1_000);
    expect(fates.filter((fate) => fate === "refused").length).toBeGreaterThan(1_000);
  });
});

describe("nonsense is refused with a reason", () => {
  test.for([
    ["nothing", "", "no bytes at all"],
    ["a state", "02 80", "a state, which belongs in an exchange of views"],
    ["a key", "07 80", "what belongs inside a query or its answer"],
    ["a type that nobody knows", "2a", "a payload of type 42, which Serf does not have"],
    ["no map", "01 07", "no map where one belongs"],
    ["half an intent", "01 81 a54c54696d65", "cut short"],
    ["a moment of 54 bits", "01 81 a54c54696d65 cf 0020000000000000", "a number that is none from 0 to 9007199254740991"],
    ["a moment of 64 bits", "01 81 a54c54696d65 cf ffffffffffffffff", "a number that is none from 0 to 9007199254740991"],
    ["a name that is not UTF-8", "01 81 a44e6f6465 a1ff", "text that is not UTF-8"],
    ["filters that are no list", "04 82 a441646472 a40a000001 a746696c74657273 07", "no list where one belongs"],
    ["more filters than bytes", "04 82 a441646472 a40a000001 a746696c74657273 dd ffffffff", "cut short"],
  ] as const)("%s", ([, hex, why]) => {
    expect(decodeSerf(fromHex(hex))).toEqual({ ok: false, why });
  });

  test.for([
    ["nothing", "", "no bytes at all"],
    ["an intent", "01 80", "a payload of type 1, where a state belongs"],
    ["a ring of 2³² slots", "02 81 a64576656e7473 dd ffffffff", "cut short"],
    ["a slot that is no map", "02 81 a64576656e7473 91 07", "no map where one belongs"],
    ["2³² moments of members", "02 81 ac5374617475734c54696d6573 df ffffffff", "cut short"],
    ["a list of names with a number in it", "02 81 ab4c6566744d656d62657273 91 07", "neither text nor bytes where they belong"],
  ] as const)("in an exchange of views: %s", ([, hex, why]) => {
    expect(decodeUserState(fromHex(hex))).toEqual({ ok: false, why });
  });

  test("but what is unknown, or nothing, is passed over", () => {
    expect(decodeSerf(fromHex("01 83 a178 92c0c3 a54c54696d65 05 a44e6f6465 c0 ffff"))).toEqual({ ok: true, message: { kind: "join", ltime: 5, about: "" } });
    expect(decodeUserState(fromHex("02 83 a178 c0 a64576656e7473 93 c0 80 81 a64576656e7473 92 80 c0 ab4c6566744d656d62657273 c0"))).toEqual({
      ok: true, state: { clocks: { intents: 0, events: 0, queries: 0 }, intents: [], left: [], events: [] },
    });
  });
});

describe("tags", () => {
  test("are read as they were written, in order of their keys", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(aText, aText), { selector: ([key]) => key, maxLength: 20 }), (tags: Tags) => {
      expect(tagsOf(metaOf(tags))).toEqual(tags.toSorted(([one], [other]) => (one < other ? -1 : 1)));
    }), { seed: 4, numRuns: 500 });
  });

  test("of the oldest Serfs are a role; of a key that comes twice the later value counts; nonsense is none", () => {
    expect(tagsOf(bytes("web"))).toEqual([["role", "web"]]);
    expect(tagsOf(bytes(""))).toEqual([["role", ""]]);
    expect(tagsOf(fromHex("ff 82 a161 a162 a161 a163"))).toEqual([["a", "c"]]);
    expect(tagsOf(fromHex("ff 82 a161"))).toBeUndefined();
    expect(tagsOf(fromHex("fe"))).toBeUndefined();
  });
});
