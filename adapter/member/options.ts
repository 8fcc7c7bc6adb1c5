/** What a member is created with. Everything but the name has a default. */

import type { Admits, AdmitsMerge, Config, Member, PresetName } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Clock } from "../driver/clock.ts";
import type { ExchangeLimits } from "../exchange/exchange.ts";
import type { Transport } from "../transport/transport.ts";

/** What a member is created with. Wrong options are a `MemberError` (`bad-option`, `too-long`) before anything is opened; if the system refuses something, everything is closed again first. */
export type MemberOptions = {
  /** Its id in the group: unique, not empty; under Serf's layer at most 128 letters, digits, `-` and `.`. A process that starts under the same name is taken for the same member, restarted. */
  readonly name: string;
  /** `host:port` to listen on, for datagrams and streams alike; `[::1]:7946` for IPv6; port 0 for any free one. Default `0.0.0.0:7946`, memberlist's. */
  readonly bind?: string;
  /** `host:port`, or a host alone: where peers reach us, if that differs from `bind`, for example behind a NAT. Default: the bound address; if that is 0.0.0.0, a private address of the machine. */
  readonly advertise?: string;
  /** A complete configuration by name: `swimlab` (the default) where every member is swimlab's; `serf`, `memberlist-lan` and so on in groups of these. */
  readonly preset?: PresetName;
  /** Fields that differ from the preset's. Lengths of time are in microseconds, as `milliseconds(500)` and `seconds(2)` of `swimlab` make them. They cannot be changed later. */
  readonly config?: Partial<Config>;
  /** What we publish about ourselves, as Serf's tags, under any preset; encoded at most as long as a meta. Default: none. */
  readonly tags?: TagRecord;
  /** The same as arbitrary bytes, at most `config.metaLimit` (512). Not together with `tags`. */
  readonly meta?: Uint8Array;
  /**
   * Versions of the application's own protocol (memberlist's `DelegateProtocolVersion`, `Min`, `Max`), each from 0 to 255; those of others are in `peer.record.versions`.
   * Where `config.versionCheck` is on, a `join` fails unless every living member of both groups understands the version that each other one speaks. Default: 0 each,
   * as of a memberlist without a delegate. Not together with Serf's layer, which has its own.
   */
  readonly versions?: ApplicationVersions;
  /**
   * Other members, `host:port`, through which to join. They are asked once the member runs, and `createMember` does not wait for them. While the member is alone, at
   * the start or later, host names are looked up and all seeds are asked again every five seconds. If none lets us in, one `error` event with the code `join-failed`
   * says why, for each; a host name that is not found is reported each time. Our own address among them is ignored.
   * Or a function that finds them, called instead of each lookup. Default: none: the member is alone until `join` is called, or until others join it.
   */
  readonly seeds?: readonly string[] | FindSeeds;
  /** AES keys of 16, 24 or 32 bytes: all decrypt, the first encrypts. Bytes, or base64 text as Serf and Consul have it. An empty list: plain text until `keys.add`. Default: plain text, and no keyring. */
  readonly keys?: readonly (string | Uint8Array)[];
  /** Are plain packets refused when there are keys (memberlist's `GossipVerifyIncoming`)? Default true. */
  readonly verifyIncoming?: boolean;
  /** Do we encrypt when there are keys (`GossipVerifyOutgoing`)? Default true. */
  readonly verifyOutgoing?: boolean;
  /** The group's label, at most 255 bytes: messages with another label, or without one, are dropped. Default: none. */
  readonly label?: string;
  /** Compress messages that get shorter by it? Default true, as in memberlist. */
  readonly compress?: boolean;
  /** Serf's layer: user events, queries, intents. Default: on with the preset `serf`. */
  readonly serf?: boolean;
  /** Limits of streams: duration, size, how many at once. Default: memberlist's 10 s, 20 MiB, 128. Peers are assumed to have the same: we send no more on a stream than we would read. */
  readonly streams?: Partial<ExchangeLimits>;
  /** Networks whose members we accept, in CIDR notation (memberlist's `CIDRsAllowed`). Default: all. */
  readonly allow?: readonly string[];
  /** What the application decides or adds. Default: nothing. */
  readonly hooks?: Hooks;
  /** Sees every step: a flight recorder (`flightRecorder({ file })`), the watch of `swimlab/metrics`, a test. Closed when the member has stopped. */
  readonly recorder?: Recorder & { readonly close?: () => void | Promise<void> };
  /** Instead of UDP and TCP. Not together with `bind` and `advertise`. */
  readonly transport?: Transport;
  /** Instead of memberlist's wire format. Not together with `keys`, `verifyIncoming`, `verifyOutgoing`, `label` and `compress`. */
  readonly codec?: Codec;
  /** Instead of the machine's clock. */
  readonly clock?: Clock;
  /** The seed of the member's random choices, a whole number from 0 up; random by default. */
  readonly seed?: number;
  /**
   * Which life of this name it is, from 1 to 65,535. It must rise with each restart; then the group believes the restart at once, at another address too. Take it
   * from a file that outlives the process; by default it comes from the clock, which tells apart lives that begin a second from one another (docs/decisions/0022).
   * Ignored where lives are not told apart (`config.incarnationsPerLife`: memberlist's presets).
   */
  readonly generation?: number;
  /** The incarnation to begin with, from 1 to 4,294,967,295, whatever the life: one more than the last one of the former process (`self.incarnation`), if that was saved. */
  readonly incarnation?: number;
  /**
   * Members that we assume to be alive at the start; probes will tell. For members that start together, or from a file in which a former process saved the
   * `record` of each peer as JSON. Nobody is asked to let us in: members that do not know us hear of us at the next exchange of views (`config.syncEvery`), or at
   * once through our `seeds`. Default: nobody.
   */
  readonly knows?: readonly Member[];
  /** Stops the member at once, as `stop` does; if it is aborted before the member runs, `createMember` rejects with `aborted`. */
  readonly signal?: AbortSignal;
};

