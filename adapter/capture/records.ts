/** What is said of each member, over time: from what an observer is born with, and what a report says in the end. */

import { incarnation, subject, claimed, type Claim, type Instant, type Member, type MemberId, type Status } from "../../engine/index.ts";
import { claimsIn, recordsIn } from "./naming.ts";
import type { Spoken } from "./speaker.ts";

/** What was ever said of a member. */
export type Fame = {
  /** The first record of each incarnation and meta, in the order in which they came. */
  readonly records: readonly { readonly at: Instant; readonly record: Member }[];
  /** The lowest incarnation that anybody spoke of. */
  readonly lowest: number;
  /** The last word: of the highest incarnation, and of those the gravest. */
  readonly last: { readonly at: Instant; readonly status: Status; readonly incarnation: number };
};

/** So many records of one member are kept: who changes its tags more often than that is not worth more. */
const MOST = 256;

type Draft = { readonly records: { at: Instant; record: Member }[]; lowest: number; last: Fame["last"] };

export type Records = { readonly hear: (saying: Spoken) => void; readonly fame: ReadonlyMap<MemberId, Fame> };

export function keepRecords(): Records {
  const fame = new Map<MemberId, Draft>();
  const note = (id: MemberId, at: Instant, status: Status, life: number): Draft => {
    const draft: Draft = fame.get(id) ?? { records: [], lowest: life, last: { at, status, incarnation: life } };
    fame.set(id, draft);
    draft.lowest = Math.min(draft.lowest, life);
    const { last } = draft;
    if (life > last.incarnation || (life === last.incarnation && gravity[status] > gravity[last.status])) draft.last = { at, status, incarnation: life };
    return draft;
  };
  return {
    fame,
    hear: (saying) => {
      for (const record of recordsIn(saying)) {
        const { records } = note(record.id, saying.at, record.status, record.incarnation);
        const isKnown = records.some(({ record: other }) => other.incarnation === record.incarnation && other.meta === record.meta && other.address === record.address);
        if (!isKnown && records.length < MOST) records.push({ at: saying.at, record });
      }
      for (const claim of claimsIn(saying.message)) note(subject(claim), saying.at, statusOf(claim), claimed(claim));
    },
  };
}

const statusOf = (claim: Claim): Status => claim.kind;
const gravity: Readonly<Record<Status, number>> = { alive: 0, suspect: 1, dead: 2, left: 3 };

/** The record that a member had, as far as we know, when it was first heard of at or after this moment. Undefined if nobody ever handed one out. */
export function recordAt(fame: Fame | undefined, from: Instant): Member | undefined {
  const found = fame?.records.find(({ at }) => at >= from) ?? fame?.records.at(-1);
  if (fame === undefined || found === undefined) return undefined;
  // Claims only ever rise: of what was spoken of first, nobody can have known more. Only the first life is known from its beginning.
  const isFirst = found === fame.records[0];
  return { ...found.record, status: "alive", incarnation: isFirst ? incarnation(Math.min(fame.lowest, found.record.incarnation)) : found.record.incarnation };
}
