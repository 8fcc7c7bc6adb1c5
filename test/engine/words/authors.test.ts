/** Whose broadcasts were heard, and which: against a plain set of numbers, at the bounds, and at what strangers send. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytes, instant, lookUp, micros, type Bytes, type Instant } from "../../../engine/index.ts";
import { AUTHORS, isHeard, markOf, noAuthors, RANGES, signed, SILENCE, unsigned, withHeard, type Authors } from "../../../engine/words/authors.ts";
import { aRecord } from "../../builders.ts";

const NOW = instant(1_000_000);
const later = (by: number): Instant => instant(NOW + by);
const author = (k: number): Bytes => bytes(`author-${k}`);
/** What is remembered once these were heard of one author. */
const hearing = (numbers: readonly number[], at = NOW): Authors =>
  numbers.reduce<Authors>((authors, number) => withHeard(authors, { author: author(0), number }, at) ?? authors, noAuthors);
const hasHeard = (authors: Authors, number: number, k = 0): boolean => isHeard(authors, { author: author(k), number });

describe("what was heard of an author", () => {
  test("is what came, in whatever order it came", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60, size: "max" }), (numbers) => {
      const [authors, model] = [hearing(numbers), new Set(numbers)];
      for (let number = 0; number <= 42; number++) expect(hasHeard(authors, number), `${number}`).toBe(model.has(number));
      const held = lookUp(authors, author(0)) ?? [];
      expect(held).toEqual(held.toSorted((one, other) => one - other));
      expect(new Set(held).size, "ranges that touch are one").toBe(held.length);
    }), { seed: 11, numRuns: 400 });
  });

  test("is one range, however much it was", () => {
    const thousand = Array.from({ length: 1_000 }, (_, k) => k + 1);
    for (const order of [thousand, thousand.toReversed(), thousand.toSorted((one, other) => (one % 2) - (other % 2) || one - other).toReversed()]) {
      expect(lookUp(hearing(order.slice(0, 400)), author(0))!.length).toBeLessThanOrEqual(2 * RANGES);
      expect(lookUp(hearing(order), author(0))).toEqual([1, 1_001]);
    }
  });

  test("takes a bounded place: of too many gaps the lowest is closed", () => {
    const odd = Array.from({ length: RANGES }, (_, k) => 2 * k + 1);
    expect([hasHeard(hearing(odd), 2), lookUp(hearing(odd), author(0))!.length]).toEqual([false, 2 * RANGES]);
    const more = hearing([...odd, 2 * RANGES + 1]);
    expect([hasHeard(more, 2), hasHeard(more, 4), hasHeard(more, 2 * RANGES + 1), lookUp(more, author(0))!.length]).toEqual([true, false, true, 2 * RANGES]);
  });

  test("is its author's alone", () => {
    expect([hasHeard(hearing([7]), 7), hasHeard(hearing([7]), 7, 1)]).toEqual([true, false]);
  });
});

describe("of too many authors", () => {
  const full = (at: (k: number) => Instant = () => NOW): Authors => {
    let authors = noAuthors;
    for (let k = 0; k < AUTHORS; k++) authors = withHeard(authors, { author: author(k), number: 1 }, at(k))!;
    return authors;
  };

  test("none is forgotten whose words may be under way: there is no place for another", () => {
    expect(withHeard(full(), { author: author(AUTHORS), number: 1 }, later(SILENCE - 1))).toBeUndefined();
    const next = withHeard(full(), { author: author(5), number: 2 }, later(SILENCE - 1))!;
    expect(hasHeard(next, 2, 5), "who is known goes on").toBe(true);
  });

  test("who was silent for longest makes room, by what came last of it", () => {
    const again = withHeard(full((k) => later(k)), { author: author(0), number: 1 }, later(SILENCE))!;
    const next = withHeard(again, { author: author(AUTHORS), number: 1 }, later(SILENCE + 1))!;
    expect([0, 1, 2, AUTHORS].map((k) => hasHeard(next, 1, k))).toEqual([true, false, true, true]);
  });

  test("copies change nothing within a second, so that most cost nothing", () => {
    const once = hearing([3]);
    expect(withHeard(once, { author: author(0), number: 3 }, later(micros(999_999)))).toBe(once);
    expect(withHeard(once, { author: author(0), number: 3 }, later(micros(1_000_000)))).not.toBe(once);
  });
});

describe("a signature", () => {
  test("comes back from before what it signs", () => {
    for (const number of [1, 127, 128, 300, 16_384, 2 ** 31, 2 ** 35 - 1]) {
      expect(unsigned(signed({ author: bytes("marked"), number }, bytes("deploy"))), `${number}`).toEqual([{ author: "marked", number }, "deploy"]);
    }
    expect(unsigned(signed({ author: bytes("marked"), number: 5 }, bytes("")))).toEqual([{ author: "marked", number: 5 }, ""]);
  });

  test("is none if it is cut, has no number, or a number without end", () => {
    for (const written of ["", "mark", "marked", "marked\x80", "marked\0word", "marked\xff\xff\xff\xff\xff\x01"]) expect(unsigned(bytes(written)), JSON.stringify(written)).toBeUndefined();
  });

  test("is another life's if anything is other with which it began", () => {
    const [a, b, second] = [aRecord("a"), aRecord("b"), aRecord("a", { life: 2 })];
    const marks = [markOf(a, 1, 0, NOW), markOf(b, 1, 0, NOW), markOf(second, 1, 0, NOW), markOf(a, 2, 0, NOW), markOf(a, 1, 1, NOW), markOf(a, 1, 0, later(1))];
    expect(new Set(marks).size).toBe(6);
    expect(marks.map(({ length }) => length)).toEqual([6, 6, 6, 6, 6, 6]);
    expect(markOf(a, 1, 0, NOW)).toBe(marks[0]);
  });
});
