/** The truth at a moment of a run, as far as its lines tell: which members run, and which are separated from which. */

import { type Digest, type Instant, type MemberId, NEVER, rosterOfIds } from "../../engine/index.ts";
import { blocking, type Blocks, type Rift, riftKindOf } from "../../trace/index.ts";
import type { FaultFact, MemberNumber } from "../model/run.ts";
import { codeIn, existences, type ExistenceWord } from "../model/words.ts";

const [absent, running, leaving] = [codeIn(existences, "absent"), codeIn(existences, "running"), codeIn(existences, "leaving")];

/** A fault in force, by its number in the run, with the pairs between which nothing passes. */
export type Force = { readonly fault: number; readonly fact: FaultFact; readonly blocks: Blocks<MemberNumber> };

/** The new existence of the members that each action affects; other actions change none. */
export const becomes: Readonly<Record<string, ExistenceWord>> = {
  crash: "crashed", pause: "paused", resume: "running", block: "blocked", unblock: "running", leave: "leaving",
};

/** The truth at one moment. Changes as lines happen; `copy` preserves a moment. */
export class Truth {
  existence: number[] = [];
  forces: readonly Force[] = [];
  /** Increases with every change: invalidates cached results. */
  epoch = 0;
  private sides: readonly number[] | null = null;
  private rosters: readonly Digest[] | null = null;

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

  /** Can it still receive and send? Then it counts as a witness. */
  isPresent(who: MemberNumber): boolean {
    const existence = this.of(who);
    return existence >= running && existence <= leaving;
  }

  become(who: MemberNumber, existence: ExistenceWord): void {
    while (this.existence.length <= who) this.existence.push(absent);
    this.existence[who] = codeIn(existences, existence);
    this.changed();
  }

  /** Faults begin or end. `isJam`: crossing packets wait. */
  parted(rift: Rift, { action, at, isJam }: { readonly action: string; readonly at: Instant; readonly isJam: boolean }, numberOf: (id: MemberId) => MemberNumber | undefined): void {
    if (rift.kind === "ended") this.forces = this.forces.filter(({ fault }) => !rift.faults.includes(fault));
    else {
      const sides = rift.sides.map((side) => side.flatMap((id) => numberOf(id) ?? []));
      const [word, { fault, bothWays }] = [riftKindOf(action), rift];
      const kind = isJam && word === "partition" ? "jam" : word;
      this.forces = [...this.forces, { fault, fact: { kind, since: at, until: NEVER, sides, bothWays }, blocks: blocking(word, sides, bothWays) }];
    }
    this.changed();
  }

  /** The side of each member: members with equal numbers reach each other both ways, if necessary through others. */
  sideOf(who: MemberNumber, ids: readonly MemberId[]): number {
    if (this.forces.length === 0) return 0;
    this.sides ??= this.workOutSides(ids.length);
    return this.sides[who] ?? 0;
  }

  /** The members that everyone on a side should hold living: exactly its running members. */
  rosterFor(side: number, ids: readonly MemberId[]): Digest {
    this.rosters ??= this.workOutRosters(ids);
    return this.rosters[side] ?? rosterOfIds([]);
  }

  /** Does a scripted fault let nothing pass from one to another, or back? */
  separates(one: MemberNumber, other: MemberNumber): boolean {
    return this.forces.some(({ blocks }) => blocks(one, other) || blocks(other, one));
  }

  private changed(): void {
    this.sides = null;
    this.rosters = null;
    this.epoch++;
  }

  private workOutSides(count: number): readonly number[] {
    const parting = this.forces.filter(({ fact: { kind } }) => kind !== "impair" && kind !== "slow" && kind !== "clog").map(({ fact }) => fact);
    return parting.length === 0 ? [] : this.partSides(parting, count);
  }

  private workOutRosters(ids: readonly MemberId[]): readonly Digest[] {
    const present: MemberId[][] = [];
    ids.forEach((id, who) => {
      if (this.isRunning(who)) (present[this.sideOf(who, ids)] ??= []).push(id);
    });
    return Array.from(present, (side) => rosterOfIds(side ?? []));
  }

  /** Members that all faults treat alike form a kind; kinds that reach each other both ways, and have a running member, form a side. */
  private partSides(faults: readonly FaultFact[], count: number): readonly number[] {
    const places = faults.map(({ sides }) => placesIn(sides, count));
    const kinds = new Map<string, MemberNumber[]>();
    for (let who = 0; who < count; who++) {
      const likeness = places.map((placeOf) => placeOf[who]).join(" ");
      const alike = kinds.get(likeness);
      if (alike === undefined) kinds.set(likeness, [who]);
      else alike.push(who);
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
      // Without a running member, a kind passes nothing on.
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

/** For each member a text of the sides that it is on, the same for the same sides. */
function placesIn(sides: readonly (readonly MemberNumber[])[], count: number): readonly string[] {
  const places = Array.from({ length: count }, () => "");
  sides.forEach((side, number) => { for (const who of side) if (who < count) places[who] += `${number},`; });
  return places;
}
