/** Parses a filter expression to its terms, or to the place of the first mistake with a sentence about it. */

import type { Fact, Thing } from "./fact.ts";
import { filterKeys, kindWords, synonyms } from "./filter-words.ts";
import type { MemberNumber } from "./run.ts";

/** A mistake: its range in the text, and what is wrong. */
export type Mistaken = { readonly at: number; readonly end: number; readonly why: string };

/** `thing` tests one message, announcement or line; `fact` tests everything together; `words` tests the text. */
export type Term =
  | { readonly kind: "all" | "either"; readonly terms: readonly Term[] }
  | { readonly kind: "not"; readonly term: Term }
  | { readonly kind: "thing"; readonly phrase: string; readonly fits: (thing: Thing) => boolean }
  | { readonly kind: "fact"; readonly phrase: string; readonly fits: (fact: Fact) => boolean }
  | { readonly kind: "words"; readonly wanted: string };

export type Parsed = { readonly ok: true; readonly term: Term; readonly readsText: boolean } | ({ readonly ok: false } & Mistaken);

type Token = { readonly text: string; readonly at: number };

/** Thrown only within the parser, and caught where it begins. */
class Mistake extends Error {
  readonly place: Token;

  constructor(place: Token, why: string) {
    super(why);
    this.place = place;
  }
}

