/** The cast of a scenario: `members:` and `seeds:` as a list of places. */

import type { Place } from "../model.ts";
import { nearest } from "../nearest.ts";
import { showCount } from "../quantity.ts";
import { MOST_MEMBERS } from "../schema/selector.ts";
import type { WrittenGroup, WrittenMembers } from "../schema/member.ts";
import type { Path, Report } from "../trouble.ts";
import { metaOf } from "./bytes.ts";
import { tickingOf } from "./ticking.ts";

export type Cast = {
  readonly places: readonly Place[];
  /** The number of each name. */
  readonly numberOf: ReadonlyMap<string, number>;
};

/** What all members of a group have in common. */
type Group = { readonly names: readonly string[]; readonly place: Omit<Place, "name">; readonly path: Path };

/** Places for all members, in the order of the groups. Undefined after a mistake, which has been reported by then. */
export function castOf(written: WrittenMembers, metaLimit: number, report: Report): Cast | undefined {
  const groups = typeof written === "number" ? [{ count: written }] : written;
  const total = groups.reduce((sum, group) => sum + (group.count ?? 1), 0);
  if (total > MOST_MEMBERS) {
    report(["members"], `these are ${showCount(total)} members, and ${showCount(MOST_MEMBERS)} are the most`);
    return undefined;
  }
  const made = groups.map((group, index) => groupOf(group, typeof written === "number" ? ["members"] : ["members", index], metaLimit, report));
  const places: Place[] = [];
  const numberOf = new Map<string, number>();
  let twice: string | undefined;
  for (const { names, place, path } of made) {
    for (const name of names) {
      if (numberOf.has(name) && twice === undefined) {
        twice = name;
        report(path, `another member is called "${name}": give the groups different names`);
      }
      numberOf.set(name, places.length);
      places.push({ ...place, name });
    }
  }
  if (!places.some(({ present }) => present)) report(["members"], "nobody is present: at least one member must run from the origin");
  return twice === undefined ? { places, numberOf } : undefined;
}

function groupOf(group: WrittenGroup, path: Path, metaLimit: number, report: Report): Group {
  if (group.count === undefined && group.name === undefined) report(path, "this group has no members: give it a count, a name, or both");
  const present = group.present ?? true;
  const seed = group.seed ?? false;
  if (seed && !present) report([...path, "seed"], "a seed must be present from the origin: newcomers join through it");
  const meta = metaOf(group.meta ?? "", [...path, "meta"], metaLimit, report);
  const clock = tickingOf(group.clock, [...path, "clock"], report);
  return { names: namesOf(group), place: { tags: group.tags ?? {}, meta, present, seed, ...(clock === undefined ? {} : { clock }) }, path };
}

/** `eu01` … `eu20`: all with as many digits as the last one, so that names sort like numbers. */
function namesOf({ count, name }: WrittenGroup): readonly string[] {
  if (count === undefined) return name === undefined ? [] : [name];
  const digits = String(count).length;
  return Array.from({ length: count }, (_, index) => `${name ?? "m"}${String(index + 1).padStart(digits, "0")}`);
}

/** Reports that no member has this name, and suggests one. */
export function reportUnknown(name: string, cast: Cast, path: Path, report: Report): void {
  const names = cast.places.map((place) => place.name);
  // m7 means m07, rather than one of m1 to m6.
  const near = names.find((known) => withoutZeros(known) === withoutZeros(name)) ?? nearest(name, names);
  const everybody = names.length === 1 ? `the only member is ${names[0]}` : `the ${showCount(names.length)} members are ${names[0]} to ${names.at(-1)}`;
  report(path, `no member is called "${name}": ${near === undefined ? everybody : `did you mean "${near}"?`}`);
}

const withoutZeros = (name: string): string => name.replace(/0+(?=\d+$)/, "");
