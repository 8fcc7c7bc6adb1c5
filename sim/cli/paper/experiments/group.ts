/** Groups of members as in the publications, as scenarios: in code, because a grid of thousands would need as many files. */

import { bytes, instant, micros, milliseconds, seconds, type Config, type Micros } from "../../../../engine/index.ts";
import type { Action, Disruption, Filter, Latency, Network, Place, Scenario } from "../../../index.ts";

export type Group = {
  readonly members: number;
  /** How many members, the first ones, are present at the origin; the others wait for a `join`. By default all. */
  readonly present?: number;
  readonly config: Config;
  readonly lasts: Micros;
  readonly latency: Latency;
  readonly loss?: number;
  readonly links?: Network["links"];
  /** How long a member that stood still takes for each message that piled up; by default nothing. */
  readonly catchUp?: Micros;
  readonly catchUpAlarms?: "in-turn" | "by-chance";
  readonly timeline: readonly Disruption[];
};

/** A switched Ethernet of the time, or one machine's loopback: less than a millisecond. */
export const nearby: Latency = { kind: "uniform", min: milliseconds(0.1), max: milliseconds(0.9) };

/** Nine characters, as in the measurements of memberlist: the size of a ping depends on them. */
export const nameOf = (member: number): string => `member${`${member}`.padStart(3, "0")}`;

/** These members, by their numbers. */
export const only = (...members: readonly number[]): Filter => ({ kind: "names", names: members.map(nameOf) });

/** Something that happens at this moment, in microseconds since the origin. */
export const atMoment = (moment: number, action: Action, entry = 0): Disruption => ({ at: instant(moment), entry, action });

/** All members know each other from the origin on; the first is the seed of those that join later. */
export function scenarioOf(group: Group, name: string, seed: string): Scenario {
  const { members, present = members, config, lasts, latency, loss = 0, links = [], catchUp = micros(0), catchUpAlarms, timeline } = group;
  const places = Array.from({ length: members }, (_, member): Place => ({
    name: nameOf(member), tags: {}, meta: bytes(""), present: member < present, seed: member === 0,
  }));
  return {
    name, about: "", seed, runs: 1, duration: lasts, start: "warm", members: places, preset: "", config,
    network: { link: { latency, loss, duplicate: 0 }, links, streamDeadline: seconds(10), retransmitAfter: milliseconds(200), catchUp, ...(catchUpAlarms === undefined ? {} : { catchUpAlarms }) },
    timeline, expectations: [],
  };
}
