/** The probe of the current period: its target, and the deadlines for asking relays and for giving up. */

import type { Config } from "../words/config.ts";
import { nextBox, throwOf, type Rng } from "../words/rng.ts";
import type { Incarnation, Instant, MemberId, Micros, SeqNo } from "../words/units.ts";
import { after } from "../words/units.ts";
import type { Member } from "../words/member.ts";
import type { View, Walk } from "../view/index.ts";
import { nextLiving, startWalk } from "../view/index.ts";

export type Probe = {
  /** When the next period begins, if no probe is under way then. A probe under way is finished, and the next begins right after it (memberlist rule 4). */
  readonly periodEndsAt: Instant;
  /** How far this pass through the group has come (SWIM §4.3). */
  readonly walk: Walk;
  /** The probe that waits for its ack, if one does. */
  readonly attempt: Attempt | null;
};

export type Attempt = {
  readonly seq: SeqNo;
  readonly target: MemberId;
  /** As held when the probe began: a failure accuses the target under this incarnation, not under a later one. */
  readonly incarnation: Incarnation;
  readonly startedAt: Instant;
  /** When relays will be asked; NEVER once they have been. */
  readonly askRelaysAt: Instant;
  /** When the probe fails, if no answer has come. */
  readonly failsAt: Instant;
  /** The relays that were asked. */
  readonly relays: readonly MemberId[];
  /** How many of them were asked for a nack, … */
  readonly nacksWanted: number;
  /** … and how many nacks came. */
  readonly nacks: number;
  /** Did the target answer over a stream? Then it is alive, even if its datagrams are lost (memberlist rule 18). */
  readonly isStreamAnswered: boolean;
};

/** The same period, with no attempt under way. */
export const answered = ({ periodEndsAt, walk }: Probe): Probe => ({ periodEndsAt, walk, attempt: null });

/** The same period, with its attempt changed. */
export const attempting = ({ periodEndsAt, walk }: Probe, attempt: Attempt): Probe => ({ periodEndsAt, walk, attempt });

/** Does an ack with this seq answer the probe? */
export const answers = (attempt: Attempt | null, seq: SeqNo): boolean => attempt !== null && attempt.seq === seq;

/**
 * Is it too late to answer this probe? A member that runs late may read an answer before the alarm that ends the wait. The answer is too late all the same
 * (memberlist rule 24), unless `stallAfter` makes allowance for our own delays.
 */
export const isPast = ({ failsAt }: Attempt, now: Instant, { stallAfter }: Config): boolean => stallAfter === 0 && failsAt < now;

/** Is a ping for this target meant for us? One without a target is meant for any member (memberlist rules 22 and 25). */
export const isFor = (target: MemberId, self: MemberId): boolean => target === self || target === "";

/** The next period's end after `endsAt` and after now: missed periods are not made up for, but the rhythm is kept (memberlist rule 4). */
export function nextPeriodEnd(endsAt: Instant, now: Instant, periodEvery: Micros): Instant {
  const onTheBeat = after(endsAt, periodEvery);
  if (onTheBeat > now) return onTheBeat;
  return (endsAt + (Math.floor((now - endsAt) / periodEvery) + 1) * periodEvery) as Instant;
}

/** The probe's next deadline: asking relays, or giving up; if no attempt is under way, the end of the period. */
export function probeDueAt({ attempt, periodEndsAt }: Probe): Instant {
  if (attempt === null) return periodEndsAt;
  return attempt.askRelaysAt < attempt.failsAt ? attempt.askRelaysAt : attempt.failsAt;
}

/** The target, the walk after it, and whether it began a new pass. */
export type NextTarget = { readonly target: Member | undefined; readonly walk: Walk; readonly rng: Rng; readonly isNewPass: boolean };

/** The next member to probe: the next living member of this pass, or of a new pass in another order if this one is over; never ourselves. */
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
