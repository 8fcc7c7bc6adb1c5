/** An opened run: its tape, its chronicle, and a cursor with everything that is kept up to date with it. */

import type { Instant, State } from "../../engine/index.ts";
import { amend, Errors, type Tally, tallyOf } from "./beliefs.ts";
import type { Chronicle } from "./chronicle.ts";
import type { Count } from "./counters.ts";
import { Cursor, type Step, type Target } from "./cursor.ts";
import type { LineNumber } from "../model/run.ts";
import { Sketcher } from "./sketch.ts";
import type { Tape } from "./tape.ts";
import { Truth } from "./truth.ts";

export class Place {
  readonly chronicle: Chronicle;
  readonly tape: Tape;
  /** The cursor for pictures. */
  readonly cursor: Cursor;
  /** A second cursor for single steps, so that the first need not move. */
  readonly scout: Cursor;
  /** Cached steps. */
  readonly steps = new Map<LineNumber, Step>();
  /** Draws large groups without moving a cursor. */
  readonly sketcher: Sketcher;
  truth = new Truth();
  errors: Errors;
  tally: Tally = [];
  /** The last count of a member. */
  count: Count | null = null;
  private turns = -1;
  private jumps = -1;
  private members = -1;

  constructor(tape: Tape, chronicle: Chronicle) {
    this.tape = tape;
    this.chronicle = chronicle;
    this.cursor = new Cursor(tape, chronicle.roster, chronicle.views);
    this.scout = new Cursor(tape, chronicle.roster, chronicle.views);
    this.errors = new Errors(this.truth, chronicle.roster);
    this.sketcher = new Sketcher(chronicle);
  }

  get states(): readonly (State | undefined)[] {
    return this.cursor.states;
  }

  /** The last instant that can be shown. */
  get ends(): Instant {
    return this.tape.trace?.chunks.at(-1)?.until ?? this.chronicle.until;
  }

  /** Moves the cursor there, and updates the truth and the counts. */
  go(target: Target): void {
    const { cursor, chronicle } = this;
    const moved: [before: State, after: State, who: number][] = [];
    cursor.seek(target, (line, _number, _effects, before, after) => {
      if (line.kind === "stepped" && before !== undefined && after !== undefined && before.view !== after.view) {
        moved.push([before, after, chronicle.roster.numberOf(line.who) ?? 0]);
      }
    });
    // Beyond what the chronicle knows the truth is a guess, to be replaced as soon as more is known.
    const turns = cursor.lines <= chronicle.lines.count ? chronicle.truths.turnsBefore(cursor.lines - 1) : -1;
    const isSameTruth = turns === this.turns && turns !== -1;
    if (!isSameTruth) {
      this.turns = turns;
      this.truth = this.truthHere(turns);
      this.errors = new Errors(this.truth, chronicle.roster);
    }
    if (isSameTruth && this.jumps === cursor.jumps && this.members === chronicle.roster.ids.length) {
      for (const [before, after, who] of moved) if (this.truth.isRunning(who)) amend(this.tally, chronicle.roster, before.view, after.view, 1);
      return;
    }
    this.jumps = cursor.jumps;
    this.members = chronicle.roster.ids.length;
    this.tally = tallyOf(cursor.states, this.truth, chronicle.roster);
  }

  /** Beyond what the chronicle knows, every member with a state counts as running. */
  private truthHere(turns: number): Truth {
    const { cursor, chronicle } = this;
    if (turns > 0) return chronicle.truths.after(cursor.lines - 1);
    const truth = new Truth();
    cursor.states.forEach((state, who) => {
      if (state !== undefined) truth.become(who, state.phase.kind === "departed" ? "departed" : state.phase.kind === "leaving" ? "leaving" : "running");
    });
    return truth;
  }
}
