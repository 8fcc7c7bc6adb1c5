/** What a few letters find, what an instant is, where a long list stands, what a message's bytes are called. */

import { expect, test } from "vitest";
import { encode } from "../../engine/index.ts";
import { fitness } from "../../viz/model/fuzzy.ts";
import { momentFrom } from "../../viz/model/moment.ts";
import { heightOf, HIGHEST, rowAt, topOf } from "../../viz/model/scroll.ts";
import { bytePartsOf } from "../../viz/worker/byte-parts.ts";
import { ping, suspect } from "../builders.ts";

const best = (query: string, ...titles: readonly string[]): string | undefined =>
  titles.map((title) => ({ title, worth: fitness(query, title) })).filter(({ worth }) => worth > 0).toSorted((one, other) => other.worth - one.worth)[0]?.title;

test("a few letters find what was meant", () => {
  const titles = ["Next disruption", "Previous disruption", "Play partition", "Play or pause", "m07", "m17", "Show the log"];
  expect([best("nd", ...titles), best("partition", ...titles), best("m07", ...titles), best("log", ...titles), best("prev dis", ...titles), best("xyz", ...titles)])
    .toEqual(["Next disruption", "Play partition", "m07", "Show the log", "Previous disruption", undefined]);
});

test("instants as people type them", () => {
  expect(["12.5", "12.5s", "250ms", "1m30s", "1:30", "1h", "7us"].map(momentFrom)).toEqual([12.5e6, 12.5e6, 250e3, 90e6, 90e6, 3.6e9, 7]);
  expect(["", "soon", "12x", "1:75", "m07"].map(momentFrom)).toEqual([null, null, null, null, null]);
});

test("a list of five million rows scrolls to each of them, and no scroller is too high", () => {
  const extent = { rows: 5_000_000, rowHeight: 24, seen: 480 };
  expect(heightOf(extent)).toBe(HIGHEST);
  for (const row of [0, 1, 12_345, 2_500_000, 4_999_980]) expect(rowAt(topOf(row, extent), extent)).toBeCloseTo(row, 3);
  const short = { rows: 100, rowHeight: 24, seen: 480 };
  expect([heightOf(short), rowAt(240, short), topOf(10, short), rowAt(0, { ...short, rows: 3 })]).toEqual([2_400, 10, 240, 0]);
});

test("every byte of a message has a name", () => {
  const bytes = encode(ping("a", "b", 300, suspect("c", "a", 2)));
  const parts = bytePartsOf(bytes);
  expect(parts.map(({ from }, n) => (n === 0 ? from === 0 : from === parts[n - 1]?.to))).not.toContain(false);
  expect(parts.at(-1)?.to).toBe(bytes.length);
  expect(parts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    "type: compound", "number of parts: 2", expect.stringMatching(/^length of part 1: \d+$/), expect.stringMatching(/^length of part 2: \d+$/),
    "part 1 type: ping", "part 1 map: 5 entries", "part 1 Node: b", "part 1 SeqNo: 300", "part 1 SourceAddr: 10.0.0.1", "part 1 SourceNode: a", "part 1 SourcePort: 7946",
    "part 2 type: suspect", "part 2 map: 3 entries", "part 2 From: a", "part 2 Incarnation: 2", "part 2 Node: c",
  ]);
});
