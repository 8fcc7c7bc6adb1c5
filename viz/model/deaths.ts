/** Which members were declared dead, by whom first, and whether that was right: what a visitor wants to know first. */

import type { Instant } from "../../engine/index.ts";
import { instant } from "../../engine/index.ts";
import type { Announcements, LineNumber, MemberNumber } from "./run.ts";
import { announcementKinds, codeIn, verdicts, type VerdictWord, wordIn } from "./words.ts";

/** All announced deaths of one member with one verdict, from the first until a member took it back or the run ended. */
export type Death = {
  readonly about: MemberNumber;
  readonly verdict: Exclude<VerdictWord, "none">;
  /** The first announcement: when, by whom, at which line, and whose suspicion it was (−1 if no one is named). */
  readonly at: Instant;
  readonly first: MemberNumber;
  readonly line: LineNumber;
  readonly by: MemberNumber;
  /** How many members announced it. */
  readonly announcers: number;
};

/** In order of time. An announcement more than `apart` microseconds after the last of its kind starts another death. */
export function deathsIn({ count, at, line, who, kind, about, by, verdict }: Announcements, apart = 60_000_000): readonly Death[] {
  const failed = codeIn(announcementKinds, "failed");
  const open = new Map<string, { death: Death; last: number; announcers: Set<MemberNumber> }>();
  const all: { death: Death; announcers: Set<MemberNumber> }[] = [];
  for (let n = 0; n < count; n++) {
    if (kind[n] !== failed) continue;
    const word = wordIn(verdicts, verdict[n]);
    if (word === "none") continue;
    const key = `${about[n]} ${word}`;
    const known = open.get(key);
    if (known !== undefined && at[n]! - known.last <= apart) {
      known.announcers.add(who[n]!);
      known.last = at[n]!;
      continue;
    }
    const death: Death = { about: about[n]!, verdict: word, at: instant(at[n]!), first: who[n]!, line: line[n]!, by: by[n]!, announcers: 1 };
    const entry = { death, last: at[n]!, announcers: new Set([who[n]!]) };
    open.set(key, entry);
    all.push(entry);
  }
  return all.map(({ death, announcers }) => ({ ...death, announcers: announcers.size }));
}
