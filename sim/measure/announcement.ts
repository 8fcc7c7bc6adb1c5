/** Announcements: what members tell their applications, counted by kind. The number of times that an application is disturbed is the measure of flap damping. */

import type { Change } from "../../engine/index.ts";

/** In the order of reports. */
export const announcementKinds = [
  "joined", "updated", "suspected", "confirmed", "cleared", "failed", "left", "forgotten", "refuted", "conflict", "datagrams-lost", "damped",
  "answered", "unanswered", "departed", "message", "untold", "state",
] as const satisfies readonly Change["kind"][];

type Kind = Change["kind"];

export class Announcements {
  private readonly counts = Object.fromEntries(announcementKinds.map((kind) => [kind, 0])) as Record<Kind, number>;

  announced(kind: Kind): void {
    this.counts[kind]++;
  }

  /** The counts of the kinds that occurred. */
  results(): Readonly<Record<string, number>> {
    return Object.fromEntries(announcementKinds.flatMap((kind) => (this.counts[kind] > 0 ? [[kind, this.counts[kind]]] : [])));
  }
}
