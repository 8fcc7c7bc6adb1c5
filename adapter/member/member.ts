/** A member as its application sees it. */

import type { Coordinate, Instant, Member, State } from "../../engine/index.ts";
import type { TagRecord } from "./options.ts";

/**
 * A running member. Disposing of it is `stop`: call `leave` first if the group should hear a goodbye. Iterating gives all events from then on, until it stops; at most
 * 1,024 of them wait for a loop, and an `error` with the code `overflow` takes the place of those that are dropped beyond that. After it has stopped, or said goodbye,
 * whatever needs a group throws or rejects with `stopped`; its properties can still be read. All errors are `MemberError`s (docs/member.md): arguments of the wrong kind, and
 * unknown options, are `bad-option` in every method. Methods need no `this`: `process.once("SIGTERM", member.stop)`.
 */
export type SwimMember = AsyncDisposable & AsyncIterable<MemberEvent> & {
  /** Its id in the group, as it was created. */
  readonly name: string;
  /** `host:port`, where peers reach us. */
  readonly address: string;
  /** This member, as the group should see it. */
  readonly self: Peer;
  /** The members that we hold alive or suspect, this one included, ordered by name; with `all`, also the failed and the left that are still remembered. O(members). */
  readonly members: (which?: "living" | "all") => readonly Peer[];
  /** The member of that name as we hold it now, living or not; undefined if we know none. */
  readonly find: (name: string) => Peer | undefined;
  /** Lifeguard's local health: 0 is best, `config.healthMax` (7 in most presets) worst. */
  readonly health: number;
  /**
   * `joining` while it has seeds (of the options or of a `join`) none of which has let it in, and nobody else has joined it either; `leaving` once it says goodbye, or has stopped;
   * `ready` otherwise, even if it is alone later. For a readiness probe; `/readyz` of `swimlab/metrics` tells the same.
   */
  readonly readiness: "ready" | "joining" | "leaving";
  /** The engine's own state: a value, which does not change later. */
  readonly state: State;
  /** Counters and gauges as of now. O(members). `metricsOf` of `swimlab/metrics` hands them to Prometheus. */
  readonly stats: () => Stats;
  /** Listens to events of one kind from now on: in order, after the step that caused them. Returns a function that stops listening. What a listener throws becomes an `error` event. Throws `bad-option` for an unknown kind. */
  readonly on: <K extends keyof MemberEvents>(kind: K, hear: (event: MemberEvents[K]) => void) => () => void;
  /** Resolves with the next event of this kind. Rejects with `aborted` by the signal, and with `stopped` when the member stops, which is no unhandled rejection if nobody waits any more. */
  readonly once: <K extends keyof MemberEvents>(kind: K, signal?: AbortSignal) => Promise<MemberEvents[K]>;
  /**
   * Joins through these seeds, `host:port`. Resolves with how many let us in, once all have answered or failed, or `enough` have let us in; 0 if there are none besides
   * ourselves. Rejects with `join-failed` if none does by the deadline (11 s), and says why for each; with `bad-option`, `aborted`, `stopped`.
   */
  readonly join: (seeds: readonly string[], options?: Waiting & Enough) => Promise<number>;
  /**
   * Says goodbye, and stops. Resolves when enough others have been told, or at the deadline (`config.lingerFor`, 5 s; a second more under Serf). An aborted signal
   * ends only the wait, with `aborted`: the member still says goodbye, and stops. A second call waits for the same goodbye.
   */
  readonly leave: (options?: Waiting) => Promise<void>;
  /** Stops at once, without a goodbye: the others will declare it failed. Resolves when sockets and recorder are closed. Idempotent. */
  readonly stop: () => Promise<void>;
  /**
   * A message to one member, which gets it as a `message` event: in a datagram, which may be lost, or with `reliable` over a stream. There is no confirmation. Throws
   * `no-such-member`; `too-long` for more than fits a datagram (`config.datagramBudget`) or a stream (`streams.longest`); `bad-option` under Serf's layer, which has no such messages.
   */
  readonly send: (to: string, payload: Uint8Array | string, options?: { readonly reliable?: boolean }) => void;
  /**
   * A message to all others by gossip, a `message` event there: once at each where `config.broadcastRelay` is on, and at a few under memberlist's presets. A broadcast
   * replaces an earlier one with the same `key` that is still being told. Those of higher `priority` go first; default `normal`. Throws `too-long` for more than fits a
   * datagram; `bad-option` under Serf's layer: use `event`.
   */
  readonly broadcast: (payload: Uint8Array | string, options?: { readonly key?: string; readonly priority?: "urgent" | "normal" | "bulk" }) => void;
  /**
   * Pings a member: resolves with the round-trip time in microseconds. Rejects with `no-such-member`; with `timed-out` after `config.askRelaysAfter`, or at the
   * deadline if that is sooner; with `aborted`, `stopped`. Nobody is suspected because of it.
   */
  readonly ping: (name: string, options?: Waiting) => Promise<number>;
  /**
   * The round-trip time between `to` and `from` (this member, if it is left out) in microseconds, estimated from network coordinates as `serf rtt` does, without asking
   * anybody. Undefined as long as one of the two has told us no coordinate: we have not probed it yet, it is unknown, or we are without Serf's layer.
   */
  readonly distance: (to: string, from?: string) => number | undefined;
  /** A member's network coordinate, for `roundTripBetween` of `swimlab`: ours without a name. Undefined in the same cases. */
  readonly coordinate: (name?: string) => Coordinate | undefined;
  /** Replaces our meta; the others hear `update`. Throws `too-long` for more than `config.metaLimit` bytes. */
  readonly updateMeta: (meta: Uint8Array) => void;
  /** Replaces all our tags; the others hear `update`. Throws `too-long`, as `updateMeta` does, and `bad-option` for values that are not text. */
  readonly updateTags: (tags: TagRecord) => void;
  /** The keyring, if the member was created with `keys`. */
  readonly keys: Keys;
  /**
   * Sends a user event of Serf: each member gets it once, this one included. With `coalesce`, agents may hand on only the last one of that name. Throws `bad-option`
   * without Serf's layer, `too-long` for more than 512 bytes, name included.
   */
  readonly event: (name: string, payload?: Uint8Array | string, options?: { readonly coalesce?: boolean }) => void;
  /**
   * Sends a query of Serf to all members, this one included, or to those that `names` and `tags` select; each may answer once (event `query`). Resolves with what came
   * back by the deadline (as an agent's: 16 `config.gossipEvery` for each power of ten of the group's size, 3.2 s below ten), or as soon as `enough` answered. Lost
   * answers are missing. Rejects with `bad-option` without Serf's layer, `too-long` for more than 1,024 bytes in all, `aborted`, `stopped`.
   */
  readonly query: (name: string, payload?: Uint8Array | string, options?: Asking) => Promise<Answers>;
};

