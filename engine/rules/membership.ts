/** Which claim overrules which: the order of claims about one member, and what to do with a claim that comes in. */

import type { Config } from "../words/config.ts";
import type { Accusation, Claim, Member, Status, Versions } from "../words/member.ts";
import { claimed, isLiving } from "../words/member.ts";
import { above, GREATEST_INCARNATION, incarnation as incarnationOf, type Incarnation } from "../words/units.ts";

/** At one incarnation, the graver status wins. `left` outweighs `dead` because it is the member's own word. */
const gravity = { alive: 0, suspect: 1, dead: 2, left: 3 } as const satisfies Record<Status, number>;

/** The part of a claim that decides when two are compared. */
export type Standing = { readonly status: Status; readonly incarnation: Incarnation };

/** The fields of a configuration that decide between claims. */
export type Precedence = Pick<Config, "precedence" | "incarnationsPerLife">;

/** Which life of its member an incarnation belongs to: 0 for all, where lives are not told apart. */
export const lifeOf = (incarnation: Incarnation, { incarnationsPerLife }: Precedence): number =>
  incarnationsPerLife === 0 ? 0 : Math.floor(incarnation / incarnationsPerLife);

/** The first incarnation of a life (from 1 up). Where lives are not told apart, memberlist's first: 1. */
export const firstOf = (life: number, { incarnationsPerLife }: Precedence): Incarnation =>
  incarnationOf(incarnationsPerLife === 0 ? 1 : life * incarnationsPerLife);

/**
 * Does what is `heard` overrule what is `held`? docs/decisions/0002-who-overrules-whom.md draws all three orders.
 *
 * `total`: the higher incarnation wins; at the same one, the graver status. So the order of merging does not matter. (Except for the rest of the record: an
 * accusation may arrive before the alive claim of the same life, and only that one carries the meta.)
 * `memberlist`: an alive claim needs a higher incarnation; an accusation needs at least the same, and a graver status, and does not change the gone (rules 31, 36 to 38, 45, 48).
 * `final`: the end of a life overrules every other claim about that life, and a later life every claim about earlier ones (SWIM §4.2).
 */
export function overrules(heard: Standing, held: Standing, rule: Precedence): boolean {
  return decides(heard.status, heard.incarnation, held, rule);
}

/** The same, without building a Standing for each claim that comes in. */
function decides(status: Status, incarnation: Incarnation, held: Standing, rule: Precedence): boolean {
  switch (rule.precedence) {
    case "total":
      return incarnation !== held.incarnation ? incarnation > held.incarnation : gravity[status] > gravity[held.status];
    case "memberlist":
      if (status === "alive") return incarnation > held.incarnation;
      return incarnation >= held.incarnation && gravity[status] > gravity[held.status] && !isGone(held.status);
    case "final": {
      const [life, lifeHeld] = [lifeOf(incarnation, rule), lifeOf(held.incarnation, rule)];
      if (life !== lifeHeld) return life > lifeHeld;
      if (isGone(status) !== isGone(held.status)) return isGone(status);
      return incarnation !== held.incarnation ? incarnation > held.incarnation : gravity[status] > gravity[held.status];
    }
  }
}

const isGone = (status: Status): boolean => status === "dead" || status === "left";

/** The member's record after a claim, or undefined if the claim changes nothing: it is stale, or accuses an unknown member (memberlist rule 36). */
export function recordOf(claim: Claim, held: Member | undefined, rule: Precedence): Member | undefined {
  if (held === undefined) return claim.kind === "alive" ? claim.member : undefined;
  if (!decides(claim.kind, claimed(claim), held, rule)) return undefined;
  return claim.kind === "alive" ? claim.member : standing(held, claim.kind, claim.incarnation);
}

/** Does this claim change nothing, because we hold the same or newer? A cheap test for every incoming claim; most are old news. */
export function isOldNews(claim: Claim, held: Member, { precedence, confirmations }: Config): boolean {
  if (claim.kind === "alive") return claim.member === held || (claim.member.incarnation <= held.incarnation && claim.member.address === held.address);
  if (claim.incarnation !== held.incarnation) return claim.incarnation < held.incarnation && precedence !== "final";
  return gravity[claim.kind] <= gravity[held.status] && (claim.kind !== "suspect" || held.status !== "suspect" || confirmations === 0);
}

/** The record with another status and incarnation. */
export function standing(held: Member, status: Status, incarnation: Incarnation): Member {
  const { id, address, meta, versions } = held;
  return { id, address, meta, versions, incarnation, status };
}

