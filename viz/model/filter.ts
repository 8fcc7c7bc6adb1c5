/** Filter expressions: one language for the log, messages, lanes and steps, whatever is looked at. */

import type { MemberNumber } from "./run.ts";

/** What a filter may look at: of a line, a message or an announcement, those that it has. */
export type Fact = {
  readonly at: number;
  /** Whom it concerns: a line's member, a message's source and target, an announcement's announcer. */
  readonly who: readonly MemberNumber[];
  /** Whom it is about: whom its claims or announcements name. */
  readonly about: readonly MemberNumber[];
  /** Words for what it is: kinds of lines, messages, announcements, claims. */
  readonly kinds: readonly string[];
  /** The line in words, made only if the filter looks at it. */
  readonly text: () => string;
};

/** A filter that was understood. */
export type Filter = {
  readonly fits: (fact: Fact) => boolean;
  /** Does it look at the words of a line? Then it is slow, and some places pass over that part. */
  readonly readsText: boolean;
};

export type ParsedFilter = { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly at: number; readonly why: string };

/** Lets everything through. */
export const everything: Filter = { fits: () => true, readsText: false };

/** Understands an expression; `numberOf` knows members by name. `at` of a mistake is a place in the text, from 0. */
export function parseFilter(text: string, numberOf: (name: string) => MemberNumber | undefined): ParsedFilter {
  const tests: Filter[] = [];
  for (const { 0: term, index } of text.matchAll(/\S+/g)) {
    const test = termOf(term, numberOf);
    if (typeof test === "string") return { ok: false, at: index, why: test };
    tests.push(test);
  }
  return { ok: true, filter: { fits: (fact) => tests.every(({ fits }) => fits(fact)), readsText: tests.some(({ readsText }) => readsText) } };
}

/** `who:m07`, `about:m07`, `is:suspected`, `-is:ack`, or a word of the line; a sentence if it is none of these. */
function termOf(term: string, numberOf: (name: string) => MemberNumber | undefined): Filter | string {
  if (term.startsWith("-") && term.length > 1) {
    const inner = termOf(term.slice(1), numberOf);
    return typeof inner === "string" ? inner : { ...inner, fits: (fact) => !inner.fits(fact) };
  }
  const [, key, value = ""] = /^([a-z]+):(.+)$/.exec(term) ?? [];
  if (key === undefined) return { fits: (fact) => fact.text().toLowerCase().includes(term.toLowerCase()), readsText: true };
  if (key === "is") return { fits: (fact) => fact.kinds.includes(value), readsText: false };
  if (key !== "who" && key !== "about") return `there is no ${key}: to look for; who:, about: and is: there are`;
  const number = numberOf(value);
  if (number === undefined) return `nobody is called ${value}`;
  return { fits: (fact) => fact[key].includes(number), readsText: false };
}