/** Which members a query asks, and how long to wait for answers (`deadline`, at most a day; the query carries it). */
export type Asking = Waiting & {
  /** Only members with these names. Default: all. */
  readonly names?: readonly string[];
  /** Only members whose tags match: a regular expression for each tag, evaluated by each member itself. A missing tag is an empty text. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Resolve after this many answers, from 1 up. Default: all that come by the deadline. */
  readonly enough?: number;
};

/** What came back, in order of arrival: the answers, and the names of those that acknowledged the query, whether or not they answered. */
export type Answers = { readonly answers: readonly QueryReply[]; readonly acks: readonly string[] };

/** One member's answer to a query. */
export type QueryReply = { readonly from: string; readonly payload: Uint8Array };

/** How long to wait, and what ends the wait earlier. */
export type Waiting = {
  /** Milliseconds of the member's clock, from 0; `Infinity` to wait without end. Each method states its default. */
  readonly deadline?: number;
  /** When it aborts, the call rejects with `aborted`, with the signal's reason as the `cause`. */
  readonly signal?: AbortSignal;
};

/** When a join is over although some seeds have not answered yet. */
export type Enough = {
  /** Resolve once this many seeds, from 1 up, have let us in; the others are asked all the same. Default: wait for all, up to ten seconds for one that is down. */
  readonly enough?: number;
};

