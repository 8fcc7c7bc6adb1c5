/** Queries of our own application, and their answers. */

import { enter, firstRank, lookUp, rankOf, strikeFirst, type Agenda } from "../words/agenda.ts";
import { assert } from "../words/assert.ts";
import { fold, hashOf } from "../words/mix.ts";
import type { Bytes, Instant, MemberId, Micros } from "../words/units.ts";
import { after, NEVER } from "../words/units.ts";
import { joinedBy, nobody, type CrowdRules } from "./crowd.ts";
import type { Heard } from "./intents.ts";
import type { QueryAnswer, Query, QueryFilter } from "./message.ts";
import type { Question, SerfState } from "./state.ts";
import { noOutputs } from "./state.ts";
import { unreadable } from "./unreadable.ts";

/** A query as an application asks it. Without `filters` it is for all members. */
export type AskedQuery = { readonly name: string; readonly payload: Bytes; readonly filters: readonly QueryFilter[]; readonly answerWithin: Micros };

/** The query as a message, with the current time of our Lamport clock. Its id distinguishes it from queries of others at the same Lamport time, and from those of our former lives. */
export function queryOf({ self, members, clocks: { queries: ltime } }: SerfState, { name, payload, filters, answerWithin }: AskedQuery): Query {
  const held = lookUp(members, self);
  assert(held !== undefined, "Serf's layer knows its own member");
  const id = fold(fold(hashOf(self), held.member.incarnation), ltime) >>> 0;
  return { kind: "query", ltime, id, name, payload, source: self, sourceAddress: held.member.address, filters, wantsAck: true, tellOn: true, relays: 0, answerWithin };
}

/** Accepts answers to this query from now on, for `answerWithin`. */
export const expecting = (state: SerfState, query: Query, now: Instant): SerfState =>
  ({ ...state, questions: enter(withoutOver(state.questions, now), nameOf(query), after(now, query.answerWithin), { acks: nobody, answers: nobody }) });

/** An answer came. The first answer and the first ack of each member that we know are announced, while the query is open. */
export function hearAnswer(before: SerfState, answer: QueryAnswer, now: Instant): Heard {
  const state = { ...before, questions: withoutOver(before.questions, now) };
  const name = nameOf(answer);
  const question = lookUp(state.questions, name);
  const until = rankOf(state.questions, name);
  if (question === undefined || until === undefined || lookUp(state.members, answer.from) === undefined) return [unreadable(state), noOutputs, false];
  const which = answer.isAck ? "acks" : "answers";
  const from = joinedBy(question[which], answer.from, byName);
  if (typeof from === "string") return [state, noOutputs, false];
  const questions = enter(state.questions, name, until, { ...question, [which]: from });
  return [{ ...state, questions }, [{ kind: "announce", news: { kind: "answered", answer } }], false];
}

/** Questions are named by Lamport time and id, which answers repeat. */
const nameOf = ({ ltime, id }: Pick<Query, "ltime" | "id">): string => `${ltime} ${id}`;

const byName: CrowdRules<MemberId> = { hashOf, isSame: (one, other) => one === other };

function withoutOver(questions: Agenda<Question>, now: Instant): Agenda<Question> {
  let waiting = questions;
  while (firstRank(waiting, NEVER) < now) waiting = strikeFirst(waiting);
  return waiting;
}
