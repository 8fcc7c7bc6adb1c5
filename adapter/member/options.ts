/** The options of `createMember`. Everything but the name has a default. */

import type { Admits, AdmitsMerge, Config, Member, PresetName } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Clock } from "../driver/clock.ts";
import type { ExchangeLimits } from "../exchange/exchange.ts";
import type { Transport } from "../transport/transport.ts";

/** The options of `createMember`. An invalid one is a `MemberError` (`bad-option`, `too-long`) before anything is opened; if the machine refuses something, everything is closed again first. */
export type MemberOptions = {
  /** Its id in the group: unique, not empty; under Serf's layer at most 128 letters, digits, `-` and `.`. A process that comes back with the same name counts as the same member, restarted. */
  readonly name: string;
  /** `host:port` to listen on, for datagrams and streams alike; `[::1]:7946` for IPv6; port 0 for any free one. Default `0.0.0.0:7946`, memberlist's. */
  readonly bind?: string;
  /** `host:port`, or only a host, where peers reach us, if that differs from `bind`: behind a NAT, or bound to 0.0.0.0. Default: the bound address; for 0.0.0.0 a private address of the machine. */
  readonly advertise?: string;
  /** A complete configuration of the protocol by name: `swimlab` (the default) for groups of swimlab members only; `serf`, `memberlist-lan` and so on for groups of these. */
  readonly preset?: PresetName;
  /** Fields that differ from the preset. Lengths of time are in microseconds, as made by `milliseconds(500)` and `seconds(2)` of `swimlab`. They cannot change while the member runs. */
  readonly config?: Partial<Config>;
  /** What we publish about ourselves, as Serf's tags, under any preset; encoded at most `config.metaLimit` bytes. Default: none. */
  readonly tags?: TagRecord;
  /** What we publish as opaque bytes, at most `config.metaLimit` (512). Not together with `tags`. */
  readonly meta?: Uint8Array;
  /**
   * The versions of the application's own protocol (memberlist's `DelegateProtocolVersion`, `Min`, `Max`), each from 0 to 255; those of others are in `peer.record.versions`.
   * Where `config.versionCheck` is on, two groups become one only if all alive members understand what each member speaks: otherwise the newcomer's `join` fails. Default:
   * 0 each, as in a memberlist without a delegate. Not together with Serf's layer, which has its own.
   */
  readonly versions?: ApplicationVersions;
  /**
   * Other members, `host:port`, which are asked to let us in as soon as we run; `createMember` does not wait for them. While we are alone, at the beginning or later, host names are
   * resolved and all seeds are asked again every five seconds. If none lets us in, one `error` event with the code `join-failed` gives the reason for each; each failure to resolve
   * a name is an `error` event as well. Our own address among them is ignored.
   * Or a function that finds the seeds, which is called each time that they would be resolved. Default: none; the member is alone until `join`, or until others join it.
   */
  readonly seeds?: readonly string[] | FindSeeds;
  /** AES keys of 16, 24 or 32 bytes, as bytes or as base64 text like Serf's and Consul's; the first encrypts, all decrypt. An empty list: plain text until `keys.add`. Default: always plain text. */
  readonly keys?: readonly (string | Uint8Array)[];
  /** Are plain-text packets refused when there are keys (memberlist's `GossipVerifyIncoming`)? Default true. */
  readonly verifyIncoming?: boolean;
  /** Do we encrypt when there are keys (`GossipVerifyOutgoing`)? Default true. */
  readonly verifyOutgoing?: boolean;
  /** The group's label, at most 255 bytes: packets with another label, or none, are dropped. Default: none. */
  readonly label?: string;
  /** Compress messages that get shorter by it. Default true, as in memberlist. */
  readonly compress?: boolean;
  /** Adds Serf's layer: user events, queries, intents. Default: only with the preset `serf`. */
  readonly serf?: boolean;
  /** Limits of streams: duration, bytes, number at once. Default: memberlist's 10 s, 20 MiB, 128. Peers are assumed to have the same: we send no more on a stream than we accept. */
  readonly streams?: Partial<ExchangeLimits>;
  /** The networks of members that we admit, in CIDR notation (memberlist's `CIDRsAllowed`). Default: all. */
  readonly allow?: readonly string[];
  /** Functions by which the application decides or adds something. Default: none. */
  readonly hooks?: Hooks;
  /** Gets every step: a flight recorder (`flightRecorder({ file })`), the watch of `swimlab/metrics`, a test. Closed when the member has stopped; one that can be closed is for one member. */
  readonly recorder?: Recorder & { readonly close?: () => void | Promise<void> };
  /** Replaces UDP and TCP. Not together with `bind` and `advertise`. */
  readonly transport?: Transport;
  /** Replaces memberlist's wire format. Not together with `keys`, `verifyIncoming`, `verifyOutgoing`, `label` and `compress`. */
  readonly codec?: Codec;
  /** Replaces the machine's clock. */
  readonly clock?: Clock;
  /** The seed of the member's random generator, a whole number from 0 up. Default: random. */
  readonly seed?: number;
  /**
   * The number of this life of the name, from 1 to 65,535. It must rise with each life; then a restart overrules at once what is remembered of the former life, at another address too.
   * Take it from a file, if you have one that outlives the process; by default it comes from the clock, which distinguishes lives that begin a second apart (docs/decisions/0022).
   * Ignored where lives are not told apart (`config.incarnationsPerLife`: memberlist's presets).
   */
  readonly generation?: number;
  /** The first incarnation, from 1 to 4,294,967,295, whatever the life: for a process that saved its last one (`self.incarnation`), one more than that. */
  readonly incarnation?: number;
  /**
   * Members that we assume alive from the beginning, until probes show otherwise: for members that start together, or from a file in which a former
   * process saved the `record` of each peer as JSON. This is no join: members that do not know us hear of us at the next exchange of views (`config.syncEvery`), or
   * at once through our `seeds`. Default: none.
   */
  readonly knows?: readonly Member[];
  /** When it aborts, the member stops at once, as by `stop`. If it aborts before the member runs, `createMember` rejects with `aborted`. */
  readonly signal?: AbortSignal;
};

