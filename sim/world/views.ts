/** Members with equal views share one: a settled group of any size has a single view in memory. */

import { digestOf, sameDigest, sizeOf, type View } from "../../engine/index.ts";

/** How many views are remembered. Each keeps alive a few kilobytes that no member may hold any more. */
const LEAST = 1024;
const MOST = 65_536;

/** Equal digests mean equal views, so the first view with a digest stands for all. Results do not depend on the sharing. */
export class SharedViews {
  /** Views by digest; of two with the same place, the later. Views still in use come back with the next change. */
  private readonly places: (View | null)[];

  /** For this many members. */
  constructor(members: number) {
    let places = LEAST;
    while (places < 4 * members && places < MOST) places *= 2;
    this.places = Array.from({ length: places }, () => null);
  }

  /** This view, or the equal one that members share already. */
  share(view: View): View {
    const digest = digestOf(view);
    const place = digest.low & (this.places.length - 1);
    const known = this.places[place];
    if (known !== null && known !== undefined && sameDigest(digestOf(known), digest) && sizeOf(known) === sizeOf(view)) return known;
    this.places[place] = view;
    return view;
  }
}
