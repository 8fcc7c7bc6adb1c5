/** Members that stand still: what comes in for them waits; and if they block, what they want to send as well. */

import type { Effect } from "../../engine/index.ts";
import type { Parcel } from "./post.ts";

/** What a member that blocks can't do. Its application hears it all the same. */
export type Utterance = Exclude<Effect, { kind: "announce" }>;

export class Standstill {
  private readonly held = new Map<number, Parcel[]>();
  /** An entry for each member that blocks, even if it wants nothing. */
  private readonly withheld = new Map<number, Utterance[]>();

  /** Something has come in. */
  hold(parcel: Parcel): void {
    const waiting = this.held.get(parcel.to);
    if (waiting === undefined) this.held.set(parcel.to, [parcel]);
    else waiting.push(parcel);
  }

  /** Does something wait for a member, so that what comes in now has to wait behind it? */
  isBehind(member: number): boolean {
    return this.held.size > 0 && this.held.has(member);
  }

  /** The first of what waits for a member; undefined if nothing does. */
  next(member: number): Parcel | undefined {
    const waiting = this.held.get(member);
    const parcel = waiting?.shift();
    if (waiting?.length === 0) this.held.delete(member);
    return parcel;
  }

  /** What has come in for a member, in order; it is not held any more. */
  release(member: number): readonly Parcel[] {
    const waiting = this.held.get(member) ?? [];
    this.held.delete(member);
    return waiting;
  }

  /** From now on it can't send. */
  mute(member: number): void {
    this.withheld.set(member, []);
  }

  isMute(member: number): boolean {
    return this.withheld.size > 0 && this.withheld.has(member);
  }

  /** The streams among what has come in for a member, in order: a socket each, which nothing on another has to wait for. Datagrams go on waiting. */
  releaseStreams(member: number): readonly Parcel[] {
    const waiting = this.held.get(member);
    if (waiting === undefined) return [];
    const [datagrams, streams] = [waiting.filter(isDatagram), waiting.filter((parcel) => !isDatagram(parcel))];
    if (datagrams.length === 0) this.held.delete(member);
    else this.held.set(member, datagrams);
    return streams;
  }

  /** It wants to send something, and can't. */
  withhold(member: number, utterance: Utterance): void {
    this.withheld.get(member)?.push(utterance);
  }

  /** It can send again: what it wanted to send meanwhile, in order. */
  unmute(member: number): readonly Utterance[] {
    const wanted = this.withheld.get(member) ?? [];
    this.withheld.delete(member);
    return wanted;
  }

  /** It is gone, and everything that waited with it; answers how many datagrams. */
  forget(member: number): number {
    const waited = (this.held.get(member) ?? []).filter(isDatagram).length;
    this.held.delete(member);
    this.withheld.delete(member);
    return waited;
  }

  /** How many datagrams wait for members that stand still. */
  get datagrams(): number {
    return [...this.held.values()].reduce((count, waiting) => count + waiting.filter(isDatagram).length, 0);
  }
}

export const isDatagram = (parcel: Parcel): boolean => parcel.kind === "datagram";
