/** `metricsOf`: a member's metrics in a registry of prom-client, read at each scrape. */

import { Counter, Gauge, Registry } from "prom-client";
import { MemberError } from "../error.ts";
import type { SwimMember } from "../member/member.ts";
import { memberlistReadings } from "./memberlist-names.ts";
import { ownReadings } from "./own-names.ts";
import type { Reading, Seen } from "./reading.ts";
import { timeSuspicions, watchedMetrics } from "./timed.ts";
import type { Watch } from "./watch.ts";

/** Where a member's metrics are registered, and under which names. */
export type MetricsOptions = {
  /** The registry; by default a new one. Two members in one registry need two prefixes. */
  readonly registry?: Registry;
  /** A prefix for every name: `consul_` makes `consul_memberlist_udp_sent`, as in Consul. Default: none. */
  readonly prefix?: string;
  /** The watch that was given to `createMember` as `recorder`. Without it, of all durations only those of suspicions are measured. */
  readonly watch?: Watch;
};

/** A member's metrics, until they are closed. */
export type Metrics = {
  /** The registry that has them. */
  readonly registry: Registry;
  /** The content type of `text`, for an HTTP response. */
  readonly contentType: string;
  /** The whole registry, in Prometheus' text format. */
  readonly text: () => Promise<string>;
  /** Removes them from the registry, and stops listening to the member. */
  readonly close: () => void;
};

/** A valid beginning of a name for Prometheus. */
export const PREFIX = /^(?:[a-zA-Z_:][a-zA-Z0-9_:]*)?$/;

/**
 * Registers a member's metrics (docs/metrics.md). O(members) at each scrape. Throws a `MemberError`, `bad-option`, for an impossible prefix, and for a registry that has
 * these names already.
 */
export function metricsOf(member: SwimMember, { registry = new Registry(), prefix = "", watch }: MetricsOptions = {}): Metrics {
  const before = new Set(registry.getMetricsAsArray().map(({ name }) => name));
  if (!PREFIX.test(prefix)) throw new MemberError("bad-option", `${JSON.stringify(prefix)} is no prefix for names of metrics: use letters, digits, "_" and ":", and no digit first`);
  if (before.has(`${prefix}swimlab_info`)) throw new MemberError("bad-option", "the registry has a member's figures already: give each its own prefix");
  const look = lookingAt(member);
  for (const reading of [...memberlistReadings, ...ownReadings]) register(reading, registry, prefix, look);
  const stopTiming = timeSuspicions(member, registry, prefix);
  if (watch !== undefined) watch.tell(watchedMetrics(registry, prefix));
  const names = registry.getMetricsAsArray().map(({ name }) => name).filter((name) => !before.has(name));
  return {
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: () => {
      stopTiming();
      for (const name of names) registry.removeSingleMetric(name);
    },
  };
}

function register({ kind, name, help, labels, read }: Reading, registry: Registry, prefix: string, look: () => Seen): void {
  const config = { name: prefix + name, help, labelNames: [...labels], registers: [] };
  const made = kind === "gauge"
    ? new Gauge({ ...config, collect() {
      const values = read(look());
      this.reset();
      // After a reset, a gauge without labels would be 0; one whose value is unknown is removed instead.
      if (values.length === 0 && labels.length === 0) this.remove();
      for (const { labels: by, value } of values) this.set(by, value);
    } })
    : new Counter({ ...config, collect() {
      this.reset();
      for (const { labels: by, value } of read(look())) this.inc(by, value);
    } });
  registry.registerMetric(made);
}

/** Reads the member once per scrape, and keeps the result for the rest of this turn of the event loop: so all values of one scrape are of one moment. */
function lookingAt(member: SwimMember): () => Seen {
  let seen: Seen | undefined;
  return () => {
    if (seen === undefined) {
      seen = { stats: member.stats(), member };
      queueMicrotask(() => { seen = undefined; });
    }
    return seen;
  };
}
