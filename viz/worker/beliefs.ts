/** What the group believes at a place of a run, counted over all running members, and how wrong each is. The work is proportional to what differs, not to N². */

import { differences, isLiving, type Member, membersOf, type State, type View } from "../../engine/index.ts";
import type { MemberNumber } from "../model/run.ts";
import { codeIn, statuses } from "../model/words.ts";
import type { Roster } from "./roster.ts";
import type { Truth } from "./truth.ts";

/** For each status, how many running members hold each member so. */
export type Tally = readonly Uint32Array[];

/** Counts everything from scratch. */
export function tallyOf(states: readonly (State | undefined)[], truth: Truth, roster: Roster): Tally {
  const tally = statuses.map(() => new Uint32Array(roster.ids.length));
  const holders = new Map<View, number>();
  states.forEach((state, who) => {
    if (state !== undefined && truth.isRunning(who)) holders.set(state.view, (holders.get(state.view) ?? 0) + 1);
  });
  const [base] = holders.keys();
  if (base === undefined) return tally;
  let all = 0;
  for (const count of holders.values()) all += count;
  for (const member of membersOf(base)) add(tally, roster, member, all);
  for (const [view, count] of holders) {
    if (view !== base) amend(tally, roster, base, view, count);
  }
  return tally;
}

/** `count` members now hold `after` where they held `before`. */
export function amend(tally: Tally, roster: Roster, before: View, after: View, count: number): void {
  for (const { mine, theirs } of differences(before, after)) {
    add(tally, roster, mine, -count);
    add(tally, roster, theirs, count);
  }
}

function add(tally: Tally, roster: Roster, member: Member | undefined, count: number): void {
  if (member === undefined) return;
  const column = tally[codeIn(statuses, member.status)];
  const number = roster.numberOf(member.id);
  if (column !== undefined && number !== undefined && number < column.length) column[number] = column[number]! + count;
}

/** About how many members each view is wrong, according to the truth that it was created for. */
export class Errors {
  private readonly truth: Truth;
  private readonly roster: Roster;
  private readonly known = new Map<number, { readonly base: View; readonly wrong: Map<View, number> }>();

  constructor(truth: Truth, roster: Roster) {
    this.truth = truth;
    this.roster = roster;
  }

  /** About how many members a view held on this side is wrong: it holds them living and should not, or the reverse. */
  in(view: View, side: number): number {
    const known = this.known.get(side);
    if (known === undefined) {
      const wrong = this.countAll(view, side);
      this.known.set(side, { base: view, wrong: new Map([[view, wrong]]) });
      return wrong;
    }
    const before = known.wrong.get(view);
    if (before !== undefined) return before;
    let wrong = known.wrong.get(known.base) ?? 0;
    for (const { mine, theirs } of differences(known.base, view)) {
      const id = (mine ?? theirs)?.id;
      const number = id === undefined ? undefined : this.roster.numberOf(id);
      if (number !== undefined) wrong += this.isWrong(number, theirs, side) - this.isWrong(number, mine, side);
    }
    known.wrong.set(view, wrong);
    return wrong;
  }

  /** 1 if a record is wrong on a side, 0 if it is right. */
  isWrong(who: MemberNumber, record: Member | undefined, side: number): 0 | 1 {
    const isHeldLiving = record !== undefined && isLiving(record.status);
    const shouldBe = this.truth.isRunning(who) && this.truth.sideOf(who, this.roster.ids) === side;
    return isHeldLiving === shouldBe ? 0 : 1;
  }

  private countAll(view: View, side: number): number {
    const held = new Map(membersOf(view).map((member) => [member.id, member]));
    return this.roster.ids.reduce((sum, id, who) => sum + this.isWrong(who, held.get(id), side), 0);
  }
}
