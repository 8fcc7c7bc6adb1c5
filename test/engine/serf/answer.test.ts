/** What becomes of queries: whom they are for, and what goes back, byte for byte as Serf says it. */

import { describe, expect, test } from "vitest";
import { address, bytes, type Bytes } from "../../../engine/index.ts";
import { decodeSerf, encodeKeyReport, keyTaskIn, metaOf, startSerf, type Query, type SerfInput, type SerfState } from "../../../engine/serf/index.ts";
import { aRecord, ms } from "../../builders.ts";
import { aSerf, came, fromHex, hears, outputsAfter, stateAfter } from "./builders.ts";

const byte = (value: number): string => value.toString(16).padStart(2, "0");
const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const text = (said: string): string => `${byte(0xa0 + Buffer.from(said).length)}${hexOf(said)}`;
const raw = (hex: string): string => `da${(hex.length / 2).toString(16).padStart(4, "0")}${hex}`;

const listOf = (length: number): string => (length < 16 ? byte(0x90 + length) : `dc00${byte(length)}`);

/** From 10.0.0.1:80, at moment 3, with the id 7. `filters`: each in hex. */
const aQuery = (name: string, { flags = 0, payload = "", filters = [] }: { flags?: number; payload?: string; filters?: readonly string[] } = {}): Bytes =>
  fromHex(`04 88 a441646472 a40a000001 a4506f7274 50 a54c54696d65 03 a24944 07 a5466c616773 ${byte(flags)} a44e616d65 ${text(name)}
    a75061796c6f6164 ${raw(payload)} a746696c74657273 ${listOf(filters.length)} ${filters.map(raw).join("")}`);
const queryIn = (payload: Bytes): Query => {
  const read = decodeSerf(payload);
  if (!read.ok || read.message.kind !== "query") throw new Error("no query");
  return read.message;
};
const forNames = (...names: readonly string[]): string => `00 ${byte(0x90 + names.length)} ${names.map(text).join("")}`.replaceAll(" ", "");
const forTag = (tag: string, expression: string): string => `0182${text("Tag")}${text(tag)}${text("Expr")}${text(expression)}`;
const tagged = (...tags: readonly (readonly [string, string])[]): SerfState => startSerf({ self: { ...aRecord("a"), meta: metaOf(tags) }, now: ms(0) });

/** As captured from Serf 0.9.4, with our moment and id in it. */
const response = (flags: number, payload: string): string => `send 10.0.0.1:80 0585a5466c616773${byte(flags)}a446726f6da161a2494407a54c54696d6503a75061796c6f6164${payload}`;

describe("a query", () => {
  const said = ["asked load@3", "say load@3, normal"];

  test("that wants an ack gets one before anything else, from those whom it is for", () => {
    expect(outputsAfter(aSerf("a"), hears(aQuery("load", { flags: 1 })))).toEqual([response(1, "c0"), ...said]);
    expect(outputsAfter(aSerf("a"), hears(aQuery("load", { flags: 1, filters: [forNames("b", "c")] })))).toEqual(["say load@3, normal"]);
  });

  test.for<readonly [why: string, filters: readonly string[], isForUs: boolean]>([
    ["our name among others", [forNames("b", "a")], true],
    ["our tag", [forTag("role", "web")], true],
    ["both", [forNames("a"), forTag("role", "^w")], true],
    ["one of two", [forNames("a"), forTag("role", "db")], false],
    ["a tag that we have not, which is empty", [forTag("rack", "^$")], true],
    ["a filter that nobody knows", ["07"], false],
    ["as many filters as are looked at", Array.from({ length: 16 }, () => forNames("a")), true],
    ["more filters than that, though each is for us", Array.from({ length: 17 }, () => forNames("a")), false],
  ])("is for us by %s, or is not", ([, filters, isForUs]) => {
    expect(outputsAfter(tagged(["role", "web"]), hears(aQuery("load", { filters })))).toEqual(isForUs ? said : ["say load@3, normal"]);
  });

  test("is answered with what the application says", () => {
    const query = queryIn(aQuery("load"));
    const answers = (payload: string): SerfInput => ({ kind: "asked-to-answer", now: ms(1), query, payload: bytes(payload) });
    expect(outputsAfter(aSerf("a"), answers("0.7"))).toEqual([response(0, `a3${hexOf("0.7")}`)]);
    expect(outputsAfter(aSerf("a"), answers(""))).toEqual([response(0, "c0")]);
  });
});

