/** Turns selectors into members, when a disruption happens. */

import { impossible } from "../../engine/index.ts";
import type { Filter, Place, Selector } from "../scenario/model.ts";
import type { Stream } from "./chance.ts";
import { inDomains } from "./domain.ts";
import { draw } from "./lot.ts";
import { fits } from "./network.ts";

/** The members chosen for one disruption, grouped by its ends: the sides of a partition, or `from` and `to`; most disruptions have one end. */
export type Ends = readonly (readonly number[])[];

/** What a choice is made from. */
export type Ballot = {
  readonly places: readonly Place[];
  /** The numbers of the members that could be chosen, in order. */
  readonly candidates: readonly number[];
  /** The members that earlier disruptions chose, by their index in the timeline. */
  readonly chosen: ReadonlyMap<number, Ends>;
  readonly dice: Stream;
  /** Candidates that are on another side already: they count when a share is computed, but are never drawn. */
  readonly taken: ReadonlySet<number>;
};

/** The members that a selector means, in order of their numbers. A share is rounded, but to one member at least. */
export function choose(selector: Selector, ballot: Ballot): readonly number[] {
  const { candidates, chosen, dice, taken } = ballot;
  const free = (members: readonly number[]): readonly number[] => members.filter((member) => !taken.has(member));
  switch (selector.kind) {
    case "all":
    case "names":
    case "tag":      return free(fitting(selector, ballot));
    case "count":    return draw(free(fitting(selector.among, ballot)), selector.count, dice);
    case "fraction": {
      const among = fitting(selector.among, ballot);
      return draw(free(among), Math.max(1, Math.round(selector.fraction * among.length)), dice);
    }
    case "domain": return inDomains(selector, free(candidates), ballot.places, dice);
    case "rest": return free(candidates);
    case "same": {
      const ends = chosen.get(selector.as) ?? [];
      const same = new Set(selector.end === null ? ends.flat() : ends[selector.end]);
      return free(candidates.filter((member) => same.has(member)));
    }
    default: return impossible(selector);
  }
}

/** Disjoint sides: each chooses among the members that the earlier ones left. */
export function chooseSides(sides: readonly Selector[], ballot: Ballot): Ends {
  const taken = new Set(ballot.taken);
  return sides.map((selector) => {
    const side = choose(selector, { ...ballot, taken });
    for (const member of side) taken.add(member);
    return side;
  });
}

function fitting(filter: Filter, { places, candidates }: Ballot): readonly number[] {
  if (filter.kind !== "names") return candidates.filter((member) => fits(placeOf(places, member), filter));
  // A set, because many names may be listed, for many members.
  const names = new Set(filter.names);
  return candidates.filter((member) => names.has(placeOf(places, member).name));
}

function placeOf(places: readonly Place[], member: number): Place {
  const place = places[member];
  if (place === undefined) throw new RangeError(`no member ${member}`);
  return place;
}
