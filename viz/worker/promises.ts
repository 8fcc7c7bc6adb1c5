/** The engine's promises about steps, checked one by one as a run is told. */

import { brokenBetween, type Event, type State } from "../../engine/index.ts";
import type { MemberNumber } from "../model/run.ts";

/** Only in groups up to this size: it is as much work as the run itself. */
const CHECKED = 256;

/**
 * Some promises say that something was not touched, and hold of the very value that a step began from: of an equal one, which another chunk was unpacked
 * to, or whose view was exchanged for a shared one, they say nothing. So the states are kept here as they were told.
 */
export class Promises {
  private states: (State | undefined)[] = [];

  /** From now on, this is what a member's next step begins from. */
  holds(who: MemberNumber, state: State): void {
    if (who < CHECKED) this.states[who] = state;
  }

  /** A step in a group of so many: the names of what it broke. */
  brokenBy(who: MemberNumber, event: Event, state: State, members: number): readonly string[] {
    if (members > CHECKED) {
      if (this.states.length > 0) this.states = [];
      return [];
    }
    const before = this.states[who];
    this.holds(who, state);
    return before === undefined ? [] : brokenBetween(before, event, state);
  }
}
