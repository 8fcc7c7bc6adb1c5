/** Faults of members and their machines: from what is written to actions. */

import { type Instant, instant, type Micros, micros } from "../../../engine/index.ts";
import type { Action, Latency, Return, Selector } from "../model.ts";
import type { WrittenEntry } from "../schema/timeline.ts";
import type { WrittenSelector } from "../schema/selector.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { churnModelOf } from "./churn.ts";
import { latencyOf } from "./latency.ts";
import { selectorOf } from "./selector.ts";
import { pairOf } from "./ticking.ts";

export type Scene = { readonly cast: Cast | undefined; readonly duration: Micros | undefined; readonly lingerFor: Micros };

/** The action of an entry that has one of these faults; undefined if it has none, or after a mistake, which has been reported by then. */
export function memberFaultOf(entry: WrittenEntry, path: Path, { cast, duration, lingerFor }: Scene, report: Report): Action | undefined {
  const { slow, hasten, clock, churn, replace } = entry;
  const choose = (written: WrittenSelector, ...keys: readonly string[]): Selector => selectorOf(written, [...path, ...keys], cast, report);
  if (slow !== undefined) {
    const takes: Latency = latencyOf(slow.takes, [...path, "slow", "takes"], report);
    return { kind: "slow", members: choose(slow.members, "slow", "members"), takes, alarms: slow.alarms ?? "on-time" };
  }
  if (hasten !== undefined) return { kind: "hasten", members: choose(hasten, "hasten") };
  if (clock !== undefined) {
    const { members, rate, step, wall } = clock;
    if (rate === undefined && step === undefined && wall === undefined) report([...path, "clock"], "nothing happens to these clocks: write rate, step or wall");
    const pair = rate === undefined ? null : rate === "usual" ? rate : pairOf(rate, [...path, "clock", "rate"], report);
    return { kind: "clock", members: choose(members, "clock", "members"), rate: pair, step: step ?? micros(0), wall: wall ?? 0 };
  }
  if (replace !== undefined) {
    return { kind: "replace", members: choose(replace.members, "replace", "members"), by: selectorOf(replace.by, [...path, "replace", "by"], cast, report, "the absent") };
  }
  if (churn === undefined || churn.events !== undefined) return undefined;
  const by = churn.by ?? "crash";
  const end = entry.for === undefined ? duration : micros(entry.at + entry.for);
  const until: Instant = instant(Math.min(end ?? entry.at, duration ?? Infinity));
  const members = selectorOf(churn.members ?? "all", [...path, "churn", "members"], cast, report, by === "join" ? "the absent" : "anybody");
  const model = churnModelOf(churn, { members, from: entry.at, until, least: by === "leave" ? lingerFor : 0 }, [...path, "churn"], cast, report);
  return model === undefined ? undefined : { kind: "churn", members, by, until, model, back: returnOf(entry) };
}

/** How a member that has gone comes back. */
export const returnOf = ({ incarnation, address, view }: Pick<WrittenEntry, "incarnation" | "address" | "view">): Return =>
  ({ incarnation: incarnation ?? "lost", address: address ?? "same", ...(view === "kept" ? { view } : {}) });

/** The action that ends slowness, or restores clocks, for the members that the disruption of this index affected. */
export function faultEnding(name: "slow" | "clock", begun: number): Action {
  const members: Selector = { kind: "same", as: begun, end: null };
  return name === "slow" ? { kind: "hasten", members } : { kind: "clock", members, rate: "usual", step: micros(0), wall: 0 };
}
