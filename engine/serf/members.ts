/** The members that Serf knows: what is held of one, and what the application hears when that changes. */

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

/** Comes, or comes back. A newcomer may have said already that it means to leave again (memberlist rule 65). */
export function come(state: SerfState, member: Member, now: Instant): SerfStep {
  const held = lookUp(state.members, member.id);
  if (held !== undefined) return hold(state, { member, status: statusAfter(held.status, "came"), ltime: held.ltime, prune: false });
  const intent = foretold(state.strangers, member.id, now);
  const here = statusAfter("none", "came");
  const status = intent?.kind === "leave" ? statusAfter(here, "means-to-leave") : here;
  const known = { ...state, strangers: strike(state.strangers, member.id) };
  return hold(known, { member, status, ltime: intent?.ltime ?? BEFORE_ALL, prune: false });
}

/** Is gone: as it meant to, or not (memberlist rule 65). */
export function go(state: SerfState, member: Member): SerfStep {
  const held = lookUp(state.members, member.id);
  return held === undefined ? [state, noOutputs] : hold(state, { ...held, member, status: statusAfter(held.status, "went") });
}

/** Has another meta or address. */
export function update(state: SerfState, member: Member): SerfStep {
  const held = lookUp(state.members, member.id);
  if (held === undefined) return [state, noOutputs];
  const updated: SerfOutput = { kind: "announce", news: { kind: "updated", member } };
  return [{ ...state, members: withMember(state.members, { ...held, member }) }, [updated]];
}

/** Is not remembered any longer. */
export function forget(state: SerfState, name: MemberId): SerfStep {
  const held = lookUp(state.members, name);
  if (held === undefined) return [state, noOutputs];
  return [{ ...state, members: strike(state.members, name), locating: unlocated(state.locating, name) }, [statusNews(held.member, held.status, "none")]];
}

/** Holds this of a member from now on, and tells the application if its status is another. Who left and was to be pruned is forgotten. */
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
