/** Filters: what each expression lets through, what is said of a wrong one, and what is offered while it is written. */

import { describe, expect, test } from "vitest";
import type { Fact, Thing } from "../../viz/model/fact.ts";
import { filterInWords, parseFilter } from "../../viz/model/filter.ts";
import { filterCompletions } from "../../viz/model/filter-completion.ts";
import { filterKeys, flags } from "../../viz/model/filter-words.ts";

const names = Array.from({ length: 20 }, (_, n) => `m${String(n).padStart(2, "0")}`);
const thing = (about: Partial<Thing>): Thing => ({ kinds: [], from: [], to: [], about: [], size: Number.NaN, took: Number.NaN, ...about });
const ping = thing({ kinds: ["ping", "lost", "suspect"], from: [5], to: [12], about: [7], size: 90 });
const ack = thing({ kinds: ["ack", "arrived"], from: [3], to: [5], size: 40, took: 1_500 });
/** m05 received an ack from m03 at 12 s, and sent m12 a ping that was lost. */
const fact: Fact = { at: 12e6, line: 80, where: [5], some: (fits) => [thing({ kinds: ["received"], from: [5] }), ack, ping].some(fits), text: () => "ack#1 from m03 ping#2 to m12" };

const fits = (text: string): boolean => {
  const parsed = parseFilter(text, names);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.filter.fits(fact);
};

describe("an expression lets through", () => {
  test.for([
    "", "kind:ping from:m05 to:m1* about:m07 t>10s lost", "kind:ping,nack lost", "is:ack arrived", "who:m07", "at:m05", "t:10s..12s", "t:..13", "t>=200ms", "size>80", "took<2ms", "line:80",
    "-kind:nack", "kind:nack | kind:ack", "(kind:nack | kind:ack) from:m03", "-(kind:nack lost)", '"to m12"', "PING#2", "from:m0? suspect", "kind:p*",
  ])("%s", (text) => expect(fits(text)).toBe(true));

  test.for([
    "kind:ack lost", "from:m03 to:m12", "at:m03", "-lost", "-kind:ack kind:ping", "t>12s", "t:12.5..13", "kind:nack | kind:gossip", "-(kind:ping | kind:nack)", '"to m03"', "size>80 kind:ack", "took>2ms", "line<80", "about:m05",
  ])("but not with %s", (text) => expect(fits(text)).toBe(false));
});

test.for([
  ["kin:ping", 0, 8, "there is no key kin; choose one of kind, from, to, about, who, at, t, took, size, line: did you mean kind?"],
  ["lost kind:pong", 10, 14, "nothing is called pong: did you mean ping?"],
  ["from:m99", 5, 8, "nobody is called m99; there are m00 to m19"],
  ["from:", 0, 5, "from: what? For instance from:m05"],
  ["t>soon", 0, 6, "soon is not a time: 12.5, 300ms, 2m"],
  ["size>1kB", 0, 8, "1kB is not a number"],
  ["t>1..2", 0, 6, "write a range after a colon: t:1..2"],
  ["who>m05", 0, 7, "who is followed by a colon: who:m07"],
  ["lost (kind:ping", 5, 6, "this is not closed"],
  ["lost )", 5, 6, "this closes nothing that was opened"],
  ["| lost", 0, 1, "something is missing beside |"],
  ['"lost', 0, 5, 'these words are not closed: a " is missing'],
] as const)("%s is wrong, and says where and why", ([text, at, end, why]) => expect(parseFilter(text, names)).toEqual({ ok: false, at, end, why }));

test("what was understood can be said, and the examples of all keys are understood", () => {
  expect(filterInWords("kind:ping (from:m01 | -lost)", names)).toBe("it is ping and (it is from m01 or not (it is lost))");
  for (const { example } of filterKeys) expect(parseFilter(example, names)).toMatchObject({ ok: true });
  for (const { word } of flags) expect(parseFilter(word, names)).toMatchObject({ ok: true, filter: { readsText: false } });
  expect(parseFilter("anything", names)).toMatchObject({ ok: true, filter: { readsText: true } });
});

test("what can come next is offered: keys, kinds, members", () => {
  const offers = (text: string): readonly string[] => filterCompletions(text, text.length, names).list.map((offer) => offer.text);
  expect(offers("lost t")).toEqual(["to:", "t:", "took>"]);
  expect(offers("kind:pi")).toEqual(["ping", "ping-req"]);
  expect(offers("-kind:ping,na")).toEqual(["nack"]);
  expect(offers("from:m1").slice(0, 2)).toEqual(["m10", "m11"]);
  expect(filterCompletions("lost kind:pi", 12, names).from).toBe(10);
});