/**
 * Synchronous functions by which the application decides or adds something. A hook that throws is counted, and reported as an `error` event; the result is then consent,
 * nothing new to add, or the default. The same holds for a result of the wrong type, except that for `admit` and `admitMerge` its truthiness counts (a promise is always truthy). While a hook
 * runs, the member does nothing else, and nothing can interrupt it. So each call that takes more than 50 ms is counted (`slow.<culprit>` in `stats`), and one a minute is reported; the same for listeners.
 */
export type Hooks = {
  /** May we hold this member at all? Called for each claim that it is alive; if not, the claim is ignored. */
  readonly admit?: Admits;
  /** May these members' group and ours become one? Called at a join, on both sides. */
  readonly admitMerge?: AdmitsMerge;
  /**
   * Two members claim one name: which one keeps it? `keep` is the default. Not called for our own name. Under `swimlab` a member in a later life is believed without this hook
   * (`admit` may refuse it); if this hook is given, lives are counted by the hour instead of by the second, so that it is called at all.
   */
  readonly settleConflict?: (held: Member, other: Member) => "keep" | "replace";
  /** Returns the payload of our acks, at most `config.metaLimit` bytes. Called when our state changes, at most once a second. */
  readonly ackPayload?: () => Uint8Array;
  /**
   * Returns the user state for exchanges of whole views: at joins, and with one member every `config.syncEvery`. Called at most once a second; `streams.longest` limits its length. If this or `mergeState` is given,
   * `config.syncWith` is `whole`, unless `config` says `difference`: then only joins carry it.
   */
  readonly localState?: () => Uint8Array;
  /** Gets the user state of another member from an exchange of views; `from` is its name, or its address if that is unknown. */
  readonly mergeState?: (state: Uint8Array, from: string, isJoin: boolean) => void;
  /** A direct ping was answered after `micros` microseconds; `payload` is what the ack carried. */
  readonly roundTrip?: (member: string, micros: number, payload: Uint8Array) => void;
};

/** The range of versions of an application's protocol that a member understands, and the one that it speaks. */
export type ApplicationVersions = { readonly least: number; readonly greatest: number; readonly spoken: number };

/**
 * Finds seeds from another source: a service registry, a cloud API, SRV records. Called when the member starts, and every five seconds
 * while it is alone; an empty list is no error. If it throws or rejects, that is the `cause` of an `error` event with the code `join-failed`; after 11 s without
 * a result it is no longer waited for, and is called again later.
 */
export type FindSeeds = () => readonly string[] | Promise<readonly string[]>;

/** Serf's tags, by key. */
export type TagRecord = Readonly<Record<string, string>>;