/** `a b | -c "d e" (f | g)`: adjacent words must all match, `|` separates alternatives, `-` negates a word or a group. */
export function parse(text: string, names: readonly string[]): Parsed {
  const tokens = [...text.matchAll(/[()|]|-(?=["(])|-?"[^"]*"?|[^\s()|"]+/g)].map(({ 0: text, index }): Token => ({ text, at: index }));
  const reader: Reader = { tokens, names, place: 0, end: text.length, readsText: false };
  try {
    const term = either(reader);
    const rest = reader.tokens[reader.place];
    if (rest !== undefined) throw new Mistake(rest, "this closes nothing that was opened");
    return { ok: true, term, readsText: reader.readsText };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const { at, text: wrong } = error.place;
    return { ok: false, at, end: at + Math.max(1, wrong.length), why: error.message };
  }
}

type Reader = { readonly tokens: readonly Token[]; readonly names: readonly string[]; place: number; readonly end: number; readsText: boolean };

function either(reader: Reader): Term {
  const terms = [all(reader)];
  for (let bar = reader.tokens[reader.place]; bar?.text === "|"; bar = reader.tokens[reader.place]) {
    reader.place++;
    const next = all(reader);
    if ([terms.at(-1), next].some((side) => side?.kind === "all" && side.terms.length === 0)) throw new Mistake(bar, "something is missing beside |");
    terms.push(next);
  }
  return terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind: "either", terms };
}

function all(reader: Reader): Term {
  const terms: Term[] = [];
  for (let token = reader.tokens[reader.place]; token !== undefined && token.text !== "|" && token.text !== ")"; token = reader.tokens[reader.place]) terms.push(one(reader, token));
  return { kind: "all", terms };
}

function one(reader: Reader, token: Token): Term {
  reader.place++;
  if (token.text === "-") {
    const next = reader.tokens[reader.place];
    if (next === undefined) throw new Mistake(token, "what should not hold?");
    return { kind: "not", term: one(reader, next) };
  }
  if (token.text === "(") {
    const inner = either(reader);
    if (reader.tokens[reader.place]?.text !== ")") throw new Mistake(token, "this is not closed");
    reader.place++;
    return inner;
  }
  if (token.text.startsWith("-") && token.text.length > 1) return { kind: "not", term: word(reader, { text: token.text.slice(1), at: token.at + 1 }) };
  return word(reader, token);
}

function word(reader: Reader, token: Token): Term {
  const { text } = token;
  if (text.startsWith('"')) {
    if (text.length < 2 || !text.endsWith('"')) throw new Mistake(token, "these words are not closed: a \" is missing");
    return words(reader, text.slice(1, -1));
  }
  const [, said, sign, value] = /^([a-z]+)(:|>=|<=|>|<|=)(.*)$/i.exec(text) ?? [];
  if (said === undefined || sign === undefined || value === undefined) return kindWords.includes(text.toLowerCase()) ? kind(token, text) : words(reader, text);
  const key = synonyms[said.toLowerCase()] ?? said.toLowerCase();
  const known = filterKeys.find((one) => one.key === key);
  if (known === undefined) throw new Mistake(token, `there is no key ${said}; choose one of ${filterKeys.map((one) => one.key).join(", ")}${guess(key, filterKeys.map((one) => one.key))}`);
  const place = { text: value, at: token.at + said.length + sign.length };
  if (known.takes === "number") return number(key, sign, place, token);
  if (sign !== ":") throw new Mistake(token, `${key} is followed by a colon: ${known.example}`);
  if (value === "") throw new Mistake(token, `${key}: what? For instance ${known.example}`);
  return known.takes === "kind" ? kind(place, value) : member(key, place, reader.names);
}

function words(reader: Reader, text: string): Term {
  reader.readsText = true;
  return { kind: "words", wanted: text.toLowerCase() };
}

function kind(token: Token, value: string): Term {
  const wanted = value.toLowerCase().split(",").filter((one) => one !== "");
  for (const one of wanted) {
    if (!kindWords.some((known) => likeness(one).test(known))) throw new Mistake(token, `nothing is called ${one}${guess(one, kindWords)}`);
  }
  const set = new Set(kindWords.flatMap((known) => (wanted.some((one) => likeness(one).test(known)) ? [known, known.replace("stream-", "stream ")] : [])));
  return { kind: "thing", phrase: `it is ${wanted.join(" or ")}`, fits: ({ kinds }) => kinds.some((one) => set.has(one)) };
}

function member(key: string, token: Token, names: readonly string[]): Term {
  const wanted = token.text.split(",").filter((one) => one !== "");
  const set = new Set<MemberNumber>();
  for (const one of wanted) {
    const like = likeness(one);
    const before = set.size;
    names.forEach((name, number) => { if (like.test(name)) set.add(number); });
    // Without an open run, any name may turn out to be valid.
    if (set.size === before && names.length > 0) throw new Mistake(token, `nobody is called ${one}; there are ${names[0] ?? ""}${names.length > 1 ? ` to ${names.at(-1) ?? ""}` : ""}`);
  }
  const among = (numbers: readonly MemberNumber[]): boolean => numbers.some((number) => set.has(number));
  const phrase = `${phrases[key] ?? key} ${wanted.join(" or ")}`;
  if (key === "at") return { kind: "fact", phrase, fits: ({ where }) => among(where) };
  const fits = key === "from" ? ({ from }: Thing): boolean => among(from) : key === "to" ? ({ to }: Thing): boolean => among(to)
    : key === "about" ? ({ about }: Thing): boolean => among(about) : ({ from, to, about }: Thing): boolean => among(from) || among(to) || among(about);
  return { kind: "thing", phrase, fits };
}

const phrases: Readonly<Record<string, string>> = { from: "it is from", to: "it is to", about: "it is about", who: "it concerns", at: "it happens at" };

const units: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1e3, s: 1e6, m: 6e7, min: 6e7, h: 3.6e9 };

function number(key: string, sign: string, token: Token, whole: Token): Term {
  const isTime = key === "t" || key === "took";
  const read = (text: string): number => {
    const [, digits, unit = ""] = /^([\d.]+)([a-zµ]*)$/i.exec(text) ?? [];
    const worth = isTime ? units[unit === "" ? "s" : unit.toLowerCase()] : unit === "" ? 1 : undefined;
    if (digits === undefined || worth === undefined || Number.isNaN(Number(digits))) throw new Mistake(whole, isTime ? `${text === "" ? "nothing" : text} is not a time: 12.5, 300ms, 2m` : `${text === "" ? "nothing" : text} is not a number`);
    return Number(digits) * worth;
  };
  const [from, to] = token.text.split("..");
  const [low, high] = to === undefined ? [read(from ?? ""), null] : [from === "" ? -Infinity : read(from ?? ""), to === "" ? Infinity : read(to)];
  if (high !== null && sign !== ":" && sign !== "=") throw new Mistake(whole, `write a range after a colon: ${key}:${token.text}`);
  const holds = (value: number): boolean => {
    if (high !== null) return value >= low && value <= high;
    switch (sign) {
      case ">":  return value > low;
      case ">=": return value >= low;
      case "<":  return value < low;
      case "<=": return value <= low;
      default:   return value === low;
    }
  };
  const phrase = `${key} ${sign === ":" ? "is" : sign} ${token.text}`;
  if (key === "t") return { kind: "fact", phrase, fits: ({ at }) => holds(at) };
  if (key === "line") return { kind: "fact", phrase, fits: ({ line }) => holds(line) };
  return { kind: "thing", phrase, fits: key === "size" ? ({ size }) => holds(size) : ({ took }) => holds(took) };
}

/** `*` matches any letters, `?` any single one. */
const likeness = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll(/[.+^${}()[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");

/** `: did you mean "ping"?`, if there is a similar word. */
function guess(wrong: string, known: readonly string[]): string {
  const near = known.map((word) => ({ word, far: distance(wrong, word) })).toSorted((one, other) => one.far - other.far)[0];
  return near !== undefined && near.far <= Math.max(1, Math.floor(wrong.length / 3)) ? `: did you mean ${near.word}?` : "";
}

/** Edit distance: how many letters must be inserted, deleted or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let n = 1; n <= one.length; n++) {
    const next = [n];
    for (let k = 1; k <= other.length; k++) next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (one[n - 1] === other[k - 1] ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}
