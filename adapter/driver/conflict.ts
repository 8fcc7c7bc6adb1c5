/** Two claim one name, and the application says that the newer one is it. */

import { incarnation, noUserMessages, type Change, type Claim, type Event, type Instant, type Member, type State } from "../../engine/index.ts";

/** Which of two members of one name is it? `keep` is the usual. */
export type SettlesConflict = (held: Member, other: Member) => "keep" | "replace";

/**
 * What the engine then hears: that the one it holds said goodbye, and that the other is here. The name is free to be taken over between the two, and
 * only the second is left to tell. (memberlist reports conflicts and settles none: rule 30.) About our own name nobody is asked: there we know.
 *
 * In memberlist's order the dead say no goodbye any more (rule 45): such a one is back first, for this moment.
 */
export function takeOver(state: State, { member: held, other }: Extract<Change, { kind: "conflict" }>, now: Instant): readonly Event[] {
  if (held.id === state.self.id) return [];
  const back: Member | null = held.status === "dead" && state.config.precedence === "memberlist" ? { ...held, status: "alive", incarnation: incarnation(held.incarnation + 1) } : null;
  const goodbye: Claim = { kind: "left", about: held.id, incarnation: (back ?? held).incarnation, from: held.id };
  const claims: readonly Claim[] = [...(back === null ? [] : [{ kind: "alive", member: back } as const]), goodbye, { kind: "alive", member: other }];
  return claims.map((claim): Event => ({
    kind: "received", now, from: state.self.address, message: { kind: "gossip", gossip: [claim], userMessages: noUserMessages },
  }));
}
