/** Clocks: what a member's own clock shows at a true moment, and at which true moment it will show a given time. A member knows no other time. */

import { type Instant, instant, type Micros, micros, NEVER } from "../../engine/index.ts";
import type { ClockChange, Place, Ticking } from "../scenario/model.ts";
import { keyedDraw, packetKey } from "./chance.ts";

/** A clock that was set to `said` at the true moment `since`, and runs `rate` parts per million faster than true time since then. */
type Clock = { readonly since: Instant; readonly said: Instant; readonly rate: number };

const MILLION = 1_000_000;
/** What a draw is for. */
const purposes = { offset: 1, homeRate: 2, rate: 3 } as const;

/** Most clocks are true, and cost nothing. A clock belongs to its machine: it goes on whether its member lives or not. */
export class Clocks {
  private readonly places: readonly Place[];
  private readonly seed: number;
  private readonly odd = new Map<number, Clock>();
  private changes = 0;

  constructor(places: readonly Place[], seed: number) {
    this.places = places;
    this.seed = seed;
    places.forEach(({ clock }, member) => {
      if (clock === undefined) return;
      const said = instant(between(clock.offset, this.draw(member, 0, purposes.offset)));
      this.odd.set(member, { since: instant(0), said, rate: this.homeRateOf(member) });
    });
  }

  /** What a member's clock shows now. */
  read(member: number, now: Instant): Instant {
    const clock = this.odd.size === 0 ? undefined : this.odd.get(member);
    return clock === undefined ? now : saidBy(clock, now - clock.since);
  }

  /** The first true moment at which a member's clock shows this time or later; it may be in the past. */
  momentOf(member: number, said: Instant): Instant {
    const clock = this.odd.size === 0 ? undefined : this.odd.get(member);
    if (clock === undefined || said >= NEVER) return said;
    const left = said - clock.said;
    if (left <= 0) return clock.since;
    let wait = Math.floor(left / (1 + clock.rate / MILLION));
    while (saidBy(clock, wait) < said) wait++;
    while (wait > 0 && saidBy(clock, wait - 1) >= said) wait--;
    return instant(clock.since + wait);
  }

  /** Changes a member's clock now. Only its monotonic clock: no member asks for the time of day. */
  change(member: number, { rate, step }: ClockChange, now: Instant): void {
    const said = instant(this.read(member, now) + step);
    const before = this.odd.get(member)?.rate ?? 0;
    this.odd.set(member, { since: now, said, rate: this.rateAfter(member, rate, before) });
  }

  private rateAfter(member: number, rate: ClockChange["rate"], before: number): number {
    if (rate === null) return before;
    return rate === "usual" ? this.homeRateOf(member) : between(rate, this.draw(member, ++this.changes, purposes.rate));
  }

  private homeRateOf(member: number): number {
    const clock = this.places[member]?.clock;
    return clock === undefined ? 0 : between(clock.rate, this.draw(member, 0, purposes.homeRate));
  }

  private draw(member: number, nth: number, purpose: number): number {
    return keyedDraw(packetKey(this.seed, member, member, nth), purpose);
  }
}

const saidBy = ({ said, rate }: Clock, wait: number): Instant => (said + wait + Math.floor((wait * rate) / MILLION)) as Instant;

/** Whole numbers, so that a clock is the same on every machine. */
const between = ([least, most]: Ticking["rate"] | readonly [Micros, Micros], draw: number): Micros => micros(least + draw * (most - least));
