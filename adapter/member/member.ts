/** The API of a running member. */

import type { Coordinate, Instant, Member, State } from "../../engine/index.ts";
import type { TagRecord } from "./options.ts";

/**
 * Disposal is `stop`: call `leave` first if the group should get a farewell. Iterating gives all events from then on, until the member stops; at most 1,024 of them wait for a loop,
 * and in place of those that are dropped beyond that it gets an `error` with the code `overflow`. Once the member has stopped or begun to leave, methods that need a
 * group throw or reject with `stopped`; its state can still be read. All errors are `MemberError`s (docs/member.md): arguments of the wrong type, and unknown
 * options, are `bad-option` in every method. Methods need no `this`: `process.once("SIGTERM", member.stop)`.
 */
export type SwimMember = AsyncDisposable & AsyncIterable<MemberEvent> & {
  /** Its id in the group, from the options. */
  readonly name: string;
  /** `host:port`, where peers reach us. */
  readonly address: string;
  /** Ourselves, as the group should see us. */
  readonly self: Peer;
  /** The members that we hold alive or suspect, ourselves included, sorted by name; with `all`, also those that failed or left and are still remembered. O(members). */
  readonly members: (which?: "living" | "all") => readonly Peer[];
  /** The member of this name as we hold it now, living or not; undefined if we know none. */
  readonly find: (name: string) => Peer | undefined;
  /** Lifeguard's local health, how far we doubt ourselves: 0 is best, `config.healthMax` (7 in most presets) the worst. */
  readonly health: number;
  /**
   * Is it in its group? `joining` while it has seeds (from the options or from `join`), none of which has let it in, and no other member has joined it either; `leaving` once it leaves or has stopped;
   * `ready` otherwise, even if it loses all others later. For a readiness probe: `/readyz` of `swimlab/metrics` returns the same.
   */
  readonly readiness: "ready" | "joining" | "leaving";
  /** The engine's state: an immutable value, which you may keep. */
  readonly state: State;
  /** Counters and gauges of this moment, O(members): `metricsOf` of `swimlab/metrics` turns them into Prometheus metrics. */
  readonly stats: () => Stats;
  /** Adds a listener for events of one kind, which are delivered in order, after the step that caused them. Returns a function that removes it. What a listener throws becomes an `error` event. Throws `bad-option` for an unknown kind. */
  readonly on: <K extends keyof MemberEvents>(kind: K, hear: (event: MemberEvents[K]) => void) => () => void;
  /** The next event of this kind. Rejects with `aborted` by the signal, with `stopped` when the member stops; if nobody awaits it any more, that is not an unhandled rejection. */
  readonly once: <K extends keyof MemberEvents>(kind: K, signal?: AbortSignal) => Promise<MemberEvents[K]>;
  /**
   * Asks these seeds, `host:port`, to let us in. Resolves once all have answered or failed, or `enough` of them have let us in, with how many did; 0 if there are none but
   * ourselves. Rejects with `join-failed` if none does (at the latest at the deadline, 11 s), with the reason for each; with `bad-option`, `aborted`, `stopped`.
   */
  readonly join: (seeds: readonly string[], options?: Waiting & Enough) => Promise<number>;
  /**
   * Leaves the group: sends a farewell, waits until it has been told often enough, or for the deadline (`config.lingerFor`, 5 s; a second more under Serf), then stops. An aborted signal
   * ends only the wait, with `aborted`: the farewell is on its way, and the member stops once it has been told. A second call waits for the same farewell.
   */
  readonly leave: (options?: Waiting) => Promise<void>;
  /** Stops at once, without a farewell: the others will detect it as failed. Resolves when sockets and recorder are closed. Idempotent. */
  readonly stop: () => Promise<void>;
  /**
   * Sends one member a user message, which it gets as the event `message`: in a datagram, which may get lost, or with `reliable` over a stream, unless that breaks. There is no confirmation. Throws
   * `no-such-member`; `too-long` for more than fits into a datagram (`config.datagramBudget`) or a stream (`streams.longest`); `bad-option` under Serf's layer, which has no such messages.
   */
  readonly send: (to: string, payload: Uint8Array | string, options?: { readonly reliable?: boolean }) => void;
  /**
   * Sends all other members a user message by gossip, which they get as the event `message`: each once where `config.broadcastRelay` is on, but only a few members under memberlist's presets. It replaces
   * an earlier broadcast with the same key; without a key it replaces none. More urgent ones go first (default `normal`). Throws `too-long` for
   * more than fits into a datagram; `bad-option` under Serf's layer: see `event`.
   */
  readonly broadcast: (payload: Uint8Array | string, options?: { readonly key?: string; readonly priority?: "urgent" | "normal" | "bulk" }) => void;
  /**
   * Pings a member with one datagram: resolves with the round-trip time in microseconds. Rejects with `no-such-member`; with `timed-out` after `config.askRelaysAfter`,
   * or at the deadline if that is sooner; with `aborted`. A missing answer raises no suspicion.
   */
  readonly ping: (name: string, options?: Waiting) => Promise<number>;
  /**
   * The round-trip time between `to` and `from` (default: this member) in microseconds, estimated from network coordinates as `serf rtt` does, without sending
   * anything. Undefined while we lack the coordinate of one of the two: we have not probed it yet, it is unknown, or there is no Serf layer.
   */
  readonly distance: (to: string, from?: string) => number | undefined;
  /** A member's network coordinate (default: ours), for `roundTripBetween` of `swimlab`. Undefined in the same cases. */
  readonly coordinate: (name?: string) => Coordinate | undefined;
  /** Replaces our meta; the group gets an `update`. Throws `too-long` for more than `config.metaLimit` bytes. */
  readonly updateMeta: (meta: Uint8Array) => void;
  /** Replaces all our tags; the group gets an `update`. Throws `too-long` like `updateMeta`, and `bad-option` for a value that is no text. */
  readonly updateTags: (tags: TagRecord) => void;
  /** The keyring, if the member was created with `keys`. */
  readonly keys: Keys;
  /**
   * Sends a Serf user event: each member gets it once, ourselves included. With `coalesce`, agents may deliver only the last one of this name. Throws `bad-option` without
   * Serf's layer, `too-long` for more than 512 bytes together with its name.
   */
  readonly event: (name: string, payload?: Uint8Array | string, options?: { readonly coalesce?: boolean }) => void;
  /**
   * Sends a Serf query to all members, ourselves included, or to those selected by `names` and `tags`; each may answer once (event `query`). Resolves with the answers, at the
   * deadline (as an agent's: 16 · `config.gossipEvery` for each power of ten of the group's size, 3.2 s below ten) or as soon as there are `enough`. An answer that got
   * lost is missing. Rejects with `bad-option` without Serf's layer, `too-long` for more than 1,024 bytes in all, `aborted`, `stopped`.
   */
  readonly query: (name: string, payload?: Uint8Array | string, options?: Asking) => Promise<Answers>;
};

