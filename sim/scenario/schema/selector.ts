/** How a scenario names members: by name, by tag, by number, by share. */

import { z } from "zod";
import { show } from "../quantity.ts";
import { list, mapping, share, whole } from "./words.ts";

/** The most members that a scenario can have. */
export const MOST_MEMBERS = 1_000_000;

const names = list(z.string("this is not a name: write one such as m07"), 1);
const tag = z.string("this is not a tag: write one such as zone=eu").describe("Those with this tag, written key=value: zone=eu.");
const name = z.union([z.string(), names], { error: (issue) => `${show(issue.input)} is not a name: write one such as m07, or a list of them` });

/** Members chosen by properties that never change. */
export const filter = z
  .union([z.string(), names, mapping({ name: name.describe("The member or members with this name or these names.").optional(), tag: tag.optional() })], {
    error: (issue) => `${show(issue.input)} is not a selector: write a name, a list of names, all, or { tag: zone=eu }`,
  })
  .meta({ id: "filter", description: "A fixed set of members: a name, a list of names, all, or { tag: zone=eu }." });

/** Members chosen when something happens to them. */
export const selector = z
  .union(
    [
      z.string(),
      whole(0, MOST_MEMBERS),
      names,
      mapping({
        name: name.describe("The member or members with this name or these names.").optional(),
        tag: tag.optional(),
        count: whole(0, MOST_MEMBERS).describe("This many of them, at random.").optional(),
        fraction: share.describe("This share of them, at random.").optional(),
        domain: z.string("this is not a tag's key: write one such as rack").describe("All members with one value of this tag, drawn at random: with rack, those of one rack. With count or fraction, some of them.").optional(),
        domains: whole(1, MOST_MEMBERS).describe("With domain: how many values of the tag. By default 1.").optional(),
      }),
    ],
    { error: (issue) => `${show(issue.input)} is not a selector: write a name, a list of names, a number, a percentage, all, or { tag: zone=eu, count: 2 }` },
  )
  .meta({
    id: "selector",
    description:
      "Which members: a name (m07), a list of names, a whole number (that many at random), a percentage (10%), all, " +
      "rest (in a partition: everybody on no other side; in to: everybody but from), or a mapping such as { tag: zone=eu, count: 2 }.",
  });

export type WrittenFilter = z.output<typeof filter>;
export type WrittenSelector = z.output<typeof selector>;
