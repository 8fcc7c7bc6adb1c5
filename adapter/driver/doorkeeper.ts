/** The doorkeeper: admits members by ranges of addresses, and by the application's hooks. Members that are refused never reach the engine. */

import { admitting, withinCidrs, type Admits, type AdmitsMerge, type Event } from "../../engine/index.ts";
import type { Counts } from "./counts.ts";
import type { Troubles } from "./troubles.ts";

export type Guests = {
  /** Ranges in CIDR notation: members outside are not admitted, and their messages are dropped (memberlist rule 29). */
  readonly allow?: readonly string[];
  readonly admit?: Admits;
  readonly admitMerge?: AdmitsMerge;
};

/** The event as the engine may see it, or null. */
export type Doorkeeper = (event: Event) => Event | null;

/** Throws a `RangeError` if one of the ranges is invalid. */
export function doorkeeperOf({ allow, admit, admitMerge }: Guests, counts: Counts, troubles: Troubles): Doorkeeper {
  if (allow === undefined && admit === undefined && admitMerge === undefined) return (event) => event;
  const isAllowed = allow === undefined ? () => true : withinCidrs(allow);
  /** If a hook returns no boolean, its truthiness counts, and the error is reported: a promise, for example, is always truthy, so it cannot veto. */
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
