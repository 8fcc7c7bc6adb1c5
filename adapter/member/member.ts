/** A member as its application sees it. */

import type { Instant, Member, State } from "../../engine/index.ts";
import type { TagRecord } from "./options.ts";

/** Disposing of one is `stop`: `leave` first, if the group should hear a goodbye. Iterating gives all events from then on, until it stops. */
export type SwimMember = AsyncDisposable & AsyncIterable<MemberEvent> & {
  readonly name: string;
  /** `host:port`, where peers reach us. */
  readonly address: string;
  /** Ourselves, as the group should see us. */
  readonly self: Peer;
  /** Whom we hold alive or suspect, ourselves included, by name; with `all`, the dead and the departed that we remember too. */
  readonly members: (which?: "living" | "all") => readonly Peer[];
  readonly find: (name: string) => Peer | undefined;
  /** Lifeguard's local health: 0 is well, up to `healthMax` - 1. */
  readonly health: number;
  /** The engine's own state: a value, to keep and look into. */
  readonly state: State;
  /** Figures for metrics: see `metrics/`. */
  readonly stats: () => Stats;
  readonly on: <K extends keyof MemberEvents>(kind: K, hear: (event: MemberEvents[K]) => void) => () => void;
  readonly once: <K extends keyof MemberEvents>(kind: K, signal?: AbortSignal) => Promise<MemberEvents[K]>;
  /** Asks these to let us in; resolves with how many of them did. Rejects with `join-failed` if none. */
  readonly join: (seeds: readonly string[], options?: Waiting) => Promise<number>;
  /**
   * Says goodbye; resolves once that is told widely, or at the deadline (`config.lingerFor`, 5 s; a second more under Serf). Then `stop`. A signal that aborts
   * ends the wait alone: the goodbye is said, and the member stops when it is told. Whoever calls again waits for the same goodbye.
   */
  readonly leave: (options?: Waiting) => Promise<void>;
  /** Ends at once, without a word. Idempotent. */
  readonly stop: () => Promise<void>;
  /** A word to one member: a datagram, or reliably over a stream. Throws `no-such-member`, and `too-long` for more than a datagram holds, or a stream (`streams.longest`). */
  readonly send: (to: string, payload: Uint8Array | string, options?: { readonly reliable?: boolean }) => void;
  /** A word to everybody, by gossip; what was said under the same key before is not told any more. */
  readonly broadcast: (payload: Uint8Array | string, options?: { readonly key?: string; readonly priority?: "urgent" | "normal" | "bulk" }) => void;
  /** Resolves with the round-trip time in microseconds. */
  readonly ping: (name: string, options?: Waiting) => Promise<number>;
  readonly updateMeta: (meta: Uint8Array) => void;
  readonly updateTags: (tags: TagRecord) => void;
  readonly keys: Keys;
  /** Serf's user events; only with Serf's layer. */
  readonly event: (name: string, payload?: Uint8Array | string, options?: { readonly coalesce?: boolean }) => void;
};

/** How long to wait, in milliseconds; and what ends the wait before. */
export type Waiting = { readonly deadline?: number; readonly signal?: AbortSignal };

/** The keyring of a running member: one primary key encrypts, all open. */
export type Keys = {
  readonly list: () => readonly { readonly key: string; readonly isPrimary: boolean }[];
  readonly add: (key: string | Uint8Array) => void;
  /** Encrypts with it from now on; it must have been added. */
  readonly use: (key: string | Uint8Array) => void;
  /** Not the primary one. */
  readonly remove: (key: string | Uint8Array) => void;
  /** Adds it, uses it, and keeps the old ones until they are removed: what one member does of a rotation. */
  readonly rotate: (key: string | Uint8Array) => void;
};

export type Peer = {
  readonly name: string;
  readonly address: string;
  readonly status: "alive" | "suspect" | "failed" | "left";
  readonly incarnation: number;
  readonly meta: Uint8Array;
  /** Serf's tags, if the meta are any. */
  readonly tags: TagRecord;
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

/** What an application hears: the engine's announcements in an application's words. */
export type MemberEvents = {
  readonly join: { readonly kind: "join"; readonly at: Instant; readonly peer: Peer };
  readonly update: { readonly kind: "update"; readonly at: Instant; readonly peer: Peer };
  /** `by`: whose probe failed; `via`: how we know; `relays`: who was asked in vain. */
  readonly suspect: { readonly kind: "suspect"; readonly at: Instant; readonly peer: Peer; readonly by: string; readonly via: "probe" | "gossip" | "push-pull"; readonly relays: readonly string[] };
  readonly failed: { readonly kind: "failed"; readonly at: Instant; readonly peer: Peer } & DeathProvenance;
  readonly leave: { readonly kind: "leave"; readonly at: Instant; readonly peer: Peer };
  /** We were accused, and spoke up. */
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
  /** `other` claims the name of `peer` from another address. */
  readonly conflict: { readonly kind: "conflict"; readonly at: Instant; readonly peer: Peer; readonly other: Peer };
  /** A suspicion was refuted. */
  readonly clear: { readonly kind: "clear"; readonly at: Instant; readonly peer: Peer };
  /** Nothing is remembered any more of somebody who is gone. */
  readonly forget: { readonly kind: "forget"; readonly at: Instant; readonly peer: Peer };
  /** Something of the application's (a hook, a listener, a recorder) threw, or (a hook, a listener) took more than 50 ms; a socket broke and was mended; no seed let us in; the member broke down. */
  readonly error: { readonly kind: "error"; readonly at: Instant; readonly error: Error };
};
export type MemberEvent = MemberEvents[keyof MemberEvents];

/** Counters since the member began, and gauges of now. Durations in microseconds. */
export type Stats = {
  readonly counters: Readonly<Record<string, number>>;
  readonly gauges: Readonly<Record<string, number>>;
  /** The last lateness of the alarm, and the greatest; how late `woke` came after what was due. */
  readonly lateness: { readonly last: number; readonly max: number };
  /** What came in and was dropped, by `DropReason`. */
  readonly drops: Readonly<Record<string, number>>;
  /** Datagrams and streams sent, by kind of message, with their bytes. */
  readonly sent: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
  readonly received: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
};
