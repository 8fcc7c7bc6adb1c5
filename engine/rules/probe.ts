/** The probe of the current period: whom we asked, and until when we wait before we ask for help, and before we give up. */

import { below, nextBox, throwOf, type Rng } from "../words/rng.ts";
import type { Incarnation, Instant, MemberId, Micros, SeqNo } from "../words/units.ts";
import { after, NEVER } from "../words/units.ts";
import type { Member } from "../words/member.ts";
import type { View, Walk } from "../view/index.ts";
import { livingAt, livingIn, nextLiving, startWalk } from "../view/index.ts";

export type Probe = {
  /** When this period ends: the probe of it is judged, and the next begins. */
  readonly periodEndsAt: Instant;
  /** How far this pass through the group has come (SWIM §4.3). */
  readonly walk: Walk;
  /** The probe that waits for its ack, if one does. */
  readonly attempt: Attempt | null;
};

export type Attempt = {
  readonly seq: SeqNo;
  readonly target: MemberId;
  /** As held when the probe began: a failure accuses this life of the target, no later one. */
  readonly incarnation: Incarnation;
  /** When relays will be asked; NEVER once they were. */
  readonly askRelaysAt: Instant;
};

/** The probe with nothing left to wait for in this period. */
export const answered = ({ periodEndsAt, walk }: Probe): Probe => ({ periodEndsAt, walk, attempt: null });

/** Does an ack with this seq answer the probe? */
export const answers = (attempt: Attempt | null, seq: SeqNo): boolean => attempt !== null && attempt.seq === seq;

/** The period after one that ended at `endsAt`: on the beat, or from now on if a whole beat was missed (a suspended process must not catch up in a burst). */
export function nextPeriodEnd(endsAt: Instant, now: Instant, periodEvery: Micros): Instant {
  const onTheBeat = after(endsAt, periodEvery);
  return onTheBeat > now ? onTheBeat : after(now, periodEvery);
}

/** Whom to probe next: the next living member of this pass, of a new one in another order if this is over, and never ourselves. */
export function nextTarget(view: View, walk: Walk, self: MemberId, rng: Rng): readonly [target: Member | undefined, walk: Walk, rng: Rng] {
  let place = walk;
  let box = rng;
  for (let passes = 0; passes < 2; ) {
    const [member, next] = nextLiving(view, place);
    place = next;
    if (member !== undefined && member.id !== self) return [member, place, box];
    if (member !== undefined) continue;
    place = startWalk(throwOf(box));
    box = nextBox(box);
    passes++;
  }
  return [undefined, place, box];
}

/** Below this many members for each one wanted, all are listed and shuffled; above, drawn until enough are found. */
const CROWD = 4;

/** Up to `wanted` random alive members, none of them in `except`, each as likely as the others. */
export function pickAlive(view: View, wanted: number, except: readonly MemberId[], rng: Rng): readonly [picked: readonly Member[], rng: Rng] {
  const living = livingIn(view);
  if (wanted <= 0) return [[], rng];
  return living <= CROWD * (wanted + except.length) ? pickFromFew(view, wanted, except, rng) : pickFromMany(view, wanted, except, rng);
}

function pickFromFew(view: View, wanted: number, except: readonly MemberId[], rng: Rng): readonly [readonly Member[], Rng] {
  let box = rng;
  const candidates: Member[] = [];
  for (let rank = 0; rank < livingIn(view); rank++) {
    const member = livingAt(view, rank);
    if (member.status === "alive" && !except.includes(member.id)) candidates.push(member);
  }
  const picked: Member[] = [];
  while (picked.length < wanted && candidates.length > 0) {
    let place: number;
    [place, box] = below(candidates.length, box);
    picked.push(...candidates.splice(place, 1));
  }
  return [picked, box];
}

/** How many draws are made for each member wanted; suspects and doubles are drawn in vain. */
const DRAWS = 16;

function pickFromMany(view: View, wanted: number, except: readonly MemberId[], rng: Rng): readonly [readonly Member[], Rng] {
  let box = rng;
  const picked: Member[] = [];
  for (let draws = 0; draws < DRAWS * wanted && picked.length < wanted; draws++) {
    let rank: number;
    [rank, box] = below(livingIn(view), box);
    const member = livingAt(view, rank);
    if (member.status === "alive" && !except.includes(member.id) && !picked.includes(member)) picked.push(member);
  }
  return [picked, box];
}

/** When the relays of this probe are due to be asked, or never. */
export const relaysDueAt = (probe: Probe): Instant => (probe.attempt === null ? NEVER : probe.attempt.askRelaysAt);
