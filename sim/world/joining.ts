/** Joining: whom newcomers ask. */

import type { Given, Stage } from "./stage.ts";

/**
 * Each newcomer asks the seeds that the scenario names, itself excepted. If that leaves none, it asks somebody who was there before: those who
 * start together know nobody, and would form a group of their own.
 */
export function joinings(world: Stage, newcomers: readonly number[]): readonly Given[] {
  const flagged = world.scenario.members.flatMap((place, member) => (place.seed ? [member] : []));
  const isNew = new Set(newcomers);
  const running = world.truth.whoRuns();
  const resident = running.find((member) => !isNew.has(member));
  return newcomers.map((newcomer) => {
    // Who listens where a seed listened must not ask itself.
    const named = flagged.filter((member) => member !== newcomer && world.addressFor(member) !== world.addressFor(newcomer));
    const other = resident ?? running.find((member) => member !== newcomer);
    const seeds = named.length > 0 ? named : other === undefined ? [] : [other];
    return [newcomer, { kind: "asked-to-join", now: world.clock, seeds: seeds.map((member) => world.addressFor(member)) }];
  });
}
