/** Which members a query is for. */

import type { MemberId } from "../words/units.ts";
import { matches } from "./expression.ts";
import type { QueryFilter } from "./message.ts";
import type { Tags } from "./tags.ts";

/** The most filters of a query: each costs time, and strangers choose them. */
const MOST = 16;

/** Is a query for this member: do all its filters match? */
export const isFor = (filters: readonly QueryFilter[], self: MemberId, tags: Tags): boolean =>
  filters.length <= MOST && filters.every((filter) => letsThrough(filter, self, tags));

function letsThrough(filter: QueryFilter, self: MemberId, tags: Tags): boolean {
  switch (filter.kind) {
    case "names":
      return filter.names.includes(self);
    case "tag":
      // Serf treats a missing tag as empty.
      return matches(filter.expression, tags.find(([key]) => key === filter.tag)?.[1] ?? "");
    case "unknown":
      return false;
  }
}
