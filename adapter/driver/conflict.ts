/** A conflict over a name that the application settles in favour of the newer member. */

import { incarnation, noUserMessages, type Change, type Claim, type Event, type Instant, type Member, type State } from "../../engine/index.ts";

/** Which of two members keeps the name: the one that we hold (`keep`, the default), or the other (`replace`). */
export type SettlesConflict = (held: Member, other: Member) => "keep" | "replace";

/**
 * The events that make the engine replace the member: the farewell of the one that it holds, which frees the name, and the other's alive claim. Only
 * the second remains as a rumour. (memberlist reports conflicts and settles none: rule 30.) A conflict over our own name is not settled: we keep it.
 *
 * With memberlist's precedence, a farewell does not change a dead member (rule 45): so that one is declared alive first.
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
