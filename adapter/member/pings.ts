/** Pings that the application asked for, until the engine says what came of them. */

import type { MemberId, Micros } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Wait } from "./waits.ts";

export class Pings {
  private readonly running = new Map<MemberId, Wait<number>[]>();

  begin(target: MemberId, wait: Wait<number>): void {
    this.running.set(target, [...(this.running.get(target) ?? []), wait]);
    const over = (): void => this.drop(target, wait);
    wait.promise.then(over, over);
  }

  answered(target: MemberId, roundTrip: Micros): void {
    this.first(target)?.settle(roundTrip);
  }

  unanswered(target: MemberId): void {
    this.first(target)?.fail(new MemberError("timed-out", `${target} did not answer our ping`));
  }

  /** Those that were asked first are answered first. */
  private first(target: MemberId): Wait<number> | undefined {
    const wait = this.running.get(target)?.[0];
    if (wait !== undefined) this.drop(target, wait);
    return wait;
  }

  private drop(target: MemberId, wait: Wait<number>): void {
    const rest = (this.running.get(target) ?? []).filter((other) => other !== wait);
    if (rest.length === 0) this.running.delete(target);
    else this.running.set(target, rest);
  }
}
