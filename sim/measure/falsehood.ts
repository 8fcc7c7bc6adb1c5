/** Running members that are declared dead: a false positive, unless a scripted fault separates the two; then it is an eviction by partition. */

import type { Change, MemberId } from "../../engine/index.ts";
import type { Network } from "../world/network.ts";
import type { Truth } from "../world/truth.ts";
import { partAt, PARTS } from "./curve.ts";
import type { RunResult } from "./result.ts";
import { inSeconds } from "./seconds.ts";

export class Falsehood {
  private readonly truth: Truth;
  private readonly network: Network;
  private readonly numberOf: ReadonlyMap<MemberId, number>;
  /** Members that a scripted pause, block, slowness, change of clock, cut or impairment has affected. */
  private readonly touched: Uint8Array;
  private count = 0;
  private atHealthy = 0;
  private ofHealthy = 0;
  private healthyOfHealthy = 0;
  private evictions = 0;
  private falseDeath = 0;
  private readonly duration: number;
  private readonly curve: number[] = [];
  private readonly victims = new Set<number>();
  /** Open false deaths, by victim: the members that hold it dead, and since when at least one does. */
  private readonly open = new Map<number, { readonly since: number; readonly by: Set<number> }>();

  constructor(truth: Truth, network: Network, numberOf: ReadonlyMap<MemberId, number>, duration: number) {
    this.truth = truth;
    this.network = network;
    this.duration = duration;
    this.numberOf = numberOf;
    this.touched = new Uint8Array(numberOf.size);
  }

  /** A scripted fault affects this member itself: it no longer counts as healthy. */
  touch(member: number): void {
    this.touched[member] = 1;
  }

  announced(who: number, change: Change, now: number): void {
    if (change.kind !== "failed" && change.kind !== "joined") return;
    const about = this.numberOf.get(change.member.id);
    if (about === undefined || about === who) return;
    if (change.kind === "failed") this.failed(who, about, now);
    else this.takenBack(who, about, now);
  }

  /** The member is blocked: from now on it is right to hold it dead. Its own beliefs remain. */
  blocked(member: number, now: number): void {
    const about = this.open.get(member);
    if (about !== undefined) this.close(member, about.since, now);
  }

  /** The member has stopped: its beliefs end as well. */
  stopped(member: number, now: number): void {
    this.blocked(member, now);
    for (const victim of [...this.open.keys()]) this.takenBack(member, victim, now);
  }

  results(now: number): Pick<RunResult, "falsePositives" | "partitionEvictions"> {
    for (const [victim, { since }] of [...this.open]) this.close(victim, since, now);
    const { count, atHealthy, ofHealthy, healthyOfHealthy, curve } = this;
    const counted = Array.from({ length: PARTS }, (_, part) => curve[part] ?? 0);
    return {
      falsePositives: { count, atHealthy, ofHealthy, healthyOfHealthy, victims: this.victims.size, falseDeathSeconds: inSeconds(this.falseDeath), ...(count === 0 ? {} : { curve: counted }) },
      partitionEvictions: this.evictions,
    };
  }

  private failed(who: number, about: number, now: number): void {
    if (!this.truth.isRunning(about)) return;
    if (this.network.separates(who, about)) {
      this.evictions++;
      return;
    }
    this.count++;
    const part = partAt(now, this.duration);
    this.curve[part] = (this.curve[part] ?? 0) + 1;
    if (this.isHealthy(who)) this.atHealthy++;
    if (this.touched[about] === 0) {
      this.ofHealthy++;
      if (this.touched[who] === 0) this.healthyOfHealthy++;
    }
    this.victims.add(about);
    const open = this.open.get(about);
    if (open === undefined) this.open.set(about, { since: now, by: new Set([who]) });
    else open.by.add(who);
  }

  private takenBack(who: number, about: number, now: number): void {
    const open = this.open.get(about);
    if (open === undefined || !open.by.delete(who) || open.by.size > 0) return;
    this.close(about, open.since, now);
  }

  private close(victim: number, since: number, now: number): void {
    this.falseDeath += now - since;
    this.open.delete(victim);
  }

  private isHealthy(who: number): boolean {
    if (this.touched[who] !== 0) return false;
    return !this.network.faultsInForce.some((fault) => fault.kind === "partition" && fault.sides[who] !== 0);
  }
}
