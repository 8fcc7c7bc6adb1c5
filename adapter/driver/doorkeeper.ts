/** Whom we take in: ranges of addresses, and what the application says. What is refused never reaches the engine. */

import { admitting, withinCidrs, type Admits, type AdmitsMerge, type Event } from "../../engine/index.ts";
import type { Counts } from "./counts.ts";
import type { Troubles } from "./troubles.ts";

export type Guests = {
  /** Ranges in CIDR notation: who is outside is neither held nor heard (memberlist rule 29). */
  readonly allow?: readonly string[];
  readonly admit?: Admits;
  readonly admitMerge?: AdmitsMerge;
};

/** The event as the engine may see it, or null. */
export type Doorkeeper = (event: Event) => Event | null;

/** Throws a `RangeError` if one of the ranges is none. */
export function doorkeeperOf({ allow, admit, admitMerge }: Guests, counts: Counts, troubles: Troubles): Doorkeeper {
  if (allow === undefined && admit === undefined && admitMerge === undefined) return (event) => event;
  const isAllowed = allow === undefined ? () => true : withinCidrs(allow);
  /** Of one that answers with something else it counts whether that is truthy, as a promise always is: that is no veto, and has to be known. */
  const verdict = (culprit: string, hook: () => unknown): boolean => {
    const answer = troubles.ask(culprit, true, hook);
    const isConsent = Boolean(answer);
    if (typeof answer !== "boolean") troubles.note(culprit, new TypeError(`${culprit} returned neither true nor false, synchronously: that counted as a ${isConsent ? "yes" : "no"}`));
    return isConsent;
  };
  const admits: Admits = (member) => {
    const isIn = isAllowed(member.address) && (admit === undefined || verdict("hook admit", () => admit(member)));
    if (!isIn) counts.others.add("refused.members");
    return isIn;
  };
  const admitsMerge: AdmitsMerge = (members) => {
    const isIn = admitMerge === undefined || verdict("hook admitMerge", () => admitMerge(members));
    if (!isIn) counts.others.add("refused.merges");
    return isIn;
  };
  return (event) => {
    if ("from" in event && !isAllowed(event.from)) {
      counts.drops.add("not-allowed");
      return null;
    }
    return admitting(event, admits, admitsMerge);
  };
}
