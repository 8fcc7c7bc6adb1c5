/**
 * Who overrules whom, in words and as pictures.
 * The pictures: regenerate with `vitest run -u`, read the difference, commit only what you can explain.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GREATEST_INCARNATION, incarnation, type Config, type Member, type Status, type Versions } from "../../../engine/index.ts";
import {
  answerTo, firstOf, isOldNews, isSpeaking, isUnanswerable, lifeOf, ofAnotherAddress, ofMyself, overrules, recordOf, standing as standingOf, type Precedence, type Standing,
} from "../../../engine/rules/membership.ts";
import { aClaim, aConfig, alive, aRecord, at, dead, left, suspect } from "../../builders.ts";

type Order = Config["precedence"];
const orders = ["total", "memberlist", "final"] as const satisfies readonly Order[];
/** An order in which lives are not told apart, unless said how many incarnations one has. */
const by = (precedence: Order, incarnationsPerLife = 0): Precedence => ({ precedence, incarnationsPerLife });
const statuses = ["alive", "suspect", "dead", "left"] as const satisfies readonly Status[];

function standing(text: string): Standing {
  const [word, life] = text.split("@");
  const status = statuses.find((known) => known === word);
  if (status === undefined) throw new RangeError(`no status: ${text}`);
  return { status, incarnation: incarnation(Number(life)) };
}

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

const aStanding = fc.record({ status: fc.constantFrom(...statuses), incarnation: fc.nat({ max: 3 }).map(incarnation) });
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

describe("the record that a claim makes", () => {
  const held: Member = aRecord("b", { life: 2, meta: "old" });

  test("alive brings address, meta and versions with it", () => {
    const said = { ...aRecord("b", { life: 3, meta: "new" }), address: at("x") };
    expect(recordOf({ kind: "alive", member: said }, held, by("total"))).toEqual(said);
  });

  test("an accusation changes status and incarnation, and nothing else", () => {
    expect(recordOf(suspect("b", "c", 5), held, by("total"))).toEqual({ ...held, status: "suspect", incarnation: 5 });
    expect(recordOf(dead("b", "c", 2), held, by("total"))).toEqual({ ...held, status: "dead" });
    expect(recordOf(left("b", 2), held, by("total"))).toEqual({ ...held, status: "left" });
  });

  test("what is stale makes none", () => {
    for (const word of ["alive@2", "alive@1", "suspect@1", "dead@1", "left@1"]) expect(recordOf(aClaim("b", word, "c"), held, by("total"))).toBeUndefined();
  });

  test("of a stranger only alive makes one: nobody is accused whom we don't know", () => {
    expect(recordOf(alive("b", 4), undefined, by("total"))).toEqual(aRecord("b", { life: 4 }));
    for (const word of ["suspect@9", "dead@9", "left@9"]) expect(recordOf(aClaim("b", word, "c"), undefined, by("total"))).toBeUndefined();
  });
});

describe("old news", () => {
  const held: Member = aRecord("b", { life: 2 });

  test("is what we hold, and what is staler", () => {
    expect(isOldNews({ kind: "alive", member: held }, held, aConfig())).toBe(true);
    for (const word of ["alive@2", "alive@1", "suspect@1", "dead@1", "left@1"]) expect(isOldNews(aClaim("b", word, "c"), held, aConfig()), word).toBe(true);
    for (const word of ["alive@3", "suspect@2", "dead@2", "left@3"]) expect(isOldNews(aClaim("b", word, "c"), held, aConfig()), word).toBe(false);
  });

  test("is not another address, however old: somebody may take over the name", () => {
    expect(isOldNews({ kind: "alive", member: { ...aRecord("b"), address: at("x") } }, held, aConfig())).toBe(false);
  });

  test("is not a suspicion of one who is suspected, where others may confirm", () => {
    const doubted = aRecord("b", { life: 2, status: "suspect" });
    expect([0, 2].map((confirmations) => isOldNews(suspect("b", "c", 2), doubted, aConfig({ confirmations })))).toEqual([true, false]);
    expect(isOldNews(suspect("b", "c", 1), doubted, aConfig({ confirmations: 2 })), "but of an earlier life").toBe(true);
  });

  test("never makes a record: whatever it passes by, weighing would have passed by as well", () => {
    const aHeld = aStanding.map(({ status, incarnation }): Member => ({ ...aRecord("b"), status, incarnation }));
    const aWord = aStanding.map(({ status, incarnation }) => aClaim("b", `${status}@${incarnation}`, "c"));
    const seen = { old: 0, news: 0 };
    fc.assert(fc.property(aHeld, aWord, fc.constantFrom(...orders), fc.constantFrom(0, 2), (held, word, precedence, incarnationsPerLife) => {
      const config = aConfig({ precedence, incarnationsPerLife });
      const isNews = recordOf(word, held, config) !== undefined;
      if (isNews) expect(isOldNews(word, held, config)).toBe(false);
      if (isOldNews(word, held, config)) seen.old++;
      if (isNews) seen.news++;
    }), { seed: 45, numRuns: 2_000 });
    expect(Math.min(seen.old, seen.news)).toBeGreaterThan(300);
  });
});

