/** All that is counted and learnt of a capture by listening to it once, from its beginning to its end. */

import { memberId, type Address, type Instant, type MemberId } from "../../engine/index.ts";
import { keepClaims, type ClaimHeard } from "./claims.ts";
import type { Found } from "./find.ts";
import type { Extent } from "./listen.ts";
import { followLives, type Life } from "./lives.ts";
import { learnNames, nameless } from "./naming.ts";
import { countPings, type Pings } from "./pings.ts";
import { keepRecords, type Fame } from "./records.ts";
import type { Saying, UnreadReason } from "./saying.ts";
import { machinesOf, speakerOf, type Directory } from "./speaker.ts";

export type Count = { readonly over: "datagram" | "stream"; readonly kind: string; readonly count: number; readonly bytes: number };
/** What could not be read, by reason; `why`: the first few different sentences. */
export type Unread = { readonly reason: UnreadReason; readonly count: number; readonly why: readonly string[] };

export type Census = {
  /** When the capture's last packet was seen. */
  readonly until: Instant;
  readonly directory: Directory;
  /** Everybody who spoke, and when. */
  readonly lives: ReadonlyMap<Address, readonly Life[]>;
  /** A name for each who spoke; no two have the same. */
  readonly names: ReadonlyMap<Address, MemberId>;
  readonly fame: ReadonlyMap<MemberId, Fame>;
  readonly said: ReadonlyMap<Address, number>;
  readonly messages: readonly Count[];
  /** Streams of which nobody knows who opened them. */
  readonly anonymous: number;
  readonly claims: readonly ClaimHeard[];
  readonly moreClaims: number;
  readonly unread: readonly Unread[];
  readonly pings: Pings;
};

/** Of each reason so many sentences are kept. */
const EXAMPLES = 3;

/** `extent` is complete after the last saying. */
export function takeCensus(sayings: Iterable<Saying>, { addresses }: Found, extent: Extent): Census {
  const [naming, lives, records, pings, claims] = [learnNames(), followLives(), keepRecords(), countPings(), keepClaims()];
  const directory: Directory = { addresses, neighbours: machinesOf(addresses), addressOf: naming.addressOf };
  const said = new Map<Address, number>();
  const messages = new Map<string, { -readonly [Field in keyof Count]: Count[Field] }>();
  const unread = new Map<UnreadReason, { count: number; why: Set<string> }>();
  let anonymous = 0;
  for (const saying of sayings) {
    if (saying.kind === "unread") {
      noteUnread(unread, saying);
      continue;
    }
    for (const ear of [naming, records, pings, claims]) ear.hear(saying);
    const key = `${saying.kind} ${saying.message.kind}`;
    const tally = messages.get(key) ?? { over: saying.kind, kind: saying.message.kind, count: 0, bytes: 0 };
    messages.set(key, tally);
    tally.count++;
    tally.bytes += saying.size;
    const speaker = speakerOf(saying, directory);
    lives.hear(saying, speaker);
    if (speaker === null) anonymous++;
    else said.set(speaker, (said.get(speaker) ?? 0) + 1);
  }
  const { until } = extent;
  const spans = lives.end(until);
  const { claims: heard, more } = claims.end();
  return {
    until, directory, lives: spans, names: namesOf(spans, naming.nameAt), fame: records.fame, said, anonymous, claims: heard, moreClaims: more, pings: pings.end(until),
    messages: Array.from(messages.values()).toSorted((one, other) => other.count - one.count),
    unread: Array.from(unread, ([reason, { count, why }]) => ({ reason, count, why: [...why] })),
  };
}

function noteUnread(unread: Map<UnreadReason, { count: number; why: Set<string> }>, { reason, why }: Extract<Saying, { kind: "unread" }>): void {
  const entry = unread.get(reason) ?? { count: 0, why: new Set() };
  unread.set(reason, entry);
  entry.count++;
  if (entry.why.size < EXAMPLES) entry.why.add(why);
}

/**
 * A member that moved keeps its name. Of two that bear one name at the same time, the second is called by its address as well: in a trace everybody
 * has a name of their own.
 */
function namesOf(lives: ReadonlyMap<Address, readonly Life[]>, nameAt: (address: Address) => MemberId | undefined): ReadonlyMap<Address, MemberId> {
  const names = new Map<Address, MemberId>();
  const taken = new Map<MemberId, Life[]>();
  for (const [address, spans] of lives) {
    const name = nameAt(address) ?? nameless(address);
    const others = taken.get(name) ?? [];
    const isDouble = spans.some(({ from, until }) => others.some((other) => from <= other.until && other.from <= until));
    names.set(address, isDouble ? memberId(`${name} (${address})`) : name);
    taken.set(name, [...others, ...spans]);
  }
  return names;
}
