/** A member's record on its way into a view: what it adds to each total. */

import { isLiving, type Member } from "../words/member.ts";
import { recordSize } from "./bytes.ts";
import { claimOf, lowOf, presenceOf } from "./digest.ts";
import { speechOf } from "./speech.ts";
import type { Leaf } from "./trie.ts";

/** The leaf that holds this member. `hash` is that of its id. */
export function leafOf(member: Member, hash: number): Leaf {
  const lowOfId = lowOf(member.id);
  const claim = claimOf(member, hash, lowOfId);
  const presence = isLiving(member.status) ? presenceOf(hash, lowOfId) : absence;
  return {
    kind: "leaf",
    hash,
    member,
    size: 1,
    living: isLiving(member.status) ? 1 : 0,
    dead: member.status === "dead" ? 1 : 0,
    high: claim.high,
    low: claim.low,
    rosterHigh: presence.high,
    rosterLow: presence.low,
    bytes: recordSize(member),
    speech: speechOf(member.versions, isLiving(member.status)),
  };
}

const absence = { high: 0, low: 0 };

/** Do two records of one member say the same? */
export const sameRecord = (one: Member, other: Member): boolean =>
  one === other ||
  (one.incarnation === other.incarnation &&
    one.status === other.status &&
    one.address === other.address &&
    one.meta === other.meta &&
    (one.versions === other.versions || one.versions.every((version, i) => version === other.versions[i])));
