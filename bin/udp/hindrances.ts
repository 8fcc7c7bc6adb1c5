/** The scenario's network as faults between members and their sockets: who sends suffers them; of a stream, who opens it. */

import { faultsFrom, type Fault, type Faults } from "../../adapter/index.ts";
import { latencyAt, type Conditions, type Script } from "../../sim/index.ts";
import type { Hindrance } from "./orders.ts";

/** What stands in one member's way now. `addressOf` is undefined for whom nobody has heard of yet. */
export function hindrancesOf({ ids, network }: Script, member: number, addressOf: (other: number) => string | undefined): readonly Hindrance[] {
  const others = ids.flatMap((_, other) => (other === member ? [] : [other]));
  const out = alike(others, (other) => network.conditions(member, other));
  const back = alike(others, (other) => network.conditions(other, member));
  const peersOf = (group: readonly number[]): readonly string[] | null => (group.length === others.length ? null : group.flatMap((other) => addressOf(other) ?? []));
  return [
    ...out.map(({ conditions, group }) => hindrance("out", null, conditions, peersOf(group))),
    ...back.map(({ conditions, group }) => hindrance("in", "streams", conditions, peersOf(group))),
  ];
}

function hindrance(way: Hindrance["way"], carriedBy: Hindrance["carriedBy"], { isCut, losses, duplicate, latencies }: Conditions, peers: Hindrance["peers"]): Hindrance {
  return { way, carriedBy, peers, isBlocked: isCut, loss: 1 - losses.reduce((passed, loss) => passed * (1 - loss), 1), duplicate, latencies };
}

type Alike = { readonly conditions: Conditions; readonly group: number[] };

/** Those who meet the same, together. */
function alike(others: readonly number[], conditionsOf: (other: number) => Conditions): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const other of others) {
    const conditions = conditionsOf(other);
    const key = JSON.stringify(conditions);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { conditions, group: [other] });
    else known.group.push(other);
  }
  return [...groups.values()];
}

/** Faults of one member, by a seed of its own, which obey the conductor. */
export function obedientFaults(seed: number): { readonly faults: Faults; readonly hinder: (hindrances: readonly Hindrance[]) => void } {
  const faults = faultsFrom(seed);
  return { faults, hinder: (hindrances) => faults.set(hindrances.flatMap(faultsOf)) };
}

/** Each latency is a fault by itself, with a draw of its own: they add up. */
function faultsOf({ way, carriedBy, peers, isBlocked, loss, duplicate, latencies }: Hindrance): readonly Fault[] {
  const whose = { way, ...(carriedBy !== null && { carriedBy }), ...(peers !== null && { peers }) };
  const delays = latencies.map((latency): Fault => ({ ...whose, delay: (draw) => latencyAt(latency, draw) / 1_000 }));
  return [{ ...whose, isBlocked, loss, duplicate }, ...delays];
}
