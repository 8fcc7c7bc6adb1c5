/** The members that Serf knows: the record of one, and the announcements when it changes. */

import { lookUp, strike } from "../words/agenda.ts";
import type { Member } from "../words/member.ts";
import type { Instant, MemberId } from "../words/units.ts";
import { BEFORE_ALL } from "./lamport.ts";
import { unlocated } from "./locating.ts";
import type { SerfOutput } from "./output.ts";
import type { SerfMember, SerfState, SerfStep } from "./state.ts";
import { noOutputs, withMember } from "./state.ts";
import { statusAfter, type SerfStatus } from "./status.ts";
import { foretold } from "./strangers.ts";

/** A member comes, or comes back. A newcomer's intent to leave again may have arrived before it (memberlist rule 65). */
export function come(state: SerfState, member: Member, now: Instant): SerfStep {
  const held = lookUp(state.members, member.id);
  if (held !== undefined) return hold(state, { member, status: statusAfter(held.status, "came"), ltime: held.ltime, prune: false });
  const intent = foretold(state.strangers, member.id, now);
  const here = statusAfter("none", "came");
  const status = intent?.kind === "leave" ? statusAfter(here, "means-to-leave") : here;
  const known = { ...state, strangers: strike(state.strangers, member.id) };
  return hold(known, { member, status, ltime: intent?.ltime ?? BEFORE_ALL, prune: false });
}

/** A member is gone, with or without an intent to leave (memberlist rule 65). */
export function go(state: SerfState, member: Member): SerfStep {
  const held = lookUp(state.members, member.id);
  return held === undefined ? [state, noOutputs] : hold(state, { ...held, member, status: statusAfter(held.status, "went") });
}

/** A member has another meta or address. */
export function update(state: SerfState, member: Member): SerfStep {
  const held = lookUp(state.members, member.id);
  if (held === undefined) return [state, noOutputs];
  const updated: SerfOutput = { kind: "announce", news: { kind: "updated", member } };
  return [{ ...state, members: withMember(state.members, { ...held, member }) }, [updated]];
}

/** A member is forgotten. */
export function forget(state: SerfState, name: MemberId): SerfStep {
  const held = lookUp(state.members, name);
  if (held === undefined) return [state, noOutputs];
  return [{ ...state, members: strike(state.members, name), locating: unlocated(state.locating, name) }, [statusNews(held.member, held.status, "none")]];
}

/** Replaces a member's record, and announces a change of its status. A member that has left and is to be pruned is forgotten. */
export function hold(state: SerfState, held: SerfMember): SerfStep {
  const { member, status, prune } = held;
  const was = lookUp(state.members, member.id)?.status ?? "none";
  const next = { ...state, members: withMember(state.members, held) };
  const outputs = was === status ? noOutputs : [statusNews(member, was, status)];
  if (!prune || status !== "left") return [next, outputs];
  const [forgotten, more] = forget(next, member.id);
  return [forgotten, [...outputs, ...more]];
}

const statusNews = (member: Member, was: SerfStatus, is: SerfStatus): SerfOutput => ({ kind: "announce", news: { kind: "status", member, was, is } });
