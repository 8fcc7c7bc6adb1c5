/** An experiment, fully resolved: every default filled in, every length in microseconds. What YAML becomes, and what the world runs. */

import type { Until } from "../lab/model.ts";
import type { Bytes, Config, Instant, Micros, Priority } from "../../engine/index.ts";
import type { Harms } from "./harm.ts";
import type { Latency } from "./latency.ts";
import type { Flap, Split } from "./split.ts";

export type { Latency } from "./latency.ts";

/** An experiment, fully resolved: what `compileScenario` makes of a text, and `playRun` plays. */
export type Scenario = {
  /** One word or a few, for reports and file names. */
  readonly name: string;
  /** What it shows, in a sentence or two. */
  readonly about: string;
  readonly seed: string;
  /** With `until`, at most. */
  readonly runs: number;
  /** When to stop repeating; absent if the number of runs is fixed. */
  readonly until?: Until;
  readonly duration: Micros;
  /** Warm: at the origin everybody knows everybody. Cold: each present member but the seeds joins through the seeds at the origin. */
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
  /** What the clock of its machine is like; without it, the clock is true. */
  readonly clock?: Ticking;
};

/** A machine's monotonic clock, drawn for each member between the least and the greatest. */
export type Ticking = {
  /** How much faster it runs than true time, in parts per million; below 0 for slower. */
  readonly rate: readonly [least: number, most: number];
  /** How far ahead it is at the origin. */
  readonly offset: readonly [least: Micros, most: Micros];
};

/** How one direction between two members behaves when nothing is wrong that the timeline wrote. */
export type Link = {
  readonly latency: Latency;
  /** The chance in [0, 1] that a datagram is lost; each is judged on its own. */
  readonly loss: number;
  /** The chance in [0, 1] that a datagram arrives twice, each copy with a latency of its own. */
  readonly duplicate: number;
  /** What else it does. */
  readonly harms?: Harms;
};

/** What the network is like from the beginning; the timeline's faults come on top of it. */
export type Network = {
  readonly link: Link;
  /** Exceptions by direction; the first that fits decides. */
  readonly links: readonly { readonly from: Filter; readonly to: Filter; readonly link: Link }[];
  /** How long an opener waits for the answer on a stream before it gives up. memberlist `TCPTimeout`: 10 s. */
  readonly streamDeadline: Micros;
  /** How long a lost segment of a stream waits to be sent again; doubled with each further loss. */
  readonly retransmitAfter: Micros;
  /** How long a member that stood still takes over each message that piled up meanwhile, one after another; 0 for all of them at once. */
  readonly catchUp: Micros;
  /**
   * Whose alarms wait behind what is left of that, as where one thread does everything. One that was overdue when it went on comes first (in-turn), or every
   * other time (by-chance). Without it they ring on time.
   */
  readonly catchUpAlarms?: "in-turn" | "by-chance";
  /** How much may wait at a member that does not take it in at once; what is beyond is lost. Without it, any amount. */
  readonly receiveBuffer?: Room;
};

/** Room for datagrams that wait, the one being handled included; Infinity for any number. */
export type Room = { readonly packets: number; readonly bytes: number };

/** Members that are what they are all the time: by name or by tag. */
export type Filter =
  | { readonly kind: "all" }
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "tag"; readonly tag: string; readonly value: string };

/** Members chosen when a disruption happens, at random where a number is asked for. */
export type Selector =
  | Filter
  | { readonly kind: "count"; readonly count: number; readonly among: Filter }
  | { readonly kind: "fraction"; readonly fraction: number; readonly among: Filter }
  /** In a partition, as its last side: everybody whom no other side has. In `to`: everybody but `from`. */
  | { readonly kind: "rest" }
  /**
   * Those whom an earlier disruption (by its index in the timeline) chose: at one of its ends (a side of a partition, by its place; 0 for `from`, 1
   * for `to`), or at all of them (null).
   */
  | { readonly kind: "same"; readonly as: number; readonly end: number | null }
  /** All who have a tag, at so many of its values, drawn at random: two racks of all. Of each, everybody or so many (null for everybody). */
  | { readonly kind: "domain"; readonly tag: string; readonly values: number; readonly part: Part | null };

/** So many of a domain, or such a share. */
export type Part = { readonly kind: "count"; readonly count: number } | { readonly kind: "fraction"; readonly fraction: number };

/** Something that the timeline has happen at a moment. */
export type Disruption = {
  readonly at: Instant;
  /** The timeline's entry it comes from, from 0: an entry with `every` or `for` becomes several disruptions. */
  readonly entry: number;
  readonly action: Action;
  /**
   * The name of the dice that choose whom it strikes; without one, the name is made of its index. Where entries were added to a timeline, all have names:
   * those that were there before keep the dice of the index that they had then.
   */
  readonly dice?: string;
  /** Happens only if the disruption of this index did, and then with this chance: a cascade. */
  readonly given?: { readonly as: number; readonly chance: number };
};

