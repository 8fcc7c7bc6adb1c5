/** What a claim makes of a member: the record, our answer if it is about ourselves, and whose a name is. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GREATEST_INCARNATION, incarnation, type Config, type Member, type Versions } from "../../../engine/index.ts";
import { answerTo, isOldNews, isSpeaking, isUnanswerable, lastWordAgainst, ofAnotherAddress, ofMyself, recordOf, standing as standingOf } from "../../../engine/rules/membership.ts";
import { aClaim, aConfig, alive, aRecord, at, dead, left, suspect } from "../../builders.ts";
import { aStanding, by, orders, standing } from "./standings.ts";

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

describe("the accused's last word against an accusation", () => {
  const word = (held: string, accused: string) => {
    const [status, life] = held.split("@");
    const claim = aClaim("b", accused, "c");
    return claim.kind === "alive" ? undefined : lastWordAgainst(claim, aRecord("b", { life: Number(life), status: status as Member["status"] }));
  };

  test("is its refutation, at a higher incarnation, whether or not it is suspected again since", () => {
    for (const held of ["alive@3", "suspect@3"]) for (const accused of ["suspect@2", "dead@2", "dead@1"]) expect(word(held, accused), `${held}, ${accused}`).toEqual(alive("b", 3));
    for (const accused of ["suspect@3", "dead@3", "suspect@4"]) expect(word("alive@3", accused), accused).toBeUndefined();
  });

  test("is its goodbye, which stands at its own incarnation, too", () => {
    for (const accused of ["suspect@2", "suspect@3", "dead@3"]) expect(word("left@3", accused), accused).toEqual(left("b", 3));
    expect(word("left@3", "suspect@4"), "of a life after that goodbye").toBeUndefined();
  });

  test("is none of the dead: they have said nothing", () => {
    for (const accused of ["suspect@1", "dead@2"]) expect(word("dead@2", accused), accused).toBeUndefined();
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
    [9,            "alive@11",  0,            "old-news",      "an earlier life: there it was before"],
    [11,           "left@11",   0,            "take-over",     "it said goodbye: the name is free"],
    [10,           "left@11",   0,            "take-over",     "for anybody"],
    [9,            "left@11",   0,            "old-news",      "but not for whom it was before: a goodbye holds of earlier lives as well"],
    [11,           "dead@11",   minutes,      "conflict",      "not dead for long enough: strictly"],
    [11,           "dead@11",   minutes + 1,  "take-over",     "dead for long enough"],
    [10,           "dead@11",   minutes + 1,  "take-over",     "whatever its incarnation"],
    [9,            "dead@11",   minutes + 1,  "old-news",      "of that life"],
  ] as const)("at %i, held %s, dead for %i µs: %s, %s", ([claimedAt, held, deadFor, expected]) => {
    expect(ofAnotherAddress(heard(claimedAt), { ...aRecord("b"), ...standing(held) }, deadFor, lively)).toBe(expected);
  });

  test("counts anew, where lives are not told apart", () => {
    expect(ofAnotherAddress(heard(3), aRecord("b", { status: "left", life: 11 }), 0, aConfig())).toBe("take-over");
    expect(ofAnotherAddress(heard(3), aRecord("b", { status: "dead", life: 11 }), minutes + 1, { ...lively, incarnationsPerLife: 0 })).toBe("take-over");
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
    expect(isUnanswerable(status, GREATEST_INCARNATION, incarnation(1))).toBe(true);
    expect(isUnanswerable(status, GREATEST_INCARNATION, undefined)).toBe(true);
    expect(isUnanswerable(status, GREATEST_INCARNATION, GREATEST_INCARNATION)).toBe(false);
    expect(isUnanswerable(status, incarnation(GREATEST_INCARNATION - 1), undefined)).toBe(false);
  }
  expect(isUnanswerable("alive", GREATEST_INCARNATION, undefined)).toBe(false);
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
