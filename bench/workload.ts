/**
 * Workload W(N): all members warm and mutually known, desynchronised, LAN latency, no loss, a period of 1 s, 40 simulated seconds, one crash at 10 s; plain SWIM, or
 * all of swimlab. Or some members are separated from the rest, and the two sides meet again. Or a cold start, in which all join at once through one seed.
 */

import { bytes, instant, micros, milliseconds, presets, seconds, type Config } from "../engine/index.ts";
import type { Scenario } from "../sim/index.ts";

/** How long it lasts, in simulated seconds. */
export const SIMULATED_SECONDS = 40;

export type Workload = {
  readonly members: number;
  readonly loss?: number;
  readonly simulatedSeconds?: number;
  /** One member, at 10 s. By default yes. */
  readonly crash?: boolean;
  /** This many members are separated from the rest from 5 s to 20 s: long enough for the rest to declare them dead if the protocol is all of swimlab. */
  readonly parted?: number;
  /** Do all members know each other from the origin on? By default yes. */
  readonly start?: "warm" | "cold";
  /** By default `plain`, so that figures can be compared over the years; otherwise all that the preset has. */
  readonly protocol?: "plain" | "swimlab";
};

/** SWIM with suspicion, relays and exchanges of whole views: what swimlab spoke when the first budgets were written. */
const plain: Config = {
  ...presets.swimlab, nackAfter: seconds(0), streamPing: "off", healthMax: 0, suspicionMaxMult: 1, confirmations: 0, buddy: "off", gossipEvery: seconds(0),
  correction: "off", syncWith: "whole",
};

export function workload({ members, loss = 0, simulatedSeconds = SIMULATED_SECONDS, crash = true, parted = 0, start = "warm", protocol = "plain" }: Workload): Scenario {
  return {
    name: `W(${members})`,
    about: "The workload of the benchmarks.",
    seed: "1",
    runs: 1,
    duration: seconds(simulatedSeconds),
    start,
    members: Array.from({ length: members }, (_, index) => ({ name: `m${index}`, tags: {}, meta: bytes(""), present: true, seed: index === 0 })),
    preset: "swimlab",
    config: protocol === "plain" ? plain : presets.swimlab,
    network: {
      link: { latency: { kind: "uniform", min: micros(500), max: micros(1500) }, loss, duplicate: 0 },
      links: [],
      streamDeadline: seconds(10),
      retransmitAfter: milliseconds(200), catchUp: micros(0),
    },
    timeline: [...(parted > 0 ? partition(parted) : []), ...(crash ? [crashed] : [])].map((disruption, entry) => ({ ...disruption, entry })),
    expectations: [],
  };
}

type Disruption = Scenario["timeline"][number];

const crashed: Disruption = { at: instant(10_000_000), entry: 0, action: { kind: "crash", members: { kind: "names", names: ["m5"] } } };

/** The first few on one side, and all others on the other. */
const partition = (parted: number): readonly Disruption[] => [
  { at: instant(5_000_000), entry: 0, action: { kind: "partition", sides: [{ kind: "names", names: Array.from({ length: parted }, (_, index) => `m${index}`) }, { kind: "rest" }] } },
  { at: instant(20_000_000), entry: 0, action: { kind: "heal", of: null } },
];
