/** Our own metrics, beyond memberlist's: suspicions by origin, lateness, lengths of queues, drops by reason. */

import { by, inSeconds, known, of, plain, summed, traffic, under, type Reading } from "./reading.ts";
import type { Drop } from "../driver/counts.ts";

/** All reasons, so that each counter exists, with 0, before anything was dropped. */
const drops = {
  malformed: 1, damaged: 1, plain: 1, undecipherable: 1, label: 1, "too-long": 1, replayed: 1, refused: 1, "too-slow": 1, "too-many": 1, broken: 1, "not-allowed": 1,
} satisfies Record<Drop, 1>;

const group: readonly Reading[] = [
  { kind: "gauge", name: "swimlab_info", help: "Always 1; its labels identify this member.", labels: ["name", "address"], read: ({ member }) => [{ labels: { name: member.name, address: member.address }, value: 1 }] },
  by("gauge", "swimlab_members", "status", "Members that we know, including ourselves, by status. Under Serf's layer, left means what it means in Serf.", ({ member }) => {
    const counted: Record<string, number> = {};
    for (const { status } of member.members("all")) counted[status] = (counted[status] ?? 0) + 1;
    return counted;
  }, ["alive", "suspect", "failed", "left"]),
  plain("gauge", "swimlab_incarnation", "Our own incarnation.", ({ member }) => member.self.incarnation),
  plain("gauge", "swimlab_health", "Local health (Lifeguard): 0 is best, swimlab_health_max is worst.", ({ member }) => member.health),
  plain("gauge", "swimlab_health_max", "The worst possible local health.", ({ member }) => member.state.config.healthMax),
];

const doubts: readonly Reading[] = [
  by("counter", "swimlab_suspicions_total", "origin", "Suspicions of other members, by origin: our own probe, gossip, or push-pull.", ({ stats }) => under(stats.counters, "suspicions"), ["probe", "gossip", "push-pull"]),
  plain("counter", "swimlab_confirmations_total", "Suspicions that another member confirmed with a probe of its own.", ({ stats }) => of(stats.counters, "announced.confirmed")),
  plain("counter", "swimlab_refutations_total", "How often we were accused, and refuted it.", ({ stats }) => of(stats.counters, "refutations")),
  plain("gauge", "swimlab_alarm_lateness_seconds", "How late our alarm last went off: a busy process, a suspended machine.", ({ stats }) => inSeconds(stats.lateness.last)),
  plain("gauge", "swimlab_alarm_lateness_max_seconds", "The latest our alarm ever went off.", ({ stats }) => inSeconds(stats.lateness.max)),
  plain("counter", "swimlab_stalls_total", "How often our alarm was late enough for us to doubt ourselves (config.stallAfter).", ({ stats }) => of(stats.counters, "stalls")),
];

const flows: readonly Reading[] = (["sent", "received"] as const).flatMap((side) => (["datagrams", "streams"] as const).flatMap((way) => {
  const what = way === "datagrams" ? "Datagrams" : "Messages over streams";
  return [
    by("counter", `swimlab_${way}_${side}_total`, "kind", `${what} ${side}, by kind.`, ({ stats }) => traffic(stats[side], way, "count")),
    by("counter", `swimlab_${way}_${side}_bytes_total`, "kind", `Their bytes, by kind.`, ({ stats }) => traffic(stats[side], way, "bytes")),
  ];
}));

const losses: readonly Reading[] = [
  by("counter", "swimlab_drops_total", "reason", "Input that was dropped, by reason.", ({ stats }) => stats.drops, Object.keys(drops)),
  plain("counter", "swimlab_unread_total", "Parts of messages that were skipped: of an unknown kind, or malformed.", ({ stats }) => of(stats.counters, "unread")),
  by("counter", "swimlab_oddities_total", "kind", "Input that made no sense or could not be served, by kind (docs/metrics.md).", ({ stats }) => summed(under(stats.counters, "oddities"), under(stats.counters, "serf"))),
  plain("counter", "swimlab_untold_total", "Broadcasts given up before they were sent as often as they should be, because too many waited.", ({ stats }) => of(stats.counters, "announced.untold")),
  by("counter", "swimlab_refused_total", "what", "Members and merges refused by the application, or because their network is not allowed.", ({ stats }) => under(stats.counters, "refused"), ["members", "merges"]),
  by("counter", "swimlab_transport_total", "what", "What the sockets lost or recovered from.", ({ stats }) => under(stats.counters, "transport")),
  plain("counter", "swimlab_undeliverable_total", "Datagrams that the system reported at once as undeliverable: nobody listens there.", ({ stats }) => of(stats.counters, "undeliverable")),
  plain("counter", "swimlab_exchanges_failed_total", "Streams we opened that failed.", ({ stats }) => of(stats.counters, "exchanges.failed")),
  by("counter", "swimlab_troubles_total", "culprit", "Errors in the application's own hooks, listeners and recorders that were survived.", ({ stats }) => under(stats.counters, "troubles")),
  by("counter", "swimlab_slow_total", "culprit", "Calls of the application's own hooks and listeners that blocked the member for more than 50 ms.", ({ stats }) => under(stats.counters, "slow")),
];

const work: readonly Reading[] = [
  by("gauge", "swimlab_queue", "queue", "How many entries wait: claims (rumours), broadcasts by priority, events not yet read.", ({ stats }) => under(stats.gauges, "queue")),
  plain("gauge", "swimlab_exchanges_open", "Streams open now.", ({ stats }) => of(stats.gauges, "exchanges.open")),
  known("swimlab_receive_buffer_bytes", "The size of the socket's receive buffer, as granted by the system.", ({ stats }) => stats.gauges["receive-buffer"]),
  by("counter", "swimlab_steps_total", "event", "Steps of the engine, by event.", ({ stats }) => under(stats.counters, "steps")),
  by("counter", "swimlab_announcements_total", "kind", "What the engine announced, by kind.", ({ stats }) => under(stats.counters, "announced")),
];

/** In the order of docs/metrics.md. Metrics that need a watch, or a listener, are in `timed.ts`. */
export const ownReadings: readonly Reading[] = [...group, ...doubts, ...flows, ...losses, ...work];
