/** Announcements and violated promises as marks of the time line: each kind in its row, and only one of many at the same pixel. */

import { bisectLeft } from "d3";
import type { RunFacts } from "../model/run.ts";
import { announcementKinds, type AnnouncementWord, verdicts, type VerdictWord } from "../model/words.ts";
import { glyphOfAnnouncement } from "./glyphs.ts";
import type { Mark } from "./mark.ts";

/** The rows, from the bottom. Other kinds are not drawn: they are part of normal operation. */
const rows: readonly (readonly string[])[] = [["suspected", "confirmed"], ["cleared", "refuted", "joined", "left", "damped", "conflict"], ["failed right", "failed unknown"], ["failed false", "failed parted"]];
const rowOf = new Map(rows.flatMap((words, row) => words.map((word) => [word, row] as const)));
const HIGH = 9;
/** Of marks of one kind that are closer than this, in pixels, only the first is drawn. */
const CLOSE = 4;

type Frame = { readonly at: (instant: number) => number; readonly low: number };

export function saidMarks(facts: RunFacts, { at, low }: Frame, span: { readonly from: number; readonly to: number }): readonly Mark[] {
  const { announcements: { count, at: moments, kind: kinds, verdict: said, line, who, about } } = facts;
  const seen = new Set<number>();
  const marks: Mark[] = [];
  for (let place = bisectLeft(moments, span.from); place < count && moments[place]! <= span.to; place++) {
    const x = at(moments[place]!);
    // One number for pixel, kind and verdict, because there may be a million.
    const key = (Math.round(x / CLOSE) * 32 + kinds[place]!) * 8 + said[place]!;
    if (seen.has(key)) continue;
    seen.add(key);
    const word: AnnouncementWord = announcementKinds[kinds[place]!] ?? "updated";
    const verdict: VerdictWord = verdicts[said[place]!] ?? "none";
    const [glyph, row] = [glyphOfAnnouncement(word, verdict), rowOf.get(word === "failed" ? `failed ${verdict}` : word)];
    if (glyph === undefined || row === undefined) continue;
    const title = `${facts.members[who[place]!]?.id ?? ""} announced: ${word} ${facts.members[about[place]!]?.id ?? ""}`;
    marks.push({ kind: "glyph", glyph, look: `announced ${word}${verdict === "none" ? "" : ` ${verdict}`}`, x, y: low - 6 - HIGH * row, size: 3.6, hit: { kind: "line", line: line[place]!, at: moments[place]! }, title });
  }
  for (const { at: when, line: number, sentence } of facts.broken) {
    if (when < span.from || when > span.to) continue;
    marks.push({ kind: "glyph", glyph: "star", look: "broken", x: at(when), y: low - 6 - HIGH * rows.length, size: 5, hit: { kind: "line", line: number, at: when }, title: sentence });
  }
  return marks;
}
