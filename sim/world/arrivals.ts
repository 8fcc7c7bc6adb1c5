/** Arrivals: when each member is there for the first time, as far as that is written down before a run begins. */

import type { Disruption, Place, Selector } from "../scenario/model.ts";
import { stream } from "./chance.ts";
import { choose } from "./choice.ts";

/** Told the lines of a timeline in order, and what churn has drawn: whom they bring in, and when. */
export class Arrivals {
  private readonly places: readonly Place[];
  private readonly first: Float64Array;

  constructor(places: readonly Place[]) {
    this.places = places;
    this.first = Float64Array.from(places, ({ present }) => (present ? 0 : Infinity));
  }

  /** When it first runs; Infinity if nothing is known that brings it in. */
  of(member: number): number {
    return this.first[member] ?? Infinity;
  }

  /** A line that brings in the absent: those whom it will draw, by its dice in the run of this seed. How many are replaced by chance only the run knows. */
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

/** Does it mean the same members whatever chance says? */
const isSettled = ({ kind }: Selector): boolean => kind === "all" || kind === "names" || kind === "tag";
