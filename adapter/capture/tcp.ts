/** A TCP segment: where it stands in its stream, and what it says. */

import type { Carried } from "./ip.ts";

export type Segment = {
  readonly sourcePort: number;
  readonly targetPort: number;
  /** The number of its first byte, or of its SYN. */
  readonly seq: number;
  /** The number of the next byte that its sender expects to hear. */
  readonly ack: number;
  readonly isSyn: boolean;
  readonly isAck: boolean;
  readonly isFin: boolean;
  readonly isReset: boolean;
  readonly bytes: Uint8Array;
};

/** Undefined if it is cut short within its head. */
export function segmentIn({ payload }: Carried): Segment | undefined {
  if (payload.length < 20) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const head = (view.getUint8(12) >> 4) * 4;
  if (head < 20) return undefined;
  const flags = view.getUint8(13);
  return {
    sourcePort: view.getUint16(0),
    targetPort: view.getUint16(2),
    seq: view.getUint32(4),
    ack: view.getUint32(8),
    isFin: (flags & 1) !== 0,
    isSyn: (flags & 2) !== 0,
    isReset: (flags & 4) !== 0,
    isAck: (flags & 16) !== 0,
    bytes: payload.subarray(head),
  };
}

/** How far one number of a stream lies behind another; they begin again at zero after 2³² bytes. */
export const distance = (from: number, to: number): number => (to - from) | 0;
