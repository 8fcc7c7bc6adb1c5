/** Sayings: broadcasts and new metas, and how far each has spread. */

import { type Bytes, find, type MemberId, type View } from "../../engine/index.ts";
import type { Truth } from "../world/truth.ts";
import type { Views } from "./detection.ts";
import type { BroadcastResult, UpdateResult } from "./result.ts";
import { Spread } from "./spread.ts";

/** Broadcasts, identified by their payload: saying the same again starts a new one. */
export class Broadcasts {
  private readonly truth: Truth;
  private readonly open = new Map<Bytes, Spread>();
  private readonly done: BroadcastResult[] = [];

  constructor(truth: Truth) {
    this.truth = truth;
  }

  /** A member broadcasts this. It counts as having heard it. */
  begun(member: number, payload: Bytes, now: number): void {
    if (this.open.get(payload)?.at !== now) {
      this.close(payload, now);
      this.open.set(payload, new Spread(now, this.truth.whoRuns()));
    }
    this.heard(member, payload, now);
  }

  heard(member: number, payload: Bytes, now: number): void {
    const spread = this.open.get(payload);
    if (spread === undefined) return;
    spread.reached(member, now);
    if (spread.isOver) this.close(payload, now);
  }

  stopped(member: number, now: number): void {
    for (const [payload, spread] of this.open) {
      spread.stopped(member, now);
      if (spread.isOver) this.close(payload, now);
    }
  }

  results(now: number): readonly BroadcastResult[] {
    for (const payload of [...this.open.keys()]) this.close(payload, now);
    return this.done.toSorted((one, other) => one.at - other.at);
  }

  private close(payload: Bytes, now: number): void {
    const spread = this.open.get(payload);
    if (spread === undefined) return;
    this.open.delete(payload);
    this.done.push({ payload, ...spread.results(now) });
  }
}

/** New metas of members. A member's next one replaces the one before. */
export class Updates {
  private readonly truth: Truth;
  private readonly ids: readonly MemberId[];
  private readonly views: Views;
  private readonly open = new Map<MemberId, { readonly meta: Bytes; readonly spread: Spread }>();
  private readonly done: UpdateResult[] = [];

  constructor(truth: Truth, ids: readonly MemberId[], views: Views) {
    this.truth = truth;
    this.ids = ids;
    this.views = views;
  }

  /** A member publishes this meta. */
  begun(member: number, meta: Bytes, now: number): void {
    const id = this.ids[member];
    if (id === undefined) throw new RangeError(`no member ${member}`);
    this.close(id, now);
    this.open.set(id, { meta, spread: new Spread(now, this.truth.whoRuns()) });
    this.ids.forEach((_, who) => this.holds(who, this.views(who), now));
  }

  /** A member holds this view from now on. Almost free while no new meta is under way to it. */
  holds(who: number, view: View | null, now: number): void {
    if (this.open.size === 0 || view === null) return;
    for (const [id, { meta, spread }] of this.open) {
      if (!spread.awaits(who) || find(view, id)?.meta !== meta) continue;
      spread.reached(who, now);
      if (spread.isOver) this.close(id, now);
    }
  }

  stopped(member: number, now: number): void {
    for (const [id, { spread }] of this.open) {
      spread.stopped(member, now);
      if (spread.isOver) this.close(id, now);
    }
  }

  results(now: number): readonly UpdateResult[] {
    for (const id of [...this.open.keys()]) this.close(id, now);
    return this.done.toSorted((one, other) => one.at - other.at);
  }

  private close(id: MemberId, now: number): void {
    const update = this.open.get(id);
    if (update === undefined) return;
    this.open.delete(id);
    this.done.push({ member: id, ...update.spread.results(now) });
  }
}
