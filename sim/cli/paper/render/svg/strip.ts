/** A strip for one comparison: the accepted range, theirs as a line, ours as a dot. */

import { markOf, type Comparison } from "../../model/comparison.ts";
import { element } from "../../../markup/mark.ts";

const WIDTH = 64;
const HEIGHT = 12;
/** The part of the strip that the accepted range takes, if it has two ends. */
const SHARE = 0.5;

/** Empty for figures that are not judged, or were not measured. */
export function strip(comparison: Comparison): string {
  const { ours, theirs, accepts } = comparison;
  if (accepts === null || ours === null) return "";
  const [low, high] = endsOf(accepts, ours, theirs);
  if (low === high) return "";
  const margin = (WIDTH * (1 - SHARE)) / 2;
  const at = (value: number): number => margin + ((value - low) / (high - low)) * (WIDTH - 2 * margin);
  // Values far outside stay at the edge: their colour marks them as misses.
  const inside = (x: number): number => Math.max(3, Math.min(WIDTH - 3, x));
  const marks = [
    element("rect", { x: at(low), y: 3, width: at(high) - at(low), height: HEIGHT - 6, class: "accepted" }),
    theirs === null ? "" : element("line", { x1: inside(at(theirs)), x2: inside(at(theirs)), y1: 1, y2: HEIGHT - 1, class: "published" }),
    element("circle", { cx: inside(at(ours)), cy: HEIGHT / 2, r: 3, class: markOf(comparison) }),
  ];
  return element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "strip", "aria-hidden": "true" }, ...marks);
}

/** A range with one end gets another one, as far on the other side as there is something to show. */
function endsOf([low, high]: NonNullable<Comparison["accepts"]>, ours: number, theirs: number | null): readonly [number, number] {
  const [from, to] = [low ?? Math.min(0, ours, theirs ?? ours), high ?? Math.max(ours, theirs ?? ours)];
  return [from, to];
}