describe("what we make of a word about ourselves, at incarnation 2", () => {
  const me = aRecord("b", { life: 2, meta: "mine" });

  test.for([
    // heard      else       where death is final  because
    ["suspect@1", "ignore",  "ignore",             "refuted long ago"],
    ["suspect@2", "refute",  "refute",             "we are here"],
    ["suspect@3", "refute",  "refute",             "a life that we do not remember"],
    ["dead@1",    "ignore",  "depart",             "stale; but where death is final, no incarnation helps"],
    ["dead@2",    "refute",  "depart",             "we are here; or were, if death is final"],
    ["left@1",    "ignore",  "depart",             "a farewell from before a restart"],
    ["left@2",    "refute",  "depart",             "the same, at our incarnation"],
    ["alive@1",   "ignore",  "ignore",             "an old word of ours"],
    ["alive@3",   "refute",  "refute",             "we restarted, and the group remembers more of us than we do"],
  ] as const)("%s: %s; where death is final, %s: %s", ([heard, forgiving, final]) => {
    for (const precedence of orders) expect(ofMyself(aClaim("b", heard, "c"), me, aConfig({ precedence }))).toBe(precedence === "final" ? final : forgiving);
  });

  test("our own word is our own only if it says what we say", () => {
    for (const precedence of orders) {
      const config = aConfig({ precedence });
      expect(ofMyself({ kind: "alive", member: me }, me, config)).toBe("ignore");
      expect(ofMyself({ kind: "alive", member: { ...me, meta: aRecord("b").meta } }, me, config)).toBe("refute");
      expect(ofMyself({ kind: "alive", member: { ...me, versions: [1, 5, 2, 2, 5, 4] } }, me, config)).toBe("refute");
    }
  });

  test("under the greatest incarnation, nothing is answered: nothing could be said above it", () => {
    expect(ofMyself(aClaim("b", `alive@${GREATEST_INCARNATION}`), me, aConfig())).toBe("ignore");
  });
});

describe("what we make of a word about ourselves, at incarnation 23, the fourth of our second life, where another life can begin", () => {
  const me = aRecord("b", { life: 23 });

  test.for([
    // heard       else       where death is final  because
    ["dead@22",    "ignore",  "renew",              "stale; but where death is final, it ends this life"],
    ["dead@23",    "renew",   "renew",              "the group believes us dead: another life overrules that at once"],
    ["left@23",    "renew",   "renew",              "the same of a farewell"],
    ["dead@31",    "renew",   "renew",              "of a life that we do not remember"],
    ["dead@19",    "ignore",  "ignore",             "an earlier life of ours has ended; we know"],
    ["suspect@23", "refute",  "refute",             "we live, and this life goes on"],
    ["alive@24",   "refute",  "refute",             "we restarted, and the group remembers more of us than we do"],
  ] as const)("%s: %s; where death is final, %s: %s", ([heard, forgiving, final]) => {
    for (const precedence of orders) {
      const config = aConfig({ precedence, incarnationsPerLife: 10, renewal: "on" });
      expect(ofMyself(aClaim("b", heard, "c"), me, config)).toBe(precedence === "final" ? final : forgiving);
    }
  });

  test("but is not wanted, an end that is final is obeyed, unless it is that of an earlier life", () => {
    const config = aConfig({ precedence: "final", incarnationsPerLife: 10 });
    expect(["dead@22", "left@31", "dead@19"].map((heard) => ofMyself(aClaim("b", heard, "c"), me, config))).toEqual(["depart", "depart", "ignore"]);
  });
});

