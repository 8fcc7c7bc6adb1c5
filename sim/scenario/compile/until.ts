/** `until:` with its defaults filled in, and its mistakes. */

import { figureOf } from "../../lab/figure.ts";
import { figureNames, type Until } from "../../lab/model.ts";
import { MOST_REPEATS, type WrittenUntil } from "../schema/until.ts";

/** Fills in the defaults of `until`, or says what is wrong with it and where. */
export function untilOf({ metric, relative, confidence = 0.95, min = 10, max = 1_000 }: WrittenUntil): Until | { readonly key: string; readonly why: string } {
  const figure = figureOf(metric);
  if (!figure.ok) return { key: "metric", why: `until.metric: ${figure.why}` };
  if (!hasInterval(figure.figure)) return { key: "metric", why: `until.metric: ${figure.figure} has no interval: name a percentile, a rate or a mean` };
  if (min > max) return { key: "min", why: `until.min: ${min} is more than until.max (${max})` };
  return { metric: figure.figure, relative, confidence, min, max: Math.min(max, MOST_REPEATS) };
}

const hasInterval = (figure: string): boolean => figureNames.includes(figure) && /\.p\d+$|per[A-Z]|PerMember|\.mean$/.test(figure);
