/** A run opened for looking: its tape, its chronicle, and a cursor with everything that is kept up with it. */

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
  /** Where the pictures are taken. */
  readonly cursor: Cursor;
  /** Goes and looks at single steps, so that the other cursor need not move. */
  readonly scout: Cursor;
  /** Steps that were looked at. */
  readonly steps = new Map<LineNumber, Step>();
  /** Draws large groups without going anywhere. */
  readonly sketcher: Sketcher;
  truth = new Truth();
  errors: Errors;
  tally: Tally = [];
  /** What was last counted of a member. */
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

  /** The last instant that can be seen. */
  get ends(): Instant {
    return this.tape.trace?.chunks.at(-1)?.until ?? this.chronicle.until;
  }

  /** Goes there, and brings the truth and the counts along. */
  go(target: Target): void {
    const { cursor, chronicle } = this;
    const moved: [before: State, after: State, who: number][] = [];
    cursor.seek(target, (line, _number, _effects, before, after) => {
      if (line.kind === "stepped" && before !== undefined && after !== undefined && before.view !== after.view) {
        moved.push([before, after, chronicle.roster.numberOf(line.who) ?? 0]);
      }
    });
    // Behind what the chronicle knows the truth is a guess, to be made anew as soon as more is known.
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

  /** Behind what the chronicle knows, whoever has a state is taken to run. */
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
