/** Members of a written scenario, one by one: which there are, which are needed, and how to write them again briefly. */

import { tickingOf } from "../scenario/spell-faults.ts";
import type { Written, WrittenValue } from "../scenario/write.ts";
import type { Scenario } from "../scenario/model.ts";

/** All members by name, one entry each: so that one of them can be absent without changing the numbers of the others, and their randomness. */
export const oneByOne = ({ members }: Scenario, absent: ReadonlySet<string>): readonly Written[] =>
  members.map(({ name, present, seed, tags, meta, clock }) => ({
    name,
    ...tickingOf(clock),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(meta === "" ? {} : { meta }),
    ...(present && !absent.has(name) ? {} : { present: false }),
    ...(seed ? { seed: true } : {}),
  }));

/** The same without members that never start: renamed m1 to mN, or with their names. */
export function renamed(written: Written, scenario: Scenario, absent: ReadonlySet<string>, naming: "anew" | "as before"): Written {
  const kept = scenario.members.filter(({ name }) => !absent.has(name));
  const digits = String(kept.length).length;
  const numbered = kept.map(({ name }, number) => [name, `m${String(number + 1).padStart(digits, "0")}`] as const);
  const names = new Map(naming === "anew" ? numbered : []);
  const isPlain = naming === "anew" && kept.every(({ present, tags, meta, seed, clock }, number) => present && clock === undefined && Object.keys(tags).length === 0 && meta === "" && (!seed || number === 0));
  const members: WrittenValue = isPlain ? kept.length : kept.map(({ name, present, seed, tags, meta, clock }) => ({
    name: names.get(name) ?? name,
    ...tickingOf(clock),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(meta === "" ? {} : { meta }),
    ...(present ? {} : { present: false }),
    ...(seed && kept.findIndex((place) => place.seed) !== 0 ? { seed: true } : {}),
  }));
  return { ...written, members, ...rewrittenLines(written, (name) => (absent.has(name) ? null : (names.get(name) ?? name))) };
}

/** The timeline with other names; null removes one, and a line that then affects nobody is removed too. */
export function rewrittenLines(written: Written, nameOf: (name: string) => string | null): { readonly timeline: readonly Written[] } {
  return { timeline: linesOf(written).flatMap((line): readonly Written[] => {
    const changed = rewrite(line, nameOf);
    return changed === null ? [] : [changed];
  }) };
}

/** Keys of a timeline entry with a selector as value. */
const selectors = new Set(["crash", "restart", "pause", "resume", "block", "unblock", "join", "leave", "hasten", "members", "from", "to", "isolate", "bridge"]);
/** Keys with such a selector inside. */
const around = new Set(["cut", "impair", "clog", "swizzle", "partition", "update", "broadcast", "send", "slow", "clock", "churn", "replace"]);

function rewrite(line: Written, nameOf: (name: string) => string | null): Written | null {
  const changed: [string, WrittenValue][] = [];
  for (const [key, value] of Object.entries(line)) {
    if ((key === "partition" || key === "sides") && isList(value)) {
      const sides = value.map((side) => selected(side, nameOf));
      if (sides.some((side) => side === null)) return null;
      changed.push([key, sides]);
    } else if (key === "events" && isList(value)) {
      const events = value.flatMap((event) => (isMapping(event) ? (rewriteEvent(event, nameOf) ?? []) : []));
      if (events.length === 0) return null;
      changed.push([key, events]);
    } else if (selectors.has(key) || (key === "by" && line["members"] !== undefined && !line["rate"] && !line["up"])) {
      const selector = selected(value, nameOf);
      if (selector === null) return null;
      changed.push([key, selector]);
    } else if (isMapping(value) && around.has(key)) {
      const inner = rewrite(value, nameOf);
      if (inner === null) return null;
      changed.push([key, inner]);
    } else changed.push([key, value]);
  }
  return Object.fromEntries(changed);
}

/** A line of recorded churn; null if its member is removed. */
function rewriteEvent(event: Written, nameOf: (name: string) => string | null): Written | null {
  const member = nameOf(String(event["member"]));
  return member === null ? null : { ...event, member };
}

/** A selector with other names; null if none is left. */
function selected(value: WrittenValue, nameOf: (name: string) => string | null): WrittenValue | null {
  if (typeof value === "string") return value === "rest" || value === "all" || value.endsWith("%") ? value : nameOf(value);
  if (!isList(value)) return value;
  const names = value.map((name) => (typeof name === "string" ? nameOf(name) : name)).filter((name) => name !== null);
  return names.length === 0 ? null : names;
}

/** The lines of the timeline. */
export const linesOf = ({ timeline }: Written): readonly Written[] => (isList(timeline) ? timeline.flatMap((line) => (isMapping(line) ? [line] : [])) : []);

export const isList = (value: WrittenValue | undefined): value is readonly WrittenValue[] => Array.isArray(value);


export const isMapping = (value: WrittenValue | undefined): value is Written => typeof value === "object" && value !== null && !Array.isArray(value);
