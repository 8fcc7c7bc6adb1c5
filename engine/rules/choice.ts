/** Random members: for relays, for gossip, for an exchange of views, for a farewell (memberlist's `kRandomNodes`, rule 10). */

import { below, type Rng } from "../words/rng.ts";
import type { Member } from "../words/member.ts";
import type { View } from "../view/index.ts";
import { deadAt, deadIn, livingAt, livingIn } from "../view/index.ts";

/** The members to choose from. */
export type Pool = "living" | "living-or-dead";

/** Up to this many pool members for each one wanted, all that suit are listed, and drawn without replacement; beyond, members are drawn until enough suit. */
const CROWD = 8;
/** The most draws for each member wanted; duplicates and members that do not suit use up draws. */
const DRAWS = 32;

/**
 * Up to `wanted` random members of the pool that suit, each equally likely. If all draws are used up because too many of the dead do not suit, the rest is drawn from the living
 * alone: the dead of a day may by far outnumber the members that still suit.
 */
export function pick(view: View, pool: Pool, wanted: number, suits: (member: Member) => boolean, rng: Rng): readonly [picked: readonly Member[], rng: Rng] {
  const size = livingIn(view) + (pool === "living" ? 0 : deadIn(view));
  if (wanted <= 0 || size === 0) return [[], rng];
  if (size <= CROWD * wanted) return pickFromFew(view, size, wanted, suits, rng);
  const found = pickFromMany(view, size, wanted, suits, rng);
  const [picked, box] = found;
  if (pool === "living" || picked.length === wanted) return found;
  const [rest, next] = pick(view, "living", wanted - picked.length, (member) => suits(member) && !picked.includes(member), box);
  return [[...picked, ...rest], next];
}

function pickFromFew(view: View, size: number, wanted: number, suits: (member: Member) => boolean, rng: Rng): readonly [readonly Member[], Rng] {
  let box = rng;
  const candidates: Member[] = [];
  for (let rank = 0; rank < size; rank++) {
    const member = memberAt(view, rank);
    if (suits(member)) candidates.push(member);
  }
  const picked: Member[] = [];
  while (picked.length < wanted && candidates.length > 0) {
    let place: number;
    [place, box] = below(candidates.length, box);
    picked.push(...candidates.splice(place, 1));
  }
  return [picked, box];
}

function pickFromMany(view: View, size: number, wanted: number, suits: (member: Member) => boolean, rng: Rng): readonly [readonly Member[], Rng] {
  let box = rng;
  const picked: Member[] = [];
  for (let draws = 0; draws < DRAWS * wanted && picked.length < wanted; draws++) {
    let rank: number;
    [rank, box] = below(size, box);
    const member = memberAt(view, rank);
    if (suits(member) && !picked.includes(member)) picked.push(member);
  }
  return [picked, box];
}

/** The living come first, then the dead. */
const memberAt = (view: View, rank: number): Member => (rank < livingIn(view) ? livingAt(view, rank) : deadAt(view, rank - livingIn(view)));