/** Which members a query is for, and how long to wait for answers (`deadline`, at most a day; the query carries it). */
export type Asking = Waiting & {
  /** Only these members. Default: all. */
  readonly names?: readonly string[];
  /** Only members with such tags: a regular expression for each tag, which each member matches itself. A missing tag counts as empty. */
  readonly tags?: Readonly<Record<string, string>>;
  /** How many answers are enough, from 1 up. Default: all that come by the deadline. */
  readonly enough?: number;
};

/** The result of a query, in order of arrival: the answers, and the names of members that acknowledged the query, whether or not they answered. */
export type Answers = { readonly answers: readonly QueryReply[]; readonly acks: readonly string[] };

/** One member's answer to a query. */
export type QueryReply = { readonly from: string; readonly payload: Uint8Array };

/** How long to wait, in milliseconds, and a signal that ends the wait early. */
export type Waiting = {
  /** Milliseconds of the member's clock, from 0; `Infinity` for no limit. Each method has its own default. */
  readonly deadline?: number;
  /** When it aborts, the call rejects with `aborted`, with the signal's reason as the `cause`. */
  readonly signal?: AbortSignal;
};

/** When a join resolves although some seeds have not answered yet. */
export type Enough = {
  /** How many seeds are enough, from 1 up: once so many have let us in, the join does not wait for the others, which are asked all the same. Default: it waits for all, up to ten seconds for one that is down. */
  readonly enough?: number;
};

