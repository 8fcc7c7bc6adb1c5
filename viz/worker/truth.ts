/** What is really the case at a moment of a run, as far as its lines say: who runs, and who is parted from whom. */

import { type Digest, type Instant, type MemberId, NEVER, rosterOfIds } from "../../engine/index.ts";
import type { Rift } from "../../trace/index.ts";
import type { FaultFact, MemberNumber } from "../model/run.ts";
import { codeIn, existences, type ExistenceWord } from "../model/words.ts";

const [absent, running, leaving] = [codeIn(existences, "absent"), codeIn(existences, "running"), codeIn(existences, "leaving")];

/** A fault in force, by the number that the run gave it. */
export type Force = { readonly fault: number; readonly fact: FaultFact };

/** What each action makes of the members that it strikes; the others change nobody's existence. */
export const becomes: Readonly<Record<string, ExistenceWord>> = {
  crash: "crashed", pause: "paused", resume: "running", block: "blocked", unblock: "running", leave: "leaving",
};

/** The truth at one moment. Changes as lines happen; `copy` keeps a moment. */
export class Truth {
  existence: number[] = [];
  forces: readonly Force[] = [];
  /** Grows whenever something changed: what was worked out before does not hold any more. */
  epoch = 0;
  private sides: readonly number[] | null = null;
  private rosters: readonly Digest[] = [];

  copy(): Truth {
    const copy = new Truth();
    copy.existence = [...this.existence];
    copy.forces = this.forces;
    return copy;
  }

  of(who: MemberNumber): number {
    return this.existence[who] ?? absent;
  }

  isRunning(who: MemberNumber): boolean {
    return this.of(who) === running;
  }

  /** Does it still hear and speak? Then it is a witness. */
  isPresent(who: MemberNumber): boolean {
    const existence = this.of(who);
    return existence >= running && existence <= leaving;
  }

  become(who: MemberNumber, existence: ExistenceWord): void {
    while (this.existence.length <= who) this.existence.push(absent);
    this.existence[who] = codeIn(existences, existence);
    this.changed();
  }

  /** Faults begin or end. */
  parted(rift: Rift, action: string, at: Instant, numberOf: (id: MemberId) => MemberNumber | undefined): void {
    if (rift.kind === "ended") this.forces = this.forces.filter(({ fault }) => !rift.faults.includes(fault));
    else {
      const sides = rift.sides.map((side) => side.flatMap((id) => numberOf(id) ?? []));
      const kind = action === "partition" || action === "cut" ? action : "impair";
      this.forces = [...this.forces, { fault: rift.fault, fact: { kind, since: at, until: NEVER, sides, bothWays: rift.bothWays } }];
    }
    this.changed();
  }

  /** The side that each member is on: equal numbers reach each other both ways, by way of others if need be. */
  sideOf(who: MemberNumber, ids: readonly MemberId[]): number {
    this.sides ??= this.workOutSides(ids);
    return this.sides[who] ?? 0;
  }

  /** Who should be held living by everyone on a side: exactly its running members. */
  rosterFor(side: number, ids: readonly MemberId[]): Digest {
    this.sides ??= this.workOutSides(ids);
    return this.rosters[side] ?? rosterOfIds([]);
  }

  /** Does a scripted fault let nothing pass from one to another, or back? */
  separates(one: MemberNumber, other: MemberNumber): boolean {
    return this.forces.some(({ fact }) => isSeparated(fact, one, other));
  }

  private changed(): void {
    this.sides = null;
    this.epoch++;
  }

  private workOutSides(ids: readonly MemberId[]): readonly number[] {
    const parting = this.forces.filter(({ fact }) => fact.kind !== "impair").map(({ fact }) => fact);
    const sides = parting.length === 0 ? ids.map(() => 0) : this.partSides(parting, ids.length);
    const present: MemberId[][] = Array.from({ length: 1 + sides.reduce((most, side) => Math.max(most, side), 0) }, () => []);
    ids.forEach((id, who) => {
      if (this.isRunning(who)) present[sides[who] ?? 0]?.push(id);
    });
    this.rosters = present.map((side) => rosterOfIds(side));
    return sides;
  }

  /** Members whom all faults treat alike are one kind; kinds that reach each other both ways, and have somebody running, hang together. */
  private partSides(faults: readonly FaultFact[], count: number): readonly number[] {
    const places = faults.map((fault) => fault.sides.map((side) => new Set(side)));
    const kinds = new Map<string, MemberNumber[]>();
    for (let who = 0; who < count; who++) {
      const likeness = places.map((sides) => sides.map((side) => (side.has(who) ? "1" : "0")).join("")).join(" ");
      kinds.set(likeness, [...(kinds.get(likeness) ?? []), who]);
    }
    const runs = (group: readonly MemberNumber[]): boolean => group.some((who) => this.isRunning(who));
    const groups = [...kinds.values()].toSorted((one, other) => Number(runs(other)) - Number(runs(one)));
    const sides = Array.from({ length: count }, () => -1);
    let side = 0;
    for (const first of groups) {
      if (sides[first[0] ?? 0] !== -1) continue;
      this.spread(first, groups, sides, side++, runs);
    }
    return sides;
  }

  private spread(first: readonly MemberNumber[], groups: readonly (readonly MemberNumber[])[], sides: number[], side: number, runs: (group: readonly MemberNumber[]) => boolean): void {
    const waiting = [first];
    for (const who of first) sides[who] = side;
    for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
      // Nobody running, nobody to pass anything on.
      if (!runs(group)) continue;
      for (const other of groups) {
        const [here, there] = [group[0] ?? 0, other[0] ?? 0];
        if (sides[there] !== -1 || this.separates(here, there)) continue;
        for (const who of other) sides[who] = side;
        waiting.push(other);
      }
    }
  }
}

function isSeparated({ kind, sides }: FaultFact, one: MemberNumber, other: MemberNumber): boolean {
  if (kind === "impair") return false;
  const places = [one, other].map((who) => sides.findIndex((side) => side.includes(who)));
  const [here = -1, there = -1] = places;
  if (kind === "partition") return here !== -1 && there !== -1 && here !== there;
  const [from, to] = [sides[0] ?? [], sides[1] ?? []];
  return (from.includes(one) && to.includes(other)) || (from.includes(other) && to.includes(one));
}
