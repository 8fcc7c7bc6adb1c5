/** The members: `members:`. */

import { z } from "zod";
import { show } from "../quantity.ts";
import { ticking } from "./room.ts";
import { MOST_MEMBERS } from "./selector.ts";
import { list, mapping, text, whole, yesNo } from "./words.ts";

/** Names of members: words that can't be confused with a number, a percentage or a sentence. */
const namePattern = /^[A-Za-z][A-Za-z0-9._-]{0,119}$/;
/** Not allowed as names, because `all` and `rest` have a meaning in selectors. */
const reserved: ReadonlySet<string> = new Set(["all", "rest"]);

const groupName = z
  .string("a name is a word that begins with a letter")
  .regex(namePattern, { error: (issue) => `${show(issue.input)} is not a name: write a letter, then letters, digits, dots, dashes or underscores, 120 at most` })
  .refine((name) => !reserved.has(name), { error: (issue) => `${show(issue.input)} has another meaning in a selector: choose another name` });

const tags = z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9._-]*$/, "a tag's key is a word that begins with a letter"), text, {
  error: (issue) => `${show(issue.input)} is not a mapping of tags: write { zone: eu }`,
});

export const group = mapping({
  count: whole(1, MOST_MEMBERS).describe("How many there are, numbered from 1: eu01 … eu20. Without it, one member with exactly this name.").optional(),
  name: groupName.describe("Their name: a prefix if there is a count (by default m), otherwise the whole name.").optional(),
  tags: tags.describe("Labels by which links and the timeline can choose them: { zone: eu }.").optional(),
  meta: text.describe("What each publishes about itself, as text (UTF-8, up to config.metaLimit bytes).").optional(),
  present: yesNo.describe("Is it running from the origin (yes, the default), or waiting for a join?").optional(),
  clock: ticking.describe("How their machines' clocks run. By default true.").optional(),
  seed: yesNo.describe("Do newcomers join through it? If no member is a seed, the first present one is.").optional(),
});

export const members = z
  .union([whole(1, MOST_MEMBERS), list(group, 1)], {
    error: (issue) => `${show(issue.input)} is not a group: write a whole number, or a list of groups such as { count: 20, name: eu }`,
  })
  .describe("How many members (64 makes m01 … m64), or a list of groups.");

export type WrittenMembers = z.output<typeof members>;
export type WrittenGroup = z.output<typeof group>;
