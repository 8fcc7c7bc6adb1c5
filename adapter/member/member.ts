/** A member as its application sees it. */

import type { Coordinate, Instant, Member, State } from "../../engine/index.ts";
import type { TagRecord } from "./options.ts";

/**
 * Disposing of one is `stop`: `leave` first, if the group should hear a goodbye. Iterating gives all events from then on, until it stops; 1,024 of them wait for a loop
 * at most, and in place of those that are dropped beyond that it gives an `error` with the code `overflow`. Once it has stopped, or said goodbye, whatever needs a
 * group throws or rejects with `stopped`; what it was can still be looked at. All errors are `MemberError`s (docs/member.md): arguments of the wrong kind, and options that there are
 * not, are `bad-option` in every method. Methods need no `this`: `process.once("SIGTERM", member.stop)`.
 */
export type SwimMember = AsyncDisposable & AsyncIterable<MemberEvent> & {
  /** Its id in the group, as it was created. */
  readonly name: string;
  /** `host:port`, where peers reach us. */
  readonly address: string;
  /** Ourselves, as the group should see us. */
  readonly self: Peer;
  /** Whom we hold alive or suspect, ourselves included, by name; with `all`, the dead and the departed that we remember too. O(members). */
  readonly members: (which?: "living" | "all") => readonly Peer[];
  /** The member of that name as we hold it now, living or not; undefined if we know none. */
  readonly find: (name: string) => Peer | undefined;
  /** Lifeguard's local health, how far we doubt ourselves: 0 is well, `config.healthMax` (7 in most presets) the worst. */
  readonly health: number;
  /**
   * Is it in its group? `joining` while it has seeds, of the options or of a `join`, none of which has let it in, and nobody else has come either; `leaving` once it says goodbye, or has stopped;
   * `ready` otherwise, even if it loses everybody later. For a readiness probe: `/readyz` of `swimlab/metrics` tells the same.
   */
  readonly readiness: "ready" | "joining" | "leaving";
  /** The engine's own state: a value, to keep and look into. */
  readonly state: State;
  /** Figures of now, O(members): `metricsOf` of `swimlab/metrics` makes Prometheus' of them. */
  readonly stats: () => Stats;
  /** Hears events of one kind from now on, in order, after the step that caused them. Returns how to stop. What a listener throws is an `error` event. Throws `bad-option` for a kind that there is not. */
  readonly on: <K extends keyof MemberEvents>(kind: K, hear: (event: MemberEvents[K]) => void) => () => void;
  /** The next event of this kind. Rejects with `aborted` by the signal, with `stopped` when the member stops: that is no unhandled rejection if nobody waits any more. */
  readonly once: <K extends keyof MemberEvents>(kind: K, signal?: AbortSignal) => Promise<MemberEvents[K]>;
  /**
   * Asks these, `host:port`, to let us in; resolves with how many of them did, 0 if there are none but ourselves, once all have answered or failed, or `enough` of them let
   * us in. Rejects with `join-failed` if none does, by the deadline (11 s) or at once, and says of each why; with `bad-option`, `aborted`, `stopped`.
   */
  readonly join: (seeds: readonly string[], options?: Waiting & Enough) => Promise<number>;
  /**
   * Says goodbye; resolves once that is told widely, or at the deadline (`config.lingerFor`, 5 s; a second more under Serf). Then `stop`. A signal that aborts
   * ends the wait alone, with `aborted`: the goodbye is said, and the member stops when it is told. Whoever calls again waits for the same goodbye.
   */
  readonly leave: (options?: Waiting) => Promise<void>;
  /** Ends at once, without a word: the others will find out, and call it failed. Resolves when sockets and recorder are closed. Idempotent. */
  readonly stop: () => Promise<void>;
  /**
   * A word to one member, heard there as `message`: a datagram, which may get lost, or reliably over a stream, as far as nothing breaks. Nobody tells us whether it came. Throws
   * `no-such-member`; `too-long` for more than a datagram holds (`config.datagramBudget`), or a stream (`streams.longest`); `bad-option` under Serf's layer, which has none.
   */
  readonly send: (to: string, payload: Uint8Array | string, options?: { readonly reliable?: boolean }) => void;
  /**
   * A word to everybody else, by gossip, heard as `message`: once by each, where `config.broadcastRelay` is on, and by a few under memberlist's presets. What was said
   * under the same key before is not told any more; without a key all is told. One more urgent than another goes first (`normal` unless it says). Throws `too-long` for
   * more than a datagram holds; `bad-option` under Serf's layer: see `event`.
   */
  readonly broadcast: (payload: Uint8Array | string, options?: { readonly key?: string; readonly priority?: "urgent" | "normal" | "bulk" }) => void;
  /**
   * One datagram there and back: resolves with the round-trip time in microseconds. Rejects with `no-such-member`; with `timed-out` when `config.askRelaysAfter` has
   * passed, or the deadline if that is sooner; with `aborted`. Suspects nobody.
   */
  readonly ping: (name: string, options?: Waiting) => Promise<number>;
  /**
   * The round-trip time between `to` and `from` (this member, if it is left out) in microseconds, estimated from network coordinates as `serf rtt` does, without asking
   * anybody. Undefined as long as one of the two has told us no coordinate: we have not probed it yet, it is unknown, or we are without Serf's layer.
   */
  readonly distance: (to: string, from?: string) => number | undefined;
  /** A member's network coordinate, for `roundTripBetween` of `swimlab`: ours without a name. Undefined in the same cases. */
  readonly coordinate: (name?: string) => Coordinate | undefined;
  /** Another meta, told to the group as an `update`. Throws `too-long` for more than `config.metaLimit` bytes. */
  readonly updateMeta: (meta: Uint8Array) => void;
  /** Other tags instead of all that we had, told to the group as an `update`. Throws `too-long`, as `updateMeta`, and `bad-option` for what is no text. */
  readonly updateTags: (tags: TagRecord) => void;
  /** The keyring, where the member was created with `keys`. */
  readonly keys: Keys;
  /**
   * Serf's user events: heard by everybody, ourselves included, once. With `coalesce`, agents may hand on only the last of that name. Throws `bad-option` without
   * Serf's layer, `too-long` for more than 512 bytes with its name.
   */
  readonly event: (name: string, payload?: Uint8Array | string, options?: { readonly coalesce?: boolean }) => void;
  /**
   * A Serf query: asks all members, ourselves included, or those whom `names` and `tags` choose; each may answer once (event `query`). Resolves with what came back, at the
   * deadline (as an agent's: 16 `config.gossipEvery` for each power of ten of the group's size, 3.2 s below ten) or as soon as there are `enough`. An answer that got
   * lost is missing. Rejects with `bad-option` without Serf's layer, `too-long` for more than 1,024 bytes in all, `aborted`, `stopped`.
   */
  readonly query: (name: string, payload?: Uint8Array | string, options?: Asking) => Promise<Answers>;
};

