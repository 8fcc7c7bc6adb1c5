/** Runs to write down: small groups to whom much happens. Built by hand, so that nothing else needs to work. */

import { bytes, instant, micros, milliseconds, presets, seconds } from "../../engine/index.ts";
import type { Action, Disruption, Scenario, Selector } from "../../sim/index.ts";

const named = (...names: readonly string[]): Selector => ({ kind: "names", names });

/** Two figures, so that names line up. */
const nameOf = (member: number): string => `m${String(member).padStart(2, "0")}`;

/** A warm group of so many, to whom nothing happens, over a network that loses nothing. */
export function quiet(members: number, duration: number): Scenario {
  return {
    name: "quiet",
    about: "Nothing happens.",
    seed: "1",
    runs: 1,
    duration: seconds(duration),
    members: Array.from({ length: members }, (_, member) => ({ name: nameOf(member), tags: {}, meta: bytes(""), present: true, seed: member === 0 })),
    start: "warm",
    preset: "swimlab",
    config: presets.swimlab,
    network: {
      link: { latency: { kind: "uniform", min: milliseconds(0.5), max: milliseconds(1.5) }, loss: 0, duplicate: 0 },
      links: [],
      streamDeadline: seconds(10),
      retransmitAfter: milliseconds(200), catchUp: micros(0),
    },
    timeline: [],
    expectations: [],
  };
}

const at = (second: number, action: Action): Disruption => ({ at: instant(second * 1_000_000), entry: 0, action });

/** The same group, whose last member crashes after three seconds. */
export function crashing(members: number, duration: number): Scenario {
  return { ...quiet(members, duration), timeline: [at(3, { kind: "crash", members: named(nameOf(members - 1)) })] };
}

/**
 * A group over a network that loses one datagram in twenty, with a crash, a restart, a farewell, news of one member, words of others, a partition
 * and its end, members that stand still and that can't speak; and of more than eleven members, a newcomer.
 */
export function eventful(members: number, duration: number): Scenario {
  const scenario = quiet(members, duration);
  const half = Array.from({ length: Math.floor(members / 2) }, (_, member) => nameOf(member));
  return {
    ...scenario,
    name: "eventful",
    about: "Everything happens.",
    members: scenario.members.map((place, member) => (member === 11 ? { ...place, present: false } : place)),
    network: { ...scenario.network, link: { ...scenario.network.link, loss: 0.05, duplicate: 0.02 } },
    timeline: [
      at(3, { kind: "crash", members: named("m05") }),
      at(8, { kind: "join", members: named("m11") }),
      at(10, { kind: "broadcast", members: named("m01"), payload: bytes("to all: \u00e9\u0000 {n}"), priority: "urgent" }),
      at(11, { kind: "send", from: named("m03"), to: named("m02", "m04"), payload: bytes("to you"), over: "stream" }),
      at(11.5, { kind: "send", from: named("m03"), to: named("m06"), payload: bytes("to you"), over: "datagram" }),
      at(12, { kind: "update", members: named("m02"), meta: bytes("rack=\u00e9\u00ff\u0000") }),
      at(15, { kind: "leave", members: named("m07") }),
      at(18, { kind: "partition", sides: [named(...half), { kind: "rest" }] }),
      at(24, { kind: "restart", members: named("m05"), incarnation: "lost", address: "same" }),
      at(30, { kind: "heal", of: null }),
      at(32, { kind: "block", members: named("m03") }),
      at(36, { kind: "pause", members: named("m09") }),
      at(39, { kind: "resume", members: named("m09") }),
      at(43, { kind: "unblock", members: named("m03") }),
    ],
  };
}
