/** Statistics of a member, for metrics: counters since it started, and gauges of this moment. */

import { membersOf, type State } from "../../engine/index.ts";
import type { Driver } from "../driver/driver.ts";
import type { Transport } from "../transport/transport.ts";
import type { Stats } from "./member.ts";

/**
 * Counters are named `steps.<event>`, `announced.<announcement>`, `suspicions.<probe|gossip|push-pull>`, `oddities.<of the engine>`, `serf.<oddity>`,
 * `transport.<what was lost>`, `refused.<members|merges>`, `troubles.<culprit>`, `slow.<culprit>`, and `refutations`, `stalls`, `undeliverable`, `unread`, `exchanges.failed`.
 * Gauges: `health`, `members.<status>`, `queue.<rumours|urgent|normal|bulk|events>`, `exchanges.open`, and `receive-buffer` in bytes, where the transport knows.
 * O(members).
 */
export function statsOf(driver: Driver, transport: Pick<Transport, "counts" | "receiveBuffer">, eventsWaiting: number): Stats {
  const { counts, state, serf, exchanges } = driver;
  const receiveBuffer = transport.receiveBuffer?.();
  return {
    counters: {
      refutations: counts.announced.of("refuted"), stalls: 0, undeliverable: 0, unread: 0, "exchanges.failed": 0,
      ...named("steps", counts.steps.all()),
      ...named("announced", counts.announced.all()),
      ...counts.others.all(),
      ...named("oddities", state.oddities),
      ...named("serf", serf?.state.oddities ?? {}),
      ...named("transport", transport.counts?.() ?? {}),
    },
    gauges: {
      health: state.health, ...statusesIn(state), ...queuesIn(state), "queue.events": eventsWaiting, "exchanges.open": exchanges.open,
      ...(receiveBuffer !== undefined && { "receive-buffer": receiveBuffer }),
    },
    lateness: { ...counts.lateness },
    drops: counts.drops.all(),
    sent: counts.sent.all(),
    received: counts.received.all(),
  };
}

const named = (what: string, counted: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counted).map(([name, count]) => [`${what}.${name}`, count]));

function statusesIn({ view }: State): Record<string, number> {
  const statuses = { "members.alive": 0, "members.suspect": 0, "members.dead": 0, "members.left": 0 };
  for (const { status } of membersOf(view)) statuses[`members.${status}`]++;
  return statuses;
}

const queuesIn = ({ rumours, mail }: State): Record<string, number> => ({
  "queue.rumours": rumours.length,
  "queue.urgent": mail.urgent.length,
  "queue.normal": mail.normal.length,
  "queue.bulk": mail.bulk.length,
});
