/** Makes the leaf of a record: the record and what it adds to each total. */

import { isLiving, type Member } from "../words/member.ts";
import { uintSize } from "../words/size.ts";
import { recordSize } from "./bytes.ts";
import { baseOf, claimOf, lowOf, presenceOf } from "./digest.ts";
import { speechOf } from "./speech.ts";
import type { Leaf } from "./trie.ts";

/** The number of places in the cache; each holds the leaf that was made last for it. */
const PLACES = 4096;
/**
 * A cache of recent leaves, by hash. A leaf is a function of its record; and when a simulated group meets for the first time, every member puts the same records into a view of
 * its own: n² leaves without the cache. It affects time and memory only.
 */
const lately: (Leaf | undefined)[] = Array.from({ length: PLACES });

/** The leaf of this record. `hash` is that of its id; `before` is the member's previous leaf, if it had one: what did not change is copied from it. */
export function leafOf(member: Member, hash: number, before?: Leaf): Leaf {
  const place = hash & (PLACES - 1);
  const known = lately[place];
  return known?.member === member ? known : (lately[place] = leafAnew(member, hash, before));
}

function leafAnew(member: Member, hash: number, before: Leaf | undefined): Leaf {
  const isAsBefore = before !== undefined && before.member.address === member.address && before.member.meta === member.meta && sameVersions(before.member, member);
  const lowOfId = before === undefined ? lowOf(member.id) : before.lowOfId;
  const base = isAsBefore ? before.base : baseOf(member, hash, lowOfId);
  const claim = claimOf(member, base);
  const presence = isLiving(member.status) ? presenceOf(hash, lowOfId) : absence;
  return {
    kind: "leaf",
    hash,
    lowOfId,
    base,
    member,
    size: 1,
    living: isLiving(member.status) ? 1 : 0,
    dead: member.status === "dead" ? 1 : 0,
    high: claim.high,
    low: claim.low,
    rosterHigh: presence.high,
    rosterLow: presence.low,
    bytes: isAsBefore ? before.bytes + uintSize(member.incarnation) - uintSize(before.member.incarnation) : recordSize(member),
    speech: speechOf(member.versions, member.status),
  };
}

const absence = { high: 0, low: 0 };

/** Are two records of one member equal? */
export const sameRecord = (one: Member, other: Member): boolean =>
  one === other ||
  (one.incarnation === other.incarnation &&
    one.status === other.status &&
    one.address === other.address &&
    one.meta === other.meta &&
    sameVersions(one, other));

const sameVersions = (one: Member, other: Member): boolean =>
  one.versions === other.versions || one.versions.every((version, i) => version === other.versions[i]);
