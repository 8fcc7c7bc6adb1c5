/** One run's observer: sees what the world does and what members announce, compares it with the truth, and writes it up. */

import type { Change, Event, MemberId, Message, View } from "../../engine/index.ts";
import type { Network } from "../world/network.ts";
import type { Truth } from "../world/truth.ts";
import { Agreement } from "./agreement.ts";
import { Detection, type Views } from "./detection.ts";
import { Falsehood } from "./falsehood.ts";
import { Load } from "./load.ts";
import type { RunResult } from "./result.ts";
import { inSeconds } from "./seconds.ts";

/** What the observer needs to know of the world it watches. */
export type Scene = {
  readonly ids: readonly MemberId[];
  readonly numberOf: ReadonlyMap<MemberId, number>;
  readonly truth: Truth;
  readonly network: Network;
  readonly views: Views;
  readonly duration: number;
};

export class Observer {
  readonly agreement: Agreement;
  private readonly detection: Detection;
  readonly falsehood: Falsehood;
  readonly load = new Load();
  private readonly truth: Truth;
  private suspicions = 0;
  private refutations = 0;
  private lived = 0;
  private seenUntil = 0;

  constructor({ ids, numberOf, truth, network, views, duration }: Scene) {
    this.truth = truth;
    this.agreement = new Agreement(truth, ids.length, duration);
    this.detection = new Detection(ids, truth, views);
    this.falsehood = new Falsehood(truth, network, numberOf);
  }

  /** The clock moves on to `now`, and nothing has happened in between. */
  pass(now: number): void {
    this.agreement.pass(now);
  }

  holds(who: number, view: View | null, now: number): void {
    this.agreement.holds(who, view, now);
  }

  sent(kind: Message["kind"], bytes: number): void {
    this.load.sent(kind, bytes);
  }

  /** A member tells its application something, because of an event of this kind. */
  announced(who: number, id: MemberId, change: Change, cause: Event["kind"], now: number): void {
    // A suspicion in one's own name is begun by a probe that failed when its period ended, or by what a push-pull said.
    if (change.kind === "suspected" && change.by === id && cause === "woke") this.suspicions++;
    else if (change.kind === "refuted") this.refutations++;
    // A member that is saying goodbye is no witness any more, and one that stands still says nothing.
    if (!this.truth.isRunning(who)) return;
    this.detection.announced(who, change, now);
    this.falsehood.announced(who, change, now);
  }

  /** The truth is about to change. */
  beforeDisruption(now: number): void {
    this.agreement.endOfWatch(now);
    this.countLives(now);
  }

  crashed(member: number, now: number): void {
    this.detection.crashed(member, now);
  }

  started(member: number, now: number): void {
    this.detection.restarted(member, now);
  }

  stopped(member: number, now: number): void {
    this.falsehood.stopped(member, now);
  }

  /** The truth has changed, and is settled. */
  afterDisruption(now: number): void {
    this.agreement.truthChanged(now);
    this.detection.truthChanged(now);
  }

  results(run: { readonly run: number; readonly seed: string; readonly traceHash: string; readonly events: number }, now: number): RunResult {
    this.countLives(now);
    return {
      ...run,
      simulatedSeconds: inSeconds(now),
      memberSeconds: inSeconds(this.lived),
      ...this.agreement.results(now),
      crashes: this.detection.results(now),
      ...this.falsehood.results(now),
      suspicions: this.suspicions,
      refutations: this.refutations,
      load: this.load.results(),
    };
  }

  private countLives(now: number): void {
    this.lived += this.truth.running * (now - this.seenUntil);
    this.seenUntil = now;
  }
}
