/** Completion in a filter: keys and flags at the beginning of a word, kinds or members after a key. */

import type { Completions } from "./completion.ts";
import { filterKeys, flags, kindWords, synonyms } from "./filter-words.ts";

/** The most completions that are offered. */
const MOST = 40;

/** The completions at a caret in a filter; `names` are the members'. */
export function filterCompletions(text: string, caret: number, names: readonly string[]): Completions {
  const token = /[^\s()|"]*$/.exec(text.slice(0, caret))?.[0].replace(/^-/, "") ?? "";
  const [, said, list] = /^([a-z]+):(.*)$/i.exec(token) ?? [];
  if (said === undefined || list === undefined) {
    const offers = [...filterKeys.map(({ key, takes, about, example }) => ({ text: takes === "number" && key !== "t" ? `${key}>` : `${key}:`, about: `${about}: ${example}` })), ...flags.map(({ word, about }) => ({ text: word, about }))];
    return { from: caret - token.length, list: offers.filter(({ text }) => text.startsWith(token.toLowerCase()) && text !== token) };
  }
  const key = synonyms[said.toLowerCase()] ?? said.toLowerCase();
  const word = /[^,]*$/.exec(list)?.[0] ?? "";
  const takes = filterKeys.find((one) => one.key === key)?.takes;
  const words = takes === "kind" ? kindWords : takes === "member" ? names : [];
  const fitting = words.filter((one) => one.toLowerCase().startsWith(word.toLowerCase()) && one !== word);
  return { from: caret - word.length, list: fitting.slice(0, MOST).map((text) => ({ text, about: flags.find((flag) => flag.word === text)?.about ?? "" })) };
}
