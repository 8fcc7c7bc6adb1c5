/** Intents about unknown members: an intent may arrive before its member, and waits for it a while. */

import type { Agenda } from "../words/agenda.ts";
import { count, enter, firstRank, lookUp, strikeFirst } from "../words/agenda.ts";
import type { Instant, MemberId } from "../words/units.ts";
import { after, NEVER } from "../words/units.ts";
import type { SerfConfig } from "./config.ts";
import type { Intent } from "./message.ts";

/** In characters. Serf's own limit is 128, if it is configured to check. */
const LONGEST_NAME = 512;

/** Adds an intent; undefined if one that is as late or later waits already. Only the latest of each member is kept. */
export function foretell(strangers: Agenda<Intent>, intent: Intent, now: Instant, config: SerfConfig): Agenda<Intent> | undefined {
  if (intent.about.length > LONGEST_NAME) return undefined;
  const waiting = withoutExpired(strangers, now);
  const known = lookUp(waiting, intent.about);
  if (known !== undefined && intent.ltime <= known.ltime) return undefined;
  const isFull = known === undefined && count(waiting) >= config.intentsLimit;
  return enter(isFull ? strikeFirst(waiting) : waiting, intent.about, after(now, config.intentsFor), intent);
}

/** The intent about a member that arrived before it, unless that has expired. */
export const foretold = (strangers: Agenda<Intent>, name: MemberId, now: Instant): Intent | undefined => lookUp(withoutExpired(strangers, now), name);

function withoutExpired(strangers: Agenda<Intent>, now: Instant): Agenda<Intent> {
  let waiting = strangers;
  while (firstRank(waiting, NEVER) < now) waiting = strikeFirst(waiting);
  return waiting;
}
