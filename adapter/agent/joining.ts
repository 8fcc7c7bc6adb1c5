/** Asks the seeds to let us in, again and again while we are alone, at the beginning and later: the members of a group may be started at once and in any order. */

import { after, livingIn, seconds } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { machineClock } from "../driver/machine-clock.ts";
import { MemberError } from "../error.ts";
import type { SwimMember } from "../member/member.ts";
import { checkedAddress } from "../transport/resolve.ts";
import type { News } from "./news.ts";

/** What is wrong with the address of a seed, in a sentence; null if nothing is. */
export function seedMistake(text: string): string | null {
  try {
    checkedAddress(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** How often we check whether we are alone. */
const AGAIN_AFTER = seconds(5);

/** Returns a function that stops it. Reports each join, and before it only the first failure. */
export function joinPatiently(member: SwimMember, seeds: readonly string[], tell: (news: News) => void, clock: Clock = machineClock()): () => void {
  let takeBack = (): void => {};
  let isStopped = false;
  let isFirst = true;
  const ask = async (): Promise<void> => {
    try {
      const letIn = await member.join(seeds);
      if (!isStopped) tell({ kind: "note", what: "joined", text: `let in by ${letIn} of ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}`, facts: { seeds: letIn } });
      isFirst = true;
    } catch (error) {
      if (isStopped || (error instanceof MemberError && error.code === "stopped")) return;
      const why = error instanceof Error ? error.message : String(error);
      if (isFirst) tell({ kind: "note", what: "join-failed", text: `${why}; retrying every ${AGAIN_AFTER / 1_000_000} s while alone`, facts: { seeds } });
      isFirst = false;
    }
    look();
  };
  const look = (): void => {
    if (isStopped) return;
    takeBack = clock.alarm(after(clock.now(), AGAIN_AFTER), () => {
      if (livingIn(member.state.view) === 1) void ask();
      else look();
    });
  };
  if (seeds.length > 0) void ask();
  return () => {
    isStopped = true;
    takeBack();
  };
}
