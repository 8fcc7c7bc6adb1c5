/** An experiment, fully resolved: every default filled in, every length in microseconds. The result of compiling YAML, and the input of the world. */

import type { Until } from "../lab/model.ts";
import type { Bytes, Config, Instant, Micros, Priority } from "../../engine/index.ts";
import type { Harms } from "./harm.ts";
import type { Latency } from "./latency.ts";
import type { Flap, Split } from "./split.ts";

export type { Latency } from "./latency.ts";

/** An experiment, fully resolved: the result of `compileScenario`, and the input of `playRun`. */
export type Scenario = {
  /** A word or two, for reports and file names. */
  readonly name: string;
  /** What it shows, in a sentence or two. */
  readonly about: string;
  readonly seed: string;
  /** With `until`, the maximum. */
  readonly runs: number;
  /** When to stop repeating; absent if the number of runs is fixed. */
  readonly until?: Until;
  readonly duration: Micros;
  /** Warm: at the origin all members know each other. Cold: at the origin each present member that is not a seed joins through the seeds. */
  readonly start: "warm" | "cold";
  readonly members: readonly Place[];
  readonly preset: string;
  readonly config: Config;
  readonly network: Network;
  /** In order of time; at equal times, as written. */
  readonly timeline: readonly Disruption[];
  readonly expectations: readonly Expectation[];
};

/** One member as the scenario declares it. Its index in `members` is its number in the world. */
export type Place = {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly meta: Bytes;
  /** Is it running at the origin, or waiting for a `join`? */
  readonly present: boolean;
  /** Do newcomers join through it? The first present member, unless the scenario says otherwise. */
  readonly seed: boolean;
  /** The clock of its machine; if absent, the clock is true. */
  readonly clock?: Ticking;
};

/** A machine's monotonic clock; for each member drawn between the least and the greatest. */
export type Ticking = {
  /** How much faster it runs than true time, in parts per million; below 0 for slower. */
  readonly rate: readonly [least: number, most: number];
  /** How far ahead it is at the origin. */
  readonly offset: readonly [least: Micros, most: Micros];
};

/** One direction between two members, while no fault of the timeline affects it. */
export type Link = {
  readonly latency: Latency;
  /** The chance in [0, 1] that a datagram is lost, independently of others. */
  readonly loss: number;
  /** The chance in [0, 1] that a datagram arrives twice, each copy with its own latency. */
  readonly duplicate: number;
  readonly harms?: Harms;
};

/** The network from the beginning; faults of the timeline are applied in addition. */
export type Network = {
  readonly link: Link;
  /** Exceptions by direction; the first match decides. */
  readonly links: readonly { readonly from: Filter; readonly to: Filter; readonly link: Link }[];
  /** How long an opener waits for the answer on a stream before it gives up. memberlist `TCPTimeout`: 10 s. */
  readonly streamDeadline: Micros;
  /** How long a lost segment of a stream waits to be sent again; doubled with each further loss. */
  readonly retransmitAfter: Micros;
  /** How long a member that stood still takes for each message that piled up meanwhile, one after another; 0 to handle all at once. */
  readonly catchUp: Micros;
  /**
   * Members' alarms wait behind the rest of that backlog, as where one thread does everything. One that was overdue on resuming comes first (in-turn), or every
   * other time (by-chance). If absent, alarms go off on time.
   */
  readonly catchUpAlarms?: "in-turn" | "by-chance";
  /** How much may wait at a member that does not handle it at once; the rest is lost. If absent, there is no limit. */
  readonly receiveBuffer?: Room;
};

/** Limits for waiting datagrams, including the one being handled; Infinity for none. */
export type Room = { readonly packets: number; readonly bytes: number };

/** Members chosen by properties that never change: all, by name, or by tag. */
export type Filter =
  | { readonly kind: "all" }
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "tag"; readonly tag: string; readonly value: string };

/** Members chosen when a disruption happens, randomly where a number is given. */
export type Selector =
  | Filter
  | { readonly kind: "count"; readonly count: number; readonly among: Filter }
  | { readonly kind: "fraction"; readonly fraction: number; readonly among: Filter }
  /** As the last side of a partition: all members on no other side. In `to`: all members except `from`. */
  | { readonly kind: "rest" }
  /**
   * The members that an earlier disruption (by its index in the timeline) chose: at one of its ends (a side of a partition, by its place; 0 for `from`, 1
   * for `to`), or at all of them (null).
   */
  | { readonly kind: "same"; readonly as: number; readonly end: number | null }
  /** The members that have randomly drawn values of a tag, for example two of all racks; all of them (null), or a part of each domain. */
  | { readonly kind: "domain"; readonly tag: string; readonly values: number; readonly part: Part | null };

/** A number of members of a domain, or a share. */
export type Part = { readonly kind: "count"; readonly count: number } | { readonly kind: "fraction"; readonly fraction: number };

/** Something that happens at a moment of the timeline. */
export type Disruption = {
  readonly at: Instant;
  /** The index, from 0, of its entry in the timeline: an entry with `every` or `for` becomes several disruptions. */
  readonly entry: number;
  readonly action: Action;
  /**
   * The name of the dice that choose the members; if absent, the name is derived from the index. If entries were added to a timeline, all have names:
   * earlier entries keep the dice of the index that they had before.
   */
  readonly dice?: string;
  /** Happens only if the disruption of this index did, and then with this chance: a cascade. */
  readonly given?: { readonly as: number; readonly chance: number };
};

