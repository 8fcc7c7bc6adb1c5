/** What the application adds to acks and to exchanges of views: its hooks are called now and then, and the engine gets the result if it changed. */

import { isUint8Array } from "node:util/types";
import { after, charactersOf, ORIGIN, seconds, type Event, type Instant, type State } from "../../engine/index.ts";
import type { Troubles } from "./troubles.ts";

export type Attaching = {
  readonly ackPayload?: () => Uint8Array;
  readonly localState?: () => Uint8Array;
  /** The most bytes of `localState`: peers reject longer streams. Default: no limit. */
  readonly stateLimit?: number;
};

/** The least time between two calls of the hooks. */
const ASK_EVERY = seconds(1);

export class Attachments {
  private readonly hooks: Attaching;
  private readonly troubles: Troubles;
  private askAt: Instant = ORIGIN;

  constructor(hooks: Attaching, troubles: Troubles) {
    this.hooks = hooks;
    this.troubles = troubles;
  }

  /** Calls the hooks, and returns the event for the engine; null if nothing changed. */
  ask({ mail, config }: State, now: Instant): Event | null {
    const { ackPayload, localState, stateLimit = Infinity } = this.hooks;
    if (now < this.askAt || (ackPayload === undefined && localState === undefined)) return null;
    this.askAt = after(now, ASK_EVERY);
    const toAcks = this.answerOf("hook ackPayload", ackPayload, mail.toAcks, config.metaLimit);
    const toViews = this.answerOf("hook localState", localState, mail.toViews, stateLimit);
    return toAcks === mail.toAcks && toViews === mail.toViews ? null : { kind: "asked-to-attach", now, toAcks, toViews };
  }

  private answerOf(culprit: string, hook: (() => Uint8Array) | undefined, usual: State["mail"]["toAcks"], limit: number): State["mail"]["toAcks"] {
    if (hook === undefined) return usual;
    return this.troubles.ask(culprit, usual, () => {
      const answer: unknown = hook();
      if (!isUint8Array(answer)) throw new TypeError(`${culprit} did not return a Uint8Array`);
      if (answer.length > limit) throw new RangeError(`${culprit} returned ${answer.length} bytes: at most ${limit} are allowed`);
      return charactersOf(answer);
    });
  }
}
