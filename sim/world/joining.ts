/** Joining: which members newcomers ask. */

import type { Given, Stage } from "./stage.ts";

/**
 * Each newcomer asks the seeds that the scenario names, except itself. If there are none, it asks a member that was running before: members that
 * start together do not know each other, and would form a group of their own.
 */
export function joinings(world: Stage, newcomers: readonly number[]): readonly Given[] {
  const flagged = world.scenario.members.flatMap((place, member) => (place.seed ? [member] : []));
  const isNew = new Set(newcomers);
  const running = world.truth.whoRuns();
  const resident = running.find((member) => !isNew.has(member));
  return newcomers.map((newcomer) => {
    // A member that has taken a seed's address must not ask itself.
    const named = flagged.filter((member) => member !== newcomer && world.addressFor(member) !== world.addressFor(newcomer));
    const other = resident ?? running.find((member) => member !== newcomer);
    const seeds = named.length > 0 ? named : other === undefined ? [] : [other];
    return [newcomer, { kind: "asked-to-join", now: world.clock, seeds: seeds.map((member) => world.addressFor(member)) }];
  });
}
