/** The colours of lanes: what each member believed about one subject, or its true state, from change to change. */

import { type Instant, instant, type MemberId } from "../../engine/index.ts";
import type { Stretch } from "../model/picture.ts";
import type { MemberNumber } from "../model/run.ts";
import { announcementKinds, type AnnouncementWord, codeIn, existences, statuses, type StatusWord } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { firstAtLeast } from "./column.ts";
import { findStatus } from "./find-status.ts";
import type { Place } from "./place.ts";

const ALIVE = codeIn(statuses, "alive");
const RUNNING = codeIn(existences, "running");

/** The true state of each member. */
export function truthStretches({ outages }: Pick<Chronicle, "outages">, from: Instant, to: Instant, members: readonly MemberNumber[]): readonly Stretch[] {
  return members.flatMap((who) => {
    const found: Stretch[] = [];
    let since = from;
    for (const outage of outages) {
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

/** The belief after each announcement. */
const believes: Partial<Record<AnnouncementWord, StatusWord>> = {
  joined: "alive", suspected: "suspect", cleared: "alive", failed: "dead", left: "left", forgotten: "unknown",
};

/** What each member believed about a subject, beginning with the place's state at `from`. */
export function beliefStretches({ chronicle, states }: Place, from: Instant, to: Instant, members: readonly MemberNumber[], subject: MemberNumber): readonly Stretch[] {
  const id: MemberId | undefined = chronicle.roster.ids[subject];
  if (id === undefined) return [];
  return stretchesFrom(chronicle, new Map(members.map((who) => [who, findStatus(states[who], id)])), from, to, subject);
}

/**
 * The same from announcements alone, without moving the cursor: a member that has announced nothing about the subject before `from` holds it alive, unless its next
 * announcement is that the subject has joined.
 */
export function announcedStretches(chronicle: Chronicle, from: Instant, to: Instant, members: readonly MemberNumber[], subject: MemberNumber): readonly Stretch[] {
  const { sayings } = chronicle;
  const held = new Map<MemberNumber, number | undefined>(members.map((who) => [who, undefined]));
  let waiting = held.size;
  for (let n = 0; n < sayings.at.length && waiting > 0; n++) {
    const who = sayings.who.at(n);
    if (sayings.about.at(n) !== subject || !held.has(who)) continue;
    const [before, status] = [held.get(who), believes[announcementKinds[sayings.kind.at(n)] ?? "updated"]];
    if (sayings.at.at(n) > from) {
      if (before !== undefined || status === undefined) continue;
      held.set(who, codeIn(statuses, status === "alive" ? "unknown" : "alive"));
      waiting--;
    } else if (status !== undefined) held.set(who, codeIn(statuses, status));
  }
  return stretchesFrom(chronicle, new Map(Array.from(held, ([who, code]) => [who, code ?? ALIVE])), from, to, subject);
}

/** From each belief at `from`, along the announcements. */
function stretchesFrom({ sayings }: Chronicle, held: ReadonlyMap<MemberNumber, number>, from: Instant, to: Instant, subject: MemberNumber): readonly Stretch[] {
  const now = new Map(Array.from(held, ([who, code]) => [who, { code, since: from }]));
  const found: Stretch[] = [];
  for (let n = firstAtLeast(sayings.at, from + 1); n < sayings.at.length && sayings.at.at(n) <= to; n++) {
    if (sayings.about.at(n) !== subject) continue;
    const [at, who] = [instant(sayings.at.at(n)), sayings.who.at(n)];
    const before = now.get(who);
    const status = believes[announcementKinds[sayings.kind.at(n)] ?? "updated"];
    const code = status === undefined ? before?.code : codeIn(statuses, status);
    if (before === undefined || code === undefined || code === before.code) continue;
    found.push({ who, code: before.code, since: before.since, until: at });
    now.set(who, { code, since: at });
  }
  for (const [who, { code, since }] of now) if (since < to) found.push({ who, code, since, until: to });
  return found;
}
