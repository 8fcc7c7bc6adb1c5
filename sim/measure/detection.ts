/** Detection: from a crash, or from blocking, to the first suspicion, the first declaration of death, and until the last member knows. */

import { type Change, find, isLiving, type MemberId, type Status, type View } from "../../engine/index.ts";
import type { Truth } from "../world/truth.ts";
import { Flock } from "./flock.ts";
import type { CrashResult, Observation } from "./result.ts";
import { inSeconds } from "./seconds.ts";

type Watch = {
  readonly member: number;
  readonly at: number;
  suspectedAt: number | null;
  detectedAt: number | null;
  knownAt: number | null;
  /** Running members on the victim's side that still hold it alive or suspect. */
  readonly unaware: Flock;
};

/** A member's view, straight from the world; null for members that do not run. */
export type Views = (who: number) => View | null;

export class Detection {
  private readonly ids: readonly MemberId[];
  private readonly truth: Truth;
  private readonly views: Views;
  private readonly watches = new Map<MemberId, Watch>();
  private readonly done: CrashResult[] = [];

  constructor(ids: readonly MemberId[], truth: Truth, views: Views) {
    this.ids = ids;
    this.truth = truth;
    this.views = views;
  }

  /** A member has crashed, or is blocked; `truth` is up to date. */
  crashed(member: number, now: number): void {
    const id = this.idOf(member);
    this.close(id, now);
    const isHeld = (status: Status): boolean => this.anyRunning((view) => find(view, id)?.status === status);
    const detectedAt = isHeld("dead") ? now : null;
    const suspectedAt = isHeld("suspect") ? now : detectedAt;
    this.watches.set(id, { member, at: now, suspectedAt, detectedAt, knownAt: null, unaware: new Flock(this.ids.length) });
  }

  /** The member runs again, or has stopped for another reason: ends the watch. */
  restarted(member: number, now: number): void {
    this.close(this.idOf(member), now);
  }

  /** Reachability has changed: counts the members that do not know yet again. O(open watches · members), with one look at each shared view. */
  truthChanged(now: number): void {
    for (const [id, watch] of this.watches) {
      const looked = new Map<View, boolean>();
      watch.unaware.clear();
      for (let who = 0; who < this.ids.length; who++) {
        const view = this.views(who);
        if (view === null || !this.concerns(who, watch)) continue;
        let holdsLiving = looked.get(view);
        if (holdsLiving === undefined) looked.set(view, (holdsLiving = isHeldLiving(view, id)));
        if (holdsLiving) watch.unaware.add(who);
      }
      this.judge(watch, now);
    }
  }

  /** A running member announces a change to its application. */
  announced(who: number, change: Change, now: number): void {
    if (this.watches.size === 0 || !("member" in change)) return;
    const watch = this.watches.get(change.member.id);
    if (watch === undefined) return;
    const counts = this.concerns(who, watch);
    switch (change.kind) {
      case "suspected":
        watch.suspectedAt ??= now;
        return;
      case "failed":
        watch.detectedAt ??= now;
        // Without suspicion, the first declaration of death is also the first suspicion.
        watch.suspectedAt ??= now;
        watch.unaware.delete(who);
        return this.judge(watch, now);
      case "left":
        // A farewell from an earlier life: this member now holds the victim gone, but nobody has detected its crash.
        watch.unaware.delete(who);
        return this.judge(watch, now);
      case "joined":
        if (counts) watch.unaware.add(who);
        return;
      default:
        return;
    }
  }

  results(now: number): readonly CrashResult[] {
    for (const id of [...this.watches.keys()]) this.close(id, now);
    return this.done.toSorted((one, other) => one.at - other.at);
  }

  private concerns(who: number, watch: Watch): boolean {
    return this.truth.isRunning(who) && this.truth.sideOf(who) === this.truth.sideOf(watch.member);
  }

  private judge(watch: Watch, now: number): void {
    if (watch.unaware.size === 0 && watch.detectedAt !== null) watch.knownAt ??= now;
  }

  private close(id: MemberId, now: number): void {
    const watch = this.watches.get(id);
    if (watch === undefined) return;
    this.watches.delete(id);
    const observed = (at: number | null): Observation => (at === null ? { censoredAfter: inSeconds(now - watch.at) } : { seconds: inSeconds(at - watch.at) });
    this.done.push({
      member: id,
      at: inSeconds(watch.at),
      firstSuspicion: observed(watch.suspectedAt),
      firstDetection: observed(watch.detectedAt),
      fullDissemination: observed(watch.knownAt),
    });
  }

  private anyRunning(holds: (view: View) => boolean): boolean {
    const looked = new Set<View>();
    for (let who = 0; who < this.ids.length; who++) {
      const view = this.views(who);
      if (view === null || !this.truth.isRunning(who) || looked.has(view)) continue;
      looked.add(view);
      if (holds(view)) return true;
    }
    return false;
  }

  private idOf(member: number): MemberId {
    const id = this.ids[member];
    if (id === undefined) throw new RangeError(`no member ${member}`);
    return id;
  }
}

function isHeldLiving(view: View, id: MemberId): boolean {
  const held = find(view, id);
  return held !== undefined && isLiving(held.status);
}
