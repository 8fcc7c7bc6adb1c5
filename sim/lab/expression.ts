/** Small expressions over the settings of a cell: `config.suspicionMult <= 6 and network.loss < 5%`. Parsed once, evaluated for every cell. */

import { readLength, readShare } from "../scenario/index.ts";
import { nearest } from "../scenario/nearest.ts";

/** Lengths are in microseconds, shares between 0 and 1; whatever is not a number is a word. */
export type Value = number | string | boolean;
/** The value at a path of the cell's scenario; undefined if there is none. */
export type Lookup = (path: string) => Value | undefined;

export type Expression = {
  readonly text: string;
  /** The paths that it uses. */
  readonly paths: readonly string[];
  /** Throws an Unreasonable if the values do not fit the expression. */
  readonly evaluate: (lookup: Lookup) => Value;
};

export type ReadExpression = { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly at: number; readonly why: string };

/** The expression makes no sense with these values: the user's mistake. */
export class Unreasonable extends Error {
  override readonly name = "Unreasonable";
}

/** Aborts the parsing of an invalid text. Never leaves this file. */
class Unreadable extends Error {
  readonly at: number;
  constructor(at: number, why: string) {
    super(why);
    this.at = at;
  }
}

type Token = { readonly at: number; readonly text: string; readonly kind: "value" | "name" | "sign" | "end"; readonly value?: Value };
type Ask = (lookup: Lookup) => Value;