/** What happens to which members: a disruption without its time. */
export type Action =
  /** The process ends without a goodbye. */
  | { readonly kind: "crash"; readonly members: Selector }
  /**
   * A crashed or departed process starts again and joins; its incarnation is kept or lost. It listens at its old address, or at a new one: then
   * nobody will ever listen at the old one again.
   */
  | { readonly kind: "restart"; readonly members: Selector; readonly incarnation: "kept" | "lost"; readonly address: "same" | "new"; readonly view?: "kept" }
  /** Members that have not started yet replace crashed or departed ones: each starts at the address of one of them, and joins. */
  | { readonly kind: "replace"; readonly members: Selector; readonly by: Selector }
  /** The process stands still; what arrives waits for it. */
  | { readonly kind: "pause"; readonly members: Selector }
  | { readonly kind: "resume"; readonly members: Selector }
  /** The process blocks right before sending and right after receiving; nothing is lost, and its deadlines go on (Lifeguard's anomaly). */
  | { readonly kind: "block"; readonly members: Selector }
  | { readonly kind: "unblock"; readonly members: Selector }
  /** The machine is slow: incoming messages are handled one after another, each taking this long. Alarms go off on time, or wait in turn as well. */
  | { readonly kind: "slow"; readonly members: Selector; readonly takes: Latency; readonly alarms: "on-time" | "in-turn" }
  | { readonly kind: "hasten"; readonly members: Selector }
  | (ClockChange & { readonly kind: "clock"; readonly members: Selector })
  /** Members come and go randomly until a moment; those that are away then come back, if they come back at all. */
  | { readonly kind: "churn"; readonly members: Selector; readonly by: "crash" | "leave" | "join"; readonly until: Instant; readonly model: Churn; readonly back: Return }
  /** A member that has not started yet joins through the seeds. */
  | { readonly kind: "join"; readonly members: Selector }
  /** A member says goodbye, lingers, and stops. */
  | { readonly kind: "leave"; readonly members: Selector }
  /** Nothing passes between different sides, or as `Split` defines. */
  | ({ readonly kind: "partition"; readonly sides: readonly Selector[]; readonly flap?: Flap } & Split)
  /** Nothing passes from `from` to `to`, and with `bothWays` nothing back either. */
  | { readonly kind: "cut"; readonly from: Selector; readonly to: Selector; readonly bothWays: boolean; readonly flap?: Flap }
  /** Packets from `from` to `to` (with `bothWays`, also back) suffer in addition to their link; only once, even between two members that are in both. */
  | {
      readonly kind: "impair";
      readonly from: Selector;
      readonly to: Selector;
      readonly bothWays: boolean;
      readonly loss: number;
      readonly duplicate: number;
      readonly delay: Latency | null;
      readonly harms?: Harms;
      readonly flap?: Flap;
    }
  /** What `from` sends to `to` waits until the clog ends, and then arrives all at once. At most `capacity` bytes wait from one member to another; the rest is lost. */
  | { readonly kind: "clog"; readonly from: Selector; readonly to: Selector; readonly bothWays: boolean; readonly capacity: number | null; readonly flap?: Flap }
  /**
   * FoundationDB's swizzle-clog: all links of these members are clogged, one member after another, within `clogFor`; all stay so for `holdFor`; then they are
   * opened in another order, within `unclogFor`.
   */
  | { readonly kind: "swizzle"; readonly members: Selector; readonly clogFor: Micros; readonly holdFor: Micros; readonly unclogFor: Micros }
  /** Ends a partition, a cut, an impairment or a clog, by its index in the timeline; null for all of them. */
  | { readonly kind: "heal"; readonly of: number | null }
  | { readonly kind: "update"; readonly members: Selector; readonly meta: Bytes }
  /** The members' applications broadcast a payload. `{n}` in it stands for the number of the broadcast in the run, from 1. */
  | { readonly kind: "broadcast"; readonly members: Selector; readonly payload: Bytes; readonly priority: Priority }
  /** The members' applications send a payload to some others. */
  | { readonly kind: "send"; readonly from: Selector; readonly to: Selector; readonly payload: Bytes; readonly over: "datagram" | "stream" };

/**
 * A change of a machine's clock. `rate`: in parts per million, drawn for each member between the two; "usual" for its rate at the origin; null for no
 * change. `step`: how far the monotonic clock jumps ahead. `wall`: how far the wall clock is set, ahead or back; no member reads it.
 */
export type ClockChange = { readonly rate: Ticking["rate"] | "usual" | null; readonly step: Micros; readonly wall: number };

/** When members go: at random moments, at a rate for the group or for each member; or each at the end of its session. */
export type Churn =
  | { readonly kind: "poisson"; readonly perHour: number; readonly per: "group" | "member"; readonly down: Latency | null }
  | { readonly kind: "sessions"; readonly up: Latency; readonly down: Latency };

/** How members that churn took away come back. */
export type Return = { readonly incarnation: "kept" | "lost"; readonly address: "same" | "new"; readonly view?: "kept" };

/** Does this change who runs, or who can reach whom? If so, members have something to agree upon afterwards. */
export const changesTruth = (kind: Action["kind"]): boolean => !keepsTruth.has(kind);

/** Actions that only delay, that affect only a machine, or that only say something. */
const keepsTruth: ReadonlySet<Action["kind"]> = new Set(["impair", "clog", "swizzle", "slow", "hasten", "clock", "churn", "update", "broadcast", "send"]);

/** A line of `expect:`. */
export type Expectation = {
  /** As written. */
  readonly text: string;
  /** Where the figure is in the report's JSON: `["convergence", "p99"]`, under `metrics` unless it begins with `disruptions`. */
  readonly path: readonly (string | number)[];
  readonly is: "<" | "<=" | ">" | ">=" | "==" | "!=";
  /** In the figure's own unit: seconds for lengths. */
  readonly value: number;
};