/**
 * The keyring of a running member: the primary key encrypts, all decrypt. Keys are bytes or base64 text; changes take effect with the next packet. Throws `bad-option` for
 * what is no key or cannot be done; without `keys` at creation, everything but `list` does.
 */
export type Keys = {
  /** All keys in base64, the primary first. */
  readonly list: () => readonly { readonly key: string; readonly isPrimary: boolean }[];
  /** Decrypts with this key as well from now on; the first key added becomes the primary. */
  readonly add: (key: string | Uint8Array) => void;
  /** Encrypts with this key from now on; it must have been added. */
  readonly use: (key: string | Uint8Array) => void;
  /** Forgets this key. The primary cannot be removed. */
  readonly remove: (key: string | Uint8Array) => void;
  /** `add` and `use` at once; the old keys stay until they are removed. */
  readonly rotate: (key: string | Uint8Array) => void;
};

/** A member, this one or another, as known at the moment of the call: a value, which does not change later. */
export type Peer = {
  /** Its id in the group. */
  readonly name: string;
  /** `host:port`, where it listens. */
  readonly address: string;
  /**
   * `alive`: it answers, or nobody has said otherwise. `suspect`: somebody's probe of it failed, and it may still refute that. `failed`: it did not in time. `left`: it
   * said goodbye.
   */
  readonly status: "alive" | "suspect" | "failed" | "left";
  /** Rises with each new claim of the member about itself; nobody else may raise it. */
  readonly incarnation: number;
  /** What its application publishes about it. */
  readonly meta: Uint8Array;
  /** Its tags, if the meta encodes any; else empty. */
  readonly tags: TagRecord;
  /** The engine's record: plain data that survives JSON, for `knows` of a later life. It has the `versions`. */
  readonly record: Member;
};

/** Why a member is held dead. */
export type DeathProvenance = {
  /** The member whose suspicion ran out or, where suspicion is off, whose probe failed. Empty if unknown: under Serf's layer a member that left without announcing it is `failed`, too. */
  readonly by: string;
  /** How we know: our own `suspicion` was not refuted in time, our own `probe` failed, or we were told by `gossip` or in a `push-pull`. */
  readonly via: "suspicion" | "probe" | "gossip" | "push-pull" | "unknown";
  /** The member that began the suspicion which we held; empty if we held none. */
  readonly suspectedBy: string;
  /** The relays that our own probe, if there was one, asked in vain. */
  readonly relays: readonly string[];
  /** The members that suspected it independently, as far as we were told. */
  readonly confirmedBy: readonly string[];
};

/**
 * The events of a member, by kind. `at`: microseconds by the member's clock, since its origin. `peer`: the member concerned, as it is known from then on.
 */
