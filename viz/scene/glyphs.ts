/** The shape for each word: the same in every view, so that users learn it once. */

import type { AnnouncementWord, VerdictWord } from "../model/words.ts";
import type { Glyph } from "./mark.ts";

const ofStatus: Readonly<Record<string, Glyph>> = {
  suspect: "triangle", dead: "cross", left: "door", paused: "bars", blocked: "square", crashed: "cross", departed: "door", leaving: "door",
};

/** For a status or an existence; undefined for what is as it should be. */
export const glyphOfStatus = (word: string): Glyph | undefined => ofStatus[word];

const ofAnnouncement: Partial<Record<AnnouncementWord, Glyph>> = {
  joined: "dot", suspected: "triangle", confirmed: "triangle", cleared: "ring", failed: "cross", left: "door", refuted: "diamond", conflict: "square", damped: "bars",
};

/** For an announcement; undefined if it is not drawn. An announced death of a running member is a star. */
export function glyphOfAnnouncement(word: AnnouncementWord, verdict: VerdictWord): Glyph | undefined {
  return word === "failed" && (verdict === "false" || verdict === "parted") ? "star" : ofAnnouncement[word];
}
