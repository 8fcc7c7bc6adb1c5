/** Joining: which of the seeds have let us in, and which will not. */

import type { Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Wait } from "./waits.ts";

type Join = { readonly asked: Set<Address>; readonly wait: Wait<number>; readonly whys: string[]; letIn: number };

export class Joins {
  private running: readonly Join[] = [];

  /** These were asked. */
  begin(seeds: readonly Address[], wait: Wait<number>): void {
    const join: Join = { asked: new Set(seeds), wait, whys: [], letIn: 0 };
    this.running = [...this.running, join];
    const over = (): void => { this.running = this.running.filter((other) => other !== join); };
    wait.promise.then(over, over);
    this.judge(join);
  }

  came(from: Address, isTaken: boolean): void {
    this.heard(from, (join) => {
      if (isTaken) join.letIn++;
      else join.whys.push(`${from}: its group was refused`);
    });
  }

  failed(seed: Address, why: string): void {
    this.heard(seed, (join) => join.whys.push(`${seed}: ${why}`));
  }

  /** How many have let us in who are waited for with this wait. */
  letInOf(wait: Wait<number>): number {
    return this.running.find((join) => join.wait === wait)?.letIn ?? 0;
  }

  private heard(seed: Address, note: (join: Join) => void): void {
    for (const join of this.running) {
      if (!join.asked.delete(seed)) continue;
      note(join);
      this.judge(join);
    }
  }

  private judge({ asked, wait, whys, letIn }: Join): void {
    if (asked.size > 0) return;
    if (letIn > 0) wait.settle(letIn);
    else wait.fail(new MemberError("join-failed", `no seed let us in: ${whys.join("; ")}`));
  }
}
