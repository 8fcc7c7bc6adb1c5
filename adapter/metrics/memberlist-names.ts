/** memberlist's metrics, under the names of its own Prometheus sink: so dashboards and alarms made for Serf, Consul or Nomad also work with our members. */

import { by, of, plain, total, traffic, type Reading } from "./reading.ts";

const bytes = (way: "datagrams" | "streams", side: "sent" | "received") => ({ stats }: Parameters<Reading["read"]>[0]): number => total(traffic(stats[side], way, "bytes"));

/** In the order of docs/metrics.md. Metrics that need a watch are in `timed.ts`. */
export const memberlistReadings: readonly Reading[] = [
  plain("counter", "memberlist_msg_alive", "Claims that a member is alive that were news to us.", ({ stats }) => of(stats.counters, "announced.joined", "announced.updated", "announced.cleared")),
  plain("counter", "memberlist_msg_suspect", "Claims that a member is suspect that were news to us, including those of our own probes.", ({ stats }) => of(stats.counters, "announced.suspected")),
  plain("counter", "memberlist_msg_dead", "Claims that a member is dead or left that were news to us, including our own.", ({ stats }) => of(stats.counters, "announced.failed", "announced.left")),
  plain("counter", "memberlist_udp_sent", "Bytes sent in datagrams.", bytes("datagrams", "sent")),
  plain("counter", "memberlist_udp_received", "Bytes received in datagrams that were understood.", bytes("datagrams", "received")),
  plain("counter", "memberlist_tcp_sent", "Bytes sent over streams.", bytes("streams", "sent")),
  plain("counter", "memberlist_tcp_accept", "Requests received over streams.", ({ stats }) => of(stats.counters, "steps.exchange-opened")),
  plain("gauge", "memberlist_health_score", "Local health: 0 is best.", ({ member }) => member.health),
  plain("gauge", "memberlist_queue_broadcasts", "Claims and broadcasts that wait to be gossiped.", ({ stats }) => of(stats.gauges, "queue.rumours", "queue.urgent", "queue.normal", "queue.bulk")),
  by("gauge", "memberlist_node_instances", "node_state", "Members that we know, including ourselves, by status.", ({ stats: { gauges } }) => ({
    alive: of(gauges, "members.alive"), suspect: of(gauges, "members.suspect"), dead: of(gauges, "members.dead"), left: of(gauges, "members.left"),
  })),
];
