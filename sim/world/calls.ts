/**
 * Streams: connecting takes a round trip, then come the request and the answer. Each leg takes its time, and a cut breaks the stream. A stream without an answer is
 * just closed. Where no process runs, the stream is refused; its opener does not notice that either.
 */

import { type Address, after, type Answer, type Event, type ExchangeId, exchangeId, type Instant, type Micros, type Request, sizeOfMessage } from "../../engine/index.ts";
import type { Load } from "../measure/load.ts";
import type { Births } from "./birth.ts";
import type { Network } from "./network.ts";
import type { Call, Parcel, Post } from "./post.ts";

type Incoming = Extract<Event, { kind: "exchange-opened" | "exchange-answered" }>;

/** The parts of the world that streams use. */
type Line = {
  readonly network: Network;
  readonly births: Births;
  readonly post: Post;
  readonly load: Load;
  readonly clock: () => Instant;
  /** How long an opener waits for the answer. */
  readonly deadline: Micros;
};

export class Calls {
  private readonly line: Line;
  /** Delivered requests that may still be answered, and the member that would answer. */
  private readonly open = new Map<ExchangeId, { readonly call: Call; readonly answerer: number }>();
  private opened = 0;

  constructor(line: Line) {
    this.line = line;
  }

  /** A member opens a stream. The request takes three legs, because connecting takes a round trip. */
  call(opener: number, to: Address, message: Request, now: Instant): void {
    const { network, births, load } = this.line;
    load.opened();
    const target = births.memberAt(to);
    if (target === undefined) return;
    const call: Call = { opener, turn: births.turnOf(opener), openedAt: now };
    if (network.mayHold && network.clogs.takesStream(opener, target, () => this.greet(target, message, call))) return;
    this.greet(target, message, call);
  }

  private greet(target: number, message: Request, call: Call): void {
    const { network, post, clock } = this.line;
    const [{ opener }, now] = [call, clock()];
    const greeted = network.legArrivesAt(opener, target, now);
    const greetedBack = greeted === null ? null : network.legArrivesAt(target, opener, greeted);
    const arrives = greetedBack === null ? null : network.legArrivesAt(opener, target, greetedBack, network.isHarmful ? sizeOfMessage(message) : 0, now);
    if (arrives !== null) post.add(arrives, { kind: "request", from: opener, to: target, message, call });
  }

  /** Turns what arrives over a stream into an event; null if the stream has broken. */
  eventOf(parcel: Exclude<Parcel, { kind: "datagram" }>, from: Address, now: Instant): Incoming | null {
    if (parcel.kind === "answer") return this.isWhole(parcel.call, parcel.from, now) ? { kind: "exchange-answered", now, from, message: parcel.message } : null;
    const exchange = this.deliver(parcel, now);
    return exchange === null ? null : { kind: "exchange-opened", now, from, exchange, message: parcel.message };
  }

  /** A request arrives, if its stream is not broken. The returned id stands for the stream until it is answered or hung up. */
  deliver({ to, call, message }: Extract<Parcel, { kind: "request" }>, now: Instant): ExchangeId | null {
    if (!this.isWhole(call, to, now)) return null;
    this.line.load.stream(message.kind, sizeOfMessage(message));
    const exchange = exchangeId(++this.opened);
    this.open.set(exchange, { call, answerer: to });
    return exchange;
  }

  /** Sends the answer, unless the stream has been hung up. */
  answer(exchange: ExchangeId, message: Answer): void {
    const waiting = this.open.get(exchange);
    if (waiting === undefined) return;
    const { call, answerer } = waiting;
    const { network, load } = this.line;
    load.stream(message.kind, sizeOfMessage(message));
    if (network.mayHold && network.clogs.takesStream(answerer, call.opener, () => this.sendBack(answerer, message, call))) return;
    this.sendBack(answerer, message, call);
  }

  private sendBack(answerer: number, message: Answer, call: Call): void {
    const { network, post, clock } = this.line;
    const arrives = network.legArrivesAt(answerer, call.opener, clock(), network.isHarmful ? sizeOfMessage(message) : 0);
    if (arrives !== null) post.add(arrives, { kind: "answer", from: answerer, to: call.opener, message, call });
  }

  hangUp(exchange: ExchangeId): void {
    this.open.delete(exchange);
  }

  /** Broken by a cut in the meantime, by an opener that has stopped, and by the deadline. */
  isWhole({ opener, turn, openedAt }: Call, answerer: number, now: Instant): boolean {
    const { network, births, deadline } = this.line;
    return !network.breaks(opener, answerer) && births.turnOf(opener) === turn && now <= after(openedAt, deadline);
  }
}
