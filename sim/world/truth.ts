/** The truth: which members run, which are separated from which, and what everybody should therefore believe. */

import { type Digest, type MemberId, rosterOfIds } from "../../engine/index.ts";
import type { Network } from "./network.ts";

/**
 * - `absent`: never started. `running`. `leaving`: has said goodbye, still lingers.
 * - `paused`: stands still. `blocked`: can neither send nor receive, but its deadlines go on. Neither counts as running, because nobody can reach it:
 * the others are right to hold it dead.
 * - `crashed`, `departed`: no process.
 */
export type Existence = "absent" | "running" | "paused" | "blocked" | "leaving" | "crashed" | "departed";

/** Which members run, and which are separated from which, by their numbers. */
export class Truth {
  private readonly ids: readonly MemberId[];
  private readonly network: Network;
  private readonly existence: Existence[];
  /** For each member, the number of its side: the members of a side have a two-way path, if necessary through others, despite all scripted faults. */
  private sides: Int32Array;
  private rosters: readonly Digest[] = [];
  private runningCount = 0;

  constructor(ids: readonly MemberId[], network: Network) {
    this.ids = ids;
    this.network = network;
    this.existence = ids.map(() => "absent");
    this.sides = new Int32Array(ids.length);
  }

  get running(): number {
    return this.runningCount;
  }

  of(member: number): Existence {
    return this.existence[member] ?? "absent";
  }

  isRunning(member: number): boolean {
    return this.existence[member] === "running";
  }

  /** Is there a process at all? */
  isPresent(member: number): boolean {
    const existence = this.existence[member];
    return existence === "running" || existence === "paused" || existence === "blocked" || existence === "leaving";
  }

  /** All running members, in order. */
  whoRuns(): readonly number[] {
    return this.ids.flatMap((_, member) => (this.isRunning(member) ? [member] : []));
  }

  become(member: number, existence: Existence): void {
    if (this.isRunning(member)) this.runningCount--;
    this.existence[member] = existence;
    if (this.isRunning(member)) this.runningCount++;
  }

  sideOf(member: number): number {
    return this.sides[member] ?? 0;
  }

  /** The members that everyone on this member's side should hold alive: exactly the running members of that side. */
  rosterFor(member: number): Digest {
    const roster = this.rosters[this.sideOf(member)];
    return roster ?? rosterOfIds([]);
  }

  /** Computes sides and rosters anew. Called once after each disruption: O(members + kinds of members²). */
  settle(): void {
    const { sides, count } = this.network.faultsInForce.length === 0 ? { sides: new Int32Array(this.ids.length), count: 1 } : this.partSides();
    this.sides = sides;
    const present: MemberId[][] = Array.from({ length: count }, () => []);
    this.ids.forEach((id, member) => {
      if (this.isRunning(member)) present[sides[member] ?? 0]?.push(id);
    });
    this.rosters = present.map((ids) => rosterOfIds(ids));
  }

  /** Members that all faults treat alike form a kind; kinds that reach each other both ways, and have a running member, form a side. */
  private partSides(): { readonly sides: Int32Array; readonly count: number } {
    const kinds = new Map<string, number[]>();
    this.ids.forEach((_, member) => {
      const likeness = this.network.faultsInForce
        .map((fault) => (fault.kind === "partition" ? `${fault.sides[member]}` : fault.kind === "cut" ? `${fault.from[member]}${fault.to[member]}` : ""))
        .join(" ");
      const alike = kinds.get(likeness);
      if (alike === undefined) kinds.set(likeness, [member]);
      else alike.push(member);
    });
    // Kinds with a running member come first: no other may start a side, because it would connect kinds that it cannot connect.
    const all = [...kinds.values()];
    const groups = [...all.filter((group) => this.runsAny(group)), ...all.filter((group) => !this.runsAny(group))];
    const side = groups.map(() => -1);
    let count = 0;
    for (let first = 0; first < groups.length; first++) {
      if (side[first] !== -1) continue;
      this.spreadSide(groups, side, first, count);
      count++;
    }
    const sides = new Int32Array(this.ids.length);
    groups.forEach((group, kind) => group.forEach((member) => (sides[member] = side[kind] ?? 0)));
    return { sides, count };
  }

  private runsAny(group: readonly number[]): boolean {
    return group.some((member) => this.isRunning(member));
  }

  private spreadSide(groups: readonly number[][], side: number[], first: number, number: number): void {
    const waiting = [first];
    side[first] = number;
    for (let kind = waiting.pop(); kind !== undefined; kind = waiting.pop()) {
      // Without a running member, a kind passes nothing on.
      if (!this.runsAny(groups[kind] ?? [])) continue;
      for (let other = 0; other < groups.length; other++) {
        const [here, there] = [groups[kind]?.[0], groups[other]?.[0]];
        if (side[other] !== -1 || here === undefined || there === undefined || this.network.separates(here, there)) continue;
        side[other] = number;
        waiting.push(other);
      }
    }
  }
}
