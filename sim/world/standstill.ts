/** Members that block: what they want to send waits until they go on. */

import type { Effect } from "../../engine/index.ts";

/** What a member that blocks can't do. Its application hears it all the same. */
export type Utterance = Exclude<Effect, { kind: "announce" }>;

export class Standstill {
  /** An entry for each member that blocks, even if it wants nothing. */
  private readonly withheld = new Map<number, Utterance[]>();

  /** From now on it can't send. */
  mute(member: number): void {
    this.withheld.set(member, []);
  }

  isMute(member: number): boolean {
    return this.withheld.size > 0 && this.withheld.has(member);
  }

  /** It wants to send something, and can't. */
  withhold(member: number, utterance: Utterance): void {
    this.withheld.get(member)?.push(utterance);
  }

  /** It can send again: what it wanted to send meanwhile, in order. */
  unmute(member: number): readonly Utterance[] {
    const wanted = this.withheld.get(member) ?? [];
    this.withheld.delete(member);
    return wanted;
  }

  /** It is gone, and everything that waited with it. */
  forget(member: number): void {
    this.withheld.delete(member);
  }
}
