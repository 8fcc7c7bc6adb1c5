/** Two claim one name, and the application says that the newer one is it. */

import { noUserMessages, type Change, type Claim, type Event, type Instant, type Member, type State } from "../../engine/index.ts";

/** Which of two members of one name is it? `keep` is the usual. */
export type SettlesConflict = (held: Member, other: Member) => "keep" | "replace";

/**
 * What the engine then hears: that the one it holds said goodbye, and that the other is here. The name is free to be taken over between the two, and
 * only the second is left to tell. (memberlist reports conflicts and settles none: rule 30.) About our own name nobody is asked: there we know.
 */
export function takeOver(state: State, { member: held, other }: Extract<Change, { kind: "conflict" }>, now: Instant): readonly Event[] {
  if (held.id === state.self.id) return [];
  const goodbye: Claim = { kind: "left", about: held.id, incarnation: held.incarnation, from: held.id };
  return [goodbye, { kind: "alive", member: other } as const].map((claim): Event => ({
    kind: "received", now, from: state.self.address, message: { kind: "gossip", gossip: [claim], userMessages: noUserMessages },
  }));
}
