/**
 * Who overrules whom, in words and as pictures.
 * The pictures: regenerate with `vitest run -u`, read the difference, commit only what you can explain.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { incarnation, type Config, type Member, type Status } from "../../../engine/index.ts";
import { ofMyself, overrules, recordOf, type Standing } from "../../../engine/rules/membership.ts";
import { aClaim, alive, aRecord, at, dead, left, suspect } from "../../builders.ts";

type Death = Config["death"];
const statuses = ["alive", "suspect", "dead", "left"] as const satisfies readonly Status[];

function standing(text: string): Standing {
  const [word, life] = text.split("@");
  const status = statuses.find((known) => known === word);
  if (status === undefined) throw new RangeError(`no status: ${text}`);
  return { status, incarnation: incarnation(Number(life)) };
}

describe("who overrules whom, where the dead may return", () => {
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
    ["dead@1",    "alive@2",   false,      "b has spoken since (memberlist rule 45)"],
    ["alive@1",   "dead@1",    false,      "it died after it said so"],
    ["suspect@1", "dead@1",    false,      "dead already"],
    ["alive@2",   "dead@1",    true,       "b is back"],
    ["suspect@2", "dead@1",    true,       "b was back, and is suspected"],
    ["left@1",    "dead@1",    true,       "b's own word outweighs that of others"],
    ["dead@1",    "left@1",    false,      "b said goodbye before it died"],
    ["dead@2",    "left@1",    true,       "a later life has died"],
    ["alive@2",   "left@1",    true,       "b is back"],
  ] as const)("%s over %s: %s, %s", ([heard, held, expected]) => {
    expect(overrules(standing(heard), standing(held), "by-incarnation")).toBe(expected);
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
    expect(overrules(standing(heard), standing(held), "final")).toBe(expected);
  });
});

/** Rows are heard, columns held; an x where the row overrules the column. */
function grid(death: Death): string {
  const all = statuses.flatMap((status) => [0, 1, 2].map((life) => `${status}@${life}`));
  const rows = all.map((heard) => `${heard.padEnd(9)}  ${all.map((held) => (overrules(standing(heard), standing(held), death) ? "x" : ".")).join(" ")}`);
  const headings = [`${" ".repeat(9)}  alive susp. dead  left`, `heard:     ${"0 1 2 ".repeat(4).trim()}   (held)`];
  const legend = `Who overrules whom, where death is ${death}: x if the claim heard (row) overrules what is held (column). status@incarnation.`;
  return [legend, "", ...headings, ...rows, ""].join("\n");
}

test("the whole order as a picture", async () => {
  await expect(grid("by-incarnation")).toMatchFileSnapshot("../../golden/overrules.txt");
  await expect(grid("final")).toMatchFileSnapshot("../../golden/overrules-final.txt");
});

const aStanding = fc.record({ status: fc.constantFrom(...statuses), incarnation: fc.nat({ max: 3 }).map(incarnation) });
const aDeath = fc.constantFrom<Death>("by-incarnation", "final");

test("it is a strict total order: of two different standings one overrules the other, and no three go round in a circle", () => {
  fc.assert(fc.property(aStanding, aStanding, aStanding, aDeath, (a, b, c, death) => {
    const isSame = a.status === b.status && a.incarnation === b.incarnation;
    expect(Number(overrules(a, b, death)) + Number(overrules(b, a, death))).toBe(isSame ? 0 : 1);
    if (overrules(a, b, death) && overrules(b, c, death)) expect(overrules(a, c, death)).toBe(true);
  }), { seed: 42, numRuns: 5_000 });
});

describe("the record that a claim makes", () => {
  const held: Member = aRecord("b", { life: 2, meta: "old" });

  test("alive brings address, meta and versions with it", () => {
    const said = { ...aRecord("b", { life: 3, meta: "new" }), address: at("x") };
    expect(recordOf({ kind: "alive", member: said }, held, "by-incarnation")).toEqual(said);
  });

  test("an accusation changes status and incarnation, and nothing else", () => {
    expect(recordOf(suspect("b", "c", 5), held, "by-incarnation")).toEqual({ ...held, status: "suspect", incarnation: 5 });
    expect(recordOf(dead("b", "c", 2), held, "by-incarnation")).toEqual({ ...held, status: "dead" });
    expect(recordOf(left("b", 2), held, "by-incarnation")).toEqual({ ...held, status: "left" });
  });

  test("what is stale makes none", () => {
    for (const word of ["alive@2", "alive@1", "suspect@1", "dead@1", "left@1"]) expect(recordOf(aClaim("b", word, "c"), held, "by-incarnation")).toBeUndefined();
  });

  test("of a stranger only alive makes one: nobody is accused whom we don't know (memberlist rule 36)", () => {
    expect(recordOf(alive("b", 4), undefined, "by-incarnation")).toEqual(aRecord("b", { life: 4 }));
    for (const word of ["suspect@9", "dead@9", "left@9"]) expect(recordOf(aClaim("b", word, "c"), undefined, "by-incarnation")).toBeUndefined();
  });
});

describe("what we make of a word about ourselves, at incarnation 2", () => {
  const me = aRecord("b", { life: 2, meta: "mine" });

  test.for([
    // heard      by-incarnation  final      because
    ["suspect@1", "ignore",       "ignore",  "refuted long ago"],
    ["suspect@2", "refute",       "refute",  "we are here"],
    ["suspect@3", "refute",       "refute",  "a life that we do not remember"],
    ["dead@1",    "ignore",       "depart",  "stale; but where death is final, no incarnation helps"],
    ["dead@2",    "refute",       "depart",  "we are here; or were, if death is final"],
    ["left@1",    "ignore",       "depart",  "a farewell from before a restart"],
    ["left@2",    "refute",       "depart",  "the same, at our incarnation"],
    ["alive@1",   "ignore",       "ignore",  "an old word of ours"],
    ["alive@3",   "refute",       "refute",  "we restarted, and the group remembers more of us than we do"],
  ] as const)("%s: %s; where death is final, %s: %s", ([heard, forgiving, final]) => {
    expect(ofMyself(aClaim("b", heard, "c"), me, "by-incarnation")).toBe(forgiving);
    expect(ofMyself(aClaim("b", heard, "c"), me, "final")).toBe(final);
  });

  test("our own word is our own only if it says what we say (memberlist rule 33)", () => {
    expect(ofMyself({ kind: "alive", member: me }, me, "by-incarnation")).toBe("ignore");
    expect(ofMyself({ kind: "alive", member: { ...me, meta: aRecord("b").meta } }, me, "by-incarnation")).toBe("refute");
    expect(ofMyself({ kind: "alive", member: { ...me, versions: [1, 5, 2, 2, 5, 4] } }, me, "by-incarnation")).toBe("refute");
  });
});