describe("expressions for tags", () => {
  const isFound = (expression: string, value: string): boolean =>
    outputsAfter(tagged(["role", value]), hears(aQuery("load", { filters: [forTag("role", expression)] }))).length === 2;

  test.for([
    ["eb", "web", true], ["^eb", "web", false], ["we$", "web", false], ["^web$", "web", true], ["", "web", true], ["w.b", "web", true], ["w..b", "web", false],
    ["^w.*b$", "wxyzb", true], ["^w.+b$", "wb", false], ["^we?b$", "wb", true], ["db|web", "web", true], ["db|cache", "web", false], ["a\\.b", "a.b", true], ["a\\.b", "axb", false],
    ["^(web)$", "web", false], ["[a-z]", "web", false], ["\\w", "web", false], ["*", "web", false], ["a$b", "a$b", false], ["ö+", "größe", true],
  ] as const)("%s in %s: %s", ([expression, value, found]) => {
    expect(isFound(expression, value)).toBe(found);
  });

  test("agree with JavaScript's own, where both understand them", () => {
    for (const expression of ["a*b", "^a*$", "a+b?c", "b|^a", ".b.", "a?a?a?aaa", "^.a*b+$", "c$|^b"]) {
      for (const value of ["", "a", "b", "ab", "aab", "abc", "aaa", "cab", "bbc", "abab"]) expect([expression, value, isFound(expression, value)]).toEqual([expression, value, new RegExp(expression).test(value)]);
    }
  });

  test("that would hold JavaScript's up for ever are done, and too long ones are nobody's", () => {
    // Whoever tried one way after another would have 6·10²³ to try.
    expect(isFound(`^${"a*".repeat(31)}b`, "a".repeat(60))).toBe(false);
    const long = "x".repeat(65);
    const filter = `0182${text("Tag")}${text("role")}${text("Expr")}${raw(hexOf(long))}`;
    expect(outputsAfter(tagged(["role", long]), hears(aQuery("load", { filters: [filter] })))).toHaveLength(1);
  });
});

describe("Serf's own queries", () => {
  test("a ping wants the ack alone, and what we do not know is no application's business", () => {
    expect(outputsAfter(aSerf("a"), hears(aQuery("_serf_ping", { flags: 1 })))).toEqual([response(1, "c0"), "say _serf_ping@3, normal"]);
    expect(outputsAfter(aSerf("a"), hears(aQuery("_serf_stats")))).toEqual(["say _serf_stats@3, normal"]);
  });

  test("two of one name: we say whom we know by it, unless it is ours", () => {
    const state = stateAfter(aSerf("a"), came("b"));
    const [answer, ...rest] = outputsAfter(state, hears(aQuery("_serf_conflict", { payload: hexOf("b") })));
    expect(rest).toEqual(["say _serf_conflictb@3, normal"]);
    expect(answer).toMatch(/^send 10\.0\.0\.1:80 05/);
    expect(answer).toContain(`068b${text("Addr")}`);
    expect(answer).toContain(`${text("Name")}${text("b")}${text("Port")}`);
    expect(outputsAfter(state, hears(aQuery("_serf_conflict", { payload: hexOf("z") })))[0]).toBe(response(0, "a206c0"));
    expect(outputsAfter(state, hears(aQuery("_serf_conflict", { payload: hexOf("a") })))).toEqual(["say _serf_conflicta@3, normal"]);
  });

  test.for([
    ["_serf_install-key", "0781a34b6579b06465666768696a6b6c6d6e6f70717273", { task: "install", key: "defghijklmnopqrs" }],
    ["_serf_use-key", "0781a34b6579b06465666768696a6b6c6d6e6f70717273", { task: "use", key: "defghijklmnopqrs" }],
    ["_serf_remove-key", "0781a34b6579a3010203", { task: "remove", key: "\u0001\u0002\u0003" }],
    ["_serf_list-keys", "0781a34b6579a0", { task: "list", key: "" }],
    ["_serf_install-key", "0881a34b6579b0", { task: "install", key: "" }],
    ["_serf_install-key", "0781a34b6579b0", { task: "install", key: "" }],
    ["_serf_install-key", "", { task: "install", key: "" }],
    ["load", "0781a34b6579a0", undefined],
  ] as const)("%s, with %s, is about our keys or is not", ([name, payload, task]) => {
    expect(keyTaskIn(queryIn(aQuery(name, { payload })))).toEqual(task);
    if (task !== undefined) expect(outputsAfter(aSerf("a"), hears(aQuery(name, { payload })))[0]).toBe(`asked ${name}@3`);
  });

  test("what became of our keys is said as Serf says it", () => {
    expect(encodeKeyReport({ ok: true })).toBe(fromHex("0884a44b657973c0a74d657373616765a0aa5072696d6172794b6579a0a6526573756c74c3"));
    expect(encodeKeyReport({ ok: true, keys: ["ZGVmZ2hpamtsbW5vcHFycw=="] })).toBe(fromHex(
      "0884a44b65797391b85a47566d5a326870616d7473625735766348467963773d3da74d657373616765a0aa5072696d6172794b6579b85a47566d5a326870616d7473625735766348467963773d3da6526573756c74c3",
    ));
    expect(encodeKeyReport({ ok: false, why: "no" })).toBe(fromHex(`0884a44b657973c0a74d657373616765${text("no")}aa5072696d6172794b6579a0a6526573756c74c2`));
  });

  test("an address that is no number is nobody's that Serf knows", () => {
    const odd: SerfInput = { kind: "announced", now: ms(0), change: { kind: "joined", member: { ...aRecord("b"), address: address("channel-b:1") } } };
    expect(outputsAfter(stateAfter(aSerf("a"), odd), hears(aQuery("_serf_conflict", { payload: hexOf("b") })))[0]).toBe(response(0, "a206c0"));
  });
});
