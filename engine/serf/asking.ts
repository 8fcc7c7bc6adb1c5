/** What our own application asks of all members, and what comes back. */

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

/** What an application asks. `filters`: whom; all, without any. */
export type AskedQuery = { readonly name: string; readonly payload: Bytes; readonly filters: readonly QueryFilter[]; readonly answerWithin: Micros };

/** The query that this would be now: the next moment of our clock. Its id tells it apart from what others ask at the same moment, and from what a former life of ours asked. */
export function queryOf({ self, members, clocks: { queries: ltime } }: SerfState, { name, payload, filters, answerWithin }: AskedQuery): Query {
  const held = lookUp(members, self);
  assert(held !== undefined, "Serf's layer knows its own member");
  const id = fold(fold(hashOf(self), held.member.incarnation), ltime) >>> 0;
  return { kind: "query", ltime, id, name, payload, source: self, sourceAddress: held.member.address, filters, wantsAck: true, tellOn: true, relays: 0, answerWithin };
}

/** From now on answers to it are heard, as long as it says. */
export const expecting = (state: SerfState, query: Query, now: Instant): SerfState =>
  ({ ...state, questions: enter(withoutOver(state.questions, now), nameOf(query), after(now, query.answerWithin), { acks: nobody, answers: nobody }) });

/** Somebody answers. Of each member that we know the first answer is heard, and the first ack, as long as anybody waits for it. */
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

/** By moment and id, as answers have them. */
const nameOf = ({ ltime, id }: Pick<Query, "ltime" | "id">): string => `${ltime} ${id}`;

const byName: CrowdRules<MemberId> = { hashOf, isSame: (one, other) => one === other };

function withoutOver(questions: Agenda<Question>, now: Instant): Agenda<Question> {
  let waiting = questions;
  while (firstRank(waiting, NEVER) < now) waiting = strikeFirst(waiting);
  return waiting;
}
