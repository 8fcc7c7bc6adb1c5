/** Asks the seeds to let us in, and goes on asking for as long as we are alone: whole groups are started at once, and in any order. */

import { MemberError } from "../error.ts";
import type { SwimMember } from "../member/member.ts";
import type { News } from "./news.ts";

/** Milliseconds between two attempts. */
const AGAIN_AFTER = 5_000;

/** Returns how to stop. What comes of it is told. */
export function joinPatiently(member: SwimMember, seeds: readonly string[], tell: (news: News) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let isFirst = true;
  const ask = async (): Promise<void> => {
    try {
      const letIn = await member.join(seeds);
      if (!isStopped) tell({ kind: "note", what: "joined", text: `let in by ${letIn} of ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}`, facts: { seeds: letIn } });
    } catch (error) {
      if (isStopped || (error instanceof MemberError && error.code === "stopped")) return;
      const why = error instanceof Error ? error.message : String(error);
      if (isFirst) tell({ kind: "note", what: "join-failed", text: `${why}; retrying every ${AGAIN_AFTER / 1_000} s while alone`, facts: { seeds } });
      isFirst = false;
      timer = setTimeout(() => { if (member.members().length === 1) void ask(); }, AGAIN_AFTER);
    }
  };
  if (seeds.length > 0) void ask();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
