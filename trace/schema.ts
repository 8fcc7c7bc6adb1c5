/**
 * The format of a trace: the bytes on disk, field by field, and what a reader returns.
 *
 *     "swimlab" 0x06                                  the signature; its last byte is the version
 *     frame                                           the header
 *     frame frame frame …                             chunks, in order
 *     frame                                           the index; missing if the writer was stopped
 *
 * Runs are written in version 6. Version 7 is a flight: one real member's recording, whose chunks are key-frames and pieces,
 * because a key-frame is written seldom, and pieces often (see `FLIGHT_VERSION`). Only these two versions are read.
 *
 * A frame is 16 bytes of head and a payload. All numbers in heads are little-endian.
 *
 *     0   3  mark       f5 73 77: by which a reader finds the next frame after damage
 *     3   1  kind       1 header, 2 chunk, 3 index, 4 key-frame, 5 piece; a reader skips kinds that it does not know
 *     4   4  length     of the payload, in bytes
 *     8   4  checksum   CRC-32 of the payload
 *     12  4  checksum   CRC-32 of the twelve bytes before: a length is used only if this is right
 *
 * Payloads are MessagePack with msgpackr's records and references, each with a table of its own: any chunk can be read without
 * any other. In a chunk, 28 bytes precede it, so that chunks are found without unpacking them.
 *
 *     0   8  first      float64   the number of its first line; the lines of a trace are numbered from 0
 *     8   4  count      uint32    how many lines it has
 *     12  8  at         float64   when the first of them happened, in microseconds
 *     20  8  until      float64   when the last did
 */

import type { Bytes, Claim, Event, Instant, MemberId, State } from "../engine/index.ts";

/**
 * The version in which runs are written. A trace's key-frames are states of the engine that wrote it, and no other engine can continue them: that of the first version
 * had neither health nor mail; that of the second had its rumours in one list; those of the third to the fifth had agendas ordered by rank as well, and
 * broadcasts without authors.
 */
export const VERSION = 6;

/**
 * The version in which flights are written: states of the same engine, in other frames. The encoding is that of `flight/ink.ts`: a whole number is a
 * varint (seven bits a byte, low ones first); a number is a whole one plus one, or 0 and a float64; a text is its length and its units; a *known* text
 * is its number, from 1, among all known texts since the key-frame began, or 0 and the text, which then gets the next number.
 *
 *     key-frame   the head of a chunk, with a count of 0; how many bytes follow, and MessagePack: the member, and the state without its view; the view
 *     piece       the head of a chunk; its lines; the running check after the last, in four bytes
 *     line        a byte for its kind, as in `StoredLine`; a number, `wait`; two bytes of the running check; the event's fields in the order of `StoredLine`,
 *                 without who: names, addresses and payloads are known texts, lists follow their lengths. A birth is its kind and `wait`.
 *     claim       a byte, 0 alive, 1 suspect, 2 dead, 3 left; then a member, or about, incarnation, from
 *     member      id, address, meta, versions, incarnation, and a byte: 0 alive, 1 suspect, 2 dead, 3 left
 *     view        1 for what differs from the last whole view (the key-frame's at first), 0 for what differs from nothing; how many differences, and for each
 *                 1 and a member, or 0 and the id of one that is not there
 *
 * Pieces follow their key-frame without a gap, and cannot be read without it and the pieces before.
 */
export const FLIGHT_VERSION = 7;

/** The caller's description of the run: what made it, the scenario's name and hash, the seed, the run. Plain data, stored as it is. */
export type About = Readonly<Record<string, string | number>>;

/** The header's payload. */
export type Header = {
  readonly v: number;
  readonly about: About;
  /** The number of the file's first line, if not 0: earlier lines are in older files of the ring, or overwritten. */
  readonly first?: number;
};

/** A member and its state. */
export type Held = readonly [who: MemberId, state: State];

/**
 * The MessagePack content of a chunk. Objects that occur more than once (a view that many members share, a claim that is a rumour of many, an
 * agenda that two states have in common) are written once, and are one object again when read.
 */
export type Body = {
  /** The key-frame: the last state of every member ever born, just before the chunk's first line, in the order of their first births. */
  readonly states: readonly Held[];
  /** Members' ids and addresses, to which lines refer by number. */
  readonly names: readonly string[];
  /** Claims that are gossiped, to which lines refer by number. */
  readonly claims: readonly Claim[];
  /** Payloads of applications, including the empty one, to which lines refer by number: a broadcast is in many datagrams. */
  readonly payloads: readonly Bytes[];
  readonly lines: readonly StoredLine[];
  /** The running check after the last line, whole: see `check.ts`. */
  readonly check: number;
};

