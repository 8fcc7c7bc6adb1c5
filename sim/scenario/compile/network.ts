/** The weather of every day: `network:` with its defaults filled in, and exceptions that are complete. */

import { type Micros, milliseconds, seconds } from "../../../engine/index.ts";
import type { Latency, Link, Network } from "../model.ts";
import { showLength } from "../quantity.ts";
import type { WrittenLatency, WrittenNetwork } from "../schema/network.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { filterOf } from "./selector.ts";

/** A quiet local network: from half a millisecond to one and a half, and nothing is lost. */
const quiet: Link = { latency: { kind: "uniform", min: milliseconds(0.5), max: milliseconds(1.5) }, loss: 0, duplicate: 0 };

type Behaviour = { readonly latency?: WrittenLatency | undefined; readonly loss?: number | undefined; readonly duplicate?: number | undefined };

export function networkOf(written: WrittenNetwork, cast: Cast | undefined, report: Report): Network {
  const link = linkOf(written, quiet, ["network"], report);
  const links = (written.links ?? []).flatMap((exception, index) => {
    const path = ["network", "links", index];
    const from = filterOf(exception.from, [...path, "from"], cast, report);
    const to = filterOf(exception.to, [...path, "to"], cast, report);
    const its = linkOf(exception, link, path, report);
    const there = { from, to, link: its };
    return exception.bothWays === true ? [there, { from: to, to: from, link: its }] : [there];
  });
  const { receiveBuffer: buffer } = written;
  if (buffer !== undefined && buffer.packets === undefined && buffer.bytes === undefined) report(["network", "receiveBuffer"], "this is no bound: write packets, bytes or both");
  const room = buffer === undefined ? {} : { receiveBuffer: { packets: buffer.packets ?? Infinity, bytes: buffer.bytes ?? Infinity } };
  return { ...room, link, links, streamDeadline: written.streamDeadline ?? seconds(10), retransmitAfter: written.retransmitAfter ?? milliseconds(200), catchUp: written.catchUp ?? none };
}

/** What is written, and for the rest what is inherited. */
function linkOf(written: Behaviour, inherited: Link, path: Path, report: Report): Link {
  return {
    latency: written.latency === undefined ? inherited.latency : latencyOf(written.latency, [...path, "latency"], report),
    loss: written.loss ?? inherited.loss,
    duplicate: written.duplicate ?? inherited.duplicate,
  };
}

/** One kind of latency from what is written. What can't be drawn from is reported, and something harmless returned. */
export function latencyOf(written: WrittenLatency, path: Path, report: Report): Latency {
  if (typeof written === "number") return { kind: "constant", of: written };
  const kinds = Object.keys(written).toSorted();
  const { constant, uniform, normal, lognormal, exponential, pareto, weibull, empirical } = written;
  if (kinds.length === 0) report(path, "no kind of latency stands here: write one such as 1ms");
  if (kinds.length > 1) report(path, `${kinds.join(" and ")} can't stand together: write one of them`);
  if (uniform !== undefined) {
    const [min, max] = uniform;
    if (min > max) report([...path, "uniform"], `${showLength(min)} is more than ${showLength(max)}: write the least first`);
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
  if (written[0]?.[0] !== 0) report([...path, 0], "the first point must be at 0%: it says what the fastest packet needs");
  if (written.at(-1)?.[0] !== 1) report([...path, written.length - 1], "the last point must be at 100%: it says what the slowest packet needs");
  written.forEach(([share, latency], index) => {
    const [shareBefore, latencyBefore] = written[index - 1] ?? [-1, none];
    if (share <= shareBefore) report([...path, index], "shares must rise from point to point");
    else if (latency < latencyBefore) report([...path, index], "latencies can't fall from point to point");
  });
  return written;
}

const none = milliseconds(0);