/**
 * What the application may decide or add, synchronously. If a hook throws, that is counted and reported as an `error` event, and the default applies: accept, nothing new
 * to add, `keep`. The same goes for an answer of the wrong kind, except that of `admit` and `admitMerge` it counts whether the answer is truthy, and a promise always is. While a
 * hook runs the member does nothing else. Calls of more than 50 ms are counted (`slow.<culprit>` in `stats`), and reported at most once a minute, as with listeners.
 */
export type Hooks = {
  /** May we hold this member at all? Asked at each claim that it is alive. If not, the claim is ignored. */
  readonly admit?: Admits;
  /** May these members' group and ours become one? Asked when somebody joins, on either side. */
  readonly admitMerge?: AdmitsMerge;
  /**
   * Two members claim one name: `keep` the one we hold (the default), or `replace` it? Not asked about our own name. Under `swimlab` a member that began in a later life is believed without a question
   * (`admit` may refuse it); where this hook is given, lives begin by the hour instead of by the second, so that it is asked at all.
   */
  readonly settleConflict?: (held: Member, other: Member) => "keep" | "replace";
  /** Added to each ack that we send, at most `config.metaLimit` bytes. Called when our state changes, at most once a second. */
  readonly ackPayload?: () => Uint8Array;
  /**
   * Added to each exchange of whole views: when somebody joins, and with one member every `config.syncEvery`. Called at most once a second; at most as long as `streams.longest` allows. With this or `mergeState`,
   * `config.syncWith` is `whole`, unless the caller says `difference`: then only joins carry it.
   */
  readonly localState?: () => Uint8Array;
  /** What another member's application added to an exchange of views; `from` is the name of the member that listens there, or an address if none is known. */
  readonly mergeState?: (state: Uint8Array, from: string, isJoin: boolean) => void;
  /** How many microseconds a direct ping took, and what its ack carried. */
  readonly roundTrip?: (member: string, micros: number, payload: Uint8Array) => void;
};

/** Which versions of an application's protocol a member understands, from the least to the greatest, and which of them it speaks. */
export type ApplicationVersions = { readonly least: number; readonly greatest: number; readonly spoken: number };

/**
 * Finds seeds in a service registry, a cloud's API or SRV records. Called when the member starts, and every five seconds while it is alone; an empty list is no error.
 * What it throws or rejects with is the `cause` of an `error` event with the code `join-failed`. It may take 11 s; after that it is called again later.
 */
export type FindSeeds = () => readonly string[] | Promise<readonly string[]>;

/** Serf's tags, by key. */
export type TagRecord = Readonly<Record<string, string>>;
