/** Filter expressions: one language for the log, messages, lanes and steps. Documented in `viz/README.md`, section "Filters". */

import type { Fact, Thing } from "./fact.ts";
import { type Mistaken, parse, type Term } from "./filter-parse.ts";

/** A parsed filter. */
export type Filter = {
  readonly fits: (fact: Fact) => boolean;
  /** Does it read the text of lines? Then it is slow. */
  readonly readsText: boolean;
};

/** `at` and `end` of a mistake are places in the text, from 0. */
export type ParsedFilter = { readonly ok: true; readonly filter: Filter } | ({ readonly ok: false } & Mistaken);

/** Matches everything. */
export const everything: Filter = { fits: () => true, readsText: false };

/** Parses an expression; `names` are the members', in the order of their numbers. */
export function parseFilter(text: string, names: readonly string[]): ParsedFilter {
  const parsed = parse(text, names);
  if (!parsed.ok) return parsed;
  return { ok: true, filter: { fits: meaningOf(parsed.term), readsText: parsed.readsText } };
}

type Test = (fact: Fact) => boolean;

/**
 * The test of a term. Adjacent words must match the same thing: `kind:ping lost` matches a ping that was lost, not a line with a ping and
 * something else that was lost. A word with `-` before it matches if the word matches nothing there.
 */
function meaningOf(term: Term): Test {
  switch (term.kind) {
    case "either": {
      const tests = term.terms.map(meaningOf);
      return (fact) => tests.some((test) => test(fact));
    }
    case "not": {
      const test = meaningOf(term.term);
      return (fact) => !test(fact);
    }
    case "all": {
      const whole = term.terms.filter(({ kind }) => kind !== "thing").map(meaningOf);
      const words = term.terms.flatMap((one) => (one.kind === "thing" ? [one.fits] : []));
      const fits = (thing: Thing): boolean => words.every((word) => word(thing));
      return (fact) => whole.every((test) => test(fact)) && (words.length === 0 || fact.some(fits));
    }
    case "thing": {
      const { fits } = term;
      return (fact) => fact.some(fits);
    }
    case "fact":  return term.fits;
    case "words": {
      const { wanted } = term;
      return (fact) => fact.text().toLowerCase().includes(wanted);
    }
  }
}

/** An expression as a sentence, for readers who don't know the syntax; or the message of a mistake. */
export function filterInWords(text: string, names: readonly string[]): string {
  const parsed = parse(text, names);
  return parsed.ok ? phraseOf(parsed.term) : parsed.why;
}

/** A term as part of a sentence. */
export function phraseOf(term: Term): string {
  switch (term.kind) {
    case "all":    return term.terms.length === 0 ? "everything" : term.terms.map((one) => (one.kind === "either" ? `(${phraseOf(one)})` : phraseOf(one))).join(" and ");
    case "either": return term.terms.map(phraseOf).join(" or ");
    case "not":    return `not (${phraseOf(term.term)})`;
    case "thing":
    case "fact":   return term.phrase;
    case "words":  return `its words have “${term.wanted}” in them`;
  }
}
