/** The probe of the current period: whom we asked, until when we wait before we ask for help, and before we give up. */

import type { Config } from "../words/config.ts";
import { nextBox, throwOf, type Rng } from "../words/rng.ts";
import type { Incarnation, Instant, MemberId, Micros, SeqNo } from "../words/units.ts";
import { after } from "../words/units.ts";
import type { Member } from "../words/member.ts";
import type { View, Walk } from "../view/index.ts";
import { nextLiving, startWalk } from "../view/index.ts";

export type Probe = {
  /** When the next period begins, if no probe is under way then. One that is under way goes on to its end, and the next begins right after it (memberlist rule 4). */
  readonly periodEndsAt: Instant;
  /** How far this pass through the group has come (SWIM §4.3). */
  readonly walk: Walk;
  /** The probe that waits for its ack, if one does. */
  readonly attempt: Attempt | null;
};

export type Attempt = {
  readonly seq: SeqNo;
  readonly target: MemberId;
  /** As held when the probe began: a failure accuses the target of this incarnation, of no later one. */
  readonly incarnation: Incarnation;
  readonly startedAt: Instant;
  /** When relays will be asked; NEVER once they were. */
  readonly askRelaysAt: Instant;
  /** When it has failed, if nobody answered. */
  readonly failsAt: Instant;
  /** The relays that were asked. */
  readonly relays: readonly MemberId[];
  /** How many of them will say so if they wait in vain, … */
  readonly nacksWanted: number;
  /** … and how many did. */
  readonly nacks: number;
  /** Did the target answer over a stream? Then it lives, whatever became of its datagrams (memberlist rule 18). */
  readonly isStreamAnswered: boolean;
};

/** The probe with nothing left to wait for in this period. */
export const answered = ({ periodEndsAt, walk }: Probe): Probe => ({ periodEndsAt, walk, attempt: null });

/** The same period, with its attempt changed. */
export const attempting = ({ periodEndsAt, walk }: Probe, attempt: Attempt): Probe => ({ periodEndsAt, walk, attempt });

/** Does an ack with this seq answer the probe? */
export const answers = (attempt: Attempt | null, seq: SeqNo): boolean => attempt !== null && attempt.seq === seq;

/**
 * Is it too late to answer this probe? Whoever runs late may read an answer before the alarm that ends the wait; nobody waits for it any more all the same
 * (memberlist rule 24), unless a member forgives itself its delays.
 */
export const isPast = ({ failsAt }: Attempt, now: Instant, { stallAfter }: Config): boolean => stallAfter === 0 && failsAt < now;

/** Does a ping for this target ask us? Who names nobody takes whoever is there (memberlist rules 22 and 25). */
export const isFor = (target: MemberId, self: MemberId): boolean => target === self || target === "";

/** The beat after one at `endsAt`, and after now: beats that were missed are not made up for, but the rhythm is kept (memberlist rule 4). */
export function nextPeriodEnd(endsAt: Instant, now: Instant, periodEvery: Micros): Instant {
  const onTheBeat = after(endsAt, periodEvery);
  if (onTheBeat > now) return onTheBeat;
  return (endsAt + (Math.floor((now - endsAt) / periodEvery) + 1) * periodEvery) as Instant;
}

/** When this probe's next deadline is: asking relays, or giving up; else the next period. */
export function probeDueAt({ attempt, periodEndsAt }: Probe): Instant {
  if (attempt === null) return periodEndsAt;
  return attempt.askRelaysAt < attempt.failsAt ? attempt.askRelaysAt : attempt.failsAt;
}

/** Whom to probe, where the walk stands then, and whether it began a new pass. */
export type NextTarget = { readonly target: Member | undefined; readonly walk: Walk; readonly rng: Rng; readonly isNewPass: boolean };

/** Whom to probe next: the next living member of this pass, of a new one in another order if this is over, and never ourselves. */
export function nextTarget(view: View, walk: Walk, self: MemberId, rng: Rng): NextTarget {
  let place = walk;
  let box = rng;
  for (let passes = 0; passes < 2; ) {
    const [member, next] = nextLiving(view, place);
    place = next;
    if (member !== undefined && member.id !== self) return { target: member, walk: place, rng: box, isNewPass: passes > 0 };
    if (member !== undefined) continue;
    place = startWalk(throwOf(box));
    box = nextBox(box);
    passes++;
  }
  return { target: undefined, walk: place, rng: box, isNewPass: true };
}
