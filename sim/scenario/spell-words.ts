/** Words of a converted scenario: shares, lengths, latencies, and selectors. */

import type { Micros } from "../../engine/index.ts";
import type { Filter, Latency, Selector } from "./model.ts";
import { showLength } from "./quantity.ts";
import type { Written, WrittenValue } from "./write.ts";

/** A share that reads back as exactly the same share: a percentage, unless that would be rounded or written with an exponent. */
export function share(of: number): string | number {
  const percent = String(of * 100);
  return of >= 1 || (!percent.includes("e") && Number(percent) / 100 === of) ? `${percent}%` : of;
}

export const length = (of: number): string => showLength(of as Micros);

export function latencyOf(latency: Latency): WrittenValue {
  switch (latency.kind) {
    case "constant":    return length(latency.of);
    case "uniform":     return { uniform: [length(latency.min), length(latency.max)] };
    case "normal":      return { normal: { mean: length(latency.mean), deviation: length(latency.deviation), min: length(latency.min) } };
    case "lognormal":   return { lognormal: { median: length(latency.median), sigma: latency.sigma } };
    case "exponential": return { exponential: { min: length(latency.min), mean: length(latency.mean) } };
    case "pareto":      return { pareto: { min: length(latency.min), alpha: latency.alpha } };
    case "weibull":     return { weibull: { scale: length(latency.scale), shape: latency.shape } };
    case "empirical":   return { empirical: latency.points.map(([of, at]) => [share(of), length(at)]) };
  }
}

/** Builds a value from these selectors as they are written; undefined if one of them can't be written. */
export function all(selectors: readonly Selector[], make: (written: readonly WrittenValue[]) => Written | undefined): Written | undefined {
  const written = selectors.map(who);
  return written.some((one) => one === undefined) ? undefined : make(written.flatMap((one) => (one === undefined ? [] : [one])));
}

export function who(selector: Selector): WrittenValue | undefined {
  switch (selector.kind) {
    case "all":      return "all";
    case "names":    return selector.names.length === 1 ? selector.names[0]! : selector.names;
    case "tag":      return { tag: `${selector.tag}=${selector.value}` };
    case "count":    return selector.among.kind === "all" ? selector.count : { count: selector.count, ...among(selector.among) };
    case "fraction": return selector.among.kind === "all" ? share(selector.fraction) : { fraction: share(selector.fraction), ...among(selector.among) };
    case "rest":     return "rest";
    case "same":     return undefined;
    case "domain":   return { domain: selector.tag, domains: selector.values, ...partOf(selector.part) };
  }
}

const partOf = (part: Extract<Selector, { kind: "domain" }>["part"]): Written =>
  (part === null ? {} : part.kind === "count" ? { count: part.count } : { fraction: share(part.fraction) });

const among = (filter: Exclude<Filter, { kind: "all" }>): Written => (filter.kind === "names" ? { name: filter.names } : { tag: `${filter.tag}=${filter.value}` });
