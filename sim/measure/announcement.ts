/** Announcements: what members tell their applications, by kind. How often an application is disturbed is what flap damping is judged by. */

import type { Change } from "../../engine/index.ts";

/** In the order in which they are reported. */
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

  /** Those that were made. */
  results(): Readonly<Record<string, number>> {
    return Object.fromEntries(announcementKinds.flatMap((kind) => (this.counts[kind] > 0 ? [[kind, this.counts[kind]]] : [])));
  }
}
