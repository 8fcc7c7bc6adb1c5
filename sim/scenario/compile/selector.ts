/** Filters and selectors: from what is written to which members are meant, and whether there are any. */

import type { Filter, Place, Selector } from "../model.ts";
import { nearest } from "../nearest.ts";
import { readShare, show, showCount } from "../quantity.ts";
import type { WrittenFilter, WrittenSelector } from "../schema/selector.ts";
import type { Path, Report } from "../trouble.ts";
import { type Cast, reportUnknown } from "./cast.ts";
import { domainOf } from "./domain.ts";

const everybody: Filter = { kind: "all" };

/** Which members can be chosen: anybody, or only members that are not yet present. */
export type Pool = "anybody" | "the absent";

/** A filter from what is written. A mistake is reported, and the filter still returned. `cast` is undefined if `members:` itself is wrong. */
export function filterOf(written: WrittenFilter, path: Path, cast: Cast | undefined, report: Report): Filter {
  if (typeof written === "string") return named(written, path, cast, report);
  if (Array.isArray(written)) return namesOf(written, path, cast, report);
  if (written.name !== undefined && written.tag !== undefined) report(path, "name and tag can't be combined: write one of them");
  if (written.tag !== undefined) return tagged(written.tag, [...path, "tag"], cast, report);
  if (typeof written.name === "string") return named(written.name, [...path, "name"], cast, report);
  if (written.name !== undefined) return namesOf(written.name, [...path, "name"], cast, report);
  return everybody;
}

/** A selector from what is written. `rest` is an error: there is nothing here to be the rest of. */
export function selectorOf(written: WrittenSelector, path: Path, cast: Cast | undefined, report: Report, pool: Pool = "anybody"): Selector {
  if (written === "rest") report(path, "rest works only in a partition, or in to: write all, or name members");
  return sideOf(written, path, cast, report, pool);
}

/** A selector from what is written, `rest` included. */
export function sideOf(written: WrittenSelector, path: Path, cast: Cast | undefined, report: Report, pool: Pool = "anybody"): Selector {
  const selector = read(written, path, cast, report);
  if (cast !== undefined && selector.kind === "count") {
    const there = howMany(selector.among, cast, pool);
    if (selector.count > there) {
      const asked = selector.count === 1 ? "one member" : `${showCount(selector.count)} members`;
      report(path, `this asks for ${asked}, but ${tooFew(there, selector.among, pool)}`);
    }
  }
  if (cast !== undefined && pool === "the absent") reportPresent(selector, path, cast, report);
  return selector;
}

function read(written: WrittenSelector, path: Path, cast: Cast | undefined, report: Report): Selector {
  if (written === "rest") return { kind: "rest" };
  if (typeof written === "number") return { kind: "count", count: written, among: everybody };
  if (typeof written === "string") {
    return written.trim().endsWith("%") ? shareOf(percentage(written, path, report), everybody) : named(written, path, cast, report);
  }
  if (Array.isArray(written)) return namesOf(written, path, cast, report);
  const { count, fraction, domain, domains, ...rest } = written;
  const among = filterOf(rest, path, cast, report);
  if (domain !== undefined && (rest.name !== undefined || rest.tag !== undefined)) report(path, "domain and name or tag can't be combined: domain draws a tag's value at random");
  if (domain === undefined && domains !== undefined) report([...path, "domains"], "domains works only with domain, which names the tag");
  if (count !== undefined && fraction !== undefined) report(path, "count and fraction can't be combined: write one of them");
  if (domain !== undefined) return domainOf({ domain, domains, count, fraction }, path, cast, report);
  if (count !== undefined) return { kind: "count", count, among };
  if (fraction !== undefined) return shareOf(fraction, among);
  if (rest.name === undefined && rest.tag === undefined) report(path, "this selects nobody: write name, tag, domain, count or fraction");
  return among;
}

/** A share is rounded to at least one member when the disruption happens, except that 0 means nobody. */
const shareOf = (fraction: number, among: Filter): Selector => (fraction === 0 ? { kind: "count", count: 0, among } : { kind: "fraction", fraction, among });

/** The numbers of the members that match a filter. */
export function membersOf(filter: Filter, cast: Cast, pool: Pool = "anybody"): readonly number[] {
  const numbers = filter.kind === "names" ? filter.names.flatMap((name) => cast.numberOf.get(name) ?? []) : cast.places.map((_, number) => number);
  return numbers.filter((number) => {
    const place = cast.places[number];
    return place !== undefined && (pool === "anybody" || !place.present) && (filter.kind !== "tag" || valueOf(place, filter.tag) === filter.value);
  });
}

/** The number of these members; does not look at each if all are meant. */
export const howMany = (filter: Filter, cast: Cast, pool: Pool = "anybody"): number =>
  filter.kind === "all" && pool === "anybody" ? cast.places.length : membersOf(filter, cast, pool).length;

function percentage(written: string, path: Path, report: Report): number {
  const share = readShare(written);
  if (share.ok) return share.value;
  report(path, share.why);
  return 0;
}

function named(name: string, path: Path, cast: Cast | undefined, report: Report): Filter {
  if (name === "all") return everybody;
  return namesOf([name], path, cast, report);
}

function namesOf(names: readonly string[], path: Path, cast: Cast | undefined, report: Report): Filter {
  names.forEach((name, index) => {
    if (cast !== undefined && !cast.numberOf.has(name)) reportUnknown(name, cast, names.length > 1 ? [...path, index] : path, report);
  });
  return { kind: "names", names };
}

function tagged(written: string, path: Path, cast: Cast | undefined, report: Report): Filter {
  const [, tag = "", value = ""] = /^([^=]+)=(.*)$/.exec(written) ?? [];
  if (tag === "") report(path, `${show(written)} is not a tag: write key=value, such as zone=eu`);
  else if (cast !== undefined && !cast.places.some((place) => valueOf(place, tag) === value)) {
    const near = nearest(written, tagsOf(cast));
    report(path, `no member has the tag ${written}${near === undefined ? "" : `: did you mean "${near}"?`}`);
  }
  return { kind: "tag", tag, value };
}

/** Reports a join of a member that is present already, or of nobody: it would do nothing. */
function reportPresent(selector: Selector, path: Path, cast: Cast, report: Report): void {
  if (selector.kind === "names") {
    const name = selector.names.find((one) => cast.places[cast.numberOf.get(one) ?? -1]?.present === true);
    if (name !== undefined) report(path, `${name} is present from the origin and can't join: write present: no in members`);
  } else if ((selector.kind === "all" || selector.kind === "tag") && membersOf(selector, cast, "the absent").length === 0) {
    report(path, "nobody here waits to join: write present: no in members");
  }
}

function tooFew(there: number, among: Filter, pool: Pool): string {
  const who = among.kind === "tag" ? ` with ${among.tag}=${among.value}` : "";
  const waiting = pool === "the absent" ? " waiting to join (present: no)" : "";
  if (among.kind === "names") return `names only ${showCount(there)}`;
  return `there ${there === 1 ? "is" : "are"} ${showCount(there)}${who}${waiting}`;
}

/** Every tag that a member has, as it is written in a selector. */
function tagsOf(cast: Cast): ReadonlySet<string> {
  return new Set(cast.places.flatMap((place) => Object.keys(place.tags).toSorted().map((tag) => `${tag}=${valueOf(place, tag)}`)));
}

const valueOf = (place: Place, tag: string): string | undefined => (Object.hasOwn(place.tags, tag) ? place.tags[tag] : undefined);
