/** Blocked members: what they want to send waits until they are unblocked. */

import type { Effect } from "../../engine/index.ts";

/** The effects that a blocked member can't have carried out. Its application still gets announcements. */
export type Utterance = Exclude<Effect, { kind: "announce" }>;

export class Standstill {
  /** An entry for each blocked member, even if it wants to send nothing. */
  private readonly withheld = new Map<number, Utterance[]>();

  mute(member: number): void {
    this.withheld.set(member, []);
  }

  isMute(member: number): boolean {
    return this.withheld.size > 0 && this.withheld.has(member);
  }

  /** Keeps what it wants to send. */
  withhold(member: number, utterance: Utterance): void {
    this.withheld.get(member)?.push(utterance);
  }

  /** It can send again: returns what it wanted to send meanwhile, in order. */
  unmute(member: number): readonly Utterance[] {
    const wanted = this.withheld.get(member) ?? [];
    this.withheld.delete(member);
    return wanted;
  }

  /** Its process has ended, and everything that waited with it. */
  forget(member: number): void {
    this.withheld.delete(member);
  }
}
