/** Streams: a greeting, a greeting back, the request, the answer. Each leg takes its time, and a cut breaks the stream. */

import { type ExchangeId, exchangeId, type Instant } from "../../engine/index.ts";
import type { Network } from "./network.ts";
import type { Call } from "./post.ts";

export class Calls {
  private readonly network: Network;
  /** Requests that were delivered and may be answered, and by whom. */
  private readonly open = new Map<ExchangeId, { readonly call: Call; readonly answerer: number }>();
  private opened = 0;

  constructor(network: Network) {
    this.network = network;
  }

  /** When the request reaches the other side: three legs, because nothing is said before both have greeted. Null if it never does. */
  requestArrivesAt(opener: number, target: number, now: Instant): Instant | null {
    const greeted = this.network.legArrivesAt(opener, target, now);
    const greetedBack = greeted === null ? null : this.network.legArrivesAt(target, opener, greeted);
    return greetedBack === null ? null : this.network.legArrivesAt(opener, target, greetedBack);
  }

  /** When the answer is back. */
  answerArrivesAt(answerer: number, opener: number, now: Instant): Instant | null {
    return this.network.legArrivesAt(answerer, opener, now);
  }

  /** A request is delivered: until it is answered or hung up, this name stands for it. */
  deliver(call: Call, answerer: number): ExchangeId {
    const exchange = exchangeId(++this.opened);
    this.open.set(exchange, { call, answerer });
    return exchange;
  }

  /** Who waits for this answer; undefined if it was given already. */
  waitingFor(exchange: ExchangeId): { readonly call: Call; readonly answerer: number } | undefined {
    return this.open.get(exchange);
  }

  hangUp(exchange: ExchangeId): void {
    this.open.delete(exchange);
  }
}
