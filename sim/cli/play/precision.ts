/** The runs of an experiment that is repeated until a figure is known precisely: checks whenever there are enough runs, and extends the board. */

import { Gathered } from "../../lab/gather.ts";
import type { Until } from "../../lab/model.ts";
import { rowOf } from "../../lab/row.ts";
import { type Look, Watch } from "../../lab/until.ts";
import type { RunResult, Scenario } from "../../index.ts";
import type { Board } from "./board.ts";

/** As many digits as anybody writes, and few enough to hide errors of binary fractions. */
const AS_WRITTEN = 12;

export class Precision {
  private readonly watch: Watch;
  private readonly gathered = new Gathered();
  private readonly early = new Map<number, RunResult>();
  private readonly board: Pick<Board, "extend" | "settle">;
  private readonly until: Until;
  /** The last check; null before the first. */
  look: Look | null = null;
  /** Did the check before it also find the figure precise? */
  private isConfirmed = false;

  constructor({ seed }: Pick<Scenario, "seed">, until: Until, board: Pick<Board, "extend" | "settle">) {
    [this.watch, this.board, this.until] = [new Watch(until, seed), board, until];
    board.extend(this.watch.next);
  }

  /** A run is over. Runs may end in any order: they count in the order of their numbers. */
  add(result: RunResult): void {
    this.early.set(result.run, result);
    for (let next = this.early.get(this.gathered.runs); next !== undefined; next = this.early.get(this.gathered.runs)) {
      this.early.delete(next.run);
      this.gathered.add(rowOf(0, next));
      if (this.gathered.runs !== this.watch.next) continue;
      const standing = this.watch.look(this.gathered);
      this.isConfirmed = this.look?.isPrecise === true && standing.look?.isPrecise === true;
      this.look = standing.look;
      if (standing.kind === "stops") return this.board.settle();
      this.board.extend(standing.to);
    }
  }

  /** For people. */
  get sentence(): string {
    const { metric, relative, confidence, max } = this.until;
    const percent = (share: number, digits = 3): string => `${Number((share * 100).toPrecision(digits))} %`;
    // As it was written: 99.99 % is not 100 %.
    const sure = `at ${percent(confidence, AS_WRITTEN)} confidence`;
    if (this.look === null) return `until: no look at ${metric} yet`;
    const { runs, relative: reached, isPrecise } = this.look;
    const now = reached === null ? "has no interval" : `is within ±${percent(reached)}`;
    if (this.isConfirmed) return `stopped after ${runs} runs: ${metric} ${now} ${sure}, and was within ±${percent(relative)} at the look before as well`;
    return `${runs} of at most ${max} runs: ${metric} ${now} ${sure}, ${isPrecise ? "as was wanted, at this look alone" : `and ±${percent(relative)} was wanted`}`;
  }
}
