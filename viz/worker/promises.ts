/** Checks the engine's promises about steps, one by one, while a run is replayed. */

import { brokenBetween, type Event, type State } from "../../engine/index.ts";
import type { MemberNumber } from "../model/run.ts";

/** Only in groups up to this size: it takes as much work as the run itself. */
const CHECKED = 256;

/**
 * Some promises say that something was not touched, and apply only to the very object that a step began from: they fail for an equal one that was unpacked from
 * another chunk, or whose view was replaced by a shared one. So the states are kept here as they were replayed.
 */
export class Promises {
  private states: (State | undefined)[] = [];

  /** From now on, a member's next step begins from this state. */
  holds(who: MemberNumber, state: State): void {
    if (who < CHECKED) this.states[who] = state;
  }

  /** A step in a group of this size: the names of the promises that it violated. */
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
