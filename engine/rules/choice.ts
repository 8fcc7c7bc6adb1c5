/** Random members: for relays, for gossip, for an exchange of views, for a farewell (memberlist's `kRandomNodes`, rule 10). */

import { below, type Rng } from "../words/rng.ts";
import type { Member } from "../words/member.ts";
import type { View } from "../view/index.ts";
import { deadAt, deadIn, livingAt, livingIn } from "../view/index.ts";

/** Among whom is chosen. */
export type Pool = "living" | "living-or-dead";

/** Below this many for each one wanted, all are listed and drawn without putting back; above, drawn until enough are found. */
const CROWD = 8;
/** How many draws are made for each member wanted; doubles and those that do not suit are drawn in vain. */
const DRAWS = 32;

/**
 * Up to `wanted` random members of the pool that suit, each as likely as the others. But where so many of the dead do not suit that draws in vain use up all there are, the living
 * are drawn by themselves: the dead of a day may be many times as many as those who still want to hear something.
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
