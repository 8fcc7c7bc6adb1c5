/** Members that hold equal views share one: a settled group of any size has a single view in memory. */

import { type Digest, digestOf, sameDigest, sizeOf, type View } from "../../engine/index.ts";

/** Equal digests mean equal views, so the first view with a digest stands for all. What the results are does not depend on it. */
export class SharedViews {
  private byDigest = new Map<number, View>();
  private readonly limit: number;

  /** Forgets everything when it has seen this many; views still in use come back with the next change. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** This view, or the one that stands for it. */
  share(view: View): View {
    const digest = digestOf(view);
    const key = keyOf(digest);
    const known = this.byDigest.get(key);
    if (known !== undefined && sameDigest(digestOf(known), digest) && sizeOf(known) === sizeOf(view)) return known;
    if (this.byDigest.size >= this.limit) this.byDigest = new Map();
    this.byDigest.set(key, view);
    return view;
  }
}

/** One number of both halves; what it loses to rounding is found again by comparing the digests. */
const keyOf = ({ high, low }: Digest): number => high * 4_294_967_296 + low;
