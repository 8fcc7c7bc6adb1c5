/** An experiment, fully resolved: every default filled in, every length in microseconds. What YAML becomes, and what the world runs. */

import type { Until } from "../lab/model.ts";
import type { Bytes, Config, Instant, Micros, Priority } from "../../engine/index.ts";

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
};

/** How one direction between two members behaves when nothing is wrong that the timeline wrote. */
export type Link = {
  readonly latency: Latency;
  /** The chance in [0, 1] that a datagram is lost; each is judged on its own. */
  readonly loss: number;
  /** The chance in [0, 1] that a datagram arrives twice, each copy with a latency of its own. */
  readonly duplicate: number;
};

export type Latency =
  | { readonly kind: "constant"; readonly of: Micros }
  | { readonly kind: "uniform"; readonly min: Micros; readonly max: Micros }
  /** Never below `min`. */
  | { readonly kind: "normal"; readonly mean: Micros; readonly deviation: Micros; readonly min: Micros }
  /** exp of a normal: half of all below `median`; `sigma` is the deviation of the logarithm. */
  | { readonly kind: "lognormal"; readonly median: Micros; readonly sigma: number }
  /** `min` plus an exponential of this mean. */
  | { readonly kind: "exponential"; readonly min: Micros; readonly mean: Micros }
  /** P(longer than x) = (min / x)^alpha. */
  | { readonly kind: "pareto"; readonly min: Micros; readonly alpha: number }
  /** Straight lines between (share of packets at most this late, latency); shares rise from 0 to 1. */
  | { readonly kind: "empirical"; readonly points: readonly (readonly [share: number, latency: Micros])[] };

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
};

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
  | { readonly kind: "same"; readonly as: number; readonly end: number | null };

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
};

export type Action =
  /** The process ends without a word. */
  | { readonly kind: "crash"; readonly members: Selector }
  /**
   * A crashed or departed process starts again and joins; its incarnation was written down, or is lost. It listens where it did, or elsewhere: then
   * nobody will ever listen there again.
   */
  | { readonly kind: "restart"; readonly members: Selector; readonly incarnation: "kept" | "lost"; readonly address: "same" | "new" }
  /** The process stands still; what arrives waits for it. */
  | { readonly kind: "pause"; readonly members: Selector }
  | { readonly kind: "resume"; readonly members: Selector }
  /** The process blocks right before sending and right after receiving; nothing is lost, and its deadlines go on (Lifeguard's anomaly). */
  | { readonly kind: "block"; readonly members: Selector }
  | { readonly kind: "unblock"; readonly members: Selector }
  /** A member not yet started joins through the seeds. */
  | { readonly kind: "join"; readonly members: Selector }
  /** It says goodbye, lingers, and stops. */
  | { readonly kind: "leave"; readonly members: Selector }
  /** Nothing passes between one side and another. */
  | { readonly kind: "partition"; readonly sides: readonly Selector[] }
  /** Nothing passes from these to those, and with `bothWays` nothing back either. */
  | { readonly kind: "cut"; readonly from: Selector; readonly to: Selector; readonly bothWays: boolean }
  /** From these to those (with `bothWays`, back as well), packets suffer on top of what the link does to them: once, even between two who are both. */
  | {
      readonly kind: "impair";
      readonly from: Selector;
      readonly to: Selector;
      readonly bothWays: boolean;
      readonly loss: number;
      readonly duplicate: number;
      readonly delay: Latency | null;
    }
  /** Ends a partition, a cut or an impairment, by its index in the timeline; without one, all of them. */
  | { readonly kind: "heal"; readonly of: number | null }
  | { readonly kind: "update"; readonly members: Selector; readonly meta: Bytes }
  /** Applications say something to everybody. `{n}` in what they say stands for the how-many-th broadcast of the run it is, from 1. */
  | { readonly kind: "broadcast"; readonly members: Selector; readonly payload: Bytes; readonly priority: Priority }
  /** Applications say something to some others. */
  | { readonly kind: "send"; readonly from: Selector; readonly to: Selector; readonly payload: Bytes; readonly over: "datagram" | "stream" };

/** Does this change who runs, or who can reach whom? Then there is something to agree upon afterwards. */
export const changesTruth = (kind: Action["kind"]): boolean => kind !== "impair" && kind !== "update" && kind !== "broadcast" && kind !== "send";

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
