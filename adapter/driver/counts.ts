/** A driver's counters. */

import type { Effect, Event, Instant, Micros } from "../../engine/index.ts";
import type { DropReason } from "../codec/codec.ts";
import type { StreamTrouble } from "../exchange/exchange.ts";

/** A number of messages, and their bytes in total. */
export type Traffic = { count: number; bytes: number };

/** How late the alarm was, in microseconds. */
export type Lateness = { last: number; max: number };

/** Why a message that came in was dropped: by the codec, because of its stream, or because of its address. */
export type Drop = DropReason | StreamTrouble | "not-allowed";

/** Counters by name; a counter of 0 is absent. */
export class Tallies<Name extends string = string> {
  private readonly counted = new Map<Name, number>();

  add(name: Name, more = 1): void {
    this.counted.set(name, (this.counted.get(name) ?? 0) + more);
  }

  of(name: Name): number {
    return this.counted.get(name) ?? 0;
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counted);
  }
}

/** Traffic by kind of message. */
export class Flow {
  private readonly kinds = new Map<string, Traffic>();

  add(kind: string, bytes: number): void {
    const traffic = this.kinds.get(kind);
    if (traffic === undefined) {
      this.kinds.set(kind, { count: 1, bytes });
    } else {
      traffic.count++;
      traffic.bytes += bytes;
    }
  }

  all(): Readonly<Record<string, Readonly<Traffic>>> {
    return Object.fromEntries(Array.from(this.kinds, ([kind, { count, bytes }]) => [kind, { count, bytes }]));
  }
}

export class Counts {
  readonly steps = new Tallies();
  readonly announced = new Tallies();
  readonly drops = new Tallies<Drop>();
  /** Everything else, by its whole name. */
  readonly others = new Tallies();
  readonly sent = new Flow();
  readonly received = new Flow();
  readonly lateness: Lateness = { last: 0, max: 0 };

  stepped(event: Event, effects: readonly Effect[]): void {
    this.steps.add(event.kind);
    for (const effect of effects) if (effect.kind === "announce") this.heard(effect);
  }

  /** The alarm rang at `now`, and was due at `due`. */
  rang(now: Instant, due: Instant, stallAfter: Micros): void {
    const late = Math.max(0, now - due);
    this.lateness.last = late;
    this.lateness.max = Math.max(late, this.lateness.max);
    if (stallAfter > 0 && late > stallAfter) this.others.add("stalls");
  }

  private heard({ change }: Extract<Effect, { kind: "announce" }>): void {
    this.announced.add(change.kind);
    if (change.kind === "suspected") this.others.add(`suspicions.${originOf(change.cause.kind)}`);
  }
}

/** How a suspicion came to us, in the terms used for applications. */
export const originOf = (cause: "probe" | "gossip" | "view"): "probe" | "gossip" | "push-pull" => (cause === "view" ? "push-pull" : cause);
