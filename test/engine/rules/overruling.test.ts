/**
 * Who overrules whom, in words and as pictures.
 * The pictures: regenerate with `vitest run -u`, read the difference, commit only what you can explain.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GREATEST_INCARNATION, incarnation } from "../../../engine/index.ts";
import { firstOf, lifeOf, overrules, type Standing } from "../../../engine/rules/membership.ts";
import { aStanding, by, standing, statuses, type Order } from "./standings.ts";

describe("who overrules whom, in a total order", () => {
  test.for([
    // heard      held         overrules?  because
    ["alive@2",   "alive@1",   true,       "a fresher word of b's own"],
    ["alive@1",   "alive@1",   false,      "nothing new"],
    ["alive@1",   "alive@2",   false,      "stale"],
    ["suspect@1", "alive@1",   true,       "graver at the same incarnation"],
    ["suspect@1", "alive@2",   false,      "b has refuted it already"],
    ["suspect@2", "alive@1",   true,       "b must have lived on"],
    ["alive@1",   "suspect@1", false,      "b must raise its incarnation to refute"],
    ["alive@2",   "suspect@1", true,       "b has refuted"],
    ["suspect@1", "suspect@1", false,      "nothing new"],
    ["suspect@2", "suspect@1", true,       "a later life is suspected"],
    ["dead@1",    "suspect@1", true,       "b did not refute in time"],
    ["dead@1",    "alive@1",   true,       "graver at the same incarnation"],
    ["dead@1",    "alive@2",   false,      "b has spoken since"],
    ["alive@1",   "dead@1",    false,      "it died after it said so"],
    ["suspect@1", "dead@1",    false,      "dead already"],
    ["alive@2",   "dead@1",    true,       "b is back"],
    ["suspect@2", "dead@1",    true,       "b was back, and is suspected"],
    ["left@1",    "dead@1",    true,       "b's own word outweighs that of others"],
    ["dead@1",    "left@1",    false,      "b said goodbye before it died"],
    ["dead@2",    "left@1",    true,       "a later life has died"],
    ["alive@2",   "left@1",    true,       "b is back"],
  ] as const)("%s over %s: %s, %s", ([heard, held, expected]) => {
    expect(overrules(standing(heard), standing(held), by("total"))).toBe(expected);
  });
});

describe("who overrules whom, where death is final (SWIM §4.2: Confirm overrides Alive and Suspect of any incarnation)", () => {
  test.for([
    ["dead@0",    "alive@9",   true,  "Confirm overrides any Alive"],
    ["dead@0",    "suspect@9", true,  "and any Suspect"],
    ["left@0",    "alive@9",   true,  "a farewell is final as well"],
    ["alive@9",   "dead@0",    false, "for ever"],
    ["suspect@9", "dead@0",    false, "for ever"],
    ["alive@9",   "left@0",    false, "for ever"],
    ["left@1",    "dead@1",    true,  "b's own word"],
    ["dead@2",    "dead@1",    true,  "the later of two ends, so that all agree on one"],
    ["suspect@1", "alive@1",   true,  "as elsewhere"],
    ["alive@2",   "suspect@1", true,  "as elsewhere"],
  ] as const)("%s over %s: %s, %s", ([heard, held, expected]) => {
    expect(overrules(standing(heard), standing(held), by("final"))).toBe(expected);
  });
});

describe("who overrules whom, as memberlist has it", () => {
  test.for([
    ["alive@2",   "alive@1",   true,  "a fresher word of b's own"],
    ["alive@1",   "alive@1",   false, "nothing new"],
    ["alive@1",   "suspect@1", false, "b must raise its incarnation to refute"],
    ["alive@2",   "dead@1",    true,  "b is back"],
    ["alive@2",   "left@1",    true,  "b is back"],
    ["alive@1",   "left@1",    false, "an old word of b's"],
    ["suspect@1", "alive@1",   true,  "graver at the same incarnation"],
    ["suspect@2", "alive@1",   true,  "b must have lived on"],
    ["suspect@1", "alive@2",   false, "b has refuted it already"],
    ["suspect@2", "suspect@1", false, "a confirmation at most: it does not raise the incarnation"],
    ["suspect@2", "dead@1",    false, "only b's own word brings it back"],
    ["suspect@2", "left@1",    false, "only b's own word brings it back"],
    ["dead@1",    "suspect@1", true,  "b did not refute in time"],
    ["dead@2",    "suspect@1", true,  "nor in a later life"],
    ["dead@1",    "alive@2",   false, "b has spoken since"],
    ["dead@2",    "dead@1",    false, "nothing makes the dead deader"],
    ["left@2",    "dead@1",    false, "not even b's own farewell"],
    ["dead@2",    "left@1",    false, "who left is gone"],
    ["left@1",    "alive@1",   true,  "b said goodbye"],
    ["left@1",    "suspect@1", true,  "b said goodbye"],
    ["left@0",    "alive@1",   false, "a farewell from before b came back"],
  ] as const)("%s over %s: %s, %s", ([heard, held, expected]) => {
    expect(overrules(standing(heard), standing(held), by("memberlist"))).toBe(expected);
  });
});

describe("lives of ten incarnations each", () => {
  test.for([[1, 0], [9, 0], [10, 1], [19, 1], [20, 2], [65_536, 6_553]] as const)("incarnation %i belongs to life %i", ([said, life]) => {
    expect(lifeOf(incarnation(said), by("total", 10))).toBe(life);
  });

  test("begin with a round number; where they are not told apart, all is one life that begins with 1", () => {
    expect([1, 2, 7].map((life) => firstOf(life, by("total", 10)))).toEqual([10, 20, 70]);
    expect([1, 2, 7].map((life) => firstOf(life, by("total")))).toEqual([1, 1, 1]);
    expect(lifeOf(GREATEST_INCARNATION, by("total"))).toBe(0);
  });

  test.for([
    // heard       held         overrules?  because
    ["alive@20",   "dead@13",   true,       "death is final for the life that it ended, and this is a later one"],
    ["suspect@20", "left@13",   true,       "the same of a suspicion"],
    ["alive@19",   "dead@13",   false,      "the same life: for ever"],
    ["dead@13",    "alive@20",  false,      "an end of an earlier life"],
    ["dead@20",    "alive@23",  true,       "an end of the same life, whatever it refuted"],
    ["left@13",    "dead@20",   false,      "an earlier life"],
    ["dead@20",    "left@13",   true,       "a later life has died"],
  ] as const)("where death is final, %s over %s: %s, %s", ([heard, held, expected]) => {
    expect(overrules(standing(heard), standing(held), by("final", 10))).toBe(expected);
  });

  test("change nothing in the other orders, which only compare incarnations", () => {
    fc.assert(fc.property(aStanding, aStanding, fc.constantFrom<Order>("total", "memberlist"), (heard, held, order) => {
      expect(overrules(heard, held, by(order, 2))).toBe(overrules(heard, held, by(order)));
    }), { seed: 43, numRuns: 500 });
  });
});

/** Rows are heard, columns held; an x where the row overrules the column. */
function grid(order: Order, heading: string): string {
  const all = statuses.flatMap((status) => [0, 1, 2].map((life) => `${status}@${life}`));
  const rows = all.map((heard) => `${heard.padEnd(9)}  ${all.map((held) => (overrules(standing(heard), standing(held), by(order)) ? "x" : ".")).join(" ")}`);
  const headings = [`${" ".repeat(9)}  alive susp. dead  left`, `heard:     ${"0 1 2 ".repeat(4).trim()}   (held)`];
  const legend = `Who overrules whom, ${heading}: x if the claim heard (row) overrules what is held (column). status@incarnation.`;
  return [legend, "", ...headings, ...rows, ""].join("\n");
}

