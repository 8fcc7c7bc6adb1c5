/** How figures and texts are written. */

import { expect, test } from "vitest";
import { clip, count, figure, length, names, range, tame, wrap } from "../../../sim/cli/report/wording.ts";

test.for([
  [null, "–"], [0, "0"], [1.24e-9, "1.2e-9"], [0.00123, "0.0012"], [0.0994, "0.099"], [0.41234, "0.412"],
  [0.9996, "1.00"], [7.234, "7.23"], [9.996, "10.0"], [12.34, "12.3"], [99.96, "100"], [1234.5, "1,235"],
] as const)("the figure %d: %s", ([x, text]) => expect(figure(x)).toBe(text));

test.for([
  [0, "0.000"], [0.0004, "<0.001"], [0.042, "0.042"], [7.234, "7.23"], [86_400, "86400"],
] as const)("the length %d: %s", ([x, text]) => expect(length(x)).toBe(text));

test.for([
  [[1, 2], "1.00–2.00"], [[1, null], "≥ 1.00"], [[null, 2], "≤ 2.00"], [[null, null], "–"],
] as const)("the interval %j: %s", ([ends, text]) => expect(range(ends, figure)).toBe(text));

test("counts are cut into thousands", () => expect(count(1_234_567)).toBe("1,234,567"));

test("a text from outside neither colours nor moves anything", () => {
  expect(tame("\u001b[31mred\u001b[0m\talert\r\n\u0007 \u2028once")).toBe("red alert once");
});

test("lines break between words, and a word too long is cut", () => {
  expect(wrap("one two three fourteen", 8)).toEqual(["one two", "three", "fourteen"]);
  expect(wrap("incomprehensible", 8)).toEqual(["incompr…"]);
  expect(wrap(" ", 8)).toEqual([]);
  expect(clip("ünïcödé 🦉🦉", 9)).toBe("ünïcödé …");
});

test.for([
  [20, "ann bob cy"], [10, "ann bob cy"], [9, "ann +2"], [5, "3 me…"],
] as const)("three names in %d columns: %s", ([columns, text]) => expect(names(["ann", "bob", "cy"], columns)).toBe(text));