/** The accused's own last claim if it overrides the accusation: its refutation, or its farewell. Undefined if we know of none. */
export function lastWordAgainst(accusation: Accusation, held: Member): Claim | undefined {
  const { status, incarnation } = held;
  if (status === "left") return incarnation >= accusation.incarnation ? goodbyeOf(held) : undefined;
  return isLiving(status) && incarnation > accusation.incarnation ? { kind: "alive", member: standing(held, "alive", incarnation) } : undefined;
}

/** The claim with which it left. */
export const goodbyeOf = ({ id: about, incarnation }: Member): Claim => ({ kind: "left", about, incarnation, from: about });

/**
 * Does this accuse a member under the greatest incarnation, which no refutation can exceed, although the member never used it, as far as we know (`held`)?
 * One such lie would silence its victim for good (memberlist issue 358), so it is not believed. A refutation may reach the limit; a member that did
 * can be accused there like any other, or its crash would never be detected.
 */
export const isUnanswerable = (status: Status, incarnation: Incarnation, held: Incarnation | undefined): boolean =>
  status !== "alive" && incarnation >= GREATEST_INCARNATION && incarnation !== held;

/** Are these versions present and consistent? (memberlist rule 27) */
export const isSpeaking = ([least, greatest]: Versions): boolean => least > 0 && greatest > 0 && least <= greatest;

/** What to do with a claim about ourselves. */
export type SelfVerdict = "ignore" | "refute" | "renew" | "depart";

/**
 * The verdict on a claim about ourselves. A claim older than our incarnation is ignored. An accusation, or an alive claim that we did not make
 * (we restarted, or another member has our name), is refuted with a higher incarnation (memberlist rules 33 and 44). A final end is obeyed, unless
 * another life can begin.
 */
export function ofMyself(claim: Claim, self: Member, config: Config): SelfVerdict {
  const [said, own] = [claimed(claim), self.incarnation];
  const isEnd = isGone(claim.kind);
  // Where lives are not told apart, there is no next one to begin.
  const renews = config.renewal === "on" && config.incarnationsPerLife > 0;
  if (config.precedence === "final" && isEnd) {
    if (lifeOf(said, config) < lifeOf(own, config)) return "ignore";
    return renews && firstOf(lifeOf(said, config) + 1, config) <= GREATEST_INCARNATION ? "renew" : "depart";
  }
  if (said < own || said >= GREATEST_INCARNATION) return "ignore";
  if (claim.kind === "alive" && said === own && isMyWord(claim.member, self)) return "ignore";
  return isEnd && renews ? "renew" : "refute";
}

/** The incarnation with which we refute a claim: the next one, or the first of our next life. Never beyond what the wire can carry. */
export function answerTo(said: Incarnation, own: Incarnation, verdict: "refute" | "renew", rule: Precedence): Incarnation {
  const next = verdict === "renew" ? firstOf(Math.max(lifeOf(said, rule), lifeOf(own, rule)) + 1, rule) : above(own, said);
  return next > GREATEST_INCARNATION ? above(own, said) : next;
}

/** Is this what we say about ourselves at this incarnation? (The address is not compared: if it differs, two members have one name, which no refutation can settle.) */
const isMyWord = (said: Member, self: Member): boolean =>
  said.meta === self.meta && said.versions.every((version, i) => version === self.versions[i]);

/** What to do when a name is claimed from another address than the one we know. */
export type AddressVerdict = "take-over" | "conflict" | "old-news";

/**
 * A name may move in a later life; if its member left; or if it has been dead for longer than `reclaimAfter`, whatever its incarnation (memberlist rule 30).
 * Otherwise two members claim one name, and the known one keeps it. But where lives are told apart, a claim of an earlier life is old news from before the move,
 * even if the later life has ended. (Another member of that name hears of that end, and refutes it with a higher incarnation.)
 */
export function ofAnotherAddress(heard: Member, held: Member, deadFor: number, config: Config): AddressVerdict {
  const [life, lifeHeld] = [lifeOf(heard.incarnation, config), lifeOf(held.incarnation, config)];
  if (life !== lifeHeld) return life > lifeHeld ? "take-over" : "old-news";
  if (held.status === "left") return "take-over";
  return held.status === "dead" && config.reclaimAfter > 0 && deadFor > config.reclaimAfter ? "take-over" : "conflict";
}
