/** What remains to be played of a sweep: decided by the results of the runs, never by who plays them or how fast. */

import { Gathered } from "../../lab/gather.ts";
import type { Row } from "../../lab/model.ts";
import { placeOf, turns, type Turn } from "../../lab/order.ts";
import type { Sweep } from "../../lab/plan.ts";
import { Watch } from "../../lab/until.ts";
import type { Journal } from "./journal.ts";

/** How far a cell is that is repeated until it is known precisely. */
type Standing = { readonly gathered: Gathered; readonly watch: Watch; wanted: number; handedOut: number; isOpen: boolean };

type Wanted = Pick<Sweep, "cells" | "repeats" | "until" | "seed" | "weights">;

export class Schedule {
  private readonly sweep: Wanted;
  private readonly journal: Journal;
  private readonly isMine: (turn: Turn) => boolean;
  private readonly fixed: Iterator<Turn>;
  private readonly cells: readonly Standing[];
  private round = 0;
  private played = 0;
  /** How many runs this machine has to play in all, as far as known. */
  mine = 0;
  /** The total weight of the runs that are not finished. */
  effortLeft = 0;

  constructor(sweep: Wanted, journal: Journal, isMine: (turn: Turn) => boolean) {
    [this.sweep, this.journal, this.isMine] = [sweep, journal, isMine];
    const { cells, repeats, until, seed, weights } = sweep;
    this.fixed = turns(cells.length, until === null ? repeats : 0);
    this.cells = until === null ? [] : cells.map(({ cell }) => ({ gathered: new Gathered(), watch: new Watch(until, seed), wanted: 0, handedOut: 0, isOpen: isMine({ cell, repetition: 0 }) }));
    for (const turn of turns(cells.length, until === null ? repeats : 0)) {
      if (!isMine(turn)) continue;
      this.mine++;
      if (journal.has(turn)) this.played++;
      else this.effortLeft += weights[turn.cell] ?? 1;
    }
    this.cells.forEach((standing, cell) => this.catchUp(cell, standing));
  }

  /** Runs that are wanted and not finished. With `until`, as many as may still be needed. */
  get left(): number {
    const { until, repeats } = this.sweep;
    if (until === null) return this.mine - this.played;
    return this.cells.reduce((sum, { gathered, isOpen }) => sum + (isOpen ? repeats - gathered.runs : 0), 0);
  }

  get isOver(): boolean {
    return this.left === 0;
  }

  /** The next run to be played, or null if there is none before others have ended. */
  next(): Turn | null {
    if (this.sweep.until !== null) return this.nextOfOpen();
    for (let turn = this.fixed.next(); turn.done !== true; turn = this.fixed.next()) {
      if (this.isMine(turn.value) && !this.journal.has(turn.value)) return turn.value;
    }
    return null;
  }

  /** A run is over, and in the journal. */
  isOverWith({ cell }: Row): void {
    this.played++;
    const standing = this.cells[cell];
    if (standing !== undefined) this.catchUp(cell, standing);
  }

  private nextOfOpen(): Turn | null {
    for (let tried = 0; tried < this.cells.length; tried++) {
      const cell = this.round++ % this.cells.length;
      const turn = this.nextOf(cell, this.cells[cell]);
      if (turn !== null) return turn;
    }
    return null;
  }

  private nextOf(cell: number, standing: Standing | undefined): Turn | null {
    if (standing === undefined || !standing.isOpen) return null;
    for (; standing.handedOut < standing.wanted; standing.handedOut++) {
      const turn = { cell, repetition: standing.handedOut };
      if (this.journal.has(turn)) continue;
      standing.handedOut++;
      return turn;
    }
    return null;
  }

  /** Gathers the finished rows, in order of repetition, and checks the precision when a check is due. */
  private catchUp(cell: number, standing: Standing): void {
    const { gathered, watch } = standing;
    standing.wanted = watch.next;
    while (standing.isOpen) {
      const turn = { cell, repetition: gathered.runs };
      if (gathered.runs === standing.wanted) {
        const look = watch.look(gathered);
        if (look.kind === "stops") {
          standing.isOpen = false;
          this.mine += gathered.runs;
          return;
        }
        standing.wanted = look.to;
        continue;
      }
      if (!this.journal.has(turn)) return;
      gathered.add(this.journal.row(placeOf(turn, this.sweep.repeats)));
    }
  }
}
