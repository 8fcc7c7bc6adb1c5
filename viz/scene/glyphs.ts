/** Which shape stands for which word: the same in every view, so that it has to be learnt once. */

import type { AnnouncementWord, VerdictWord } from "../model/words.ts";
import type { Glyph } from "./mark.ts";

const ofStatus: Readonly<Record<string, Glyph>> = {
  suspect: "triangle", dead: "cross", left: "door", paused: "bars", blocked: "square", crashed: "cross", departed: "door", leaving: "door",
};

/** Of a status or an existence; undefined for what is as it should be. */
export const glyphOfStatus = (word: string): Glyph | undefined => ofStatus[word];

const ofAnnouncement: Partial<Record<AnnouncementWord, Glyph>> = {
  joined: "dot", suspected: "triangle", confirmed: "triangle", cleared: "ring", failed: "cross", left: "door", refuted: "diamond", conflict: "square", damped: "bars",
};

/** Of an announcement; undefined for what is not drawn. A death announced of somebody who runs is a star. */
export function glyphOfAnnouncement(word: AnnouncementWord, verdict: VerdictWord): Glyph | undefined {
  return word === "failed" && (verdict === "false" || verdict === "parted") ? "star" : ofAnnouncement[word];
}
