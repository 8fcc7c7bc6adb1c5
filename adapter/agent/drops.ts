/** Reports what a member drops, at the log level `debug`. */

import type { SwimMember } from "../member/member.ts";
import type { News } from "./news.ts";

/** Milliseconds between two reports. */
const EVERY = 1_000;

/** Returns a function that stops it. */
export function watchDrops(member: SwimMember, tell: (news: News) => void): () => void {
  let before: Readonly<Record<string, number>> = {};
  const look = (): void => {
    const { drops } = member.stats();
    const more = Object.entries(drops).flatMap(([reason, count]) => (count > (before[reason] ?? 0) ? [[reason, count - (before[reason] ?? 0)] as const] : []));
    before = drops;
    if (more.length === 0) return;
    tell({ kind: "note", what: "drops", text: `dropped: ${more.map(([reason, count]) => `${count} ${reason}`).join(", ")}`, facts: { drops: Object.fromEntries(more) } });
  };
  const beat = setInterval(look, EVERY);
  return () => {
    clearInterval(beat);
    look();
  };
}