const tokenPattern = /\s*(?:((?:\d+(?:\.\d+)?(?:d|h|ms|us|µs|μs|m|s))+(?![\w.]))|(\d+(?:\.\d+)?%)|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([A-Za-z]\w*(?:\.\w+|\[\d+\])*)|("[^"]*")|(<=|>=|==|!=|&&|\|\||[-+*/()<>!=]))/y;

/** Parses an expression: `or`, `and`, `not`, comparisons, + − × ÷, parentheses; numbers, lengths, shares, words and paths. Total. */
export function readExpression(text: string): ReadExpression {
  try {
    const reader = new Reader(tokensOf(text));
    const evaluate = reader.either();
    reader.expectEnd();
    return { ok: true, expression: { text, paths: reader.paths, evaluate } };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { ok: false, at: thrown.at, why: thrown.message };
    throw thrown;
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let at = 0; at < text.length; ) {
    tokenPattern.lastIndex = at;
    const found = tokenPattern.exec(text);
    if (found === null) {
      if (text.slice(at).trim() === "") break;
      throw new Unreadable(at, `${JSON.stringify(text.slice(at).trim().slice(0, 12))} means nothing in an expression`);
    }
    const [whole, length, share, number, name, quoted, sign] = found;
    const start = at + whole.length - whole.trimStart().length;
    const piece = whole.trim();
    const value = length !== undefined ? valueOfText(length) : share !== undefined ? valueOfText(share) : number !== undefined ? Number(number) : quoted?.slice(1, -1);
    tokens.push({ at: start, text: piece, kind: name !== undefined ? "name" : sign !== undefined ? "sign" : "value", ...(value === undefined ? {} : { value }) });
    at += whole.length;
  }
  return [...tokens, { at: text.length, text: "", kind: "end" }];
}

/** The value of a scalar of a scenario: a length in microseconds, a share, or a word. */
export function valueOfText(text: string): Value {
  const length = readLength(text);
  if (length.ok) return length.value;
  const share = readShare(text);
  return share.ok ? share.value : text;
}

const comparisons = ["<", "<=", ">", ">=", "==", "!="];

/** Parses from the loosest to the tightest: or, and, not, comparison, sum, product, sign, operand. */
class Reader {
  readonly paths: string[] = [];
  private readonly tokens: readonly Token[];
  private place = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  private get token(): Token {
    return this.tokens[Math.min(this.place, this.tokens.length - 1)]!;
  }

  private take(...texts: readonly string[]): string | undefined {
    if (this.token.kind === "value" || !texts.includes(this.token.text)) return undefined;
    return this.tokens[this.place++]!.text;
  }

  expectEnd(): void {
    if (this.token.kind !== "end") throw new Unreadable(this.token.at, `${JSON.stringify(this.token.text)} is not expected here: end the expression, or write a comparison, and, or`);
  }

  either(): Ask {
    let left = this.both();
    while (this.take("or", "||") !== undefined) {
      const [one, other] = [left, this.both()];
      left = (lookup) => truth(one(lookup)) || truth(other(lookup));
    }
    return left;
  }

  private both(): Ask {
    let left = this.negated();
    while (this.take("and", "&&") !== undefined) {
      const [one, other] = [left, this.negated()];
      left = (lookup) => truth(one(lookup)) && truth(other(lookup));
    }
    return left;
  }

  private negated(): Ask {
    if (this.take("not", "!") === undefined) return this.compared();
    const of = this.negated();
    return (lookup) => !truth(of(lookup));
  }

  private compared(): Ask {
    const [left, one] = this.wordOr(() => this.sum());
    const sign = this.take(...comparisons);
    if (sign === undefined) {
      if (this.token.text === "=" && this.token.kind === "sign") throw new Unreadable(this.token.at, 'unknown comparison "=": did you mean "=="?');
      return left;
    }
    const [right, other] = this.wordOr(() => this.sum());
    if (comparisons.includes(this.token.text) && this.token.kind === "sign") throw new Unreadable(this.token.at, "two comparisons in a row: join them with and");
    return (lookup) => {
      if (one !== null && other !== null && lookup(one) === undefined && lookup(other) === undefined) throw new Unreasonable(`neither ${one} nor ${other} stands for anything in a cell`);
      return compare(left(lookup), sign, right(lookup));
    };
  }

  /** The parsed operand; and the word, if it is a single one: a word may stand for itself, but only if the other side is not one too. */
  private wordOr(read: () => Ask): readonly [Ask, word: string | null] {
    const { token, place } = this;
    const ask = read();
    return [ask, token.kind === "name" && this.place === place + 1 ? token.text : null];
  }

  private sum(): Ask {
    let left = this.product();
    for (let sign = this.take("+", "-"); sign !== undefined; sign = this.take("+", "-")) {
      const [one, other, isPlus] = [left, this.product(), sign === "+"];
      left = (lookup) => (isPlus ? number(one(lookup)) + number(other(lookup)) : number(one(lookup)) - number(other(lookup)));
    }
    return left;
  }

  private product(): Ask {
    let left = this.signed();
    for (let sign = this.take("*", "/"); sign !== undefined; sign = this.take("*", "/")) {
      const [one, other, isTimes] = [left, this.signed(), sign === "*"];
      left = (lookup) => (isTimes ? number(one(lookup)) * number(other(lookup)) : number(one(lookup)) / number(other(lookup)));
    }
    return left;
  }

  private signed(): Ask {
    if (this.take("-") === undefined) return this.one();
    const of = this.signed();
    return (lookup) => -number(of(lookup));
  }

  private one(): Ask {
    const { token } = this;
    if (this.take("(") !== undefined) {
      const inner = this.either();
      if (this.take(")") === undefined) throw new Unreadable(this.token.at, "a parenthesis is not closed: write )");
      return inner;
    }
    this.place++;
    const { value, text } = token;
    if (token.kind === "value" && value !== undefined) return () => value;
    if (token.kind === "name") return this.named(text);
    throw new Unreadable(token.at, token.kind === "end" ? "the end is missing: write a number, a length, a share or a path" : `${JSON.stringify(text)} is not a number, a length, a share or a path`);
  }

  /** A path; or, if it has one part and there is no such setting, the word itself. */
  private named(text: string): Ask {
    this.paths.push(text);
    return (lookup) => {
      const value = lookup(text);
      if (value !== undefined) return value;
      if (/^\w+$/.test(text)) return text;
      throw new Unreasonable(`there is no value at ${text} that an expression could compare`);
    };
  }
}

function truth(value: Value): boolean {
  if (typeof value === "boolean") return value;
  throw new Unreasonable(`${value} is neither true nor false: compare it with something`);
}

function number(value: Value): number {
  if (typeof value === "number") return value;
  throw new Unreasonable(`${value} is not a number: it can't be used in arithmetic`);
}

/** Which of them is an unknown word, and what may have been meant. */
function wordOf(values: readonly Value[]): string {
  const word = values.find((value) => typeof value === "string");
  if (word === undefined) return "";
  const near = nearest(String(word), ["members", "duration"]);
  return near === undefined ? `${word} is not a number, and ` : `did you mean ${near}? ${word} is not a number, and `;
}

function compare(one: Value, sign: string, other: Value): boolean {
  if (sign === "==") return one === other;
  if (sign === "!=") return one !== other;
  if (typeof one !== "number" || typeof other !== "number") throw new Unreasonable(`${one} ${sign} ${other} can't be compared: ${wordOf([one, other])}only numbers are less or more`);
  switch (sign) {
    case "<":  return one < other;
    case "<=": return one <= other;
    case ">":  return one > other;
    default:   return one >= other;
  }
}