describe("our answer", () => {
  test.for([
    // to a word at, at our own, by,       is said at, because
    [5,              5,          "refute", 6,          "the next"],
    [9,              5,          "refute", 10,         "above what the group remembers of us"],
    [3,              5,          "refute", 6,          "never below our own"],
    [13,             15,         "renew",  20,         "the first of the next life"],
    [31,             15,         "renew",  40,         "the first life that nobody has heard of"],
    [GREATEST_INCARNATION - 1, 15, "refute", GREATEST_INCARNATION, "the last there is"],
    [GREATEST_INCARNATION - 1, 15, "renew", GREATEST_INCARNATION, "no further life fits on the wire"],
  ] as const)("to a word at %i, at our own %i, by %s, is said at %i: %s", ([said, own, verdict, expected]) => {
    expect(answerTo(incarnation(said), incarnation(own), verdict, by("total", 10))).toBe(expected);
  });
});

describe("a name claimed from another address", () => {
  const minutes = 60_000_000;
  const lively = aConfig({ reclaimAfter: minutes as Config["reclaimAfter"], incarnationsPerLife: 10 });
  const heard = (life: number): Member => ({ ...aRecord("b", { life }), address: at("x") });

  test.for([
    // claimed at, held         for so long,  is               because
    [11,           "alive@11",  0,            "conflict",      "two of one name: who is known keeps it"],
    [15,           "alive@11",  0,            "conflict",      "however loud the other speaks"],
    [11,           "suspect@11", 0,           "conflict",      "who is only suspected lives"],
    [20,           "alive@11",  0,            "take-over",     "it restarted elsewhere, in a later life"],
    [9,            "alive@11",  0,            "conflict",      "an earlier life"],
    [11,           "left@11",   0,            "take-over",     "it said goodbye: the name is free"],
    [3,            "left@11",   0,            "take-over",     "for anybody"],
    [11,           "dead@11",   minutes,      "conflict",      "not dead for long enough: strictly"],
    [11,           "dead@11",   minutes + 1,  "take-over",     "dead for long enough"],
    [3,            "dead@11",   minutes + 1,  "take-over",     "whatever its incarnation"],
  ] as const)("at %i, held %s, dead for %i µs: %s, %s", ([claimedAt, held, deadFor, expected]) => {
    expect(ofAnotherAddress(heard(claimedAt), { ...aRecord("b"), ...standing(held) }, deadFor, lively)).toBe(expected);
  });

  test("is never given up by the dead where nobody may reclaim it, nor by the living where lives are not told apart", () => {
    expect(ofAnotherAddress(heard(15), aRecord("b", { status: "dead", life: 11 }), 1e15, aConfig())).toBe("conflict");
    expect(ofAnotherAddress(heard(99), aRecord("b", { life: 11 }), 0, aConfig())).toBe("conflict");
  });
});

test("the same member of another standing keeps all else", () => {
  const member = aRecord("b", { meta: "mine" });
  expect(standingOf(member, "dead", incarnation(7))).toEqual({ ...member, status: "dead", incarnation: 7 });
});

test("nobody can answer an accusation under the greatest incarnation; an alive may say it", () => {
  for (const status of ["suspect", "dead", "left"] as const) {
    expect(isUnanswerable(status, GREATEST_INCARNATION)).toBe(true);
    expect(isUnanswerable(status, incarnation(GREATEST_INCARNATION - 1))).toBe(false);
  }
  expect(isUnanswerable("alive", GREATEST_INCARNATION)).toBe(false);
});

describe("who says which protocol it speaks", () => {
  test.for<readonly [Versions, boolean, string]>([
    [[1, 5, 2, 0, 0, 0], true,  "as memberlist does"],
    [[2, 2, 2, 0, 0, 0], true,  "one version alone"],
    [[0, 5, 2, 0, 0, 0], false, "no least version"],
    [[1, 0, 2, 0, 0, 0], false, "no greatest version"],
    [[0, 0, 0, 0, 0, 0], false, "it says nothing"],
    [[3, 2, 2, 0, 0, 0], false, "the least is above the greatest"],
  ])("%j: %s, %s", ([versions, expected]) => {
    expect(isSpeaking(versions)).toBe(expected);
  });
});