/**
 * The keyring of a running member: the primary key encrypts, all keys decrypt. Keys are bytes or base64 text; changes take effect with the next packet. An invalid key, or
 * an impossible change, throws `bad-option`, as does everything but `list` if the member was created without `keys`.
 */
export type Keys = {
  /** In base64, the primary first. */
  readonly list: () => readonly { readonly key: string; readonly isPrimary: boolean }[];
  /** Decrypts with this key as well from now on; the very first key becomes the primary at once. */
  readonly add: (key: string | Uint8Array) => void;
  /** Encrypts with this key from now on; it must have been added. */
  readonly use: (key: string | Uint8Array) => void;
  /** Stops decrypting with this key. Not possible for the primary key. */
  readonly remove: (key: string | Uint8Array) => void;
  /** Adds this key and uses it; the old ones stay until they are removed: one member's part of a rotation. */
  readonly rotate: (key: string | Uint8Array) => void;
};

/** A member, ourselves or another, as we held it at that moment: an immutable value. */
export type Peer = {
  /** Its id in the group. */
  readonly name: string;
  /** `host:port`, where it listens. */
  readonly address: string;
  /**
   * `alive`: it answers, or nobody has said otherwise. `suspect`: a member's probe of it failed, and it may still refute that. `failed`: it did not refute in time. `left`: it
   * said goodbye.
   */
  readonly status: "alive" | "suspect" | "failed" | "left";
  /** A number that only the member itself may raise, with each new claim about itself. */
  readonly incarnation: number;
  /** The bytes that its application publishes. */
  readonly meta: Uint8Array;
  /** Serf's tags, if its meta has any; otherwise empty. */
  readonly tags: TagRecord;
  /** The engine's record: plain data that survives JSON, for the option `knows` of a later life. Includes `versions`. */
  readonly record: Member;
};

/** Why a member is held dead. */
export type DeathProvenance = {
  /** The member whose suspicion ran out, or (without suspicion) whose probe failed. Empty if unknown: Serf's layer also calls a member failed that left without an intent to leave. */
  readonly by: string;
  /** How we know: our own `suspicion` was not refuted in time; or by a probe, gossip or push-pull, as for a suspicion. */
  readonly via: "suspicion" | "probe" | "gossip" | "push-pull" | "unknown";
  /** The member that began the suspicion that we held ourselves; empty if we held none. */
  readonly suspectedBy: string;
  /** The relays that our own probe, if there was one, asked in vain. */
  readonly relays: readonly string[];
  /** The members that suspected it independently, as far as we heard. */
  readonly confirmedBy: readonly string[];
};

/**
 * The events of a member, by kind: the engine's announcements, in the terms of an application. `at`: microseconds of the member's clock, since its origin. `peer`: the member as
 * we hold it from then on.
 */
