/** Agreement: how many members hold a true view, and how long after a disruption all of them do. */

import { rosterOf, sameDigest, type View } from "../../engine/index.ts";
import type { Truth } from "../world/truth.ts";
import { middleOf, PARTS } from "./curve.ts";
import type { DisruptionResult, Observation } from "./result.ts";
import { inSeconds } from "./seconds.ts";

type Open = { readonly order: number; readonly entry: number | null; readonly at: number; readonly kind: string; readonly members: readonly string[] };

/** A member agrees when it holds alive exactly the running members on its side: one comparison of digests. */
export class Agreement {
  private readonly truth: Truth;
  private readonly views: (View | null)[];
  private readonly agrees: Uint8Array;
  private readonly duration: number;
  private agreeing = 0;
  /** Since when all members agree; null while one does not. */
  private allSince: number | null = null;
  private open: Open[] = [];
  /** Each result with the order of its disruption: disruptions do not close in the order in which they began. */
  private readonly closed: { readonly order: number; readonly result: DisruptionResult }[] = [];
  private happened = 0;
  private readonly curve: number[] = [];

  constructor(truth: Truth, members: number, duration: number) {
    this.truth = truth;
    this.views = Array.from({ length: members }, () => null);
    this.agrees = new Uint8Array(members);
    this.duration = duration;
  }

  /** Member `who` holds this view from now on; null once it has stopped. */
  holds(who: number, view: View | null, now: number): void {
    this.views[who] = view;
    const before = this.agrees[who] ?? 0;
    const after = this.judge(who);
    if (before === after) return;
    this.agrees[who] = after;
    this.agreeing += after - before;
    this.note(now);
  }

  /** The truth has changed: judges all members again. */
  truthChanged(now: number): void {
    this.agreeing = 0;
    for (let who = 0; who < this.views.length; who++) this.agreeing += this.agrees[who] = this.judge(who);
    this.note(now);
  }

  /** Called before a disruption: settles the results of earlier ones. */
  endOfWatch(now: number): void {
    if (this.open.every((disruption) => disruption.at === now)) return;
    this.settle(now);
  }

  /** A disruption has happened. `changesTruth`: does any member have to learn about it? */
  disrupted(entry: number | null, kind: string, members: readonly string[], changesTruth: boolean, now: number): void {
    const order = this.happened++;
    if (changesTruth) this.open.push({ order, entry, at: now, kind, members });
    else this.closed.push({ order, result: { entry, at: inSeconds(now), kind, members, convergence: null } });
  }

  /** Samples the curve in the middle of each part of the run that has passed. */
  pass(now: number): void {
    while (this.curve.length < PARTS && middleOf(this.curve.length, this.duration) <= now) {
      this.curve.push(this.truth.running === 0 ? 1 : this.agreeing / this.truth.running);
    }
  }

  /** Called at the end of the run. */
  results(now: number): { readonly disruptions: readonly DisruptionResult[]; readonly agreement: readonly number[] } {
    this.pass(now);
    this.settle(now);
    return { disruptions: this.closed.toSorted((one, other) => one.order - other.order).map(({ result }) => result), agreement: this.curve };
  }

  private settle(now: number): void {
    for (const { order, entry, at, kind, members } of this.open) {
      const convergence: Observation = this.allSince === null ? { censoredAfter: inSeconds(now - at) } : { seconds: inSeconds(Math.max(0, this.allSince - at)) };
      this.closed.push({ order, result: { entry, at: inSeconds(at), kind, members, convergence } });
    }
    this.open = [];
  }

  private judge(who: number): 0 | 1 {
    const view = this.views[who];
    return view !== null && view !== undefined && this.truth.isRunning(who) && sameDigest(rosterOf(view), this.truth.rosterFor(who)) ? 1 : 0;
  }

  private note(now: number): void {
    if (this.agreeing !== this.truth.running) this.allSince = null;
    else this.allSince ??= now;
  }
}
