/** Serf's tags: read from what real agents said, and written as they write them. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metaOfTags, tagsOf } from "../../../engine/wire/index.ts";
import { bytes, type Bytes } from "../../../engine/words/units.ts";
import { captures } from "./captures.ts";

const meta = (hex: string): Bytes => bytes(Buffer.from(hex.replaceAll(" ", ""), "hex").toString("latin1"));
const inHex = (written: Bytes): string => Buffer.from(written, "latin1").toString("hex");

describe("in what Serf's agents said", () => {
  const metas = new Set(captures.filter(({ by }) => by === "Serf 0.9.4").flatMap(({ says = [] }) => says.flatMap(({ Meta }) => (typeof Meta === "string" ? [Meta] : []))));

  test("all are read, and written the same", () => {
    for (const hex of metas) {
      const tags = tagsOf(meta(hex));
      expect(tags && inHex(metaOfTags(tags))).toBe(hex);
    }
  });

  test("they are these", () => {
    const tags = [...metas].map((hex) => JSON.stringify(tagsOf(meta(hex)))).toSorted();
    expect(tags.map((each) => JSON.parse(each))).toEqual([
      { dc: "east", role: "web" }, { role: "db", version: "2" }, { role: "db" }, { role: "lb" }, { role: "mini" }, { role: "seed" }, {},
    ]);
  });
});

test("are sorted by the bytes of their names, whatever order they came in", () => {
  expect(inHex(metaOfTags({ role: "web", dc: "east" }))).toBe("ff82a26463a465617374a4726f6c65a3776562");
  expect(metaOfTags({ dc: "east", role: "web" })).toBe(metaOfTags({ role: "web", dc: "east" }));
  // 2 before 10 is how an object lists them, U+1F600 before U+FFFD how texts compare, and neither is how bytes do.
  expect(Object.keys(tagsOf(metaOfTags({ "\u{1f600}": "", "\ufffd": "", a: "" })) ?? {})).toEqual(["a", "\ufffd", "\u{1f600}"]);
  expect(inHex(metaOfTags({ 2: "", 10: "" }))).toBe("ff82 a23130a0 a132a0".replaceAll(" ", ""));
});

test("may be none, many, and long", () => {
  expect(inHex(metaOfTags({}))).toBe("ff80");
  expect(tagsOf(meta("ff80"))).toEqual({});
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`name ${k}`, "x".repeat(3 * k)]));
  expect(inHex(metaOfTags(many)).slice(0, 8)).toBe("ffde0014");
  expect(tagsOf(metaOfTags(many))).toEqual(many);
});

test("with any names and values come back, names that mean something to objects too", () => {
  const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("__proto__", "constructor", "10", "2"));
  fc.assert(fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 18 }), (entries) => {
    const tags = Object.fromEntries(entries);
    const read = tagsOf(metaOfTags(tags)) ?? {};
    expect(Object.entries(read).toSorted()).toEqual(Object.entries(tags).toSorted());
    expect(metaOfTags(read)).toBe(metaOfTags(tags));
  }), { seed: 66, numRuns: 300 });
});

test.for([
  ["nothing", ""],
  ["a bare role, as the first Serfs wrote it", "776562"],
  ["something else", "ff93010203"],
  ["half of it", "ff82a26463a465617374"],
  ["a name that is a number", "ff8101a0"],
  ["a value that is not UTF-8", "ff81a161a1ff"],
  ["more tags than bytes", "ffdfffffffff"],
] as const)("%s holds none", ([, hex]) => {
  expect(tagsOf(meta(hex))).toBeNull();
});

test("in newer forms of text are read as well, and what follows them is passed over", () => {
  expect(tagsOf(meta("ff81 d901 61 c4 01 62 00"))).toEqual({ a: "b" });
});
