/** Arrivals: when each member first runs, as far as that is known before a run begins. */

import type { Disruption, Place, Selector } from "../scenario/model.ts";
import { stream } from "./chance.ts";
import { choose } from "./choice.ts";

/** Takes the lines of a timeline in order, and the arrivals that churn has drawn, and knows which member first runs when. */
export class Arrivals {
  private readonly places: readonly Place[];
  private readonly first: Float64Array;

  constructor(places: readonly Place[]) {
    this.places = places;
    this.first = Float64Array.from(places, ({ present }) => (present ? 0 : Infinity));
  }

  /** When it first runs; Infinity if nothing known starts it. */
  of(member: number): number {
    return this.first[member] ?? Infinity;
  }

  /** A line that starts absent members: chooses them with the line's dice, as the run of this seed will. Only the run itself knows how many a random selector replaces. */
  happen({ at, action, dice }: Disruption, index: number, seed: string): void {
    if (action.kind === "join") this.bringIn(action.members, at, seed, dice ?? `disruption ${index}`);
    else if (action.kind === "replace" && isSettled(action.by)) this.bringIn(action.by, at, seed, "");
  }

  comes(member: number, at: number): void {
    this.first[member] = Math.min(this.of(member), at);
  }

  private bringIn(selector: Selector, at: number, seed: string, dice: string): void {
    const { places } = this;
    const candidates = [...places.keys()].filter((member) => this.of(member) > at);
    for (const member of choose(selector, { places, candidates, chosen: new Map(), dice: stream(seed, dice), taken: new Set() })) this.comes(member, at);
  }
}

/** Does this selector always mean the same members, whatever the dice? */
const isSettled = ({ kind }: Selector): boolean => kind === "all" || kind === "names" || kind === "tag";
