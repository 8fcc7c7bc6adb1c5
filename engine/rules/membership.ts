/** Who overrules whom: the order of claims about one member, and what to do with a claim that comes in. */

import type { Config } from "../words/config.ts";
import type { Claim, Member, Status } from "../words/member.ts";
import { claimed } from "../words/member.ts";
import { GREATEST_INCARNATION, type Incarnation } from "../words/units.ts";

/** At one incarnation, the graver status wins. `left` outweighs `dead` because it is the member's own word. */
const gravity = { alive: 0, suspect: 1, dead: 2, left: 3 } as const satisfies Record<Status, number>;

/** What a claim comes down to when two are compared. */
export type Standing = { readonly status: Status; readonly incarnation: Incarnation };

/**
 * Does `heard` overrule what is `held`? The fresher incarnation wins; at the same one, the graver status (SWIM §4.2, memberlist
 * rules 31, 36 and 45: docs/decisions/0002-who-overrules-whom.md). Where death is `final`, it overrules everything and
 * nothing overrules it, as SWIM's Confirm does. Either way this is a total order, so the order of hearing makes no difference to
 * status and incarnation. (To the rest it does: an accusation of a life may come before its own alive, which alone carries its meta.)
 */
export function overrules(heard: Standing, held: Standing, death: Config["death"]): boolean {
  if (death === "final" && isGone(held.status) !== isGone(heard.status)) return isGone(heard.status);
  if (heard.incarnation !== held.incarnation) return heard.incarnation > held.incarnation;
  return gravity[heard.status] > gravity[held.status];
}

const isGone = (status: Status): boolean => status === "dead" || status === "left";

/** The record that a claim makes of a member, or undefined when it changes nothing: it is stale, or accuses somebody unknown (memberlist rule 36). */
export function recordOf(claim: Claim, held: Member | undefined, death: Config["death"]): Member | undefined {
  if (held === undefined) return claim.kind === "alive" ? claim.member : undefined;
  const heard = { status: claim.kind, incarnation: claimed(claim) };
  if (!overrules(heard, held, death)) return undefined;
  return claim.kind === "alive" ? claim.member : standing(held, claim.kind, claim.incarnation);
}

/** The same member, of another status and incarnation. */
export function standing(held: Member, status: Status, incarnation: Incarnation): Member {
  const { id, address, meta, versions } = held;
  return { id, address, meta, versions, incarnation, status };
}

/**
 * Would this accuse somebody under an incarnation that no answer can outdo? One such lie would silence its victim for good (memberlist
 * issue 358), so nobody believes it. An answer may go to the limit.
 */
export const isUnanswerable = (status: Status, incarnation: Incarnation): boolean => incarnation >= GREATEST_INCARNATION && status !== "alive";

/** How a claim about ourselves strikes us. */
export type SelfVerdict = "ignore" | "refute" | "depart";

/**
 * Somebody speaks of us. What is older than our own word is ignored. An accusation, or a life that we do not remember having led
 * (we restarted, or another bears our name), is refuted by a higher incarnation (memberlist rules 33 and 44); an end that is final is obeyed.
 */
export function ofMyself(claim: Claim, self: Member, death: Config["death"]): SelfVerdict {
  if (death === "final" && isGone(claim.kind)) return "depart";
  if (claimed(claim) < self.incarnation || claimed(claim) >= GREATEST_INCARNATION) return "ignore";
  if (claim.kind === "alive" && claimed(claim) === self.incarnation && isMyWord(claim.member, self)) return "ignore";
  return "refute";
}

/** Is this what we say of ourselves at this incarnation? Where the addresses differ there are two of us, which no refutation can settle. */
const isMyWord = (said: Member, self: Member): boolean =>
  said.meta === self.meta && said.versions.every((version, i) => version === self.versions[i]);
