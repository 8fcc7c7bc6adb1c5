/** Keeps track of joins: which seeds have let us in, and which failed. */

import type { Address } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Wait } from "./waits.ts";

type Join = {
  readonly asked: Set<Address>;
  readonly wait: Wait<number>;
  /** Why some have not: a sentence for each. */
  readonly whys: string[];
  /** The error of the first seed that could not be resolved. */
  readonly cause: MemberError | undefined;
  readonly enough: number;
  letIn: number;
};

/** The seeds asked, the wait for them, the errors of seeds that could not be resolved, and how many seeds are enough. */
export type Beginning = { readonly seeds: readonly Address[]; readonly wait: Wait<number>; readonly notFound: readonly MemberError[]; readonly enough: number };

export class Joins {
  private running: readonly Join[] = [];

  begin({ seeds, wait, notFound, enough }: Beginning): void {
    const join: Join = { asked: new Set(seeds), wait, whys: notFound.map(({ message }) => message), cause: notFound[0], enough, letIn: 0 };
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

  /** The deadline of this wait has passed: it succeeds if any seed has let us in by now. */
  giveUp(wait: Wait<number>): void {
    const join = this.running.find((other) => other.wait === wait);
    if (join === undefined) wait.fail(failure("no seed let us in before the deadline", []));
    else conclude(join, "no seed let us in before the deadline");
  }

  private heard(seed: Address, note: (join: Join) => void): void {
    for (const join of this.running) {
      if (!join.asked.delete(seed)) continue;
      note(join);
      this.judge(join);
    }
  }

  private judge(join: Join): void {
    if (join.asked.size === 0 || join.letIn >= join.enough) conclude(join, "no seed let us in");
  }
}

function conclude({ wait, letIn, whys, cause }: Join, otherwise: string): void {
  if (letIn > 0) wait.settle(letIn);
  else wait.fail(failure(otherwise, whys, cause));
}

const failure = (what: string, whys: readonly string[], cause?: MemberError): MemberError =>
  new MemberError("join-failed", whys.length === 0 ? what : `${what}: ${whys.join("; ")}`, cause);
