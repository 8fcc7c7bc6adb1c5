/** What a member is created with. Everything but the name has a default. */

import type { Admits, AdmitsMerge, Config, Member, PresetName } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Clock } from "../driver/clock.ts";
import type { ExchangeLimits } from "../exchange/exchange.ts";
import type { Transport } from "../transport/transport.ts";

/** What a member is created with. What is wrong with any of it is a `MemberError` (`bad-option`, `too-long`) before anything is opened; what the machine refuses, after all is closed again. */
export type MemberOptions = {
  /** Its id in the group: unique, not empty; under Serf's layer at most 128 letters, digits, `-` and `.`. Whoever comes back under the same name is taken for the same member, restarted. */
  readonly name: string;
  /** `host:port` to listen on, for datagrams and streams alike; `[::1]:7946` for IPv6; port 0 for any free one. Default `0.0.0.0:7946`, memberlist's. */
  readonly bind?: string;
  /** `host:port`, or a host alone, where peers reach us, if not there: behind a NAT, or bound to 0.0.0.0. Default: the bound address, or of those of 0.0.0.0 a private one of the machine's. */
  readonly advertise?: string;
  /** Which rules and numbers of the protocol, all with a name: `swimlab` for groups of ours alone, the default; `serf` or `memberlist-lan` and so on in pools of these. */
  readonly preset?: PresetName;
  /** Fields that differ from the preset's. Lengths of time are in microseconds, as `milliseconds(500)` and `seconds(2)` of `swimlab` make them. They hold for the member's life. */
  readonly config?: Partial<Config>;
  /** What the others are to know of us, as Serf's tags, under any preset: together as long as a meta at most. Default: none. */
  readonly tags?: TagRecord;
  /** The same as any bytes, at most `config.metaLimit` (512): not beside `tags`. */
  readonly meta?: Uint8Array;
  /**
   * Of the application's own protocol (memberlist's `DelegateProtocolVersion`, `Min`, `Max`), each from 0 to 255; those of others are in `peer.record.versions`.
   * Where `config.versionCheck` is on, two groups do not become one unless everybody alive understands what everybody speaks: the newcomer's `join` fails. Default:
   * 0 each, as of a memberlist without a delegate. Not beside Serf's layer, which has its own.
   */
  readonly versions?: ApplicationVersions;
  /**
   * Other members, `host:port`: asked to let us in as soon as we run, without being waited for. If none lets us in, an `error` event with the code `join-failed`
   * says so, and of each why; where `config.joinAgainAfter` is not 0 they are asked again. Names of hosts are looked up, every five seconds while we are alone,
   * at the beginning or later: whoever is found then, or elsewhere, is asked, and of a name that leads nowhere an `error` event tells each time. Whoever has lost
   * everybody asks all of them again. Ourselves among them are passed over.
   * Or a function that finds them, each time that they would be looked up. Default: none, and the member is alone until `join`, or until others join it.
   */
  readonly seeds?: readonly string[] | FindSeeds;
  /** AES keys of 16, 24 or 32 bytes, the first of which encrypts, and all of which open; base64 text, as Serf's and Consul's. An empty list: plain text, until `keys.add`. Default: plain text for good. */
  readonly keys?: readonly (string | Uint8Array)[];
  /** Are plain packets refused when there are keys (memberlist's `GossipVerifyIncoming`)? Default true. */
  readonly verifyIncoming?: boolean;
  /** Do we encrypt when there are keys (`GossipVerifyOutgoing`)? Default true. */
  readonly verifyOutgoing?: boolean;
  /** The group's label, at most 255 bytes: who has another, or none, is not heard. Default: none. */
  readonly label?: string;
  /** Compress what gets shorter by it. Default true, as memberlist. */
  readonly compress?: boolean;
  /** Serf's layer over ours: user events, queries, intents. Default: with the preset `serf`. */
  readonly serf?: boolean;
  /** Limits of streams: for how long, how much, how many at once. Default: memberlist's 10 s, 20 MiB, 128. Peers are taken to have the same: we say no more on one than we read. */
  readonly streams?: Partial<ExchangeLimits>;
  /** Whom we take in: networks in CIDR notation (memberlist's `CIDRsAllowed`). Default: all. */
  readonly allow?: readonly string[];
  /** What the application decides or adds. Default: nothing. */
  readonly hooks?: Hooks;
  /** Sees every step: a flight recorder (`flightRecorder({ file })`), the watch of `swimlab/metrics`, a test. Closed when the member has stopped. */
  readonly recorder?: Recorder & { readonly close?: () => void | Promise<void> };
  /** Instead of UDP and TCP: not beside `bind` and `advertise`. */
  readonly transport?: Transport;
  /** Instead of memberlist's wire: not beside `keys`, `verifyIncoming`, `verifyOutgoing`, `label` and `compress`. */
  readonly codec?: Codec;
  /** Instead of the machine's. */
  readonly clock?: Clock;
  /** Of the member's dice, a whole number from 0 up; random by default. */
  readonly seed?: number;
  /**
   * Which life of this name it is, from 1 to 65,535: it must only rise, and then a restart wins at once over what is remembered of the former life, at another address too.
   * From a file, if there is one that outlives the process; by default from the clock, which tells apart lives that begin a second from one another (docs/decisions/0022).
   * Means nothing where lives are not told apart (`config.incarnationsPerLife`: memberlist's presets).
   */
  readonly generation?: number;
  /** To begin with this incarnation, from 1 to 4,294,967,295, whatever the life: of a process that wrote its last one down (`self.incarnation`), one more than that. */
  readonly incarnation?: number;
  /**
   * Whom we believe to know before we have heard of anybody, all of them alive: probes find out. Of members that begin together, or from a file in which a former
   * process wrote the `record` of each peer as JSON. That asks nobody to let us in: who does not know us hears of us at the next exchange of views (`config.syncEvery`), or
   * at once from our `seeds`. Default: nobody.
   */
  readonly knows?: readonly Member[];
  /** Ends the member at once, as `stop` does; aborted before it runs, `createMember` rejects with `aborted`. */
  readonly signal?: AbortSignal;
};