/** Whom a query asks, and how long answers are waited for (`deadline`, at most a day: members are told). */
export type Asking = Waiting & {
  /** Only these. Default: all. */
  readonly names?: readonly string[];
  /** Only who has such tags: for each a regular expression, which each member matches by itself. A tag that there is not is empty. */
  readonly tags?: Readonly<Record<string, string>>;
  /** So many answers are enough, from 1 up. Default: all that come by the deadline. */
  readonly enough?: number;
};

/** What came back, in the order in which it came: each member's answer, and who said that it heard the query, with an answer to come or without. */
export type Answers = { readonly answers: readonly QueryReply[]; readonly acks: readonly string[] };

/** One member's answer to a query. */
export type QueryReply = { readonly from: string; readonly payload: Uint8Array };

/** How long to wait, in milliseconds; and what ends the wait before. */
export type Waiting = {
  /** Milliseconds of the member's clock, from 0; `Infinity` for as long as it takes. Each method says its usual one. */
  readonly deadline?: number;
  /** Rejects with `aborted`, its reason as the `cause`. */
  readonly signal?: AbortSignal;
};

/** When joining is over, though some seeds have not answered yet. */
export type Enough = {
  /** So many seeds, from 1 up: once they have let us in, the others are not waited for, though asked all the same. Default: all are waited for, be it ten seconds for one that is down. */
  readonly enough?: number;
};

/**
 * The keyring of a running member: one primary key encrypts, all open. Keys are bytes, or base64 text, and changes take effect with the next packet. What is no key, or
 * cannot be done, throws `bad-option`, as does everything but `list` where the member was created without `keys`.
 */
export type Keys = {
  /** In base64, the primary first. */
  readonly list: () => readonly { readonly key: string; readonly isPrimary: boolean }[];
  /** Opens with it as well from now on; the first of all is the primary at once. */
  readonly add: (key: string | Uint8Array) => void;
  /** Encrypts with it from now on; it must have been added. */
  readonly use: (key: string | Uint8Array) => void;
  /** Opens nothing with it any more. Not the primary one. */
  readonly remove: (key: string | Uint8Array) => void;
  /** Adds it, uses it, and keeps the old ones until they are removed: what one member does of a rotation. */
  readonly rotate: (key: string | Uint8Array) => void;
};

/** A member, ourselves or another, as we held it when we were asked: a value, which does not change later. */
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
  /** How often it has spoken up anew: only it may raise that. */
  readonly incarnation: number;
  /** What its application wants others to know of it. */
  readonly meta: Uint8Array;
  /** Serf's tags, if the meta are any; else none. */
  readonly tags: TagRecord;
  /** The engine's own: plain data, which goes through JSON, for `knows` of a later life. `versions` are in it. */
  readonly record: Member;
};

/** Why somebody is held dead. */
export type DeathProvenance = {
  /** Whose suspicion ran out, or, where nobody suspects, whose probe failed; empty if that is not known: Serf's layer calls failed who left without its goodbye. */
  readonly by: string;
  /** How we know: our own `suspicion` was not refuted in time; or as of a suspicion. */
  readonly via: "suspicion" | "probe" | "gossip" | "push-pull" | "unknown";
  /** Who began the suspicion that we held ourselves; empty if we held none. */
  readonly suspectedBy: string;
  /** Whom our own probe, if there was one, asked in vain. */
  readonly relays: readonly string[];
  /** Who suspected it independently, as far as we were told. */
  readonly confirmedBy: readonly string[];
};

