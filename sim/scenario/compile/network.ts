/** The network without faults: `network:` with its defaults filled in, and complete links for its exceptions. */

import { milliseconds, seconds } from "../../../engine/index.ts";
import type { Link, Network } from "../model.ts";
import type { WrittenHarms } from "../schema/harm.ts";
import type { WrittenLatency, WrittenNetwork } from "../schema/network.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { harmsOf, inCommon } from "./harm.ts";
import { latencyOf } from "./latency.ts";
import { filterOf } from "./selector.ts";
import { zonesOf } from "./zones.ts";

/** The default, a quiet local network: 0.5 to 1.5 ms, and no loss. */
const quiet: Link = { latency: { kind: "uniform", min: milliseconds(0.5), max: milliseconds(1.5) }, loss: 0, duplicate: 0 };

type Behaviour = { readonly latency?: WrittenLatency | undefined; readonly loss?: number | undefined; readonly duplicate?: number | undefined } & WrittenHarms;

export function networkOf(written: WrittenNetwork, cast: Cast | undefined, report: Report): Network {
  const link = linkOf(written, quiet, ["network"], report);
  const inherited = { ...link, ...inCommon(link.harms, 0) };
  let exceptions: Network["links"] = [];
  (written.links ?? []).forEach((exception, index) => {
    const path = ["network", "links", index];
    const from = filterOf(exception.from, [...path, "from"], cast, report);
    const to = filterOf(exception.to, [...path, "to"], cast, report);
    const its = linkOf(exception, inherited, path, report);
    if (exception.bothWays !== true) exceptions = [...exceptions, { from, to, link: its }];
    else {
      const both = { ...its, ...inCommon(its.harms, exceptions.length + 1) };
      exceptions = [...exceptions, { from, to, link: both }, { from: to, to: from, link: both }];
    }
  });
  const links = written.zones === undefined ? exceptions : [...exceptions, ...zonesOf(written.zones, inherited, cast, report)];
  const { receiveBuffer: buffer } = written;
  if (buffer !== undefined && buffer.packets === undefined && buffer.bytes === undefined) report(["network", "receiveBuffer"], "this is not a bound: write packets, bytes or both");
  const { catchUpAlarms = "on-time" } = written;
  const turns = catchUpAlarms === "on-time" ? {} : { catchUpAlarms };
  const room = buffer === undefined ? {} : { receiveBuffer: { packets: buffer.packets ?? Infinity, bytes: buffer.bytes ?? Infinity } };
  return { ...room, ...turns, link: links.length === 0 ? link : inherited, links, streamDeadline: written.streamDeadline ?? seconds(10), retransmitAfter: written.retransmitAfter ?? milliseconds(200), catchUp: written.catchUp ?? none };
}

/** The written link, with inherited values for the rest. */
function linkOf(written: Behaviour, inherited: Link, path: Path, report: Report): Link {
  const harms = harmsOf(written, inherited.harms, path, report);
  return {
    latency: written.latency === undefined ? inherited.latency : latencyOf(written.latency, [...path, "latency"], report),
    loss: written.loss ?? inherited.loss,
    duplicate: written.duplicate ?? inherited.duplicate,
    ...(harms === undefined ? {} : { harms }),
  };
}

const none = milliseconds(0);
