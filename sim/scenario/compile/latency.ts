/** Latencies: converts what is written to one kind of distribution. */

import { type Micros, milliseconds } from "../../../engine/index.ts";
import type { Latency } from "../model.ts";
import { showLength } from "../quantity.ts";
import type { WrittenLatency } from "../schema/latency.ts";
import type { Path, Report } from "../trouble.ts";

/** One kind of latency from what is written. A distribution that can't be drawn from is reported, and replaced by a harmless one. */
export function latencyOf(written: WrittenLatency, path: Path, report: Report): Latency {
  if (typeof written === "number") return { kind: "constant", of: written };
  const kinds = Object.keys(written).toSorted();
  const { constant, uniform, normal, lognormal, exponential, pareto, weibull, empirical } = written;
  if (kinds.length === 0) report(path, "no latency is given: write one such as 1ms");
  if (kinds.length > 1) report(path, `${kinds.join(" and ")} can't be combined: write one of them`);
  if (uniform !== undefined) {
    const [min, max] = uniform;
    if (min > max) report([...path, "uniform"], `${showLength(min)} is more than ${showLength(max)}: write the smaller one first`);
    return { kind: "uniform", min, max };
  }
  if (normal !== undefined) return { kind: "normal", mean: normal.mean, deviation: normal.deviation, min: normal.min ?? none };
  if (lognormal !== undefined) return { kind: "lognormal", ...lognormal };
  if (exponential !== undefined) return { kind: "exponential", mean: exponential.mean, min: exponential.min ?? none };
  if (pareto !== undefined) return { kind: "pareto", ...pareto };
  if (weibull !== undefined) return { kind: "weibull", ...weibull };
  if (empirical !== undefined) return { kind: "empirical", points: pointsOf(empirical, [...path, "empirical"], report) };
  return { kind: "constant", of: constant ?? none };
}

type Points = readonly (readonly [share: number, latency: Micros])[];

function pointsOf(written: Points, path: Path, report: Report): Points {
  if (written[0]?.[0] !== 0) report([...path, 0], "the first point must be at 0%: the latency of the fastest packet");
  if (written.at(-1)?.[0] !== 1) report([...path, written.length - 1], "the last point must be at 100%: the latency of the slowest packet");
  written.forEach(([share, latency], index) => {
    const [shareBefore, latencyBefore] = written[index - 1] ?? [-1, none];
    if (share <= shareBefore) report([...path, index], "shares must rise from point to point");
    else if (latency < latencyBefore) report([...path, index], "latencies can't fall from point to point");
  });
  return written;
}

const none = milliseconds(0);
