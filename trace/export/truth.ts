/** The truth during a run, as far as its lines say: which members run, and which ones faults separate. */

import { type Digest, type MemberId, rosterOfIds } from "../../engine/index.ts";
import { blocking, type Blocks, riftKindOf } from "../rift.ts";
import type { Rift } from "../schema.ts";

/** The true state of a member: see the glossary. */
export type Existence = "running" | "paused" | "blocked" | "leaving" | "crashed" | "departed";

/** What an action makes of the members that it affects. Other actions change no member's existence. */
const becomes: Readonly<Record<string, Existence>> = { crash: "crashed", pause: "paused", resume: "running", block: "blocked", unblock: "running", leave: "leaving" };

type Parting = { readonly fault: number; readonly blocks: Blocks<MemberId> };

export class Truth {
  private readonly existence = new Map<MemberId, Existence>();
  private partings: readonly Parting[] = [];
  /** For each running member, what it should hold alive; null if it has to be computed anew. */
  private rosters: ReadonlyMap<MemberId, Digest> | null = null;

  become(who: MemberId, existence: Existence): void {
    this.existence.set(who, existence);
    this.rosters = null;
  }

  /** Applies an action. Returns what it makes of the members; null if it does not change them. */
  struck(action: string, members: readonly MemberId[], rift: Rift | undefined): Existence | null {
    const existence = becomes[action] ?? null;
    if (existence !== null) for (const who of members) this.become(who, existence);
    if (rift?.kind === "ended") this.partings = this.partings.filter(({ fault }) => !rift.faults.includes(fault));
    else if (rift !== undefined) this.partings = [...this.partings, { fault: rift.fault, blocks: blocking(riftKindOf(action), rift.sides, rift.bothWays) }];
    this.rosters = null;
    return existence;
  }

  isRunning(who: MemberId): boolean {
    return this.existence.get(who) === "running";
  }

  /** Does a scripted fault block all messages from one to the other, or back? */
  separates(one: MemberId, other: MemberId): boolean {
    return this.partings.some(({ blocks }) => blocks(one, other) || blocks(other, one));
  }

  /** What a running member should hold alive: the running members to which it has a two-way path, perhaps through others. */
  rosterFor(who: MemberId): Digest | undefined {
    this.rosters ??= this.workOut();
    return this.rosters.get(who);
  }

  private workOut(): ReadonlyMap<MemberId, Digest> {
    const left = new Set([...this.existence.keys()].filter((who) => this.isRunning(who)));
    const rosters = new Map<MemberId, Digest>();
    for (const first of left) {
      left.delete(first);
      const side = [first];
      // `side` grows during the loop.
      for (const reached of side) {
        for (const other of left) {
          if (this.separates(reached, other)) continue;
          left.delete(other);
          side.push(other);
        }
      }
      const roster = rosterOfIds(side);
      for (const member of side) rosters.set(member, roster);
    }
    return rosters;
  }
}