/**
 * A line on disk. Most of a trace is lines, so they are lists without field names, and refer to `m07` and `10.0.0.8:7946` by number. `wait` is how many
 * microseconds it happened after the line before; for the first line of a chunk, after the chunk's `at`. `who`, `from`, `to`, `target`, `seeds`
 * and the like are numbers in `names`, `gossip` is a list of numbers in `claims`, `words` one of numbers in `payloads`; `payload`, `userState`,
 * `toAcks` and `toViews` are numbers in `payloads`; `check` is 16 bits of the running check. A member whose clock is not the run's has a list instead: those
 * 16 bits, and by how many microseconds its clock was ahead (below 0: behind). Moments in its states are by its own clock.
 *
 *      0 born                wait, who, state
 *      1 disrupted           wait, action, members, and if faults between members began or ended: fault, sides, bothWays; or faults
 *      2 woke                wait, who, check
 *      3 ping                wait, who, check, from, gossip, words, seq, target, source, sourceAddress
 *      4 ack                 wait, who, check, from, gossip, words, seq, payload
 *      5 ping-req            wait, who, check, from, gossip, words, seq, target, source, sourceAddress, targetAddress, wantsNack
 *      6 nack                wait, who, check, from, gossip, words, seq
 *      7 gossip              wait, who, check, from, gossip, words
 *      8 exchange-opened     wait, who, check, from, exchange, and the message
 *      9 exchange-answered   wait, who, check, from, and the message
 *     10 asked-to-join       wait, who, check, seeds
 *     11 asked-to-leave      wait, who, check
 *     12 asked-to-update     wait, who, check, meta
 *     13 woke-mute           wait, who, check
 *     14 undeliverable       wait, who, check, to
 *     15 asked-to-send       wait, who, check, to, payload, over
 *     16 asked-to-broadcast  wait, who, check, payload, key, priority
 *     17 asked-to-ping       wait, who, check, to, target
 *     18 asked-to-attach     wait, who, check, toAcks, toViews
 *
 * 3 to 7 are datagrams received. The message of a stream (8 and 9) is its number, and then:
 *
 *      3 ping                gossip, words, seq, target, source, sourceAddress
 *      4 ack                 gossip, words, seq, payload
 *     19 push-pull           join, view, userState
 *     20 compare             depth, digests
 *     21 patch               depth, parts, view
 *     22 user                payload
 *
 * Effects are not stored: replaying the step gives them.
 */
export type StoredLine = readonly [code: number, wait: number, ...fields: readonly unknown[]];

/** The index's payload: proof that nothing is missing at the end, and a map for reading a trace in parts. */
export type Index = {
  readonly chunks: readonly Place[];
  /** The number of lines. */
  readonly lines: number;
};

/** Where a chunk is, in a file and in time. */
export type Place = {
  /** The number of its first line. */
  readonly first: number;
  /** How many lines it has. */
  readonly count: number;
  /** When its first line happened. */
  readonly at: Instant;
  /** When its last line did. */
  readonly until: Instant;
  /** Where its frame begins: bytes from the beginning of the file. */
  readonly offset: number;
};

/** A line as it is read. */
export type Line =
  /** A member was born with this state: at the origin, on joining, or again after a crash. */
  | { readonly kind: "born"; readonly at: Instant; readonly who: MemberId; readonly state: State }
  /** A member took a step; `event.now` is the time of its own clock. `check` is the stored part of the running check after it. */
  | { readonly kind: "stepped"; readonly at: Instant; readonly who: MemberId; readonly event: Event; readonly check: number }
  /** The world changed: this happened to these members. */
  | { readonly kind: "disrupted"; readonly at: Instant; readonly action: string; readonly members: readonly MemberId[]; readonly rift?: Rift };

/** Faults between members, each with a number of its own. A replay does not need them; they say which members were separated meanwhile. */
export type Rift =
  /** `sides`: a partition's sides (in a ring partition one for each place); for a cut or an impairment, sources and targets. The line's action says which: see `rift.ts`. */
  | { readonly kind: "began"; readonly fault: number; readonly sides: readonly (readonly MemberId[])[]; readonly bothWays: boolean }
  | { readonly kind: "ended"; readonly faults: readonly number[] };

/** A chunk as it is read. */
export type Chunk = {
  /** The number of its first line. */
  readonly first: number;
  readonly states: readonly Held[];
  readonly lines: readonly Line[];
  readonly check: number;
  /** Which running check it has: that of `check.ts` for runs, that of `flight/check.ts` for flights. */
  readonly proof: "run" | "flight";
};
