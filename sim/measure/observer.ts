/** Observes one run: compares what members announce with the truth of the world, and collects the results. */

import type { Bytes, Change, MemberId, View } from "../../engine/index.ts";
import type { Network } from "../world/network.ts";
import type { Truth } from "../world/truth.ts";
import { Agreement } from "./agreement.ts";
import { Announcements } from "./announcement.ts";
import { middleOf } from "./curve.ts";
import { Detection, type Views } from "./detection.ts";
import { Falsehood } from "./falsehood.ts";
import { Health } from "./health.ts";
import { Load } from "./load.ts";
import type { RunResult } from "./result.ts";
import { Broadcasts, Updates } from "./sayings.ts";
import { inSeconds } from "./seconds.ts";

/** What the observer needs from the world that it watches. */
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
  readonly falsehood: Falsehood;
  readonly load = new Load();
  readonly health: Health;
  private readonly detection: Detection;
  private readonly blocks: Detection;
  private readonly broadcasts: Broadcasts;
  private readonly updates: Updates;
  private readonly announcements = new Announcements();
  private readonly truth: Truth;
  private readonly duration: number;
  private suspicions = 0;
  private refutations = 0;
  private lived = 0;
  private seenUntil = 0;
  /** When to sample the curves next, and how often that has happened. */
  private looksAt: number;
  private looks = 0;

  constructor({ ids, numberOf, truth, network, views, duration }: Scene) {
    this.truth = truth;
    this.duration = duration;
    this.agreement = new Agreement(truth, ids.length, duration);
    this.detection = new Detection(ids, truth, views);
    this.blocks = new Detection(ids, truth, views);
    this.falsehood = new Falsehood(truth, network, numberOf, duration);
    this.broadcasts = new Broadcasts(truth);
    this.updates = new Updates(truth, ids, views);
    this.health = new Health(truth, duration);
    this.looksAt = middleOf(0, duration);
  }

  /** The clock advances to `now`; nothing has happened in between. */
  pass(now: number): void {
    if (now < this.looksAt) return;
    this.agreement.pass(now);
    this.health.pass(now);
    while (this.looksAt <= now) this.looksAt = middleOf(++this.looks, this.duration);
  }

  holds(who: number, view: View | null, now: number): void {
    this.agreement.holds(who, view, now);
    this.updates.holds(who, view, now);
  }

  /** A member announces a change to its application. */
  announced(who: number, change: Change, now: number): void {
    this.announcements.announced(change.kind);
    if (change.kind === "message") return this.broadcasts.heard(who, change.payload, now);
    if (change.kind === "suspected" && change.cause.kind === "probe") this.suspicions++;
    else if (change.kind === "refuted") this.refutations++;
    // A member that is leaving no longer counts as a witness, and one that stands still announces nothing.
    if (this.truth.isRunning(who)) {
      this.detection.announced(who, change, now);
      this.blocks.announced(who, change, now);
      this.falsehood.announced(who, change, now);
    } else if (this.truth.of(who) === "blocked") this.falsehood.announced(who, change, now);
  }

  /** The truth is about to change. */
  beforeDisruption(now: number): void {
    this.agreement.endOfWatch(now);
    this.countLives(now);
  }

  crashed(member: number, now: number): void {
    this.blocks.restarted(member, now);
    this.detection.crashed(member, now);
  }

  started(member: number, now: number): void {
    this.detection.restarted(member, now);
  }

  paused(member: number, now: number): void {
    this.falsehood.touch(member);
    this.stopped(member, now);
  }

  /** A member can no longer reach others, or be reached. */
  blocked(member: number, now: number): void {
    this.falsehood.touch(member);
    this.falsehood.blocked(member, now);
    this.blocks.crashed(member, now);
    this.silenced(member, now);
  }

  unblocked(member: number, now: number): void {
    this.blocks.restarted(member, now);
  }

  stopped(member: number, now: number): void {
    this.falsehood.stopped(member, now);
    this.silenced(member, now);
  }

  /** A member's application broadcasts a payload. */
  broadcast(member: number, payload: Bytes, now: number): void {
    this.broadcasts.begun(member, payload, now);
  }

  /** A member's application publishes a new meta. */
  updated(member: number, meta: Bytes, now: number): void {
    this.updates.begun(member, meta, now);
  }

  /** The truth has changed, and sides and rosters are computed. */
  afterDisruption(now: number): void {
    this.agreement.truthChanged(now);
    this.detection.truthChanged(now);
    this.blocks.truthChanged(now);
  }

  results(run: { readonly run: number; readonly seed: string; readonly traceHash: string; readonly events: number }, now: number): RunResult {
    this.countLives(now);
    return {
      ...run,
      simulatedSeconds: inSeconds(now),
      memberSeconds: inSeconds(this.lived),
      ...this.agreement.results(now),
      crashes: this.detection.results(now),
      blocks: this.blocks.results(now),
      broadcasts: this.broadcasts.results(now),
      updates: this.updates.results(now),
      ...this.falsehood.results(now),
      suspicions: this.suspicions,
      refutations: this.refutations,
      load: this.load.results(),
      announcements: this.announcements.results(),
      health: this.health.results(now),
    };
  }

  private silenced(member: number, now: number): void {
    this.broadcasts.stopped(member, now);
    this.updates.stopped(member, now);
  }

  private countLives(now: number): void {
    this.lived += this.truth.running * (now - this.seenUntil);
    this.seenUntil = now;
  }
}