/** What happens, and to whom: a line of the timeline, without its time. */
export type Action =
  /** The process ends without a word. */
  | { readonly kind: "crash"; readonly members: Selector }
  /**
   * A crashed or departed process starts again and joins; its incarnation was written down, or is lost. It listens where it did, or elsewhere: then
   * nobody will ever listen there again.
   */
  | { readonly kind: "restart"; readonly members: Selector; readonly incarnation: "kept" | "lost"; readonly address: "same" | "new"; readonly view?: "kept" }
  /** Crashed or departed processes come back under other names, each at the address that one of them had: members not yet started, who join. */
  | { readonly kind: "replace"; readonly members: Selector; readonly by: Selector }
  /** The process stands still; what arrives waits for it. */
  | { readonly kind: "pause"; readonly members: Selector }
  | { readonly kind: "resume"; readonly members: Selector }
  /** The process blocks right before sending and right after receiving; nothing is lost, and its deadlines go on (Lifeguard's anomaly). */
  | { readonly kind: "block"; readonly members: Selector }
  | { readonly kind: "unblock"; readonly members: Selector }
  /** The machine is slow: whatever comes in is handled one after another, each taking so long. Alarms ring on time, or wait in turn as well. */
  | { readonly kind: "slow"; readonly members: Selector; readonly takes: Latency; readonly alarms: "on-time" | "in-turn" }
  | { readonly kind: "hasten"; readonly members: Selector }
  | (ClockChange & { readonly kind: "clock"; readonly members: Selector })
  /** Members come and go by themselves until a moment; those whom it took away come back then, if they come back at all. */
  | { readonly kind: "churn"; readonly members: Selector; readonly by: "crash" | "leave" | "join"; readonly until: Instant; readonly model: Churn; readonly back: Return }
  /** A member not yet started joins through the seeds. */
  | { readonly kind: "join"; readonly members: Selector }
  /** It says goodbye, lingers, and stops. */
  | { readonly kind: "leave"; readonly members: Selector }
  /** Nothing passes between one side and another; or as `split` has it. */
  | ({ readonly kind: "partition"; readonly sides: readonly Selector[]; readonly flap?: Flap } & Split)
  /** Nothing passes from these to those, and with `bothWays` nothing back either. */
  | { readonly kind: "cut"; readonly from: Selector; readonly to: Selector; readonly bothWays: boolean; readonly flap?: Flap }
  /** From these to those (with `bothWays`, back as well), packets suffer on top of what the link does to them: once, even between two who are both. */
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
  /** What these send to those waits until it ends, and then comes all at once. So much waits from one member to another, in bytes; what is more is lost. */
  | { readonly kind: "clog"; readonly from: Selector; readonly to: Selector; readonly bothWays: boolean; readonly capacity: number | null; readonly flap?: Flap }
  /**
   * FoundationDB's swizzle-clog: one after another all links of these members are clogged, within `clogFor`; all stay so for `holdFor`; and in another
   * order, within `unclogFor`, they are opened.
   */
  | { readonly kind: "swizzle"; readonly members: Selector; readonly clogFor: Micros; readonly holdFor: Micros; readonly unclogFor: Micros }
  /** Ends a partition, a cut, an impairment or a clog, by its index in the timeline; without one, all of them. */
  | { readonly kind: "heal"; readonly of: number | null }
  | { readonly kind: "update"; readonly members: Selector; readonly meta: Bytes }
  /** Applications say something to everybody. `{n}` in what they say stands for the how-many-th broadcast of the run it is, from 1. */
  | { readonly kind: "broadcast"; readonly members: Selector; readonly payload: Bytes; readonly priority: Priority }
  /** Applications say something to some others. */
  | { readonly kind: "send"; readonly from: Selector; readonly to: Selector; readonly payload: Bytes; readonly over: "datagram" | "stream" };

/**
 * What becomes of a machine's clock. `rate`: in parts per million, drawn for each member between the two; "usual" for what it was at the origin; null to leave
 * it. `step`: how far the monotonic clock jumps ahead. `wall`: how far the wall clock is set, ahead or back: no member asks it what time it is.
 */
export type ClockChange = { readonly rate: Ticking["rate"] | "usual" | null; readonly step: Micros; readonly wall: number };

/** When members go: at random moments, so many an hour, of the group or of each member; or each when its session ends. */
export type Churn =
  | { readonly kind: "poisson"; readonly perHour: number; readonly per: "group" | "member"; readonly down: Latency | null }
  | { readonly kind: "sessions"; readonly up: Latency; readonly down: Latency };

/** How they come back whom churn took away. */
export type Return = { readonly incarnation: "kept" | "lost"; readonly address: "same" | "new"; readonly view?: "kept" };

/** Does this change who runs, or who can reach whom? Then there is something to agree upon afterwards. */
export const changesTruth = (kind: Action["kind"]): boolean => !keepsTruth.has(kind);

/** What is late only, what machines do to themselves, and what is merely said. */
const keepsTruth: ReadonlySet<Action["kind"]> = new Set(["impair", "clog", "swizzle", "slow", "hasten", "clock", "churn", "update", "broadcast", "send"]);

/** A line of `expect:`. */
export type Expectation = {
  /** As written. */
  readonly text: string;
  /** Where the figure stands in the report's JSON: `["convergence", "p99"]`, under `metrics` unless it begins with `disruptions`. */
  readonly path: readonly (string | number)[];
  readonly is: "<" | "<=" | ">" | ">=" | "==" | "!=";
  /** In the figure's own unit: seconds for lengths. */
  readonly value: number;
};
