/** The sides of a partition: disjoint, none of them empty, in the order in which they are chosen. */

import type { Action, Selector } from "../model.ts";
import { showCount } from "../quantity.ts";
import type { WrittenPartition } from "../schema/split.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { howMany, membersOf, sideOf } from "./selector.ts";
import { drawnPartitionOf } from "./split.ts";

/** `partition:`, with its sides or a shape from which they are drawn. */
export function partitionOf(written: WrittenPartition, path: Path, cast: Cast | undefined, report: Report): Action {
  const sidesOf = (sides: readonly Parameters<typeof sideOf>[0][], at: Path): readonly Selector[] => {
    const read = sides.map((side, index) => sideOf(side, [...at, index], cast, report));
    checkSides(read, at, cast, report);
    return inOrderOfChoice(read);
  };
  if (isList(written)) return { kind: "partition", sides: sidesOf(written, path) };
  return drawnPartitionOf(written, sidesOf, path, cast, report);
}

const isList = (written: WrittenPartition): written is Extract<WrittenPartition, readonly unknown[]> => Array.isArray(written);

/**
 * Puts sides in the order in which they choose: first those by name or tag; then, as written, numbers and percentages, which draw
 * randomly from the remaining members; last `rest`. So sides never overlap, and mistakes can be seen before a run.
 */
export const inOrderOfChoice = (sides: readonly Selector[]): readonly Selector[] => sides.toSorted((one, other) => turn(one) - turn(other));

const turn = ({ kind }: Selector): number => (kind === "rest" ? 2 : kind === "count" || kind === "fraction" || kind === "domain" ? 1 : 0);

/** Reports what is wrong with sides, in the order in which they are written. */
export function checkSides(sides: readonly Selector[], path: Path, cast: Cast | undefined, report: Report): void {
  if (sides.length < 2) report(path, `a partition needs two sides or more, not ${sides.length === 0 ? "none" : "one"}: write [50%, rest]`);
  if (sides.length < 2 || cast === undefined) return;
  const taken = new Map<number, number>();
  const rest = sides.findIndex(({ kind }) => kind === "rest");
  let wanted = 0;
  sides.forEach((side, index) => {
    const here = [...path, index];
    if (side.kind === "all") report(here, "all leaves nobody for the other side: write rest");
    if (side.kind === "rest" && index > rest) report(here, "rest is here twice: only one side can have everybody else");
    if (side.kind === "names" || side.kind === "tag") {
      const members = membersOf(side, cast);
      reportOverlap(members, taken, index, here, cast, report);
      for (const member of members) taken.set(member, index);
    }
    if (side.kind === "count") wanted += side.count;
    if (side.kind === "count" && side.count === 0) report(here, "this side is empty");
    if (side.kind === "fraction") wanted += side.fraction * howMany(side.among, cast);
  });
  const total = cast.places.length;
  // Rounded only here: 50% and 50% of 65 members is all of them, although half of 65 rounds to 33.
  const asked = taken.size + Math.round(wanted);
  if (asked > total) report(path, `the sides ask for ${showCount(asked)} members, but there are ${showCount(total)}`);
  if (rest >= 0 && asked === total) report([...path, rest], "this side is empty: the others leave nobody for rest");
}

function reportOverlap(members: readonly number[], taken: ReadonlyMap<number, number>, index: number, path: Path, cast: Cast, report: Report): void {
  const twice = members.find((member) => taken.has(member) && taken.get(member) !== index);
  if (twice === undefined) return;
  const name = cast.places[twice]?.name ?? "";
  report(path, `${name} is on two sides: this one, and [${taken.get(twice)}]`);
}