export type MemberEvents = {
  /** Alive now; unknown, failed or left before. (Members that were known before the listener was added are in `members`.) */
  readonly join: { readonly kind: "join"; readonly at: Instant; readonly peer: Peer };
  /** Still alive, with another meta, other tags, or another address. */
  readonly update: { readonly kind: "update"; readonly at: Instant; readonly peer: Peer };
  /** A probe of it failed. `by`: the member that probed it; `via`: how we know; `relays`: the relays that were asked in vain. */
  readonly suspect: { readonly kind: "suspect"; readonly at: Instant; readonly peer: Peer; readonly by: string; readonly via: "probe" | "gossip" | "push-pull"; readonly relays: readonly string[] };
  /** It is held dead, because it did not refute in time; under Serf's layer also a member that left without an intent to leave. If it comes back, that is a `join`. */
  readonly failed: { readonly kind: "failed"; readonly at: Instant; readonly peer: Peer } & DeathProvenance;
  /** It said goodbye. */
  readonly leave: { readonly kind: "leave"; readonly at: Instant; readonly peer: Peer };
  /** `by` accused us, and we refuted it. If this happens often, others do not hear us in time. `by` is empty if the accusation came with another's view, or is about a former life of ours. */
  readonly refute: { readonly kind: "refute"; readonly at: Instant; readonly by: string };
  /** A user message. `from`: the member that it came from (of a broadcast, the one that relayed it), or its address if that is unknown. */
  readonly message: { readonly kind: "message"; readonly at: Instant; readonly from: string; readonly payload: Uint8Array };
  /** A Serf user event; our own as well. */
  readonly event: { readonly kind: "event"; readonly at: Instant; readonly name: string; readonly payload: Uint8Array };
  /** A Serf query that is for us, from `serf query` or another member's application. `answer` it at most once; `answer` throws `timed-out`, `too-long`. */
  readonly query: { readonly kind: "query"; readonly at: Instant; readonly name: string; readonly payload: Uint8Array; readonly from: string; readonly answer: (payload: Uint8Array | string) => void };
  /**
   * `serf keys`, run at `from`, changed our keyring: save what `keys.list()` returns now, or a restart begins with the old keys. Changes by the
   * application itself cause no event. The key is not included, because events end up in logs.
   */
  readonly keys: { readonly kind: "keys"; readonly at: Instant; readonly from: string };
  /** `other` claims the name of `peer` from another address, and is not believed, unless `hooks.settleConflict` says so. */
  readonly conflict: { readonly kind: "conflict"; readonly at: Instant; readonly peer: Peer; readonly other: Peer };
  /** A suspicion was refuted. */
  readonly clear: { readonly kind: "clear"; readonly at: Instant; readonly peer: Peer };
  /** A gone member is no longer remembered. */
  readonly forget: { readonly kind: "forget"; readonly at: Instant; readonly peer: Peer };
  /**
   * The application's code (a hook, a listener, a recorder) threw, or (a hook, a listener) took more than 50 ms; a socket broke and was replaced; no seed let us in; the
   * member stopped because of a bug of ours. A listener is optional, except for the last: without one, it ends the process.
   */
  readonly error: { readonly kind: "error"; readonly at: Instant; readonly error: Error };
};
/** Any event, distinguished by `kind`: a loop over a member yields these. */
export type MemberEvent = MemberEvents[keyof MemberEvents];

/** Counters since the member started, and gauges of this moment. Lengths of time are in microseconds. */
export type Stats = {
  /**
   * `steps.<event>`, `announced.<announcement>`, `suspicions.<probe|gossip|push-pull>`, `oddities.<kind>`, `serf.<oddity>`, `transport.<what was lost>`,
   * `refused.<members|merges>`, `troubles.<culprit>`, `slow.<culprit>`, and `refutations`, `stalls`, `undeliverable`, `unread`, `exchanges.failed`.
   */
  readonly counters: Readonly<Record<string, number>>;
  /** `health`, `members.<alive|suspect|dead|left>`, `queue.<rumours|urgent|normal|bulk|events>`, `exchanges.open`, and `receive-buffer` in bytes, where there is one. */
  readonly gauges: Readonly<Record<string, number>>;
  /** How late the alarm was after its deadline: the last time, and at most. */
  readonly lateness: { readonly last: number; readonly max: number };
  /** Incoming packets and messages that were dropped, by `DropReason`. */
  readonly drops: Readonly<Record<string, number>>;
  /** Datagrams and messages over streams, by kind of message (docs/protocol.md), with their bytes. */
  readonly sent: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  /** The same for messages received and decoded. */
  readonly received: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
};
