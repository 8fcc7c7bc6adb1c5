/** The messages of one recording that another recording may contain as well: clocks and callers are found by them. */

import { address, type Address, type Datagram, type Effect, type Event, type ExchangeId, foldText, type Instant, instant, mix, type Request, type View } from "../../engine/index.ts";
import type { Trace } from "../reader.ts";
import { retell } from "../replay.ts";

/** A ping or ack that was sent or received, identified by its seq and the two addresses. */
export type Mark = { readonly name: string; readonly at: Instant };
/** A stream that the member opened. */
export type Call = { readonly said: string; readonly at: Instant; readonly to: Address };
/** A stream that the member accepted. */
export type Opened = { readonly said: string; readonly at: Instant; readonly exchange: ExchangeId };

/** When each message was sent or received, by the member's wall clock, in microseconds. */
export class Postmark {
  readonly address: Address;
  private readonly origin: number;
  /** In order of time. */
  readonly sent: Mark[] = [];
  readonly received: Mark[] = [];
  readonly calls: Call[] = [];
  readonly opened: Opened[] = [];

  /** `origin`: the wall clock's time at the member's own origin. */
  constructor(address: Address, origin: number) {
    this.address = address;
    this.origin = origin;
  }

  step(event: Event, effects: readonly Effect[]): void {
    const { now } = event;
    if (event.kind === "received") this.note(this.received, event.from, this.address, event.message, now);
    if (event.kind === "exchange-opened") this.opened.push({ said: gistOf(event.message), at: this.moment(now), exchange: event.exchange });
    for (const effect of effects) {
      if (effect.kind === "send") this.note(this.sent, this.address, effect.to, effect.message, now);
      if (effect.kind === "exchange") this.calls.push({ said: gistOf(effect.message), at: this.moment(now), to: effect.with });
    }
  }

  private note(marks: Mark[], from: Address, to: Address, message: Datagram, at: Instant): void {
    if (message.kind === "ping" || message.kind === "ack") marks.push({ name: `${from} ${to} ${message.kind} ${message.seq}`, at: this.moment(at) });
  }

  private moment(at: Instant): Instant {
    return instant(this.origin + at);
  }
}

/** The postmark of a whole recording. */
export function postmarkOf(trace: Trace): Postmark {
  const { address: at, wallAtOrigin } = trace.header.about;
  const postmark = new Postmark(address(String(at ?? "")), Number(wallAtOrigin ?? 0) * 1_000);
  retell(trace, { stepped: (_, __, event, effects) => postmark.step(event, effects) });
  return postmark;
}

/** A key for the contents of a request: the same where it is sent and where it is received, and rarely the same for two different requests. */
function gistOf(message: Request): string {
  switch (message.kind) {
    case "push-pull": return `push-pull ${message.join} ${viewGist(message.view)} ${foldText(0, message.userState)}`;
    case "compare":   return `compare ${message.depth} ${message.digests.reduce((sum, { high, low }) => mix(mix(sum ^ high) ^ low), 0)}`;
    case "patch":     return `patch ${message.depth} ${message.parts.join()} ${viewGist(message.view)}`;
    case "ping":      return `ping ${message.source} ${message.seq}`;
    case "user":      return `user ${foldText(0, message.payload)}`;
  }
}

const viewGist = ({ high, low }: View): string => `${high} ${low}`;
