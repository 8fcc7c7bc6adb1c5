/** Failure domains: members that have the same value of a tag, such as those in one rack, fail together. */

import type { Place, Selector } from "../scenario/model.ts";
import type { Stream } from "./chance.ts";
import { draw } from "./lot.ts";

/** All members, or a part, of randomly drawn domains among these members: first the domains are drawn, then the members in each. */
export function inDomains({ tag, values, part }: Extract<Selector, { kind: "domain" }>, members: readonly number[], places: readonly Place[], dice: Stream): readonly number[] {
  const domains = new Map<string, number[]>();
  for (const member of members) {
    const value = places[member]?.tags[tag];
    if (value !== undefined) domains.set(value, [...(domains.get(value) ?? []), member]);
  }
  const all = [...domains.values()];
  const struck = draw([...all.keys()], values, dice).flatMap((which) => {
    const domain = all[which] ?? [];
    if (part === null) return domain;
    return draw(domain, part.kind === "count" ? part.count : Math.max(1, Math.round(part.fraction * domain.length)), dice);
  });
  return struck.toSorted((one, other) => one - other);
}
