/** The group's agreement with the truth, updated step by step: a roster is compared only when a view or the truth has changed. */

import { rosterOf, sameDigest, type State } from "../../engine/index.ts";
import type { MemberNumber } from "../model/run.ts";
import type { Roster } from "./roster.ts";
import type { Truth } from "./truth.ts";

export class Concord {
  private readonly truth: Truth;
  private readonly roster: Roster;
  private readonly states: (State | undefined)[] = [];
  private readonly agrees: boolean[] = [];
  private agreeing = 0;
  private running = 0;
  private health = 0;
  private epoch = -1;

  constructor(truth: Truth, roster: Roster) {
    this.truth = truth;
    this.roster = roster;
  }

  holds(who: MemberNumber, state: State): void {
    const before = this.states[who];
    this.states[who] = state;
    if (this.epoch !== this.truth.epoch) return;
    if (!this.truth.isRunning(who)) return;
    this.health += state.health - (before?.health ?? 0);
    if (before?.view !== state.view) this.judge(who, state);
  }

  /** The share of running members that agree with the truth; 1 if none runs. */
  share(): number {
    if (this.epoch !== this.truth.epoch) this.settle();
    return this.running === 0 ? 1 : this.agreeing / this.running;
  }

  /** Mean local health of running members. */
  meanHealth(): number {
    if (this.epoch !== this.truth.epoch) this.settle();
    return this.running === 0 ? 0 : this.health / this.running;
  }

  private judge(who: MemberNumber, state: State): void {
    const { truth, roster } = this;
    const agrees = sameDigest(rosterOf(state.view), truth.rosterFor(truth.sideOf(who, roster.ids), roster.ids));
    if (this.agrees[who] === true) this.agreeing--;
    if (agrees) this.agreeing++;
    this.agrees[who] = agrees;
  }

  private settle(): void {
    this.epoch = this.truth.epoch;
    [this.agreeing, this.running, this.health] = [0, 0, 0];
    this.states.forEach((state, who) => {
      this.agrees[who] = false;
      if (state === undefined || !this.truth.isRunning(who)) return;
      this.running++;
      this.health += state.health;
      this.judge(who, state);
    });
  }
}