/**
 * What the application may decide or add, synchronously. One that throws is counted, and reported as an `error` event: it counts as consent, as
 * nothing to add, as the usual; so does an answer of the wrong kind, except that of `admit` and `admitMerge` whether it is truthy counts, and a promise always is. None can hold the member up for longer than it runs itself; but while it runs nothing can end it, and the member does
 * nothing else. So of one that takes more than 50 ms each call is counted (`slow.<culprit>` in `stats`), and one a minute is reported, as of listeners.
 */
export type Hooks = {
  /** May we hold this member at all? Asked at each claim that it is alive; if not, we have not heard of it. */
  readonly admit?: Admits;
  /** May these members' group and ours become one? Asked when somebody joins, on either side. */
  readonly admitMerge?: AdmitsMerge;
  /**
   * Two claim one name: which is it? `keep` is the usual. Not asked about our own. Under `swimlab` a member that began in a later life is believed without a question
   * (`admit` may refuse it); where this hook is given, lives begin by the hour instead of by the second, so that it is asked at all.
   */
  readonly settleConflict?: (held: Member, other: Member) => "keep" | "replace";
  /** Added to each ack that we send. Asked for when our state changes, at most once a second. */
  readonly ackPayload?: () => Uint8Array;
  /**
   * Added to each exchange of whole views: when somebody joins, and with one member every `config.syncEvery`. Asked for at most once a second; as long as `streams.longest` allows. Where this or `mergeState` is there,
   * `config.syncWith` is `whole`, unless the caller says `difference`: then only joins carry it.
   */
  readonly localState?: () => Uint8Array;
  /** What another's application added to an exchange of views; `from` is a name, if a member is known to listen there, or an address. */
  readonly mergeState?: (state: Uint8Array, from: string, isJoin: boolean) => void;
  /** A direct ping took so many microseconds, and its ack carried this. */
  readonly roundTrip?: (member: string, micros: number, payload: Uint8Array) => void;
};

/** Which versions of an application's protocol a member understands, from the least to the greatest, and which of them it speaks. */
export type ApplicationVersions = { readonly least: number; readonly greatest: number; readonly spoken: number };

/**
 * Who may let us in, by the word of something else: a registry of services, the API of a cloud, SRV records. Asked when the member begins, and every five seconds
 * while it is alone; nobody is no mistake. What it throws, or rejects with, is the `cause` of an `error` event with the code `join-failed`; one that has found
 * nobody after 11 s is waited for no more, and asked again later.
 */
export type FindSeeds = () => readonly string[] | Promise<readonly string[]>;

/** Serf's tags, by key. */
export type TagRecord = Readonly<Record<string, string>>;
