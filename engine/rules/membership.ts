/** Who overrules whom: the order of claims about one member, and what to do with a claim that comes in. */

import type { Config } from "../words/config.ts";
import type { Accusation, Claim, Member, Status, Versions } from "../words/member.ts";
import { claimed, isLiving } from "../words/member.ts";
import { above, GREATEST_INCARNATION, incarnation as incarnationOf, type Incarnation } from "../words/units.ts";

/** At one incarnation, the graver status wins. `left` outweighs `dead` because it is the member's own word. */
const gravity = { alive: 0, suspect: 1, dead: 2, left: 3 } as const satisfies Record<Status, number>;

/** What a claim comes down to when two are compared. */
export type Standing = { readonly status: Status; readonly incarnation: Incarnation };

/** The numbers and words of a configuration that decide between claims. */
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
 * `total`: the fresher incarnation wins; at the same one, the graver status. Merging is then the same in any order. (But for the rest of the record: an
 * accusation of a life may come before its own alive, which alone carries its meta.)
 * `memberlist`: an alive must be fresher; an accusation must not be staler, and only moves the living on, a suspect to dead only (rules 31, 36 to 38, 45, 48).
 * `final`: the end of a life overrules all else that is said of it, and a later life all that is said of earlier ones (SWIM §4.2).
 */
export function overrules(heard: Standing, held: Standing, rule: Precedence): boolean {
  return decides(heard.status, heard.incarnation, held, rule);
}

/** The same, asked without making a standing of each claim that comes in. */
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

/** The record that a claim makes of a member, or undefined when it changes nothing: it is stale, or accuses somebody unknown (memberlist rule 36). */
export function recordOf(claim: Claim, held: Member | undefined, rule: Precedence): Member | undefined {
  if (held === undefined) return claim.kind === "alive" ? claim.member : undefined;
  if (!decides(claim.kind, claimed(claim), held, rule)) return undefined;
  return claim.kind === "alive" ? claim.member : standing(held, claim.kind, claim.incarnation);
}

/** Is there nothing to weigh in this: is it what we hold, or staler? Asked of every claim that comes in, most of which are. */
export function isOldNews(claim: Claim, held: Member, { precedence, confirmations }: Config): boolean {
  if (claim.kind === "alive") return claim.member === held || (claim.member.incarnation <= held.incarnation && claim.member.address === held.address);
  if (claim.incarnation !== held.incarnation) return claim.incarnation < held.incarnation && precedence !== "final";
  return gravity[claim.kind] <= gravity[held.status] && (claim.kind !== "suspect" || held.status !== "suspect" || confirmations === 0);
}

/** The same member, of another status and incarnation. */
export function standing(held: Member, status: Status, incarnation: Incarnation): Member {
  const { id, address, meta, versions } = held;
  return { id, address, meta, versions, incarnation, status };
}

/** What the accused itself said last, where that outdoes the accusation: its refutation, or its goodbye. Undefined if it has no such word, as far as we know. */
export function lastWordAgainst(accusation: Accusation, held: Member): Claim | undefined {
  const { status, incarnation } = held;
  if (status === "left") return incarnation >= accusation.incarnation ? goodbyeOf(held) : undefined;
  return isLiving(status) && incarnation > accusation.incarnation ? { kind: "alive", member: standing(held, "alive", incarnation) } : undefined;
}

/** What it said when it left. */
export const goodbyeOf = ({ id: about, incarnation }: Member): Claim => ({ kind: "left", about, incarnation, from: about });

/**
 * Would this accuse somebody under an incarnation that no answer can outdo, and that it never spoke under, as far as we know (`held`)? One such lie would
 * silence its victim for good (memberlist issue 358), so nobody believes it. An answer may go to the limit; who has is accused there as anybody else
 * is, or nobody would ever find it out when it crashes.
 */
export const isUnanswerable = (status: Status, incarnation: Incarnation, held: Incarnation | undefined): boolean =>
  status !== "alive" && incarnation >= GREATEST_INCARNATION && incarnation !== held;

/** Does it say which protocol it speaks, and make sense of it? (memberlist rule 27) */
export const isSpeaking = ([least, greatest]: Versions): boolean => least > 0 && greatest > 0 && least <= greatest;

/** How a claim about ourselves strikes us. */
export type SelfVerdict = "ignore" | "refute" | "renew" | "depart";

/**
 * Somebody speaks of us. What is older than our own word is ignored. An accusation, or a word that we do not remember having said
 * (we restarted, or another bears our name), is refuted by a higher incarnation (memberlist rules 33 and 44). An end that is final is obeyed, unless
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

/** The incarnation with which we speak up against what was said: the next one, or the first of our next life. Never beyond what the wire can carry. */
export function answerTo(said: Incarnation, own: Incarnation, verdict: "refute" | "renew", rule: Precedence): Incarnation {
  const next = verdict === "renew" ? firstOf(Math.max(lifeOf(said, rule), lifeOf(own, rule)) + 1, rule) : above(own, said);
  return next > GREATEST_INCARNATION ? above(own, said) : next;
}

/** Is this what we say of ourselves at this incarnation? Where the addresses differ there are two of us, which no refutation can settle. */
const isMyWord = (said: Member, self: Member): boolean =>
  said.meta === self.meta && said.versions.every((version, i) => version === self.versions[i]);

/** What to do when a name is claimed from another address than the one we know. */
export type AddressVerdict = "take-over" | "conflict" | "old-news";

/**
 * It may move in a later life; if it left; or if it has been dead for longer than `reclaimAfter`, whatever its incarnation (memberlist rule 30). Else there are two of one name, and who
 * is known keeps it. But where lives are told apart, an earlier one is where it was before it moved, though all that came after has ended. (Another that bears the name hears of that end, and speaks up above it.)
 */
export function ofAnotherAddress(heard: Member, held: Member, deadFor: number, config: Config): AddressVerdict {
  const [life, lifeHeld] = [lifeOf(heard.incarnation, config), lifeOf(held.incarnation, config)];
  if (life !== lifeHeld) return life > lifeHeld ? "take-over" : "old-news";
  if (held.status === "left") return "take-over";
  return held.status === "dead" && config.reclaimAfter > 0 && deadFor > config.reclaimAfter ? "take-over" : "conflict";
}
