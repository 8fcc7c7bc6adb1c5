/** Metrics that are measured as things happen, instead of being read from counters: how long probes, exchanges of views and suspicions took. */

import { Counter, Histogram, Summary, type Registry } from "prom-client";
import type { Instant } from "../../engine/index.ts";
import type { SwimMember } from "../member/member.ts";
import { inSeconds } from "./reading.ts";
import type { Sights } from "./watch.ts";

/** From a round trip on one machine to a probe that failed under the worst health. */
const probeBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From a refutation at once to the longest suspicion of a large group. */
const suspicionBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160];
/** As in memberlist's own sink: quantiles of about the last ten seconds, in milliseconds. */
const lately = { percentiles: [0.5, 0.9, 0.99], maxAgeSeconds: 10, ageBuckets: 5 };

/** Registers the metrics that a watch fills, and returns its callbacks. */
export function watchedMetrics(registry: Registry, prefix: string): Sights {
  const registers = [registry];
  const counter = (name: string, help: string): (() => void) => {
    const made = new Counter({ name: prefix + name, help, registers });
    return () => made.inc();
  };
  const probeNode = new Summary({ name: `${prefix}memberlist_probeNode`, help: "How long probes took until their answer or failure, in milliseconds.", registers, ...lately });
  const pushPullNode = new Summary({ name: `${prefix}memberlist_pushPullNode`, help: "How long exchanges of views that we started took, in milliseconds.", registers, ...lately });
  const probes = new Histogram({ name: `${prefix}swimlab_probe_seconds`, help: "How long probes took, by outcome.", labelNames: ["outcome"], buckets: probeBuckets, registers });
  const views = new Histogram({ name: `${prefix}swimlab_sync_seconds`, help: "How long exchanges of views that we started took.", buckets: probeBuckets, registers });
  for (const outcome of ["direct", "relayed", "stream", "failed"]) probes.zero({ outcome });
  return {
    probeEnded: (took, outcome) => {
      probeNode.observe(took / 1_000);
      probes.observe({ outcome }, inSeconds(took));
    },
    viewsExchanged: (took) => {
      pushPullNode.observe(took / 1_000);
      views.observe(inSeconds(took));
    },
    probeDegraded: counter("memberlist_degraded_probe", "Probes that began while our health was worse than 0."),
    suspicionUnconfirmed: counter("memberlist_degraded_timeout", "Suspicions of ours that ran out before all the wanted confirmations had arrived."),
    gossiped: counter("memberlist_gossip_count", "Rounds of gossip between probes in which there was something to tell."),
    streamOpened: counter("memberlist_tcp_connect", "Streams we opened."),
  };
}

/** Measures suspicions by the member's events. Returns a function that stops it. */
export function timeSuspicions(member: SwimMember, registry: Registry, prefix: string): () => void {
  const lengths = new Histogram({
    name: `${prefix}swimlab_suspicion_seconds`, help: "How long suspicions lasted at this member, by outcome.", labelNames: ["outcome"], buckets: suspicionBuckets, registers: [registry],
  });
  for (const outcome of ["cleared", "failed"]) lengths.zero({ outcome });
  const began = new Map<string, Instant>();
  const end = (name: string, at: Instant, outcome: string): void => {
    const from = began.get(name);
    if (from !== undefined) lengths.observe({ outcome }, inSeconds(at - from));
    began.delete(name);
  };
  const takeBack = [
    member.on("suspect", ({ peer, at }) => { if (!began.has(peer.name)) began.set(peer.name, at); }),
    member.on("clear", ({ peer, at }) => end(peer.name, at, "cleared")),
    member.on("failed", ({ peer, at }) => end(peer.name, at, "failed")),
    member.on("leave", ({ peer }) => void began.delete(peer.name)),
    member.on("forget", ({ peer }) => void began.delete(peer.name)),
  ];
  return () => { for (const back of takeBack) back(); };
}
