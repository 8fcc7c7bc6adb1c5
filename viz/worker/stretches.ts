/** How lanes are coloured: what each member believed of one subject, or what it was in truth, from change to change. */

import { type Instant, instant, type MemberId } from "../../engine/index.ts";
import type { Stretch } from "../model/picture.ts";
import type { MemberNumber } from "../model/run.ts";
import { announcementKinds, type AnnouncementWord, codeIn, existences, statuses, type StatusWord } from "../model/words.ts";
import { findStatus } from "./find-status.ts";
import type { Place } from "./place.ts";

const RUNNING = codeIn(existences, "running");

/** What each member was in truth. */
export function truthStretches({ chronicle }: Place, from: Instant, to: Instant, members: readonly MemberNumber[]): readonly Stretch[] {
  return members.flatMap((who) => {
    const found: Stretch[] = [];
    let since = from;
    for (const outage of chronicle.outages) {
      if (outage.who !== who || outage.until <= from || outage.since >= to) continue;
      if (outage.since > since) found.push({ who, code: RUNNING, since, until: outage.since });
      const until = instant(Math.min(outage.until, to));
      found.push({ who, code: outage.existence, since: instant(Math.max(outage.since, from)), until });
      since = until;
    }
    if (since < to) found.push({ who, code: RUNNING, since, until: to });
    return found;
  });
}

/** What each announcement makes of a belief. */
const believes: Partial<Record<AnnouncementWord, StatusWord>> = {
  joined: "alive", suspected: "suspect", cleared: "alive", failed: "dead", left: "left", forgotten: "unknown",
};

/** What each member believed of a subject, from the place's beginning at `from` on, by its announcements. */
export function beliefStretches(place: Place, from: Instant, to: Instant, members: readonly MemberNumber[], subject: MemberNumber): readonly Stretch[] {
  const { chronicle: { sayings, roster }, states } = place;
  const id: MemberId | undefined = roster.ids[subject];
  if (id === undefined) return [];
  const now = new Map(members.map((who) => [who, { code: findStatus(states[who], id), since: from }]));
  const found: Stretch[] = [];
  for (let n = 0; n < sayings.at.length; n++) {
    const [at, who] = [sayings.at.at(n), sayings.who.at(n)];
    if (at <= from || at > to || sayings.about.at(n) !== subject) continue;
    const held = now.get(who);
    const status = believes[announcementKinds[sayings.kind.at(n)] ?? "joined"];
    const code = status === undefined ? held?.code : codeIn(statuses, status);
    if (held === undefined || code === undefined || code === held.code) continue;
    found.push({ who, code: held.code, since: held.since, until: instant(at) });
    now.set(who, { code, since: instant(at) });
  }
  for (const [who, { code, since }] of now) if (since < to) found.push({ who, code, since, until: to });
  return found;
}
