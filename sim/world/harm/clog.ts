/** Clogs: packets that meet a clog wait, and continue in the order in which they came once nothing stops them. A stall, then a burst. */

import type { Fates } from "../../measure/fates.ts";

/** A waiting datagram or stream. `size` is null for a stream: its bytes are counted when it goes on. */
type Waiting = { readonly source: number; readonly target: number; readonly size: number | null; readonly goOn: () => void };

/** Whether something stops packets in this direction now, and how many bytes may wait; null for no limit. */
export type Stops = (source: number, target: number) => { readonly capacity: number | null } | null;

export class Clogs {
  private readonly stops: Stops;
  private readonly fates: Fates;
  private waiting: Waiting[] = [];
  /** Waiting bytes in each direction, by source and target. */
  private readonly held = new Map<string, number>();

  constructor(stops: Stops, fates: Fates) {
    this.stops = stops;
    this.fates = fates;
  }

  /** How many datagrams wait. */
  get datagrams(): number {
    return this.waiting.filter(({ size }) => size !== null).length;
  }

  /** If something stops this datagram, holds it, or loses it if there is no room, and returns true: the sender has nothing more to do. */
  takesDatagram(source: number, target: number, size: number, goOn: () => void): boolean {
    const clog = this.stops(source, target);
    if (clog === null) return false;
    const direction = `${source} ${target}`;
    const held = (this.held.get(direction) ?? 0) + size;
    if (clog.capacity !== null && held > clog.capacity) {
      this.fates.lost("clog");
      return true;
    }
    this.held.set(direction, held);
    this.fates.happened("clogged");
    this.waiting.push({ source, target, size, goOn });
    return true;
  }

  /** Holds a stream if something stops packets in either direction. */
  takesStream(source: number, target: number, goOn: () => void): boolean {
    if (this.stops(source, target) === null && this.stops(target, source) === null) return false;
    this.waiting.push({ source, target, size: null, goOn });
    return true;
  }

  /** A clog has ended: whatever no other clog stops goes on, in the order in which it came. */
  release(): void {
    const all = this.waiting;
    this.waiting = [];
    for (const each of all) {
      const { source, target, size, goOn } = each;
      if (this.stops(source, target) !== null || (size === null && this.stops(target, source) !== null)) {
        this.waiting.push(each);
        continue;
      }
      if (size !== null) this.held.set(`${source} ${target}`, (this.held.get(`${source} ${target}`) ?? 0) - size);
      goOn();
    }
  }
}
