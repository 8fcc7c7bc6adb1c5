/** Puts IP packets together again that were cut in parts on their way, as those above 1,472 bytes are. */

import type { Carried } from "./ip.ts";

/** So many at once may be incomplete, and for so long, in microseconds: what RFC 791 allows a receiver. The oldest gives way. */
const MOST = 64;
const PATIENCE = 30_000_000;
const LONGEST = 65_535;
/** No link cuts finer than into packets of 576 bytes. */
const MOST_PIECES = 128;

type Parts = { readonly since: number; readonly pieces: Piece[]; length: number | null };
type Piece = { readonly offset: number; readonly bytes: Uint8Array };

export type Fragments = {
  /** The whole, if this part was the last that was missing. */
  readonly add: (part: Carried, at: number) => Carried | undefined;
  /** How many were given up. */
  readonly lost: () => number;
};

export function collectFragments(): Fragments {
  const waiting = new Map<string, Parts>();
  let lost = 0;
  const giveUp = (key: string): void => {
    waiting.delete(key);
    lost++;
  };
  return {
    add: (part, at) => {
      const { fragment, payload } = part;
      if (fragment === null) return part;
      const key = `${part.source.join(".")}>${part.target.join(".")}/${part.protocol}/${fragment.id}`;
      for (const [old, { since }] of waiting) if (at - since > PATIENCE || waiting.size > MOST) giveUp(old);
      const parts: Parts = waiting.get(key) ?? { since: at, pieces: [], length: null };
      if (part.isCut || fragment.offset + payload.length > LONGEST || parts.pieces.length === MOST_PIECES) {
        giveUp(key);
        return undefined;
      }
      waiting.set(key, parts);
      parts.pieces.push({ offset: fragment.offset, bytes: payload.slice() });
      if (fragment.isLast) parts.length = fragment.offset + payload.length;
      const whole = wholeOf(parts);
      if (whole === undefined) return undefined;
      waiting.delete(key);
      return { ...part, payload: whole, fragment: null };
    },
    lost: () => lost + waiting.size,
  };
}

/** Undefined as long as there is a hole. Where two parts overlap, the one that begins later has its way. */
function wholeOf({ pieces, length }: Parts): Uint8Array | undefined {
  if (length === null) return undefined;
  const whole = new Uint8Array(length);
  let reached = 0;
  for (const { offset, bytes } of pieces.toSorted((one, other) => one.offset - other.offset)) {
    if (offset > reached) return undefined;
    whole.set(bytes.subarray(0, Math.max(0, length - offset)), offset);
    reached = Math.max(reached, offset + bytes.length);
  }
  return reached >= length ? whole : undefined;
}