/**
 * What an application hears: the engine's announcements in an application's words, by kind. `at`: microseconds by the member's clock, since its origin. `peer`: as it is
 * held from then on.
 */
export type MemberEvents = {
  /** Unknown, failed or gone before; alive now. Of those who were known when the listener came, `members` tells. */
  readonly join: { readonly kind: "join"; readonly at: Instant; readonly peer: Peer };
  /** Still alive, with another meta, other tags, or another address. */
  readonly update: { readonly kind: "update"; readonly at: Instant; readonly peer: Peer };
  /** Somebody's probe of it failed. `by`: whose; `via`: how we know; `relays`: who was asked in vain. */
  readonly suspect: { readonly kind: "suspect"; readonly at: Instant; readonly peer: Peer; readonly by: string; readonly via: "probe" | "gossip" | "push-pull"; readonly relays: readonly string[] };
  /** It is held dead, for it did not refute in time; under Serf's layer also whoever went without a word. Comes back as `join`, if it does. */
  readonly failed: { readonly kind: "failed"; readonly at: Instant; readonly peer: Peer } & DeathProvenance;
  /** It said goodbye. */
  readonly leave: { readonly kind: "leave"; readonly at: Instant; readonly peer: Peer };
  /** We were accused, by `by`, and spoke up. Often: others do not hear us in time. `by` is empty if it was said by a view that we took in, or of a life of ours before this one. */
  readonly refute: { readonly kind: "refute"; readonly at: Instant; readonly by: string };
  /** A word of another's application. `from`: the member that listens where it came from, which of a broadcast is who passed it on; or that address. */
  readonly message: { readonly kind: "message"; readonly at: Instant; readonly from: string; readonly payload: Uint8Array };
  /** A Serf user event; our own as well. */
  readonly event: { readonly kind: "event"; readonly at: Instant; readonly name: string; readonly payload: Uint8Array };
  /** A Serf query that is for us: `serf query`, or another's application. `answer` it once, or not at all; it throws `timed-out`, `too-long`. */
  readonly query: { readonly kind: "query"; readonly at: Instant; readonly name: string; readonly payload: Uint8Array; readonly from: string; readonly answer: (payload: Uint8Array | string) => void };
  /**
   * `serf keys`, asked by `from`, changed our keyring: write down what `keys.list()` has now, or a restart begins with the keys of before. What the
   * application does to its keys itself is not told. Nor is which key it was: events end up in logs.
   */
  readonly keys: { readonly kind: "keys"; readonly at: Instant; readonly from: string };
  /** `other` claims the name of `peer` from another address, and is not believed, unless `hooks.settleConflict` says so. */
  readonly conflict: { readonly kind: "conflict"; readonly at: Instant; readonly peer: Peer; readonly other: Peer };
  /** A suspicion was refuted. */
  readonly clear: { readonly kind: "clear"; readonly at: Instant; readonly peer: Peer };
  /** Nothing is remembered any more of somebody who is gone. */
  readonly forget: { readonly kind: "forget"; readonly at: Instant; readonly peer: Peer };
  /** Something of the application's (a hook, a listener, a recorder) threw, or (a hook, a listener) took more than 50 ms; a socket broke and was mended; no seed let us in; the member broke down. Nobody need listen, but for the last: if nobody does, it ends the process. */
  readonly error: { readonly kind: "error"; readonly at: Instant; readonly error: Error };
};
/** Any of them, told apart by `kind`: what a loop over a member gives. */
export type MemberEvent = MemberEvents[keyof MemberEvents];

/** Counters since the member began, and gauges of now. Lengths of time in microseconds. */
export type Stats = {
  /**
   * `steps.<event>`, `announced.<announcement>`, `suspicions.<probe|gossip|push-pull>`, `oddities.<kind>`, `serf.<oddity>`, `transport.<what was lost>`,
   * `refused.<members|merges>`, `troubles.<culprit>`, `slow.<culprit>`, and `refutations`, `stalls`, `undeliverable`, `unread`, `exchanges.failed`.
   */
  readonly counters: Readonly<Record<string, number>>;
  /** `health`, `members.<alive|suspect|dead|left>`, `queue.<rumours|urgent|normal|bulk|events>`, `exchanges.open`, and `receive-buffer` in bytes, where there is one. */
  readonly gauges: Readonly<Record<string, number>>;
  /** The last lateness of the alarm, and the greatest; how late `woke` came after what was due. */
  readonly lateness: { readonly last: number; readonly max: number };
  /** What came in and was dropped, by `DropReason`. */
  readonly drops: Readonly<Record<string, number>>;
  /** Datagrams and messages over streams, by kind of message (docs/protocol.md), with their bytes. */
  readonly sent: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  /** The same of what came in and was understood. */
  readonly received: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
};