test.for([
  ["total", "in a total order", "overrules.txt"],
  ["memberlist", "as memberlist has it", "overrules-memberlist.txt"],
  ["final", "where death is final", "overrules-final.txt"],
] as const)("the whole order as a picture: %s", async ([order, heading, picture]) => {
  await expect(grid(order, heading)).toMatchFileSnapshot(`../../golden/${picture}`);
});

const isSame = (one: Standing, other: Standing): boolean => one.status === other.status && one.incarnation === other.incarnation;

test("total and final are strict total orders: of two different standings one overrules the other, and no three go round in a circle", () => {
  const anOrder = fc.constantFrom(by("total"), by("final"), by("final", 2));
  fc.assert(fc.property(aStanding, aStanding, aStanding, anOrder, (a, b, c, order) => {
    expect(Number(overrules(a, b, order)) + Number(overrules(b, a, order))).toBe(isSame(a, b) ? 0 : 1);
    if (overrules(a, b, order) && overrules(b, c, order)) expect(overrules(a, c, order)).toBe(true);
  }), { seed: 42, numRuns: 5_000 });
});

test("memberlist's is none: of the dead at two incarnations neither overrules the other. But never do both, nor anything itself", () => {
  expect([overrules(standing("dead@1"), standing("dead@2"), by("memberlist")), overrules(standing("dead@2"), standing("dead@1"), by("memberlist"))]).toEqual([false, false]);
  fc.assert(fc.property(aStanding, aStanding, (a, b) => {
    expect(overrules(a, b, by("memberlist")) && overrules(b, a, by("memberlist"))).toBe(false);
    if (overrules(a, b, by("memberlist"))) expect(overrules(a, b, by("total")), "what memberlist believes, so do we").toBe(true);
  }), { seed: 44, numRuns: 2_000 });
});
