/** The observers of a capture, while it is told: who is there, who listens, and what each makes of what it hears. */

import { instant, step, type Address, type Event, type Instant, type Member, type MemberId, type State } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Census } from "./census.ts";
import { type Life, SILENCE } from "./lives.ts";
import { nameless } from "./naming.ts";
import { introductions, observerOf, ownWords, toItself, unknownRecord } from "./observer.ts";
import { recordAt } from "./records.ts";
import type { Spoken } from "./speaker.ts";

/** Of what reaches a member that does not listen, so much is kept for it: about what a socket keeps. */
const MOST_HELD = 1_024;

/** What happens besides words: members begin and fall silent. */
type Turn = { readonly at: Instant; readonly address: Address; readonly kind: "begins" | "falls silent" };

export class Cast {
  private readonly census: Census;
  private readonly recorder: Recorder;
  private readonly states = new Map<Address, State>();
  /** What waits for those who do not listen. */
  private readonly held = new Map<Address, Event[]>();
  private readonly places = new Map<Address, number>();
  private readonly turns: readonly Turn[];
  private turn = 0;

  constructor(census: Census, recorder: Recorder) {
    this.census = census;
    this.recorder = recorder;
    this.turns = turnsOf(census);
  }

  /** Whoever begins or falls silent up to now does so. */
  goOn(now: Instant): void {
    for (; this.turn < this.turns.length && this.turns[this.turn]!.at <= now; this.turn++) {
      const { at, address, kind } = this.turns[this.turn]!;
      if (kind === "begins") this.begin(address, at);
      else this.recorder.disrupted?.(at, "silent", [this.nameOf(address)]);
    }
  }

  /** It said this: so it listens, and so it believes. */
  speak(speaker: Address, saying: Spoken): void {
    const { at } = saying;
    if (this.lifeOf(speaker, at) === undefined) return;
    for (const event of this.held.get(speaker) ?? []) this.listen(speaker, { ...event, now: at });
    this.held.delete(speaker);
    const state = this.states.get(speaker);
    if (state === undefined) return;
    const { corrected, events } = ownWords(state, saying, this.recordOf);
    if (corrected !== null) {
      this.states.set(speaker, corrected);
      this.recorder.disrupted?.(at, "corrected", [this.nameOf(speaker)]);
      this.recorder.born?.(at, this.nameOf(speaker), corrected);
    }
    for (const event of events) this.take(speaker, event);
  }

  /** This reached it: at once, or when it listens again; or never, if it was not there any more. */
  hear(hearer: Address, event: Event): void {
    const life = this.lifeOf(hearer, event.now);
    if (life === undefined) return;
    if (!isWithinOne(life.deaf, event.now)) return this.listen(hearer, event);
    const held = this.held.get(hearer) ?? [];
    this.held.set(hearer, held);
    if (held.length < MOST_HELD) held.push(event);
  }

  private begin(address: Address, at: Instant): void {
    const id = this.nameOf(address);
    const record = recordAt(this.census.fame.get(id), at) ?? unknownRecord(id, address);
    const state = observerOf({ ...record, id, address }, at, this.turn);
    this.states.set(address, state);
    this.held.delete(address);
    this.recorder.born?.(at, id, state);
  }

  /** Takes in what it was told, after being told of whom it speaks. */
  private listen(who: Address, event: Event): void {
    const state = this.states.get(who);
    const strangers = state !== undefined && event.kind === "received" ? introductions(state, event.message.gossip, this.recordOf) : [];
    if (state !== undefined && strangers.length > 0) this.take(who, toItself(state, strangers, event.now));
    this.take(who, event);
  }

  private take(who: Address, event: Event): void {
    const state = this.states.get(who);
    if (state === undefined) return;
    const [next, effects] = step(state, event);
    this.states.set(who, next);
    this.recorder.stepped?.(event.now, this.nameOf(who), event, effects, next);
  }

  /** Time only goes on, and so does the place in a member's lives. */
  private lifeOf(address: Address, at: Instant): Life | undefined {
    const lives = this.census.lives.get(address) ?? [];
    let place = this.places.get(address) ?? 0;
    while (place + 1 < lives.length && lives[place + 1]!.from <= at) place++;
    this.places.set(address, place);
    const life = lives[place];
    return life !== undefined && life.from <= at && at <= life.until ? life : undefined;
  }

  private nameOf(address: Address): MemberId {
    return this.census.names.get(address) ?? nameless(address);
  }

  private readonly recordOf = (name: MemberId, address?: Address): Member | undefined =>
    recordAt(this.census.fame.get(name), instant(0)) ?? (address === undefined ? undefined : unknownRecord(name, address));
}

/** Spans are in order, and apart. */
function isWithinOne(spans: Life["deaf"], at: Instant): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.until > at) high = middle;
    else low = middle + 1;
  }
  const span = spans[low];
  return span !== undefined && span.from <= at;
}

function turnsOf({ lives, until }: Census): readonly Turn[] {
  const turns = Array.from(lives).flatMap(([address, spans]) => spans.flatMap((life, number): readonly Turn[] => {
    const isLast = number === spans.length - 1;
    const isSilent = !isLast || until - life.until > SILENCE;
    return [{ at: life.from, address, kind: "begins" }, ...(isSilent ? [{ at: life.until, address, kind: "falls silent" } as const] : [])];
  }));
  return turns.toSorted((one, other) => one.at - other.at);
}
