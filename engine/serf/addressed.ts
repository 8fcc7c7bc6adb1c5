/** Whom a query is for. */

import type { MemberId } from "../words/units.ts";
import { matches } from "./expression.ts";
import type { QueryFilter } from "./message.ts";
import type { Tags } from "./tags.ts";

/** The most that are looked at: each costs time, and strangers make them. */
const MOST = 16;

/** Is it for this member: do all filters let it through? */
export const isFor = (filters: readonly QueryFilter[], self: MemberId, tags: Tags): boolean =>
  filters.length <= MOST && filters.every((filter) => letsThrough(filter, self, tags));

function letsThrough(filter: QueryFilter, self: MemberId, tags: Tags): boolean {
  switch (filter.kind) {
    case "names":
      return filter.names.includes(self);
    case "tag":
      // A tag that there is not is empty to Serf.
      return matches(filter.expression, tags.find(([key]) => key === filter.tag)?.[1] ?? "");
    case "unknown":
      return false;
  }
}
