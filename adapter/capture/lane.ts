/** One direction of a TCP stream, put together from its segments: whatever their order, and however often they were sent. */

import { distance } from "./tcp.ts";

export type Lane = {
  /** The number of the next byte; null as long as nobody knows where the stream begins. */
  next: number | null;
  /** What is there so far, without a hole. */
  readonly bytes: () => Uint8Array;
  /** Takes in a piece. Answers whether there is more to read now. */
  readonly add: (seq: number, piece: Uint8Array) => boolean;
  /** How many bytes it keeps in memory. */
  readonly held: () => number;
  /** Are there pieces behind a hole? */
  readonly hasHole: () => boolean;
  /** Nobody will read any more of it: keeps nothing from now on. */
  readonly close: () => void;
};

export function newLane(): Lane {
  let whole = new Uint8Array(512);
  let length = 0;
  let isClosed = false;
  /** Pieces that came too early, by where they begin. */
  let early: { readonly seq: number; readonly piece: Uint8Array }[] = [];
  let earlyBytes = 0;
  const append = (piece: Uint8Array): void => {
    if (length + piece.length > whole.length) {
      const larger = new Uint8Array(Math.max(2 * whole.length, length + piece.length));
      larger.set(whole.subarray(0, length));
      whole = larger;
    }
    whole.set(piece, length);
    length += piece.length;
  };
  const lane: Lane = {
    next: null,
    bytes: () => whole.subarray(0, length),
    add: (seq, piece) => {
      if (isClosed || lane.next === null || piece.length === 0) return false;
      const ahead = distance(lane.next, seq);
      if (ahead > 0) {
        early.push({ seq, piece: piece.slice() });
        earlyBytes += piece.length;
        return false;
      }
      if (piece.length <= -ahead) return false;
      append(piece.subarray(-ahead));
      lane.next = (seq + piece.length) >>> 0;
      const waiting = early.toSorted((one, other) => distance(other.seq, one.seq));
      [early, earlyBytes] = [[], 0];
      for (const { seq: later, piece: rest } of waiting) lane.add(later, rest);
      return true;
    },
    held: () => length + earlyBytes,
    hasHole: () => early.length > 0,
    close: () => {
      isClosed = true;
      [whole, length, early, earlyBytes] = [new Uint8Array(), 0, [], 0];
    },
  };
  return lane;
}
