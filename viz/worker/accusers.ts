/** Which members hold a member suspect or dead at a place, since when, and where each of them announced it: where "why?" starts. */

import { find } from "../../engine/index.ts";
import type { AccuserDetail, AccusersDetail } from "../model/detail.ts";
import type { MemberNumber } from "../model/run.ts";
import { announcementKinds, codeIn } from "../model/words.ts";
import type { Place } from "./place.ts";

/** The most that are listed. */
const MOST = 50;

/** O(members · log members), and one pass back through the announcements, up to the oldest that is needed. */
export function accusersOf({ chronicle: { roster, sayings }, cursor, states, truth }: Place, about: MemberNumber): AccusersDetail {
  const id = roster.ids[about];
  const held = new Map<MemberNumber, "suspect" | "dead">();
  const count = { suspect: 0, dead: 0 };
  states.forEach((state, who) => {
    if (state === undefined || who === about || id === undefined || !truth.isRunning(who)) return;
    const status = find(state.view, id)?.status;
    if (status !== "suspect" && status !== "dead") return;
    held.set(who, status);
    count[status]++;
  });
  const [suspected, failed] = [codeIn(announcementKinds, "suspected"), codeIn(announcementKinds, "failed")];
  const said = new Map<MemberNumber, number>();
  for (let place = sayings.within(0, cursor.lines - 1)[1] - 1; place >= 0 && said.size < held.size; place--) {
    if (sayings.about.at(place) !== about) continue;
    const who = sayings.who.at(place);
    const status = held.get(who);
    if (status === undefined || said.has(who)) continue;
    if (sayings.kind.at(place) === (status === "suspect" ? suspected : failed)) said.set(who, place);
  }
  const all = [...held].map(([who, status]): AccuserDetail => {
    const place = said.get(who);
    return place === undefined ? { who, status, since: null, line: null } : { who, status, since: sayings.at.at(place) as AccuserDetail["since"], line: sayings.line.at(place) };
  });
  return { ...count, first: all.toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity) || one.who - other.who).slice(0, MOST) };
}
