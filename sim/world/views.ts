/** Members that hold equal views share one: a settled group of any size has a single view in memory. */

import { digestOf, sameDigest, sizeOf, type View } from "../../engine/index.ts";

/** How many are remembered. Each keeps alive what nobody may hold any more: a few kilobytes. */
const LEAST = 1024;
const MOST = 65_536;

/** Equal digests mean equal views, so the first view with a digest stands for all. What the results are does not depend on it. */
export class SharedViews {
  /** Each view where its digest says; of two that would stand in one place, the later. Views still in use come back with the next change. */
  private readonly places: (View | null)[];

  /** For so many members. */
  constructor(members: number) {
    let places = LEAST;
    while (places < 4 * members && places < MOST) places *= 2;
    this.places = Array.from({ length: places }, () => null);
  }

  /** This view, or the one that stands for it. */
  share(view: View): View {
    const digest = digestOf(view);
    const place = digest.low & (this.places.length - 1);
    const known = this.places[place];
    if (known !== null && known !== undefined && sameDigest(digestOf(known), digest) && sizeOf(known) === sizeOf(view)) return known;
    this.places[place] = view;
    return view;
  }
}