export type MemberEvents = {
  /** A member is alive that was unknown, failed or gone before. There is none for members that were known before the listener was added: see `members`. */
  readonly join: { readonly kind: "join"; readonly at: Instant; readonly peer: Peer };
  /** A member has another meta, other tags, or another address. */
  readonly update: { readonly kind: "update"; readonly at: Instant; readonly peer: Peer };
  /** Somebody's probe of a member failed. `by`: whose; `via`: how we know; `relays`: which relays were asked in vain. */
  readonly suspect: { readonly kind: "suspect"; readonly at: Instant; readonly peer: Peer; readonly by: string; readonly via: "probe" | "gossip" | "push-pull"; readonly relays: readonly string[] };
  /** A member is held dead, because it did not refute in time; under Serf's layer, also one that left without announcing it. If it comes back, there is a `join`. */
  readonly failed: { readonly kind: "failed"; readonly at: Instant; readonly peer: Peer } & DeathProvenance;
  /** A member said goodbye. */
  readonly leave: { readonly kind: "leave"; readonly at: Instant; readonly peer: Peer };
  /** We were accused, by `by`, and refuted it. If this happens often, others do not hear from us in time. `by` is empty if the accusation was in another's view, or concerned an earlier life of ours. */
  readonly refute: { readonly kind: "refute"; readonly at: Instant; readonly by: string };
  /** A message of another member's application. `from`: the member that listens where it came from (of a broadcast, the one that passed it on), or that address. */
  readonly message: { readonly kind: "message"; readonly at: Instant; readonly from: string; readonly payload: Uint8Array };
  /** A user event of Serf, our own included. */
  readonly event: { readonly kind: "event"; readonly at: Instant; readonly name: string; readonly payload: Uint8Array };
  /** A query of Serf for us, from `serf query` or another's application. Call `answer` once, or not at all; it throws `timed-out`, `too-long`. */
  readonly query: { readonly kind: "query"; readonly at: Instant; readonly name: string; readonly payload: Uint8Array; readonly from: string; readonly answer: (payload: Uint8Array | string) => void };
  /**
   * `serf keys`, run by `from`, changed our keyring: save `keys.list()`, or a restart begins with the old keys. Changes by the application itself are not reported,
   * and no event says which key it was, because events end up in logs.
   */
  readonly keys: { readonly kind: "keys"; readonly at: Instant; readonly from: string };
  /** `other` claims the name of `peer` from another address, and is not believed unless `hooks.settleConflict` says so. */
  readonly conflict: { readonly kind: "conflict"; readonly at: Instant; readonly peer: Peer; readonly other: Peer };
  /** A suspicion was refuted. */
  readonly clear: { readonly kind: "clear"; readonly at: Instant; readonly peer: Peer };
  /** A member that is gone is no longer remembered. */
  readonly forget: { readonly kind: "forget"; readonly at: Instant; readonly peer: Peer };
  /** A hook, listener or recorder threw; a hook or listener took more than 50 ms; a socket broke and was reopened; no seed let us in; the member itself broke down. Without a listener, only the last ends the process. */
  readonly error: { readonly kind: "error"; readonly at: Instant; readonly error: Error };
};
/** Any of these events, told apart by `kind`: what a loop over a member gives. */
export type MemberEvent = MemberEvents[keyof MemberEvents];

/** Counters since the start, and gauges as of now. Lengths of time are in microseconds. */
export type Stats = {
  /**
   * `steps.<event>`, `announced.<announcement>`, `suspicions.<probe|gossip|push-pull>`, `oddities.<kind>`, `serf.<oddity>`, `transport.<what was lost>`,
   * `refused.<members|merges>`, `troubles.<culprit>`, `slow.<culprit>`, and `refutations`, `stalls`, `undeliverable`, `unread`, `exchanges.failed`.
   */
  readonly counters: Readonly<Record<string, number>>;
  /** `health`, `members.<alive|suspect|dead|left>`, `queue.<rumours|urgent|normal|bulk|events>`, `exchanges.open`, and `receive-buffer` in bytes, where there is one. */
  readonly gauges: Readonly<Record<string, number>>;
  /** How late the alarm last went off after the deadline it was set to, and the latest ever. */
  readonly lateness: { readonly last: number; readonly max: number };
  /** Input that was dropped, by reason (docs/metrics.md). */
  readonly drops: Readonly<Record<string, number>>;
  /** Datagrams and messages over streams, by kind of message (docs/protocol.md), with their bytes. */
  readonly sent: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  /** The same for what came in and was understood. */
  readonly received: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
};
