/** The table in the terminal: pictures that were read by a person; and what must hold of any. */

import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boardOf } from "../../../adapter/agent/board.ts";
import { inkOf } from "../../../adapter/agent/ink.ts";
import { ago, clip, clockText, columnsOf, namesText, payloadText, tame } from "../../../adapter/agent/wording.ts";
import { aRow, aScene, plainInk } from "./scene.ts";

const picture = (columns: number, rows: number, more: Parameters<typeof aScene>[0] = {}): string => `\n${boardOf(aScene(more), { columns, rows, ink: plainInk }).join("\n")}\n`;

describe("pictures", () => {
  test("of a usual terminal", () => {
    expect(picture(100, 20)).toBe(`
 swimlab  a  10.0.0.1:7946 · preset swimlab · encrypted · up 1h02m
 ● 2 alive  ◐ 1 suspect  ✗ 1 failed  ○ 1 left   health well   queue 2

   MEMBER  ADDRESS        STATUS       FOR  INCARNATION  TAGS
 ▸ a       10.0.0.1:7946  ● alive    1h02m            1  role=web
   bb      10.0.0.2:7946  ● alive    3m10s            1  role=db zone=eu
   ccc     10.0.0.3:7946  ◐ suspect     2s            1  by a: no answer, nor through bb
   dddd    10.0.0.4:7946  ✗ failed   1d02h            1  according to bb, via gossip
   eeeee   10.0.0.5:7946  ○ left     1m00s            1  "hello"

 EVENTS
 12:00:01  + bb joined at 10.0.0.2:7946, role=db
 12:00:02  ? ccc is suspected by a: no answer, nor through bb
 12:00:03  ✗ dddd failed, according to bb, via gossip
 12:00:04  ○ eeeee left




 Ctrl-C leaves the group, twice quits at once
`);
  });

  test("with network coordinates: how far those are who are there", () => {
    const rows = [
      aRow("a", "alive", { isUs: true }), aRow("bb", "alive", { distance: 1_393 }), aRow("ccc", "suspect", { distance: 152_400, remark: "by a: no answer" }), aRow("dddd", "failed", { distance: 500 }),
    ];
    expect(picture(100, 12, { rows, recent: [] }).split("\n").slice(4, 9)).toEqual([
      "   MEMBER  ADDRESS        STATUS     FOR  INCARNATION     RTT  TAGS",
      " ▸ a       10.0.0.1:7946  ● alive     5s            1",
      "   bb      10.0.0.2:7946  ● alive     5s            1  1.4 ms",
      "   ccc     10.0.0.3:7946  ◐ suspect   5s            1  150 ms  by a: no answer",
      "   dddd    10.0.0.4:7946  ✗ failed    5s            1",
    ]);
  });

  test("of a small one: those in trouble are not cut off", () => {
    expect(picture(46, 12, { health: 5 })).toBe(`
 swimlab  a  10.0.0.1:7946 · preset swimlab ·…
 ● 2 alive  ◐ 1 suspect  ✗ 1 failed  ○ 1 left…

   MEMBER  ADDRESS        STATUS       FOR  I…
 ▸ a       10.0.0.1:7946  ● alive    1h02m   …
   ccc     10.0.0.3:7946  ◐ suspect     2s   …
   … and 3 more

 EVENTS
 12:00:03  ✗ dddd failed, according to bb, vi…
 12:00:04  ○ eeeee left
 Ctrl-C leaves the group, twice quits at once
`);
  });

  test("of a large group: ourselves, the suspects, the dead, and how many more", () => {
    const many = Array.from({ length: 200 }, (_, i) => aRow(`m${i}`, i === 150 ? "suspect" : i === 160 ? "failed" : "alive", { isUs: i === 100 }));
    expect(picture(70, 14, { rows: many, recent: [] }).split("\n").slice(4, 12)).toEqual([
      "   MEMBER  ADDRESS        STATUS     FOR  INCARNATION  TAGS",
      " ▸ m100    10.0.0.4:7946  ● alive     5s            1",
      "   m150    10.0.0.4:7946  ◐ suspect   5s            1",
      "   m160    10.0.0.4:7946  ✗ failed    5s            1",
      "   m0      10.0.0.2:7946  ● alive     5s            1",
      "   m1      10.0.0.2:7946  ● alive     5s            1",
      "   m2      10.0.0.2:7946  ● alive     5s            1",
      "   … and 194 more",
    ]);
  });

  test("of one that doubts itself, and leaves", () => {
    const [, , standing = "", ...rest] = picture(120, 30, { health: 6, late: 2_000, isLeaving: true }).split("\n");
    expect(standing).toContain("health 6 of 7: we may be slow   queue 2, alarm 2s late");
    expect(rest.at(-2)).toBe(" leaving the group; Ctrl-C again quits at once");
  });
});

describe("whatever peers call themselves", () => {
  const names = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("\u001b[2J\u001b[31mboo", "a\nb", "日本語", "👩‍👩‍👧", "e\u0301", "\u202egnitirw", "\u009b31m"));

  test("no line is wider than the page, none breaks, and no control reaches the terminal", () => {
    fc.assert(fc.property(names, names, fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 40 }), (name, tag, columns, rows) => {
      const scene = aScene({ name, rows: [aRow("x", "alive", {}, { name, address: tag, tags: { [tag]: name } })], recent: [{ at: new Date(), news: { kind: "message", at: 0 as never, from: name, payload: new TextEncoder().encode(tag) } }] });
      const lines = boardOf(scene, { columns, rows, ink: plainInk });
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) {
        expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(line).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
      }
      const coloured = boardOf(scene, { columns, rows, ink: inkOf(true) }).map((line) => stripVTControlCharacters(line).trimEnd());
      expect(coloured).toEqual(lines.map((line) => line.trimEnd()));
    }), { seed: 1, numRuns: 300 });
  });
});

describe("words", () => {
  test.each([[999, "0s"], [59_999, "59s"], [60_000, "1m00s"], [3_599_000, "59m59s"], [3_600_000, "1h00m"], [86_399_000, "23h59m"], [90_000_000, "1d01h"], [-5, "0s"]])("%i ms is %s", (length, text) => expect(ago(length)).toBe(text));
  test.each([[[], "nobody"], [["b"], "b"], [["b", "c"], "b and c"], [["b", "c", "d"], "b, c and d"], [["b", "c", "d", "e", "f", "g"], "b, c, d, e and 2 more"]])("%j is %s", (names, text) => expect(namesText(names)).toBe(text));
  test("wide characters take two columns, marks none, and a cut never halves one", () => {
    expect([columnsOf("日本"), columnsOf("e\u0301"), columnsOf("ab")]).toEqual([4, 1, 2]);
    expect(clip("日本語", 4)).toBe("日…");
    expect(clip("日本語", 6)).toBe("日本語");
  });
  test("texts are tamed, bytes are counted", () => {
    expect(tame("\u001b[31ma\tb\r\nc\u202e")).toBe("a b c");
    expect(payloadText(new TextEncoder().encode("hi"))).toBe('"hi"');
    expect(payloadText(Uint8Array.of(255, 254))).toBe("2 bytes");
  });
  test("the clock is this machine's", () => expect(clockText(new Date(2026, 0, 2, 3, 4, 5))).toBe("03:04:05"));
});
